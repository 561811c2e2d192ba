"""What an editor begins and does not finish, as a browser and the script of a form send it."""

import uuid

KEEP, DISCARD = "/admin/trials/finding/keep/", "/admin/trials/finding/discard/"
BEGUN = {"statement": "Of 33 people 19 had stable disease.", "numerator": "19"}


def form_of(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


def autosave(client, address=KEEP, **form):
    """What the script of a form sends while somebody types."""
    return client.post(address, {"copy": uuid.uuid4(), "saves": 0} | form)

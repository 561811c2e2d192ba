"""What an editor's browser does: fill in the form of a page and press one of its buttons."""

import re
from html import unescape

from django.contrib.messages import get_messages

from tests.factories import make_source, make_trial

ADD = "/admin/trials/finding/add/"
EMPTY_FORMS = {}


def press(client, button, address, **typed):
    """Open a form, type into it, press a button; what is not typed stays as the page shows it."""
    if button == "_propose":
        typed = {"note": "As the label has it."} | typed
    return client.post(address, opened(client, address) | typed | {button: "1"})


def opened(client, address):
    """The fields of a form as its page shows them. An empty form is always the same, so it is opened only once."""
    if not address.endswith("/add/"):
        return shown(client.get(address))
    if address not in EMPTY_FORMS:
        EMPTY_FORMS[address] = shown(client.get(address))
    return EMPTY_FORMS[address]


def shown(page):
    """Everything a browser would send back from the form of a record, were nothing typed."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    values = {field.html_name: field.value() for form in forms for field in form}
    values["seen"] = page.context.get("seen")
    return {name: value for name, value in values.items() if value is not None and value is not False}


def said(response):
    """The messages that the next page will show."""
    return " ".join(map(str, get_messages(response.wsgi_request)))


def text(response):
    """The words of a page, as a reader sees them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def typed(publish=True, **fields):
    """What an editor types to record that 19 of 33 people responded."""
    source = fields.pop("source", None) or make_source(
        title="Temsirolimus: a long-lived antineoplastic", publish=publish
    )
    trial = fields.pop("trial", None) or make_trial(
        brief_title="Temsirolimus in cancer of the cervix", publish=publish
    )
    return {
        "source": source.pk,
        "trial": trial.pk,
        "measure": "STABLE_DISEASE",
        "comparator": "=",
        "value": "57.6",
        "unit": "PERCENT",
        "numerator": "19",
        "denominator": "33",
        "denominator_counts": "RESPONSE_EVALUABLE",
        "statement": "Of 33 people 19 had stable disease.",
        "slug": "cervix-stable-disease",
    } | fields

"""What authors do with proposals, and others about them."""

import json

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import shown
from tests.factories import make_user, propose


def changed(record, by="ada", note="As the label has it.", **fields):
    """A proposal to change these fields of a published record."""
    return propose(record, make_user(by, "Editors"), note, **fields)


def edited(record, edit, by="ada", note="As the label has it."):
    """A proposal to do this with a published record."""
    return actions.propose_change(record=record, by=make_user(by, "Editors"), edit=edit, note=note)


def page_of(proposal, view="change"):
    return f"/admin/publishing/proposal/{proposal.pk}/{view}/"


def accept(proposal):
    return actions.accept(proposal=proposal, by=make_user("grace", "Reviewers"))


def rebase(client, proposal, **sent):
    """Open the page that brings a proposal up to date, choose, and send it: `choose_summary="mine"`."""
    address = page_of(proposal, "rebase")
    chosen = {name.replace("_", " ", 1): value for name, value in sent.items()}
    return client.post(address, shown(client.get(address)) | chosen)


def waiting():
    """The one proposal that waits."""
    return Proposal.objects.open().get()


def says(proposal):
    """The document that a proposal would publish."""
    return json.loads(proposal.document)

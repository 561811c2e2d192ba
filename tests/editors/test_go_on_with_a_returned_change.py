"""What a reviewer returned is not typed again: its form opens with what was proposed."""

import pytest

from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import press, shown
from tests.editors.proposing import changed, edited, page_of
from tests.factories import make_arm, make_drug, make_trial, withdraw
from tests.reading import text

pytestmark = pytest.mark.django_db


def returned(reviewer, proposal):
    reviewer.post(page_of(proposal), {"_return": "1", "reason": "Which label says so?", "sha256": proposal.sha256})
    return proposal


def taken_up(client, proposal):
    """The form that opens, as its author sees it."""
    return client.post(page_of(proposal), {"_take_up": "1"}, follow=True)


def test_its_form_holds_what_was_proposed_and_why(editor, reviewer):
    proposal = returned(reviewer, changed(make_drug(inn="temsirolimus"), by="editor", developer="Pfizer"))

    page = taken_up(editor, proposal)

    assert (shown(page)["developer"], shown(page)["note"]) == ("Pfizer", proposal.note)
    assert "It came back to you." in text(editor.get(page_of(proposal)))


def test_it_is_proposed_again_with_what_was_mended(editor, reviewer):
    drug = make_drug(inn="temsirolimus")
    page = taken_up(editor, returned(reviewer, changed(drug, by="editor", developer="Pfizer")))

    press(editor, "_propose", page.request["PATH_INFO"], **shown(page) | {"developer": "Wyeth"})

    assert '"developer":"Wyeth"' in Proposal.objects.open().get().document
    assert not WorkingCopy.objects.exists()


def test_arms_come_along_that_came_went_or_changed(editor, reviewer):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])

    def edit():
        trial.arms.filter(number=1).update(title="temsirolimus, 25 mg")
        trial.arms.filter(number=2).delete()
        make_arm(trial=trial, number=3, title="both")

    proposal = returned(reviewer, edited(trial, edit, by="editor"))

    page = taken_up(editor, proposal)

    assert (shown(page)["arms-0-title"], shown(page)["arms-2-title"]) == ("temsirolimus, 25 mg", "both")
    press(editor, "_propose", page.request["PATH_INFO"], **shown(page))
    assert Proposal.objects.open().get().document == proposal.document


def test_nobody_else_goes_on_with_it(editor, reviewer):
    proposal = returned(reviewer, changed(make_drug(inn="temsirolimus"), by="another editor", developer="Pfizer"))

    assert editor.post(page_of(proposal), {"_take_up": "1"}).status_code == 403
    assert "It came back to you." not in text(editor.get(page_of(proposal)))


def test_what_is_withdrawn_meanwhile_is_said_to_be(editor, reviewer):
    drug = make_drug(slug="temsirolimus")
    proposal = returned(reviewer, changed(drug, by="editor", developer="Pfizer"))
    withdraw(drug)

    page = taken_up(editor, proposal)

    assert "The drug “temsirolimus” is not public any more, so it cannot be changed." in text(page)

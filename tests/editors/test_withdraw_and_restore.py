"""Taking a record off the site, and bringing it back."""

import pytest

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import said
from tests.factories import make_drug, make_statement, withdraw
from tests.reading import rows, text

pytestmark = pytest.mark.django_db


def test_a_withdrawal_is_proposed_with_a_reason(editor):
    drug = make_drug(inn="temsirolimus")

    response = editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": "It was recorded twice."})

    assert Proposal.objects.open().get().note == "It was recorded twice."
    assert Drug.objects.get().is_public
    assert "It waits for somebody else to review it" in said(response)


def test_a_withdrawal_without_a_reason_is_refused(editor):
    drug = make_drug(inn="temsirolimus")

    page = editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": " "})

    assert "A withdrawal needs a reason" in text(page)
    assert not Proposal.objects.open().exists()


def test_what_others_refer_to_is_not_withdrawn(editor):
    drug = make_drug(inn="temsirolimus")
    make_statement(drug=drug, slug="first-approved-in-2007")

    page = editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": "It was recorded twice."})

    assert "Withdraw or change first: statement “first-approved-in-2007”." in text(page)
    assert "It was recorded twice." in text(page)


def test_a_draft_is_not_withdrawn(editor):
    drug = make_drug(inn="temsirolimus", publish=False)

    page = editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": "It was recorded twice."})

    assert "only what is published can be withdrawn" in text(page)


def test_the_review_page_shows_what_would_go(editor, reviewer):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")
    proposal = actions.propose_withdrawal(record=drug, by=editor.user, reason="It was recorded twice.")

    page = reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

    assert {"Field": "Developer", "Before": "Wyeth", "After": "nothing"} in rows(page)


def test_an_accepted_withdrawal_takes_the_record_off_the_site(editor, reviewer, client):
    drug = make_drug(inn="temsirolimus")
    editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": "It was recorded twice."})
    proposal = Proposal.objects.open().get()

    reviewer.post(f"/admin/publishing/proposal/{proposal.pk}/change/", {"_accept": "1", "sha256": ""})

    assert client.get("/drugs/temsirolimus/").status_code == 410


def test_a_withdrawn_record_is_only_shown(editor):
    drug = withdraw(make_drug(inn="temsirolimus"))

    page = editor.get(f"/admin/drugs/drug/{drug.pk}/change/")

    assert "Withdrawn. It can only be looked at, until it is restored." in text(page)
    assert 'type="submit" class="default"' not in page.content.decode()


def test_a_withdrawn_record_is_not_saved(editor):
    drug = withdraw(make_drug(inn="temsirolimus"))

    response = editor.post(f"/admin/drugs/drug/{drug.pk}/change/", {"inn": "Torisel", "slug": "torisel"})

    assert response.status_code == 403
    assert Drug.objects.get().inn == "temsirolimus"


def test_a_restoration_is_proposed_and_brings_the_record_back(editor, reviewer, client):
    drug = withdraw(make_drug(inn="temsirolimus"))
    editor.post(f"/admin/drugs/drug/{drug.pk}/restoration/", {"note": "It was not the same after all."})
    proposal = Proposal.objects.open().get()

    reviewer.post(f"/admin/publishing/proposal/{proposal.pk}/change/", {"_accept": "1", "sha256": proposal.sha256})

    assert client.get("/drugs/temsirolimus/").status_code == 200
    assert Drug.objects.get().is_public


def test_only_what_was_withdrawn_is_restored(editor):
    drug = make_drug(inn="temsirolimus")

    page = editor.post(f"/admin/drugs/drug/{drug.pk}/restoration/", {"note": "Again."})

    assert "only what was withdrawn can be restored" in text(page)

"""What nobody has looked at for long comes back to the desk, and one click proposes that it is still right."""

import datetime

import pytest
from django.utils import timezone

from temsisite.publishing.models import Proposal
from tests.editors.browsing import press, titles
from tests.editors.conftest import signed_in
from tests.editors.proposing import accept, changed
from tests.factories import (
    make_approval,
    make_finding,
    make_statement,
    make_trial,
    make_user,
)
from tests.reading import links, read, text, tree
from trials.models import Finding, Trial

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2020, 1, 5)


def years_later(monkeypatch, days):
    """Let so many days pass."""
    later = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_shows_what_is_due_for_review_the_longest_overdue_first(editor):
    make_approval(statement="Approved in 2007.", last_reviewed_on=datetime.date(2021, 1, 5))
    make_finding(statement="19 of 33 had stable disease.", last_reviewed_on=LONG_AGO)
    make_finding(statement="Nobody died.", last_reviewed_on=datetime.date.today())

    page = editor.get("/admin/")

    assert titles(page, "due") == ["Approved in 2007.", "19 of 33 had stable disease."]
    assert "approval, reviewed 5 January 2021, due since 4 July 2021" in text(page)


@pytest.mark.parametrize(("days", "due"), [(90, []), (91, ["A trial that recruits"])])
def test_the_clock_of_what_was_never_reviewed_starts_with_its_publication(editor, monkeypatch, days, due):
    make_trial(brief_title="A trial that recruits", overall_status="RECRUITING")
    make_trial(brief_title="A trial that is over", overall_status="COMPLETED")
    make_finding(publish=False)
    years_later(monkeypatch, days)

    assert titles(signed_in(make_user("ada", "Editors")).get("/admin/"), "due") == due


def test_a_trial_has_a_clock_that_a_correction_does_not_set_back(editor):
    trial = make_trial(overall_status="RECRUITING", last_reviewed_on=LONG_AGO)
    accept(changed(trial, acronym="ARCC"))

    assert titles(editor.get("/admin/"), "due") == [str(trial)]


def test_one_click_proposes_that_it_is_still_right_and_a_second_person_agrees(editor, reviewer):
    finding = make_finding(verdict="SUPPORTED", last_reviewed_on=LONG_AGO)
    form = tree(editor.get("/admin/")).find(".//section[@id='due']//form")

    response = editor.post(form.get("action"), {"_from_desk": "1"})

    proposal = Proposal.objects.open().get()
    assert response["Location"] == "/admin/"
    assert "A proposal about it waits" in text(editor.get("/admin/"))
    page = f"/admin/publishing/proposal/{proposal.pk}/change/"
    assert read(reviewer.get(page), ".//tbody/tr/th") == ["Last reviewed on"]
    press(reviewer, "_accept", page)
    finding.refresh_from_db()
    assert finding.last_reviewed_on == datetime.date.today()
    assert finding.publication.note.endswith("still right.")
    assert titles(editor.get("/admin/"), "due") == []


@pytest.mark.parametrize("make", [make_trial, make_approval, make_finding, make_statement])
def test_the_form_of_what_is_public_leads_there_too(editor, make):
    record = make()
    form = f"/admin/{record._meta.app_label}/{record.kind()}/{record.pk}/"
    assert f"{form}reviewed/" in links(editor.get(f"{form}change/"), ".//ul[@class='object-tools']").values()

    response = editor.post(f"{form}reviewed/", {"note": "Compared with the registry."})

    assert response["Location"] == f"{form}change/"
    assert Proposal.objects.open().get().note == "Compared with the registry."


def test_nobody_agrees_with_themselves(reviewer):
    finding = make_finding(last_reviewed_on=LONG_AGO)
    reviewer.post(f"/admin/trials/finding/{finding.pk}/reviewed/", {"note": ""})
    proposal = Proposal.objects.open().get()

    press(reviewer, "_accept", f"/admin/publishing/proposal/{proposal.pk}/change/")

    proposal.refresh_from_db()
    assert proposal.is_open


def test_what_waits_for_review_already_is_not_proposed_twice(editor):
    finding = make_finding(last_reviewed_on=LONG_AGO)
    address = f"/admin/trials/finding/{finding.pk}/reviewed/"
    editor.post(address, {"note": ""})

    page = editor.post(address, {"note": "Compared again."})

    assert "waits for review already" in text(page)
    assert "Compared again." in text(page)
    assert Proposal.objects.open().count() == 1


def test_a_draft_is_not_reviewed_again(editor):
    finding = make_finding(publish=False)

    page = editor.post(f"/admin/trials/finding/{finding.pk}/reviewed/", {"note": ""})

    assert "is draft: only what is published can be changed" in text(page)


@pytest.mark.parametrize("words", ["\x00", "a" * 1_000_000])
def test_what_was_compared_is_checked_and_comes_back(editor, words):
    finding = make_finding(last_reviewed_on=LONG_AGO)

    page = editor.post(f"/admin/trials/finding/{finding.pk}/reviewed/", {"note": words, "_from_desk": "1"})

    assert page.status_code == 200
    assert not Proposal.objects.open().exists()


def test_the_question_of_what_is_due_goes_along_an_index():
    for model in (Trial, Finding):
        waiting = model.objects.due_for_review(datetime.date.today()).filter(last_reviewed_on=None)
        plan = waiting.order_by("publication_id").explain()
        assert "Index" in plan or "INDEX" in plan

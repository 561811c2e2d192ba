"""From the empty form to the queue."""

import pytest

from temsisite.evidence.models import Source
from temsisite.publishing.models import Proposal
from tests.editors.browsing import ADD, press, said, shown, typed
from tests.factories import make_finding, make_source, make_trial
from tests.reading import read, text
from trials.models import Finding

pytestmark = pytest.mark.django_db


def test_the_form_asks_in_the_order_of_thought(editor):
    page = editor.get(ADD)

    assert read(page, ".//h2[@class='fieldset-heading']") == [
        "Where it stands",
        "About what",
        "The figure, or why there is none",
        "Conditions",
        "In our own words",
        "Verdict",
        "Address",
    ]


def test_saves_a_draft_that_only_editors_see(editor, client):
    response = press(editor, "_save", ADD, **typed())

    finding = Finding.objects.get()
    assert finding.status == Finding.Status.DRAFT
    assert finding.created_by == editor.user
    assert "The draft is saved" in said(response)
    assert client.get("/findings/cervix-stable-disease/").status_code == 404


def test_keeps_the_printed_digits(editor):
    press(editor, "_save", ADD, **typed(value="50.0", numerator="1", denominator="2"))

    assert str(Finding.objects.get().value) == "50.0"
    assert 'value="50.0"' in editor.get(f"/admin/trials/finding/{Finding.objects.get().pk}/change/").content.decode()


def test_submits_what_was_typed_for_review(editor):
    response = press(editor, "_submit", ADD, **typed())

    assert Finding.objects.get().status == Finding.Status.IN_REVIEW
    assert Proposal.objects.open().get().author == editor.user
    assert "waits for somebody else to review it" in said(response)


def test_keeps_the_draft_when_it_cannot_be_submitted_yet(editor):
    response = press(editor, "_submit", ADD, **typed(verdict="SUPPORTED", last_reviewed_on="2026-01-15"))

    assert Finding.objects.get().status == Finding.Status.DRAFT
    assert "verdict sources: Name the sources that decide the verdict." in said(response)
    assert not Proposal.objects.open().exists()


def test_saving_what_is_in_review_takes_it_back(editor):
    press(editor, "_submit", ADD, **typed())
    finding = Finding.objects.get()

    response = press(editor, "_save", f"/admin/trials/finding/{finding.pk}/change/", slug="cervix-stable")

    finding.refresh_from_db()
    assert finding.status == Finding.Status.DRAFT
    assert Proposal.objects.last().state == Proposal.State.SUPERSEDED
    assert "It is a draft again" in said(response)


def test_submitting_anew_supersedes_the_first_submission(editor):
    press(editor, "_submit", ADD, **typed())

    press(editor, "_submit", f"/admin/trials/finding/{Finding.objects.get().pk}/change/", statement="19 of 33 people.")

    assert list(Proposal.objects.filter(kind="finding").values_list("state", "title")) == [
        ("SUPERSEDED", "Of 33 people 19 had stable disease."),
        ("OPEN", "19 of 33 people."),
    ]


def test_previews_a_draft_at_its_own_address(editor):
    make_finding(slug="cervix-stable-disease", statement="Of 33 people 19 had stable disease.", publish=False)

    page = editor.get("/findings/cervix-stable-disease/")

    assert "Of 33 people 19 had stable disease." in text(page)


def test_two_editors_do_not_overwrite_each_other_unawares(editor, reviewer):
    finding = make_finding(slug="cervix-stable-disease", publish=False)
    address = f"/admin/trials/finding/{finding.pk}/change/"
    opened = shown(editor.get(address))["seen"]
    press(reviewer, "_save", address, statement="Nineteen of 33 people.")

    page = press(editor, "_save", address, statement="19 of 33 people.", seen=opened)

    assert "reviewer changed this record at" in text(page)
    assert "19 of 33 people." in page.content.decode()
    assert Finding.objects.get().statement == "Nineteen of 33 people."


def test_deletes_a_draft_and_takes_back_its_submission(editor):
    press(editor, "_submit", ADD, **typed())

    editor.post(f"/admin/trials/finding/{Finding.objects.get().pk}/delete/", {"post": "yes"})

    assert not Finding.objects.exists()
    assert Proposal.objects.last().state == Proposal.State.SUPERSEDED


def test_deletes_a_draft_trial_with_its_arms(editor):
    trial = make_trial(publish=False, arms=[{"title": "temsirolimus 25 mg weekly"}])

    editor.post(f"/admin/trials/trial/{trial.pk}/delete/", {"post": "yes"})

    assert not type(trial).objects.exists()


def test_arms_are_chosen_by_the_name_of_their_trial(editor):
    make_trial(brief_title="ARCC", arms=[{"title": "interferon alfa"}])

    choices = editor.get(
        "/admin/autocomplete/",
        {"app_label": "trials", "model_name": "finding", "field_name": "arm", "term": "interferon"},
    ).json()["results"]

    assert [choice["text"] for choice in choices] == ["ARCC: interferon alfa"]


def test_drafts_are_marked_where_they_can_be_chosen(editor):
    make_source(title="Hudes 2007", publish=False)

    choices = editor.get(
        "/admin/autocomplete/",
        {"app_label": "trials", "model_name": "finding", "field_name": "source", "term": "Hudes"},
    ).json()["results"]

    assert [choice["text"] for choice in choices] == ["Hudes 2007 (draft)"]


def test_a_source_added_on_the_way_is_a_draft_too(editor):
    address = "/admin/evidence/source/add/?_popup=1"

    press(editor, "_save", address, type="LABEL", standing="PRIMARY", title="Torisel", slug="torisel", _popup="1")

    assert Source.objects.get(slug="torisel").status == Source.Status.DRAFT

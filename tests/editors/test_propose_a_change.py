"""A published record stays as it is; what an editor changes becomes a proposal."""

import json
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import complaints, opened, press, said, send, shown
from tests.factories import make_drug, make_finding, make_source, make_statement, make_trial, make_user, withdraw
from tests.reading import text
from trials.models import Trial

pytestmark = pytest.mark.django_db


def form_of(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


def test_leaves_the_record_as_it_is(editor):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    response = press(editor, "_propose", form_of(drug), developer="Pfizer", note="Wyeth was bought in 2009.")

    assert Drug.objects.get().developer == "Wyeth"
    assert Drug.objects.get().is_public
    assert "Your change waits for somebody else to review it" in said(response)


def test_a_title_that_is_a_sentence_gets_no_second_full_stop(editor):
    finding = make_finding(statement="In 19 of 33 women the disease was stable.")

    response = press(editor, "_propose", form_of(finding), locator="abstract", note="The paper says where.")

    assert said(response).endswith("change: In 19 of 33 women the disease was stable.</a>")


def test_proposes_what_was_typed(editor):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    press(editor, "_propose", form_of(drug), developer="Pfizer", note="Wyeth was bought in 2009.")

    proposal = Proposal.objects.open().get()
    assert json.loads(proposal.document)["developer"] == "Pfizer"
    assert (proposal.action, proposal.note, proposal.author) == ("CHANGE", "Wyeth was bought in 2009.", editor.user)


def test_says_nothing_of_a_save_and_keeps_no_log_entry(editor):
    drug = make_drug(inn="temsirolimus")

    response = press(editor, "_propose", form_of(drug), developer="Pfizer")

    assert "successfully" not in said(response)
    assert not LogEntry.objects.exists()


def test_leaves_arms_as_they_are_until_acceptance(editor, reviewer):
    trial = make_trial(arms=[{"title": "temsirolimus 25 mg weekly"}, {"title": "interferon alfa"}])
    page = shown(editor.get(form_of(trial)))
    changed = page | {"arms-0-title": "temsirolimus", "arms-1-DELETE": "on", "arms-TOTAL_FORMS": 3}
    added = {"arms-2-number": 3, "arms-2-title": "both", "arms-2-group_type": "EXPERIMENTAL", "arms-2-trial": trial.pk}

    editor.post(form_of(trial), changed | added | {"_propose": "1", "note": "The third arm is missing."})

    before = ["temsirolimus 25 mg weekly", "interferon alfa"]
    assert list(trial.arms.values_list("title", flat=True)) == before
    actions.accept(proposal=Proposal.objects.open().get(), by=reviewer.user)
    assert list(trial.arms.values_list("title", flat=True)) == ["temsirolimus", "both"]


def test_leaves_many_to_many_fields_as_they_are_until_acceptance(editor, reviewer):
    label, paper = make_source(title="Torisel label"), make_source(title="Hudes 2007")
    drug = make_drug(inn="temsirolimus", sources=[label])

    press(editor, "_propose", form_of(drug), sources=[paper.pk])

    assert list(drug.sources.all()) == [label]
    actions.accept(proposal=Proposal.objects.open().get(), by=reviewer.user)
    assert list(drug.sources.all()) == [paper]


def test_a_form_with_errors_gives_everything_back(editor):
    trial = make_trial(nct_id="NCT01026792")

    page = press(editor, "_propose", form_of(trial), nct_id="NCT1", summary="It was stopped.", note="Stopped.")

    assert "A ClinicalTrials.gov number is NCT and eight digits" in text(page)
    assert "It was stopped." in page.content.decode()
    assert shown(page)["note"] == "Stopped."
    assert not Proposal.objects.open().exists()


def test_a_rule_of_publication_speaks_beside_its_field(editor):
    source = make_source()
    finding = make_finding(verdict="SUPPORTED", verdict_sources=[source])

    page = press(editor, "_propose", form_of(finding), verdict_sources=[], note="No source.")

    assert complaints(page, "verdict_sources") == ["Name the sources that decide the verdict."]
    assert "No source." in page.content.decode()
    assert list(finding.verdict_sources.all()) == [source]


def test_nothing_changed_is_nothing_to_propose(editor):
    drug = make_drug(inn="temsirolimus")

    page = press(editor, "_propose", form_of(drug), note="Nothing.")

    assert "Nothing changed in drug “temsirolimus”" in text(page)


def test_takes_the_line_ends_of_a_browser_for_no_change(editor):
    drug = make_drug(inn="temsirolimus", summary="It binds FKBP12.\n\nBoth inhibit mTOR.")

    page = press(editor, "_propose", form_of(drug))

    assert "Nothing changed in drug “temsirolimus”" in text(page)
    assert not Proposal.objects.open().exists()


def test_an_editor_who_opened_an_older_version_is_told(editor, reviewer):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")
    opened = shown(editor.get(form_of(drug)))
    press(reviewer, "_propose", form_of(drug), developer="Pfizer")
    actions.accept(proposal=Proposal.objects.open().get(), by=make_user("second reviewer"))

    page = send(editor, form_of(drug), opened | {"summary": "Given by vein.", "_propose": "1"})

    assert "second reviewer published a change of this record at" in text(page)
    assert not Proposal.objects.open().exists()


def test_the_form_shows_what_already_waits(editor):
    drug = make_drug(inn="temsirolimus")
    press(editor, "_propose", form_of(drug), developer="Pfizer")

    page = editor.get(form_of(drug))

    assert "Waiting for review, by editor, just now: change: temsirolimus" in text(page)


def test_the_address_of_a_published_record_is_fixed(editor):
    drug = make_drug(inn="temsirolimus")

    press(editor, "_propose", form_of(drug), slug="torisel", developer="Pfizer")

    assert json.loads(Proposal.objects.open().get().document)["slug"] == "temsirolimus"


def test_the_history_leads_to_the_public_log(editor):
    drug = make_drug(inn="temsirolimus")

    page = editor.get(f"/admin/drugs/drug/{drug.pk}/history/")

    assert 'href="/drugs/temsirolimus/history/"' in page.content.decode()


@pytest.mark.parametrize("button", ["_save", "_saveasnew", "_addanother", "_continue", "_submit", "_popup"])
def test_no_button_saves_a_published_record(editor, button):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    press(editor, button, form_of(drug), developer="Pfizer")

    assert list(Drug.objects.values_list("developer", flat=True)) == ["Wyeth"]


@pytest.mark.parametrize("make", [partial(make_drug, publish=False), lambda **fields: withdraw(make_drug(**fields))])
def test_no_button_saves_a_record_as_a_new_one(editor, make):
    drug = make(inn="temsirolimus")

    forged = opened(editor, "/admin/drugs/drug/add/") | {"inn": "everolimus", "slug": "everolimus", "_saveasnew": "1"}
    editor.post(form_of(drug), forged)

    assert list(Drug.objects.values_list("slug", flat=True)) == ["temsirolimus"]


@pytest.mark.parametrize("action", ["delete_selected", "publish"])
def test_no_action_of_the_list_touches_a_record(editor, action):
    drug = make_drug(inn="temsirolimus")

    editor.post("/admin/drugs/drug/", {"action": action, "_selected_action": drug.pk, "index": 0, "post": "yes"})
    editor.post("/admin/drugs/drug/", {"form-0-id": drug.pk, "form-0-inn": "Torisel", "_save": "1"})

    assert Drug.objects.get().inn == "temsirolimus"


def test_a_published_record_cannot_be_deleted(editor):
    drug = make_drug(inn="temsirolimus")

    response = editor.post(f"/admin/drugs/drug/{drug.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert Drug.objects.exists()


def test_an_arm_cannot_be_changed_past_its_trial(editor):
    arm = make_trial(arms=[{"title": "interferon alfa"}]).arms.get()

    answers = [
        editor.post(f"/admin/trials/arm/{arm.pk}/change/", {"title": "placebo", "number": 1}).status_code,
        editor.post(f"/admin/trials/arm/{arm.pk}/delete/", {"post": "yes"}).status_code,
        editor.post("/admin/trials/arm/add/", {"title": "placebo", "number": 2}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert Trial.objects.get().arms.get().title == "interferon alfa"


def test_the_form_of_one_trial_cannot_reach_the_arms_of_another(editor):
    arcc = make_trial(brief_title="ARCC", arms=[{"title": "interferon alfa"}])
    draft = make_trial(publish=False, arms=[{"title": "temsirolimus"}])
    stolen = {"arms-0-id": arcc.arms.get().pk, "arms-0-trial": arcc.pk, "arms-0-title": "placebo"}

    editor.post(form_of(draft), shown(editor.get(form_of(draft))) | stolen | {"_save": "1"})

    assert arcc.arms.get().title == "interferon alfa"


def test_an_arm_in_use_cannot_be_proposed_away(editor):
    trial = make_trial(arms=[{"title": "interferon alfa"}])
    make_finding(trial=trial, arm=trial.arms.get())

    page = press(editor, "_propose", form_of(trial), **{"arms-0-DELETE": "on"})

    assert "would require deleting the following protected related objects" in text(page)


def test_a_statement_is_proposed_like_any_record(editor):
    statement = make_statement(statement="Temsirolimus is a prodrug.")

    press(editor, "_propose", form_of(statement), statement="Temsirolimus is not only a prodrug.")

    assert Proposal.objects.open().get().title == "Temsirolimus is not only a prodrug."


def test_the_form_of_a_trial_asks_for_the_drugs_of_all_arms_at_once(editor, django_assert_max_num_queries):
    one, six = (make_trial(arms=[{"drugs": [make_drug()]}] * arms) for arms in (1, 6))

    with CaptureQueriesContext(connection) as once:
        editor.get(f"/admin/trials/trial/{one.pk}/change/")

    with django_assert_max_num_queries(len(once) + 5):  # each box asks for the names of what is chosen in it
        editor.get(f"/admin/trials/trial/{six.pk}/change/")

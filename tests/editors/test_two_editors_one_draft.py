"""Two people in one record: the second to save is told who changed what, and neither text is lost."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import press, send, shown
from tests.factories import make_drug, make_finding, make_source, make_trial
from tests.reading import read, rows, text
from trials.models import Trial

pytestmark = pytest.mark.django_db
DRUG = "/admin/drugs/drug/{}/change/"
TRIAL = "/admin/trials/trial/{}/change/"
OPENED, SAVED = "As you opened it", "As it is saved now"


@pytest.fixture
def draft():
    return make_drug(inn="temsirolimus", developer="Wyeth", publish=False)


def test_says_who_changed_what_and_keeps_both(editor, reviewer, draft):
    address = DRUG.format(draft.pk)
    mine = shown(editor.get(address)) | {"developer": "Wyeth-Ayerst", "_save": "1"}
    press(reviewer, "_save", address, developer="Pfizer")

    page = send(editor, address, mine)

    assert "reviewer changed this record at" in text(page)
    assert {"Field": "Developer", OPENED: "Wyeth", SAVED: "Pfizer", "Yours": "Wyeth-Ayerst"} in rows(page)
    assert shown(page)["developer"] == "Wyeth-Ayerst"
    assert Drug.objects.get().developer == "Pfizer"


def test_saving_again_puts_ones_own_in_its_place(editor, reviewer, draft):
    address = DRUG.format(draft.pk)
    mine = shown(editor.get(address)) | {"developer": "Wyeth-Ayerst", "_save": "1"}
    press(reviewer, "_save", address, developer="Pfizer")

    editor.post(address, shown(send(editor, address, mine)) | {"_save": "1"})

    assert Drug.objects.get().developer == "Wyeth-Ayerst"
    assert not WorkingCopy.objects.exists()


def test_what_only_the_other_changed_is_not_undone(editor, reviewer, draft):
    address, paper = DRUG.format(draft.pk), make_source(title="Hudes 2007")
    mine = shown(editor.get(address)) | {"developer": "Wyeth-Ayerst", "_save": "1"}
    theirs = {"summary": "Given by vein.\r\n\r\nEvery week.", "route": "ORAL", "sources": [paper.pk]}
    press(reviewer, "_save", address, **theirs)

    page = send(editor, address, mine)
    editor.post(address, shown(page) | {"_save": "1"})

    drug = Drug.objects.get()
    sources = {"Field": "Sources", OPENED: "nothing", SAVED: "Hudes 2007", "Yours": "taken over into your form"}
    assert sources in rows(page)
    assert (drug.developer, drug.summary, drug.route) == ("Wyeth-Ayerst", "Given by vein.\n\nEvery week.", "ORAL")
    assert list(drug.sources.all()) == [paper]


def test_names_what_both_chose(editor, reviewer):
    trial = make_trial(brief_title="ARCC", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}])
    interferon, temsirolimus = trial.arms.all()
    finding = make_finding(trial=trial, publish=False)
    address = f"/admin/trials/finding/{finding.pk}/change/"
    mine = shown(editor.get(address)) | {"arm": temsirolimus.pk, "_save": "1"}
    press(reviewer, "_save", address, arm=interferon.pk)

    (row,) = rows(send(editor, address, mine))

    assert (row["Field"], row[OPENED]) == ("Arm", "nothing")
    assert ("interferon alfa" in row[SAVED], "temsirolimus" in row["Yours"]) == (True, True)


def test_marks_what_the_other_changed_in_a_text(editor, reviewer, draft):
    address = DRUG.format(draft.pk)
    mine = shown(editor.get(address)) | {"developer": "Wyeth-Ayerst", "_save": "1"}
    press(reviewer, "_save", address, developer="Wyeth Research")

    page = send(editor, address, mine)

    assert "Research" in read(page, ".//section[@class='conflict']//ins")


def test_rows_that_came_went_and_changed_are_taken_over(editor, reviewer):
    trial = make_trial(publish=False, arms=[{"title": "temsirolimus"}, {"title": "interferon"}, {"title": "both"}])
    address = TRIAL.format(trial.pk)
    mine = shown(editor.get(address)) | {"arms-0-regimen": "25 mg a week", "_save": "1"}
    new = {"arms-3-number": "4", "arms-3-title": "placebo", "arms-3-group_type": "PLACEBO_COMPARATOR"}
    gone = {"arms-2-DELETE": "on", "arms-TOTAL_FORMS": "4", "arms-3-trial": trial.pk}
    press(reviewer, "_save", address, **{"arms-0-title": "temsirolimus 25 mg", "arms-1-title": "IFN"} | new | gone)

    editor.post(address, shown(send(editor, address, mine)) | {"_save": "1"})

    assert list(Trial.objects.get().arms.values_list("number", "title", "regimen")) == [
        (1, "temsirolimus 25 mg", "25 mg a week"),
        (2, "IFN", ""),
        (4, "placebo", ""),
    ]


def test_a_row_that_the_other_removed_and_one_changed_comes_back_as_a_new_one(editor, reviewer):
    trial = make_trial(publish=False, arms=[{"title": "temsirolimus"}, {"title": "interferon"}])
    address = TRIAL.format(trial.pk)
    mine = shown(editor.get(address)) | {"arms-1-title": "interferon alfa", "_save": "1"}
    press(reviewer, "_save", address, **{"arms-1-DELETE": "on"})

    editor.post(address, shown(send(editor, address, mine)) | {"_save": "1"})

    assert list(Trial.objects.get().arms.values_list("title", flat=True)) == ["temsirolimus", "interferon alfa"]


def test_a_row_that_both_left_alone_is_not_asked_about(editor, reviewer):
    trial = make_trial(publish=False, arms=[{"title": "temsirolimus"}])
    mine = shown(editor.get(TRIAL.format(trial.pk))) | {"acronym": "ARCC", "_save": "1"}
    press(reviewer, "_save", TRIAL.format(trial.pk), summary="It was large.")

    page = send(editor, TRIAL.format(trial.pk), mine)

    assert [row["Field"] for row in rows(page) if OPENED in row] == ["Summary"]


def test_a_text_that_no_document_holds_is_told_too(editor, reviewer):
    source = make_source(publish=False, text="One. " * 100)
    address = f"/admin/evidence/source/{source.pk}/change/"
    mine = shown(editor.get(address)) | {"title": "Hudes 2007", "_save": "1"}
    press(reviewer, "_save", address, text="Two.", slug="hudes-2007")

    page = send(editor, address, mine)

    assert [row["Field"] for row in rows(page) if OPENED in row] == ["Text", "Slug"]
    assert (shown(page)["text"], shown(page)["slug"], shown(page)["title"]) == ("Two.", "hudes-2007", "Hudes 2007")


def test_a_form_that_is_wrong_as_well_says_both(editor, reviewer):
    finding = make_finding(publish=False)
    address = f"/admin/trials/finding/{finding.pk}/change/"
    mine = shown(editor.get(address)) | {"statement": "", "_save": "1"}
    press(reviewer, "_save", address, locator="Table 2")

    page = send(editor, address, mine)

    assert "reviewer changed this record at" in text(page)
    assert "Statement : The statement is missing." in text(page)
    assert shown(page)["locator"] == "Table 2"


def test_ones_own_other_tab_is_called_so(editor, draft):
    mine = shown(editor.get(DRUG.format(draft.pk))) | {"developer": "Pfizer", "_save": "1"}
    press(editor, "_save", DRUG.format(draft.pk), developer="Wyeth-Ayerst")

    page = send(editor, DRUG.format(draft.pk), mine)

    assert "You changed this record at" in text(page)
    assert "while you were writing, in another tab or window." in text(page)


def test_a_submission_meanwhile_is_told(editor, reviewer, draft):
    mine = shown(editor.get(DRUG.format(draft.pk))) | {"developer": "Pfizer", "_save": "1"}
    actions.submit(record=draft, by=reviewer.user)

    page = send(editor, DRUG.format(draft.pk), mine)

    assert "reviewer submitted this record for review at" in text(page)
    assert "What it says is the same as when you opened it" in text(page)
    assert Proposal.objects.open().exists()


def test_a_version_published_meanwhile_is_told(editor, revise):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")
    mine = shown(editor.get(DRUG.format(drug.pk))) | {"summary": "Given by vein.", "note": "New.", "_propose": "1"}
    revise(drug, developer="Pfizer")

    page = send(editor, DRUG.format(drug.pk), mine)

    assert "reviewer published a change of this record at" in text(page)
    assert (shown(page)["developer"], shown(page)["summary"]) == ("Pfizer", "Given by vein.")


def test_while_typing_one_is_told_at_once(editor, reviewer, draft):
    mine = shown(editor.get(DRUG.format(draft.pk)))
    press(reviewer, "_save", DRUG.format(draft.pk), developer="Pfizer")

    answer = editor.post(f"/admin/drugs/drug/keep/?record={draft.pk}", mine | {"summary": "Given by vein."}).json()

    assert answer["sentence"].startswith("reviewer changed this record at")
    assert "Pfizer" in rows(editor.get(answer["address"]))[0].values()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("view", ["change", "delete"])
def test_what_another_deletes_in_the_same_moment_costs_nobody_a_word(editor, view):
    draft, deleted = make_drug(inn="temsirolimus", publish=False), Event()
    mine = shown(editor.get(DRUG.format(draft.pk))) | {"summary": "Given by vein.", "_save": "1", "post": "yes"}

    def delete():
        with transaction.atomic():
            Drug.objects.all().delete()
            deleted.set()
            Event().wait(0.5)  # nobody else knows of it yet
        connection.close()

    deleting = Thread(target=delete)
    deleting.start()
    deleted.wait(60)
    response = editor.post(f"/admin/drugs/drug/{draft.pk}/{view}/", mine)
    deleting.join(60)

    assert response.status_code == 302
    assert [copy.typed["summary"] for copy in WorkingCopy.objects.all()] == [["Given by vein."]] * (view == "change")


@pytest.mark.parametrize("base", ["", "forged:forged", "\x00", "another record"])
def test_a_form_that_does_not_tell_how_it_was_opened_undoes_nothing(editor, reviewer, draft, base):
    address, other = DRUG.format(draft.pk), DRUG.format(make_drug().pk)
    base = shown(editor.get(other))["base"] if base == "another record" else base
    mine = shown(editor.get(address)) | {"summary": "Given by vein.", "base": base, "_save": "1"}
    press(reviewer, "_save", address, developer="Pfizer")

    page = send(editor, address, mine)

    assert "Compare it with the record as it is now" in text(page)
    assert shown(page)["summary"] == "Given by vein."
    assert Drug.objects.get(pk=draft.pk).developer == "Pfizer"


@pytest.mark.parametrize("seen", ["yesterday", "\x00", "2026-01-01", "9" * 30, "0001-01-01T00:00:00+14:00"])
def test_a_forged_moment_is_an_older_one(editor, draft, seen):
    page = press(editor, "_save", DRUG.format(draft.pk), seen=seen, developer="Pfizer")

    assert "while you were writing" in text(page)
    assert Drug.objects.get().developer == "Wyeth"

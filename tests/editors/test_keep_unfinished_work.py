"""Nothing that was typed is lost: what cannot be saved yet is kept, shown as it was typed, and offered again."""

from datetime import timedelta

import pytest

from drugs.models import Drug
from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import ADD, complaints, opened, press, said, send, shown, typed
from tests.editors.unfinished import BEGUN, DISCARD, autosave, form_of
from tests.factories import make_drug, make_finding, make_trial, withdraw
from tests.reading import links, read, text
from trials.models import Finding, Trial

pytestmark = pytest.mark.django_db


# An incomplete draft


def test_a_draft_may_be_saved_before_it_is_complete(editor):
    page = press(editor, "_save", ADD, **BEGUN)

    assert shown(page).items() >= BEGUN.items()
    assert "it is kept as you typed it, and only you see it." in text(page)
    assert not Finding.objects.exists()


def test_what_is_missing_is_listed_and_leads_to_its_field(editor):
    page = press(editor, "_save", ADD, **BEGUN)

    assert read(page, ".//ul[@class='problems']/li")[:2] == [
        "Source: The source is missing.",
        "Trial: The trial is missing.",
    ]
    assert links(page, ".//ul[@class='problems']")["Source"] == "#id_source"
    assert complaints(page, "source") == ["The source is missing."]


def test_reloading_the_page_sends_nothing_again(editor):
    response = editor.post(ADD, opened(editor, ADD) | BEGUN | {"_save": "1"})

    pages = [text(editor.get(response["Location"])) for _ in range(2)]

    assert response.status_code == 302
    assert pages[0] == pages[1]
    assert WorkingCopy.objects.get().saves == 1


def test_a_draft_that_becomes_complete_is_saved_and_no_longer_unfinished(editor):
    page = press(editor, "_save", ADD, **BEGUN)

    response = editor.post(ADD, shown(page) | typed() | {"_save": "1"})

    assert "The draft is saved" in said(response)
    assert Finding.objects.get().status == Finding.Status.DRAFT
    assert not WorkingCopy.objects.exists()


def test_what_is_already_a_draft_stays_as_it_was_saved(editor):
    finding = make_finding(statement="19 of 33 people.", publish=False)

    page = press(editor, "_save", form_of(finding), statement="", as_printed="57.6 percent")

    assert shown(page)["as_printed"] == "57.6 percent"
    assert complaints(page, "statement") == ["The statement is missing."]
    assert Finding.objects.get().statement == "19 of 33 people."


def test_what_cannot_be_submitted_yet_says_why(editor):
    page = press(editor, "_submit", ADD, **BEGUN)

    assert "It cannot be submitted yet." in text(page)
    assert "Trial : The trial is missing." in text(page)
    assert not Proposal.objects.exists()


def test_what_only_publication_demands_is_listed_as_well(editor):
    form = typed(publish=False, verdict="SUPPORTED", last_reviewed_on="2026-01-15")
    autosave(editor, **form)

    page = editor.get(ADD, {"copy": WorkingCopy.objects.get().copy})

    assert complaints(page, "verdict_sources") == ["Name the sources that decide the verdict."]
    assert not Finding.objects.exists()


def test_a_change_that_cannot_be_proposed_is_kept(editor):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    page = press(editor, "_propose", form_of(drug), developer="Pfizer", note="")

    assert "Nothing has been proposed yet." in text(page)
    assert complaints(page, "note") == ["Say what changes and why: the public log shows it beside the new version."]
    assert shown(page)["developer"] == "Pfizer"
    assert not Proposal.objects.open().exists()


def test_a_change_that_was_kept_can_be_proposed(editor):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")
    page = press(editor, "_propose", form_of(drug), developer="Pfizer", note="")

    editor.post(form_of(drug), shown(page) | {"note": "Wyeth was bought.", "_propose": "1"})

    assert Proposal.objects.open().get().note == "Wyeth was bought."
    assert not WorkingCopy.objects.exists()


def test_arms_and_identifiers_come_back_as_typed(editor):
    arm = {"arms-0-number": "1", "arms-0-title": "temsirolimus 25 mg", "arms-0-enrollment": "many"}
    form = {"brief_title": "ARCC", "slug": "arcc", "arms-TOTAL_FORMS": "1"} | arm

    page = press(editor, "_save", "/admin/trials/trial/add/", **form)

    assert shown(page).items() >= arm.items()
    assert "Arm 1: Enrollment : Enter a whole number." in text(page)


def test_the_form_of_a_source_on_the_way_stays_in_its_window(editor):
    page = press(editor, "_save", "/admin/evidence/source/add/?_popup=1", title="Hudes 2007", _popup="1")

    assert shown(page).items() >= {"_popup": "1", "title": "Hudes 2007"}.items()


# Opened again


def test_unfinished_work_on_something_new_is_offered(editor):
    press(editor, "_save", ADD, **BEGUN)

    page = editor.get(ADD)

    assert "You have unfinished work on a new finding" in text(page)
    assert shown(editor.get(links(page, ".//div[@class='working']")["continue it"])).items() >= BEGUN.items()


def test_unfinished_work_on_a_draft_is_offered(editor):
    finding = make_finding(publish=False)
    press(editor, "_save", form_of(finding), statement="")

    page = editor.get(form_of(finding))

    assert "You have unfinished work on this" in text(page)
    assert shown(page)["statement"] == finding.statement


def test_unfinished_work_in_several_windows_is_one_list_the_newest_first(editor):
    drug = make_drug(inn="temsirolimus")
    published = drug.publication.published_at
    for hours in (-3, 1, 2):
        kept = autosave(editor, f"/admin/drugs/drug/keep/?record={drug.pk}", developer="Wyeth").json()["copy"]
        WorkingCopy.objects.filter(copy=kept).update(saved_at=published + timedelta(hours=hours))

    page = editor.get(form_of(drug))

    times = [f"kept {published + timedelta(hours=hours):%H:%M UTC}" for hours in (2, 1, -3)]
    offered = read(page, ".//div[@class='working']/ul/li")
    assert text(page).count("You have unfinished work") == 1
    assert [item[: len(time)] for item, time in zip(offered, times, strict=True)] == times
    assert ["older than the published version" in item for item in offered] == [False, False, True]


def test_unfinished_work_on_several_new_records_is_told_apart_by_title(editor):
    for statement in ("Nineteen were stable.", "m" * 300):
        autosave(editor, statement=statement)

    offered = read(editor.get(ADD), ".//div[@class='working']/ul/li")

    assert [item.split(", kept")[0] for item in offered] == [f"“{'m' * 79}…”", "“Nineteen were stable.”"]


def test_the_desk_lists_what_is_unfinished(editor):
    press(editor, "_save", ADD, **BEGUN)

    address = links(editor.get("/admin/"), ".//section[@aria-labelledby='desk-unfinished']")[BEGUN["statement"]]

    assert shown(editor.get(address)).items() >= BEGUN.items()


def test_the_desk_shortens_a_title_that_the_form_shows_whole(editor):
    autosave(editor, statement="m" * 300)

    desk = links(editor.get("/admin/"), ".//section[@aria-labelledby='desk-unfinished']")

    assert list(desk) == [f"{'m' * 79}…"]
    assert shown(editor.get(desk[f"{'m' * 79}…"]))["statement"] == "m" * 300


def test_unfinished_work_can_be_discarded(editor):
    press(editor, "_save", ADD, **BEGUN)

    response = editor.post(DISCARD, {"copy": WorkingCopy.objects.get().copy})

    assert response["Location"] == ADD
    assert "Your unfinished draft is discarded." in said(response)
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("copy", ["", "\x00", "9" * 30, "b44c0ba1-a2d2-4392-a0d0-5ab469ac4346"])
def test_what_was_discarded_elsewhere_is_said_to_be_gone(editor, copy):
    for response in (editor.get(ADD, {"copy": copy.replace("\x00", "")}), editor.post(DISCARD, {"copy": copy})):
        assert "That unfinished draft is no longer there" in said(response)


def test_others_are_told_who_is_at_work_and_nothing_else(editor, reviewer):
    finding = make_finding(publish=False)
    press(editor, "_save", form_of(finding), statement="", as_printed="nineteen")

    page = reviewer.get(form_of(finding))

    assert "editor has been working on this." in text(page)
    assert "nineteen" not in page.content.decode()


def test_nobody_else_sees_or_discards_it(editor, reviewer):
    press(editor, "_save", ADD, **BEGUN)
    copy = WorkingCopy.objects.get().copy

    assert "no longer there" in said(reviewer.get(ADD, {"copy": copy}))
    assert BEGUN["statement"] not in reviewer.get("/admin/").content.decode()
    reviewer.post(DISCARD, {"copy": copy})
    assert WorkingCopy.objects.exists()


# What else may happen meanwhile


@pytest.mark.parametrize(
    "forged",
    [
        {"statement": "19\x00of 33"},
        {"statement": "α" * 1_000_000},
        {"trial": "9" * 30},
        {"copy": "temsirolimus", "saves": "9" * 30, "tab": "\x00" * 50},
        {f"arms-{'9' * 900}-title": "a", "arms-²-title": "b", "\x00": "c", "arms-TOTAL_FORMS": "9" * 30},
    ],
)
def test_whatever_is_typed_comes_back(editor, forged):
    page = press(editor, "_save", ADD, **BEGUN | forged)

    for name in {"statement", "numerator"} & set(forged | BEGUN):
        assert shown(page)[name] == (BEGUN | forged)[name]
    assert WorkingCopy.objects.count() == 1


def test_a_trial_deleted_behind_an_open_form_costs_nothing_else(editor):
    trial = make_trial(publish=False)
    form = shown(editor.get(ADD)) | typed(trial=trial)
    trial.delete()

    page = send(editor, ADD, form | {"_save": "1"})

    assert complaints(page, "trial") == ["The trial you chose is no longer there: choose another."]
    assert shown(page)["statement"] == form["statement"]


def test_a_record_deleted_behind_an_open_form_is_kept_as_a_new_one(editor):
    trial = make_trial(publish=False, brief_title="ARCC", arms=[{"title": "interferon alfa"}])
    form, address = shown(editor.get(form_of(trial))), form_of(trial)
    Trial.objects.all().delete()

    response = editor.post(address, form | {"arms-0-title": "interferon", "_save": "1"})
    page = editor.get(response["Location"])

    assert response["Location"].startswith("/admin/trials/trial/add/?copy=")
    assert "The record is gone: somebody deleted it while you were writing." in text(page)
    editor.post(response["Location"], shown(page) | {"_save": "1"})
    assert Trial.objects.get().arms.get().title == "interferon"


def test_unfinished_work_on_a_record_that_was_deleted_becomes_a_new_one(editor):
    drug = make_drug(inn="temsirolimus", publish=False)
    press(editor, "_save", form_of(drug), inn="", developer="Wyeth")
    address = f"{form_of(drug)}?copy={WorkingCopy.objects.get().copy}"
    Drug.objects.all().delete()

    response = editor.get(address)

    assert response["Location"].startswith("/admin/drugs/drug/add/?copy=")
    assert shown(editor.get(response["Location"]))["developer"] == "Wyeth"


def test_a_record_withdrawn_behind_an_open_form_gives_back_what_was_typed(editor):
    drug = make_drug(inn="temsirolimus")
    form = shown(editor.get(form_of(drug)))
    withdraw(drug)

    page = send(editor, form_of(drug), form | {"developer": "Wyeth, later Pfizer", "_propose": "1"})

    assert "This can no longer be changed here." in text(page)
    assert "Wyeth, later Pfizer" in text(page)

"""The admin's first page: what waits for me, what I began, what rests on doubt, what is missing."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from temsisite.publishing import actions
from tests.editors.browsing import titles
from tests.editors.conftest import signed_in
from tests.editors.proposing import accept, changed
from tests.factories import (
    make_approval,
    make_drug,
    make_finding,
    make_regulation,
    make_source,
    make_statement,
    make_trial,
    make_user,
    withdraw,
)
from tests.reading import links, read, text, tree

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2020, 1, 5)


def heaps(page):
    return [section.get("id") for section in tree(page).iter("section")]


# For me


def test_puts_first_what_waits_for_my_review_and_not_what_i_wrote(reviewer):
    changed(make_drug(inn="temsirolimus"), developer="Wyeth")
    changed(make_drug(inn="everolimus"), by="reviewer", developer="Novartis")

    page = reviewer.get("/admin/")

    assert titles(page, "waiting") == ["change: temsirolimus"]
    assert titles(page, "proposed") == ["change: everolimus"]
    assert "change: temsirolimus drug, by ada, just now" in text(page)


def test_an_editor_is_not_asked_to_review(editor):
    changed(make_drug(inn="temsirolimus"), developer="Wyeth")

    page = editor.get("/admin/")

    assert "waiting" not in heaps(page)
    assert "temsirolimus" not in " ".join(titles(page, "proposed"))


def test_my_own_waits_for_me_where_four_eyes_are_not_asked_for(reviewer, settings):
    settings.PUBLISHING_FOUR_EYES = False
    changed(make_drug(inn="everolimus"), by="reviewer", developer="Novartis")

    assert titles(reviewer.get("/admin/"), "waiting") == ["change: everolimus"]


def test_tells_why_a_proposal_came_back(editor):
    proposal = changed(make_drug(inn="temsirolimus"), by="editor", developer="Wyeth")
    actions.return_(proposal=proposal, by=make_user("grace"), reason="Which label?")

    page = editor.get("/admin/")

    assert titles(page, "returned") == ["change: temsirolimus"]
    assert "Which label?" in text(page)


def test_shows_my_drafts_of_every_kind_the_last_touched_first(editor):
    make_drug(inn="ridaforolimus", publish=False, created_by=editor.user)
    make_source(title="A label", publish=False, created_by=editor.user, text="Its text. " * 1000)
    make_drug(inn="umirolimus", publish=False, created_by=make_user("another editor"))

    assert titles(editor.get("/admin/"), "drafts") == ["A label", "ridaforolimus"]


def test_shows_ten_and_leads_to_all_of_them(editor):
    for number in range(12):
        make_drug(inn=f"limus-{number:02}", publish=False, created_by=editor.user)
    make_drug(inn="umirolimus", publish=False, created_by=make_user("another editor"))

    page = editor.get("/admin/")

    assert len(titles(page, "drafts")) == 10
    address = links(page, ".//section[@id='drafts']/p")["12 of drugs"]
    assert "12 drugs" in text(editor.get(address))


def test_leads_to_all_that_waits_for_me_and_not_to_my_own(reviewer):
    for number in range(11):
        changed(make_drug(inn=f"limus-{number:02}"), developer="Wyeth")
    changed(make_drug(inn="everolimus"), by="reviewer", developer="Novartis")

    address = links(reviewer.get("/admin/"), ".//section[@id='waiting']/p")["All that waits"]

    assert "11 proposals" in text(reviewer.get(address))


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing waits for you. What somebody else submits or proposes appears here.",
        "Nothing came back to you.",
        "None of yours waits. What you submit or propose stays here until somebody else decides.",
        "You have no drafts. Begin one with “Add” beside its kind below.",
        "Nothing is due. Trials, approvals and findings come back here when nobody has looked at them for long.",
        "No public claim rests on a source that was retracted or is under an expression of concern.",
        "Nothing is missing: every claim has its verdict and every value is there.",
        "Nothing has been published yet.",
    ],
)
def test_an_empty_desk_says_what_would_lie_there(reviewer, sentence):
    assert sentence in text(reviewer.get("/admin/"))


# What rests on doubt, and what is missing


def retract(source, **fields):
    type(source).objects.filter(pk=source.pk).update(retraction="RETRACTED", **fields)


def test_shows_claims_whose_source_was_retracted_or_decides_their_verdict(editor):
    retracted, sound = make_source(title="A retracted paper"), make_source()
    make_statement(statement="It says so.", source=retracted)
    make_regulation(statement="It rests on that.", source=sound, verdict="SUPPORTED", verdict_sources=[retracted])
    make_finding(statement="It has nothing to do with that.", source=sound)
    retract(retracted)

    page = editor.get("/admin/")

    assert titles(page, "doubted") == ["It rests on that.", "It says so."]
    assert "statement, its source: retracted" in text(page)
    assert "1 statement" in text(editor.get("/admin/drugs/statement/?support=doubted"))


def test_counts_what_is_missing_and_leads_to_it(editor):
    weak = make_source(standing="WEAK")
    make_finding(value_absence="NOT_REPORTED", source=weak)
    make_finding(value_absence="NOT_REPORTED")
    make_approval(action_date_absence="UNCONFIRMED")

    page = editor.get("/admin/")

    missing = links(page, ".//section[@id='missing']/ul")
    assert read(page, ".//section[@id='missing']//data") == ["1", "1", "2"]
    assert "2 findings" in text(editor.get(missing["the source does not state it"]))
    assert "1 approval" in text(editor.get(missing["no source consulted confirms it"]))
    assert "1 finding" in text(editor.get(missing["findings"]))


def test_the_lists_ask_the_same_questions(editor):
    make_finding(last_reviewed_on=LONG_AGO)
    make_finding(last_reviewed_on=datetime.date.today())

    page = editor.get("/admin/trials/finding/?review=due")

    assert "1 finding" in text(page)
    assert "due" in read(page, ".//*[@id='changelist-filter']//li[@class='selected']")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/trials/finding/?review=never",
        "/admin/trials/finding/?support=all",
        "/admin/drugs/statement/?assessment=done",
        "/admin/trials/trial/?whose=nobody",
        "/admin/publishing/proposal/?whose=nobody",
    ],
)
def test_a_question_that_the_lists_do_not_know_is_sent_back(editor, address):
    assert editor.get(address)["Location"].endswith("?e=1")


# What is new, and who sees what


def test_names_what_was_withdrawn_by_its_title(editor):
    withdraw(make_finding(slug="cervix-stable-disease", statement="Of 33 women 19 had stable disease."))

    assert titles(editor.get("/admin/"), "published")[0] == "Of 33 women 19 had stable disease."


def test_tells_who_published_what_and_why(editor, revise):
    revise(make_drug(inn="temsirolimus"), developer="Wyeth")

    page = editor.get("/admin/")

    assert titles(page, "published")[0] == "temsirolimus"
    assert "drug revised just now, by editor, accepted by reviewer As the label has it." in text(page)


def test_shows_only_what_the_person_may_look_at():
    ada = make_user("ada")
    ada.user_permissions.add(Permission.objects.get(codename="view_finding"))
    make_approval(last_reviewed_on=LONG_AGO)
    make_finding(statement="19 of 33 had stable disease.", last_reviewed_on=LONG_AGO)
    changed(make_drug(inn="temsirolimus"), by="editor", developer="Wyeth")

    page = signed_in(ada).get("/admin/")

    assert heaps(page) == ["drafts", "due", "doubted", "missing"]
    assert titles(page, "due") == ["19 of 33 had stable disease."]
    assert tree(page).find(".//section[@id='due']//form") is None


def test_staff_who_may_see_nothing_get_an_empty_desk():
    assert heaps(signed_in(make_user("outsider")).get("/admin/")) == []


def test_asks_the_database_as_often_for_much_as_for_little(reviewer):
    def fill():
        source = make_source(standing="WEAK")
        finding = make_finding(source=source, last_reviewed_on=LONG_AGO)
        make_trial(overall_status="RECRUITING", last_reviewed_on=LONG_AGO)
        approval = make_approval(source=source, last_reviewed_on=LONG_AGO, action_date_absence="NOT_CHECKED")
        changed(approval, holder="Wyeth")
        changed(finding, by="reviewer", time_frame="at 6 months")
        make_drug(publish=False, created_by=reviewer.user)
        retract(source)

    fill()
    reviewer.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        reviewer.get("/admin/")
    for _ in range(12):
        fill()
    with CaptureQueriesContext(connection) as many:
        reviewer.get("/admin/")

    assert len(many) == len(few) <= 55


def test_a_proposal_that_came_too_late_is_marked_for_its_reviewer_and_offered_to_its_author(editor, reviewer):
    drug = make_drug(inn="temsirolimus")
    changed(drug, by="editor", developer="Wyeth")
    accept(changed(drug, developer="Pfizer"))

    assert "drug, by editor, just now, out of date" in text(reviewer.get("/admin/"))
    assert titles(editor.get("/admin/"), "stale") == ["change: temsirolimus"]
    assert titles(editor.get("/admin/"), "proposed") == []  # it stands on the desk once

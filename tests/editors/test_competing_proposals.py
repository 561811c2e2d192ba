"""Several changes of one record: seen together, and brought up to date with nothing lost."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import press, said, shown
from tests.factories import make_drug, make_finding, make_source, make_trial, make_user, withdraw
from tests.reading import read, rows, text, tree, words
from trials.models import Trial

pytestmark = pytest.mark.django_db


def changed(record, by="ada", note="As the label has it.", **fields):
    """A proposal to change a published record."""

    def edit():
        type(record).objects.filter(pk=record.pk).update(**fields)

    return actions.propose_change(record=record, by=make_user(by, "Editors"), edit=edit, note=note)


def page_of(proposal, view="change"):
    return f"/admin/publishing/proposal/{proposal.pk}/{view}/"


def accept(proposal):
    return actions.accept(proposal=proposal, by=make_user("grace", "Reviewers"))


def rebase(client, proposal, **sent):
    """Open the page that brings a proposal up to date, choose, and send it."""
    address = page_of(proposal, "rebase")
    chosen = {name.replace("_", " ", 1): value for name, value in sent.items()}
    return client.post(address, shown(client.get(address)) | chosen)


def waiting():
    return Proposal.objects.open().get()


def says(proposal):
    """The document that a proposal would publish."""
    return json.loads(proposal.document)


@pytest.fixture
def drug():
    return make_drug(inn="temsirolimus", developer="Wyeth", summary="It is given by vein.")


@pytest.fixture
def mine(editor, drug):
    """The editor's own proposal, which starts from version 1."""
    return changed(drug, by="editor", summary="It is given weekly.", note="The label says weekly.")


def test_each_shows_the_others_with_their_authors_and_what_they_change(reviewer, drug):
    first, second = (
        changed(drug, by="ada", developer="Pfizer"),
        changed(drug, by="emmy", developer="Ayerst", route="ORAL"),
    )

    page = reviewer.get(page_of(first))

    [other] = [words(summary) for summary in tree(page).iterfind(".//section[@class='competitors']//summary")]
    assert other.startswith("Change by emmy, ")
    assert other.endswith("Route of administration, Developer Both change Developer.")
    assert {"Field": "Developer", "Before": "Wyeth", "After": "Ayerst"} in rows(page)
    assert page_of(second) in page.content.decode()


def test_a_withdrawal_competes_with_a_change(reviewer, drug):
    change = changed(drug, developer="Pfizer")
    actions.propose_withdrawal(record=drug, by=make_user("emmy"), reason="It was recorded twice.")

    assert "Withdrawal by emmy, 0 minutes ago: It was recorded twice." in text(reviewer.get(page_of(change)))


def test_accepting_one_marks_the_other_on_its_page_in_the_queue_and_for_its_author(reviewer, editor, drug, mine):
    other = changed(drug, developer="Pfizer")
    press(reviewer, "_accept", page_of(other))

    page = editor.get(page_of(mine))

    assert "Out of date. It starts from version 1; version 2 has been published since" in text(page)
    assert "waiting for review, out of date" in text(reviewer.get("/admin/publishing/proposal/"))
    assert read(editor.get("/admin/"), ".//section[@aria-labelledby='desk-stale']//li/a") == ["change: temsirolimus"]
    assert "desk-stale" not in reviewer.get("/admin/").content.decode()


def test_what_is_out_of_date_is_not_offered_to_be_accepted(reviewer, drug, mine):
    accept(changed(drug, developer="Pfizer"))

    page = reviewer.get(page_of(mine)).content.decode()

    assert 'name="_accept"' not in page
    assert 'name="_return"' in page


def test_the_form_of_the_record_says_how_many_wait(editor, drug, mine):
    changed(drug, developer="Pfizer")

    page = editor.get(f"/admin/drugs/drug/{drug.pk}/change/")

    assert "2 proposals wait for review. Accepting one makes the others out of date." in text(page)


def test_the_number_of_queries_does_not_grow_with_what_competes(reviewer, drug, mine):
    def count():
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(page_of(mine))
        return len(queries)

    changed(drug, developer="Ayerst")
    one = count()
    for name in ("Pfizer", "Hara Wyeth", "Wyeth Research"):
        changed(drug, developer=name)

    assert count() == one


def test_shows_what_was_published_since_before_it_is_proposed_anew(editor, drug, mine):
    accept(changed(drug, developer="Pfizer", note="Wyeth was bought in 2009."))

    page = editor.get(page_of(mine, "rebase"))

    assert "by ada, reviewed by grace: Wyeth was bought in 2009." in text(page)
    assert [row["Field"] for row in rows(page)] == ["Developer", "Summary"]
    assert "Nothing was changed by both." in text(page)


def test_is_proposed_anew_with_what_both_sides_changed(editor, drug, mine):
    accept(changed(drug, developer="Pfizer"))

    response = rebase(editor, mine)

    mine.refresh_from_db()
    anew = waiting()
    assert (says(anew)["developer"], says(anew)["summary"]) == ("Pfizer", "It is given weekly.")
    assert (anew.base_version, anew.note, anew.author) == (2, "The label says weekly.", editor.user)
    assert (mine.state, mine.reason) == (Proposal.State.SUPERSEDED, "Proposed anew from version 2.")
    assert "It waits for review again, from version 2." in said(response)


@pytest.mark.parametrize(("first", "second"), [("developer", "summary"), ("summary", "developer")])
def test_the_same_comes_of_both_orders(editor, drug, first, second):
    wanted = {"developer": "Pfizer", "summary": "It is given weekly."}
    one, other = changed(drug, **{first: wanted[first]}), changed(drug, by="editor", **{second: wanted[second]})
    accept(one)
    rebase(editor, other)

    published = accept(waiting())

    assert json.loads(published.document).items() >= wanted.items()
    assert published.version == 3


def test_where_both_changed_the_same_both_texts_are_shown_whole(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))

    page = editor.get(page_of(mine, "rebase"))

    [choice] = tree(page).iterfind(".//fieldset[@class='choice']")
    assert [words(label) for label in choice.iter("label")] == [
        "As it is now",
        "As you proposed it",
        "In other words, which you write here",
    ]
    assert [words(side) for side in choice.iterfind(".//div[@class='choice-option']/div")] == [
        "It is given by vein, slowly.",
        "It is given weekly.",
    ]
    assert [words(marked) for marked in choice.iter("mark")] == ["by vein, slowly.", "weekly."]


def test_what_is_not_chosen_is_asked_for_and_nothing_typed_is_lost(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))

    page = rebase(editor, mine, text_summary="Given slowly.")

    assert "Both changed this: choose what is to stand." in text(page)
    assert shown(page)["text summary"] == "Given slowly."
    assert waiting() == mine


@pytest.mark.parametrize(
    ("choice", "summary"),
    [("mine", "It is given weekly."), ("other", "Given weekly, by vein.")],
)
def test_what_is_chosen_is_proposed(editor, drug, mine, choice, summary):
    accept(changed(drug, summary="It is given by vein, slowly."))

    rebase(editor, mine, choose_summary=choice, text_summary="Given weekly, by vein.")

    assert says(waiting())["summary"] == summary


def test_who_keeps_nothing_of_their_own_is_told_to_take_it_back(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))

    page = rebase(editor, mine, choose_summary="theirs")

    assert "drug “temsirolimus” says already what was proposed: take the proposal back." in text(page)
    assert waiting() == mine


def test_a_forged_choice_chooses_nothing(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))

    page = rebase(editor, mine, choose_summary="both", onto="9" * 5000)

    assert page.status_code == 200
    assert waiting() == mine


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Given\x00weekly.", "Null characters are not allowed."),
        ("slowly " * 3000, "Ensure this value has at most 20000 characters"),
    ],
)
def test_what_no_form_would_take_is_named_beside_its_field(editor, drug, mine, typed, sentence):
    accept(changed(drug, summary="It is given by vein, slowly."))

    page = rebase(editor, mine, choose_summary="other", text_summary=typed)

    [choice] = tree(page).iterfind(".//fieldset[@class='choice errors']")
    assert sentence in words(choice)
    assert shown(page)["text summary"] == typed
    assert waiting() == mine


def test_what_is_too_long_for_its_column_is_named_beside_it(editor, drug):
    mine = changed(drug, by="editor", developer="Ayerst")
    accept(changed(drug, developer="Pfizer"))

    page = rebase(editor, mine, choose_developer="other", text_developer="W" * 121)

    [choice] = tree(page).iterfind(".//fieldset[@class='choice errors']")
    assert "Ensure this value has at most 120 characters" in words(choice)


def test_links_of_both_may_stand_together(editor, drug):
    label, paper = make_source(title="Torisel label"), make_source(title="Hudes 2007")
    mine = press(editor, "_propose", f"/admin/drugs/drug/{drug.pk}/change/", sources=[label.pk]) and waiting()
    other = actions.propose_change(
        record=drug, by=make_user("ada"), edit=lambda: drug.sources.set([paper]), note="As Hudes has it."
    )
    accept(other)

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, choose_sources="both")

    assert "Torisel label" in text(page)
    assert says(waiting())["sources"] == sorted([label.slug, paper.slug])


# Parts


@pytest.fixture
def trial():
    return make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])


def arms_changed(trial, edit, by="ada"):
    return actions.propose_change(record=trial, by=make_user(by, "Editors"), edit=edit, note="As Hudes has it.")


def titles(proposal):
    return [arm["title"] for arm in says(proposal)["arms"]]


def test_two_arms_that_different_people_changed_are_both_changed(editor, trial):
    first, second = trial.arms.all()
    mine = arms_changed(trial, lambda: trial.arms.filter(pk=first.pk).update(title="25 mg weekly"), by="editor")
    accept(arms_changed(trial, lambda: trial.arms.filter(pk=second.pk).update(title="interferon")))

    rebase(editor, mine)

    assert titles(waiting()) == ["25 mg weekly", "interferon"]


def test_two_arms_that_got_the_same_number_may_both_stand(editor, trial):
    def add(title):
        return lambda: trial.arms.create(number=3, title=title)

    mine = arms_changed(trial, add("both"), by="editor")
    accept(arms_changed(trial, add("placebo")))

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, **{"choose_trials.arm 3": "both"})

    assert "The one you proposed gets the next free number." in text(page)
    assert titles(waiting()) == ["temsirolimus", "interferon alfa", "placebo", "both"]


def test_an_arm_that_was_removed_meanwhile_is_asked_about(editor, trial):
    second = trial.arms.last()
    mine = arms_changed(trial, lambda: trial.arms.filter(pk=second.pk).update(title="interferon"), by="editor")
    accept(arms_changed(trial, lambda: trial.arms.filter(pk=second.pk).delete()))

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, **{"choose_trials.arm 2": "mine"})

    assert "Title: interferon" in text(page)
    assert titles(waiting()) == ["temsirolimus", "interferon"]


def test_an_arm_that_came_into_use_meanwhile_is_named(editor, trial):
    second = trial.arms.last()
    mine = arms_changed(trial, lambda: trial.arms.filter(pk=second.pk).delete(), by="editor")
    accept(changed(trial, summary="It was stopped."))
    make_finding(slug="arcc-survival", trial=trial, arm=second)

    page = rebase(editor, mine)

    assert "something it removes is in use by now, by finding “arcc-survival”" in text(page)
    assert Trial.objects.get().arms.count() == 2
    assert waiting() == mine


# What cannot be


def test_a_withdrawn_record_is_not_changed_and_what_was_proposed_is_shown(editor, drug, mine):
    withdraw(drug)

    page = editor.get(page_of(mine, "rebase"))

    assert "drug “temsirolimus” was withdrawn after this change had been proposed" in text(page)
    assert {"Field": "Summary", "Before": "It is given by vein.", "After": "It is given weekly."} in rows(page)
    assert not tree(page).findall(".//form[@class='rebase']")
    assert "was withdrawn after this change had been proposed" in text(editor.post(page_of(mine, "rebase")))


def test_what_it_names_and_is_gone_is_named(editor, drug):
    draft = make_drug(inn="sirolimus", publish=False)
    mine = changed(drug, by="editor", derived_from=draft)
    accept(changed(drug, developer="Pfizer"))
    draft.delete()

    page = rebase(editor, mine)

    assert "it names drug “sirolimus”, which is gone" in text(page)
    assert waiting() == mine


def test_the_rules_of_publication_hold_for_what_comes_of_both(editor):
    figure = {"measure": "STABLE_DISEASE", "value": "57.6", "unit": "PERCENT", "numerator": 19, "denominator": 33}
    finding = make_finding(**figure, denominator_counts="RESPONSE_EVALUABLE")
    mine = changed(finding, by="editor", denominator=34, value="55.9")
    accept(changed(finding, numerator=20, value="60.6"))

    page = rebase(editor, mine, choose_value="mine")

    assert "20/34" in text(page)
    assert waiting() == mine


def test_the_rules_of_the_table_hold_for_what_comes_of_both(editor):
    figure = {"measure": "STABLE_DISEASE", "value": "57.6", "unit": "PERCENT", "numerator": 19, "denominator": 33}
    finding = make_finding(**figure, denominator_counts="RESPONSE_EVALUABLE")
    mine = changed(finding, by="editor", numerator=20, value="60.6")
    accept(changed(finding, numerator=None, denominator=None, denominator_counts=""))

    page = rebase(editor, mine, choose_numerator="mine")

    assert "n is above N, or N is missing: n counts some of the N people." in text(page)
    assert waiting() == mine


def test_what_is_published_while_the_author_chooses_is_looked_at_first(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))
    opened = shown(editor.get(page_of(mine, "rebase")))
    accept(changed(drug, summary="It is given by vein, over 30 minutes."))

    page = editor.post(page_of(mine, "rebase"), opened | {"choose summary": "mine"})

    assert "Version 3 has been published since you opened this page: look at it again." in text(page)
    assert "over 30 minutes" in text(page)
    assert waiting() == mine


def test_only_its_author_brings_it_up_to_date(reviewer, drug, mine):
    accept(changed(drug, developer="Pfizer"))

    assert "Only editor can propose it anew." in text(reviewer.get(page_of(mine, "rebase")))
    assert reviewer.post(page_of(mine, "rebase"), {"onto": "2"}).status_code == 403
    assert waiting() == mine


def test_an_author_who_is_no_editor_any_more_does_not(editor, drug, mine):
    accept(changed(drug, developer="Pfizer"))
    editor.user.groups.clear()

    assert editor.get(page_of(mine, "rebase")).status_code == 403
    assert editor.post(page_of(mine, "rebase"), {"onto": "2"}).status_code == 403


def test_what_starts_from_the_newest_version_needs_nothing(editor, mine):
    assert "there is nothing to bring together" in text(editor.get(page_of(mine, "rebase")))


def test_a_withdrawal_is_proposed_anew_with_its_reason(editor, drug):
    mine = actions.propose_withdrawal(record=drug, by=editor.user, reason="It was recorded twice.")
    accept(changed(drug, developer="Pfizer"))

    rebase(editor, mine)

    assert (waiting().action, waiting().base_version) == ("WITHDRAWAL", 2)
    assert waiting().note == "It was recorded twice."


def test_a_restoration_that_came_second_becomes_a_change_of_what_differs(editor, drug, mine):
    accept(changed(drug, developer="Pfizer"))
    withdraw(drug)
    older = actions.propose_restoration(record=drug, by=editor.user, note="As Wyeth's.", version=1)
    accept(actions.propose_restoration(record=drug, by=make_user("ada"), note="It was not recorded twice."))
    actions.retract(proposal=mine, by=editor.user)

    rebase(editor, older)

    assert (waiting().action, waiting().base_version, waiting().note) == ("CHANGE", 4, "As Wyeth's.")
    assert says(waiting())["developer"] == "Wyeth"


def test_a_restoration_that_came_second_and_says_the_same_is_to_be_taken_back(editor, drug):
    withdraw(drug)
    mine = actions.propose_restoration(record=drug, by=editor.user, note="As it was.")
    accept(actions.propose_restoration(record=drug, by=make_user("ada"), note="It was not recorded twice."))

    page = rebase(editor, mine)

    assert "says already what was proposed: take the proposal back." in text(page)


def test_of_many_that_compete_ten_are_shown_and_the_rest_is_counted(reviewer, drug, mine):
    for number in range(12):
        changed(drug, developer=f"Wyeth {number}")

    page = reviewer.get(page_of(mine))

    assert len(tree(page).findall(".//section[@class='competitors']/details")) == 10
    assert "And 2 more" in text(page)

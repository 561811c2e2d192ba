"""An author brings a proposal up to date that another came before, and nothing is lost."""

import json

import pytest

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import press, said, shown
from tests.editors.proposing import accept, changed, edited, page_of, rebase, says, waiting
from tests.factories import make_drug, make_source, make_trial, make_user, withdraw
from tests.reading import rows, text, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def drug():
    return make_drug(inn="temsirolimus", developer="Wyeth", summary="It is given by vein.")


@pytest.fixture
def mine(editor, drug):
    """The editor's own proposal, which starts from version 1."""
    return changed(drug, by="editor", summary="It is given weekly.", note="The label says weekly.")


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
    accept(edited(drug, lambda: drug.sources.set([paper])))

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, choose_sources="both")

    assert "Torisel label" in text(page)
    assert says(waiting())["sources"] == sorted([label.slug, paper.slug])


# Parts


@pytest.fixture
def trial():
    return make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])


def titles(proposal):
    return [arm["title"] for arm in says(proposal)["arms"]]


def test_two_arms_that_different_people_changed_are_both_changed(editor, trial):
    first, second = trial.arms.all()
    mine = edited(trial, lambda: trial.arms.filter(pk=first.pk).update(title="25 mg weekly"), by="editor")
    accept(edited(trial, lambda: trial.arms.filter(pk=second.pk).update(title="interferon")))

    rebase(editor, mine)

    assert titles(waiting()) == ["25 mg weekly", "interferon"]


def test_two_arms_that_got_the_same_number_may_both_stand(editor, trial):
    def add(title):
        return lambda: trial.arms.create(number=3, title=title)

    mine = edited(trial, add("both"), by="editor")
    accept(edited(trial, add("placebo")))

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, **{"choose_- trials.arm 3": "both"})

    assert "The one you proposed gets the next free number." in text(page)
    assert titles(waiting()) == ["temsirolimus", "interferon alfa", "placebo", "both"]


def test_an_arm_that_was_removed_meanwhile_is_asked_about(editor, trial):
    second = trial.arms.last()
    mine = edited(trial, lambda: trial.arms.filter(pk=second.pk).update(title="interferon"), by="editor")
    accept(edited(trial, lambda: trial.arms.filter(pk=second.pk).delete()))

    page = editor.get(page_of(mine, "rebase"))
    rebase(editor, mine, **{"choose_- trials.arm 2": "mine"})

    assert "Title: interferon" in text(page)
    assert titles(waiting()) == ["temsirolimus", "interferon"]


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


def test_a_code_is_chosen_and_not_written(editor, drug):
    mine = changed(drug, by="editor", route="ORAL")
    accept(changed(drug, route="INTRAVENOUS"))

    page = editor.get(page_of(mine, "rebase"))

    [choice] = tree(page).iterfind(".//fieldset[@class='choice']")
    assert (
        words(choice) == "Route of administration Before both nothing As it is now intravenous As you proposed it oral"
    )

"""When a proposal cannot be brought up to date, a sentence says why, and what was proposed is not lost."""

import pytest

from temsisite.publishing import actions
from tests.editors.browsing import shown
from tests.editors.proposing import accept, changed, edited, page_of, rebase, waiting
from tests.factories import make_drug, make_finding, make_trial, make_user, withdraw
from tests.reading import rows, text, tree
from trials.models import Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def drug():
    return make_drug(inn="temsirolimus", developer="Wyeth", summary="It is given by vein.")


@pytest.fixture
def mine(editor, drug):
    """The editor's own proposal, which starts from version 1."""
    return changed(drug, by="editor", summary="It is given weekly.", note="The label says weekly.")


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


def test_who_sends_it_twice_is_told_that_it_is_done(editor, drug, mine):
    accept(changed(drug, developer="Pfizer"))
    opened = shown(editor.get(page_of(mine, "rebase")))
    editor.post(page_of(mine, "rebase"), opened)

    page = editor.post(page_of(mine, "rebase"), opened)

    assert "This proposal has been superseded already." in text(page)
    assert waiting().base_version == 2


def test_what_was_typed_is_given_back_when_the_proposal_was_returned_meanwhile(editor, drug, mine):
    accept(changed(drug, summary="It is given by vein, slowly."))
    opened = shown(editor.get(page_of(mine, "rebase")))
    actions.return_(proposal=mine, by=make_user("grace"), reason="Which label?")

    page = editor.post(page_of(mine, "rebase"), opened | {"choose summary": "other", "text summary": "Given slowly."})

    assert "This proposal has been returned already. You wrote: Given slowly." in text(page)


def test_an_arm_that_came_into_use_meanwhile_is_named(editor):
    trial = make_trial(arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    second = trial.arms.last()
    mine = edited(trial, lambda: trial.arms.filter(pk=second.pk).delete(), by="editor")
    accept(changed(trial, summary="It was stopped."))
    make_finding(slug="arcc-survival", trial=trial, arm=second)

    page = rebase(editor, mine)

    assert "something it removes is in use by now, by finding “arcc-survival”" in text(page)
    assert Trial.objects.get().arms.count() == 2
    assert waiting() == mine

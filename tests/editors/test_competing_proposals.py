"""Several changes of one record: they are seen together, and the one that comes too late is marked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from temsisite.publishing import actions
from tests.editors.browsing import press
from tests.editors.proposing import accept, changed, page_of
from tests.factories import make_drug, make_user
from tests.reading import read, rows, text, tree, words

pytestmark = pytest.mark.django_db


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

    assert "Withdrawal by emmy, just now: It was recorded twice." in text(reviewer.get(page_of(change)))


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


def test_of_many_that_compete_ten_are_shown_and_the_rest_is_counted(reviewer, drug, mine):
    for number in range(12):
        changed(drug, developer=f"Wyeth {number}")

    page = reviewer.get(page_of(mine))

    assert len(tree(page).findall(".//section[@class='competitors']/details")) == 10
    assert "And 2 more" in text(page)

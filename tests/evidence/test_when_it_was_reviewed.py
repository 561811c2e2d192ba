"""Two clocks: when a record last changed, and when a claim was last held against the literature."""

import datetime

import pytest

from tests.factories import make_approval, make_drug, make_finding, make_statement

pytestmark = pytest.mark.django_db


def facts(client, address):
    return {row["term"]: row for row in client.get(address).context["facts"]}


def test_says_when_a_record_last_changed(client):
    drug = make_drug(inn="temsirolimus")

    day = drug.publication.published_at
    assert f'Last changed <time datetime="{day:%Y-%m-%d}">' in client.get("/drugs/temsirolimus/").text


def test_says_when_a_claim_was_last_reviewed(client):
    make_statement(slug="c02", last_reviewed_on=datetime.date(2026, 1, 5))

    assert "; reviewed 5 January 2026" in client.get("/statements/c02/").text


def test_says_that_a_claim_was_not_reviewed_since_it_was_entered(client):
    make_statement(slug="c02")

    assert "not reviewed since it was entered" in client.get("/statements/c02/").text


@pytest.mark.parametrize(
    ("make", "address", "due"),
    [(make_approval, "/approvals/c03/", "4 July 2026"), (make_finding, "/findings/c03/", "5 January 2028")],
)
def test_says_when_the_next_review_is_due(client, make, address, due):
    make(slug="c03", last_reviewed_on=datetime.date(2026, 1, 5))

    assert facts(client, address)["Next review due"]["value"] == due


def test_says_quietly_that_a_review_is_overdue(client):
    make_approval(slug="c03", last_reviewed_on=datetime.date(2020, 1, 5))

    assert facts(client, "/approvals/c03/")["Next review due"]["note"].startswith("overdue")


def test_asks_for_no_review_of_what_does_not_age(client):
    make_statement(slug="c02")

    assert "Next review due" not in facts(client, "/statements/c02/")

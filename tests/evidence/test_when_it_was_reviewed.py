"""Two clocks: when a record last changed, and when a claim was last held against the literature."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import make_approval, make_drug, make_finding, make_statement
from tests.reading import facts

pytestmark = pytest.mark.django_db


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

    assert facts(client.get(address))["Next review due"].partition(" overdue")[0] == due


def test_says_quietly_that_a_review_is_overdue(client):
    make_approval(slug="c03", last_reviewed_on=datetime.date(2020, 1, 5))

    due = facts(client.get("/approvals/c03/"))["Next review due"]

    assert due == "3 July 2020 overdue, which does not mean that it is wrong"


def test_says_that_a_review_is_overdue_to_a_reader_who_has_the_page_of_the_day_before(client, monkeypatch):
    make_approval(slug="c03", last_reviewed_on=datetime.date.today())
    copy = client.get("/approvals/c03/")
    held = {"If-None-Match": copy["ETag"]}
    assert client.get("/approvals/c03/", headers=held).status_code == 304

    later = timezone.now() + datetime.timedelta(days=1000)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert "overdue" not in facts(copy)["Next review due"]
    assert "overdue" in facts(client.get("/approvals/c03/", headers=held))["Next review due"]


def test_asks_for_no_review_of_what_does_not_age(client):
    make_statement(slug="c02")

    assert "Next review due" not in facts(client.get("/statements/c02/"))

"""What was approved on a given day, by jurisdiction, use and holder."""

import pytest

from tests.factories import make_approval, make_disease, make_source

pytestmark = pytest.mark.django_db


def as_of(client, day):
    return client.get(f"/approvals/?as_of={day}").context["rows"]


def dates(rows):
    return [decision["date"] for group in rows["jurisdictions"] for decision in group["decisions"]]


def test_shows_what_was_approved_by_then_and_nothing_later(client):
    make_approval(jurisdiction="US", action_date="2007-05-30", holder="Wyeth, Inc.")
    make_approval(jurisdiction="EU", action_date="2009-08-21")

    [group] = as_of(client, "2008-01-01")["jurisdictions"]

    assert group["title"] == "United States"
    assert [(row["date"], row["holder"]) for row in group["decisions"]] == [("30 May 2007", "Wyeth, Inc.")]


def test_counts_the_day_of_the_decision_itself(client):
    make_approval(action_date="2007-05-30")

    assert dates(as_of(client, "2007-05-30")) == ["30 May 2007"]


@pytest.mark.parametrize(
    ("day", "date"), [("2007-05-31", "May 2007"), ("2007-05-30", "in May 2007, day not known"), ("2007-04-30", None)]
)
def test_is_certain_of_a_month_only_when_it_is_over(client, day, date):
    make_approval(action_date="2007-05")

    response = client.get(f"/approvals/?as_of={day}")

    assert ("Nothing published matches" in response.text) == (date is None)
    assert date is None or dates(response.context["rows"]) == [date]


def test_brings_sources_of_one_decision_together(client):
    kidney = make_disease(name="renal cell carcinoma")
    make_approval(disease=kidney, action_date="2007-05-30", holder="Wyeth", source=make_source(title="FDA notice"))
    make_approval(disease=kidney, action_date="2007-05", source=make_source(title="A review"))

    [group] = as_of(client, "2008-01-01")["jurisdictions"]
    [decision] = group["decisions"]

    assert decision["date"] == "30 May 2007"
    assert [claim["source_title"] for claim in decision["claims"]] == ["FDA notice", "A review"]


def test_keeps_decisions_for_two_diseases_or_two_companies_apart(client):
    kidney = make_disease(name="renal cell carcinoma")
    make_approval(disease=kidney, holder="Wyeth, Inc.")
    make_approval(disease=kidney, holder="Accord Healthcare")
    make_approval(disease=make_disease(name="mantle cell lymphoma"), holder="Wyeth Europa")

    assert len(dates(as_of(client, "2008-01-01"))) == 3


def test_says_when_another_source_knows_that_it_was_later(client):
    make_approval(action_date="2007-05")
    make_approval(action_date="2007-05-30", slug="fda-notice")

    page = client.get("/approvals/?as_of=2007-05-10").text

    assert 'another source says <a href="/approvals/fda-notice/">30 May 2007</a>, which is later' in page


def test_lists_what_has_no_date_apart_with_the_reason(client):
    make_approval(action_date="", action_date_absence="NOT_REPORTED")

    response = client.get("/approvals/?as_of=2008-01-01")

    assert response.context["rows"]["jurisdictions"] == []
    assert '<span class="absent">the source does not state it</span>' in response.text


def test_never_shows_a_contradicted_claim_as_an_approval(client):
    make_approval(
        jurisdiction="JP", action_date="2007", verdict="CONTRADICTED", verdict_note="Japan approved it in 2010."
    )

    response = client.get("/approvals/?as_of=2008-01-01")

    assert response.context["rows"]["jurisdictions"] == []
    assert "Japan approved it in 2010." in response.text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2099-01-01", "2099-01-01 lies in the future."),
        ("2007-02-30", "This is not a day of the calendar"),
        ("2007", "This is not a day of the calendar"),
        ("9" * 30, "This is not a day of the calendar"),
        ("%00💊", "This is not a day of the calendar"),
    ],
)
@pytest.mark.parametrize("address", ["/approvals/", "/api/v1/approvals/"])
def test_refuses_a_day_that_cannot_be(client, address, day, sentence):
    response = client.get(f"{address}?as_of={day}")

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_partners_ask_the_same(client):
    make_approval(slug="torisel-us", action_date="2007-05-30")
    make_approval(slug="torisel-eu", action_date="2009-08-21")

    documents = client.get("/api/v1/approvals/?as_of=2008-01-01").json()["results"]

    assert [document["slug"] for document in documents] == ["torisel-us"]


def test_asks_as_often_for_six_claims_as_for_one(client, django_assert_num_queries, count_queries):
    make_approval(verdict="REFINED")
    once = count_queries("/approvals/?as_of=2008-01-01")
    for _ in range(5):
        make_approval(verdict="REFINED", disease=make_disease())

    with django_assert_num_queries(once):
        client.get("/approvals/?as_of=2008-01-01")

"""What was approved on a given day, by jurisdiction, use and holder."""

import pytest

from tests.factories import make_approval, make_disease, make_source
from tests.reading import links, read, rows

pytestmark = pytest.mark.django_db


def as_of(client, day):
    return client.get(f"/approvals/?as_of={day}")


def headings(page):
    return read(page, ".//main//h2")


def dates(page):
    return read(page, ".//tr[@class='decision']/td[@data-label='Date']")


def test_shows_what_was_approved_by_then_and_nothing_later(client):
    make_approval(jurisdiction="US", action_date="2007-05-30", holder="Wyeth, Inc.")
    make_approval(jurisdiction="EU", action_date="2009-08-21")

    page = as_of(client, "2008-01-01")

    [decision] = rows(page)
    assert headings(page) == ["United States"]
    assert (decision["Date"], decision["Given to"]) == ("30 May 2007", "Wyeth, Inc.")


def test_counts_the_day_of_the_decision_itself(client):
    make_approval(action_date="2007-05-30")

    assert dates(as_of(client, "2007-05-30")) == ["30 May 2007"]


@pytest.mark.parametrize(
    ("day", "known"),
    [("2007-05-31", ["May 2007"]), ("2007-05-30", ["in May 2007, day not known"]), ("2007-04-30", [])],
)
def test_is_certain_of_a_month_only_when_it_is_over(client, day, known):
    make_approval(action_date="2007-05")

    page = as_of(client, day)

    assert dates(page) == known
    assert ("Nothing published matches" in page.text) == (known == [])


def test_brings_sources_of_one_decision_together(client):
    kidney = make_disease(name="renal cell carcinoma")
    make_approval(disease=kidney, action_date="2007-05-30", holder="Wyeth", source=make_source(title="FDA notice"))
    make_approval(disease=kidney, action_date="2007-05", source=make_source(title="A review"))

    page = as_of(client, "2008-01-01")

    assert headings(page) == ["United States"]
    assert dates(page) == ["30 May 2007"]
    assert read(page, ".//tr[@class='decision']/td[@data-label='Who says so']//a") == ["FDA notice", "A review"]


def test_keeps_decisions_for_two_diseases_or_two_companies_apart(client):
    kidney = make_disease(name="renal cell carcinoma")
    make_approval(disease=kidney, holder="Wyeth, Inc.")
    make_approval(disease=kidney, holder="Accord Healthcare")
    make_approval(disease=make_disease(name="mantle cell lymphoma"), holder="Wyeth Europa")

    decisions = rows(as_of(client, "2008-01-01"))

    assert sorted((decision["For"], decision["Given to"]) for decision in decisions) == [
        ("Mantle cell lymphoma", "Wyeth Europa"),
        ("Renal cell carcinoma", "Accord Healthcare"),
        ("Renal cell carcinoma", "Wyeth, Inc."),
    ]


def test_says_when_another_source_knows_that_it_was_later(client):
    make_approval(action_date="2007-05")
    make_approval(action_date="2007-05-30", slug="fda-notice")

    page = as_of(client, "2007-05-10").text

    assert 'another source says <a href="/approvals/fda-notice/">30 May 2007</a>, which is later' in page


def test_lists_what_has_no_date_apart_with_the_reason(client):
    make_approval(action_date="", action_date_absence="NOT_REPORTED")

    page = as_of(client, "2008-01-01")

    assert headings(page) == ["Without a date"]
    assert read(page, ".//td[@data-label='Date']/span[@class='absent']") == ["the source does not state it"]


def test_never_shows_a_contradicted_claim_as_an_approval(client):
    make_approval(
        jurisdiction="JP", action_date="2007", verdict="CONTRADICTED", verdict_note="Japan approved it in 2010."
    )

    page = as_of(client, "2008-01-01")

    assert headings(page) == ["Said, but contradicted"]
    assert read(page, ".//section[@id='contradicted']//p[@class='claim-note']") == ["Japan approved it in 2010."]


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
    make_approval(verdict="REFINED", disease=make_disease())
    once = count_queries("/approvals/?as_of=2008-01-01")
    for _ in range(5):
        make_approval(verdict="REFINED", disease=make_disease())

    with django_assert_num_queries(once):
        client.get("/approvals/?as_of=2008-01-01")


@pytest.mark.parametrize(
    "query",
    ["approved 2008", "what was approved in 2008?", "FDA Approvals 2008-05-30", "approved between 2006 and 2008"],
)
def test_is_where_the_search_leads_who_asks_for_a_year(client, query):
    answers = links(client.get("/search/", {"q": query}), ".//p[@class='answer']")

    assert answers == {"What was approved by the end of 2008": "/approvals/?as_of=2008-12-31"}
    assert client.get("/approvals/?as_of=2008-12-31").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "2008",
        "approved",
        "approved 2999",
        "disapproved 2008",
        "approved 12008",
        "approved before 2008",
        "approved after 2008",
        "approved since 2008",
    ],
)
def test_is_not_where_the_search_leads_anybody_else(client, query):
    assert links(client.get("/search/", {"q": query}), ".//p[@class='answer']") == {}

import xml.etree.ElementTree as ET

import pytest

from tests.factories import (
    make_approval,
    make_drug,
    make_finding,
    make_source,
    make_statement,
    make_trial,
    withdraw,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def follow(client):
    """The titles of a feed's entries, newest first."""

    def titles(address):
        feed = ET.fromstring(client.get(address).content)
        return [title.text for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]

    return titles


def test_a_feed_tells_of_a_drug_and_of_the_claims_about_it(follow, revise):
    drug = make_drug(inn="temsirolimus")
    make_approval(drug=drug, statement="The FDA approved it.")
    make_statement(drug=make_drug(inn="sirolimus"), statement="It comes from the soil.")
    revise(drug, developer="Wyeth")

    assert follow("/drugs/temsirolimus/changes.atom") == [
        "Drug revised: temsirolimus",
        "Approval published: The FDA approved it.",
        "Drug published: temsirolimus",
    ]


def test_a_feed_tells_of_a_trial_and_of_its_findings(follow):
    trial = make_trial(slug="arcc", brief_title="Global ARCC")
    make_finding(trial=trial, statement="Half lived longer than 10.9 months.")
    make_finding(trial=make_trial(), statement="Nobody responded.")

    assert follow("/trials/arcc/changes.atom") == [
        "Finding published: Half lived longer than 10.9 months.",
        "Trial published: Global ARCC",
    ]


def test_a_feed_tells_that_a_claim_was_withdrawn_but_not_what_it_said(follow):
    trial = make_trial(slug="arcc", brief_title="Global ARCC")
    withdraw(make_finding(slug="taken-back", trial=trial, statement="All lived."))
    make_finding(trial=trial, statement="Not yet seen.", publish=False)

    assert follow("/trials/arcc/changes.atom") == [
        "Finding withdrawn: taken-back",
        "Finding published: taken-back",
        "Trial published: Global ARCC",
    ]


def test_the_page_of_a_drug_and_of_a_trial_names_its_feed(client):
    make_drug(inn="temsirolimus")
    make_trial(slug="arcc")

    for address in ("/drugs/temsirolimus/", "/trials/arcc/"):
        assert 'type="application/atom+xml"' in client.get(address).content.decode()
        assert f'href="{address}changes.atom"' in client.get(address).content.decode()


def test_there_is_no_feed_of_a_draft_and_none_of_what_was_withdrawn(client):
    make_drug(inn="temsirolimus", publish=False)
    withdraw(make_drug(inn="tamsilimus"))

    assert client.get("/drugs/temsirolimus/changes.atom").status_code == 404
    assert client.get("/drugs/tamsilimus/changes.atom").status_code == 410
    assert client.get("/trials/unknown/changes.atom").status_code == 404


def test_a_feed_holds_the_newest_fifty_for_as_many_questions_as_one(count_queries, follow, revise, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.feeds.NEWEST", 3)
    drug = make_drug(inn="temsirolimus")
    few = count_queries("/drugs/temsirolimus/changes.atom")
    for number in range(4):
        revise(drug, summary=f"Summary {number}")

    assert count_queries("/drugs/temsirolimus/changes.atom") == few
    assert follow("/drugs/temsirolimus/changes.atom") == ["Drug revised: temsirolimus"] * 3


def test_a_feed_survives_signs_that_xml_forbids(follow):
    make_source(title="A title\x08 from a \x1b terminal")

    assert follow("/changes.atom") == ["Source published: A title from a terminal"]

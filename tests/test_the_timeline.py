"""The timeline of a drug, on its page and on the front page."""

import pytest

from drugs import timelines
from drugs.pictures import scale
from tests.factories import make_approval, make_drug, make_mechanism, make_source, make_statement, make_trial, withdraw
from tests.reading import read, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def temsirolimus():
    return make_drug(inn="temsirolimus")


def events(page):
    return read(page, ".//div[@class='event-what']/p[1]/a")


def test_begins_with_the_drug_it_was_made_from(client):
    sirolimus = make_drug(inn="sirolimus")
    drug = make_drug(inn="temsirolimus", derived_from=sirolimus)
    make_approval(drug=drug, statement="The FDA approved temsirolimus.", action_date="2007-05-30")
    make_statement(drug=sirolimus, statement="Soil was gathered on Rapa Nui.", topic="ORIGIN", period="1964")
    make_trial(brief_title="Temsirolimus in cancer of the cervix", start_date="2009-12", arms=[{"drugs": [drug]}])

    assert events(client.get("/drugs/temsirolimus/")) == [
        "Soil was gathered on Rapa Nui.",
        "The FDA approved temsirolimus.",
        "Temsirolimus in cancer of the cervix",
    ]


def test_links_an_event_to_its_claim(client, temsirolimus):
    make_approval(drug=temsirolimus, slug="fda-2007-05-30-torisel", statement="The FDA approved Torisel.")

    assert '<a href="/approvals/fda-2007-05-30-torisel/">The FDA approved Torisel.</a>' in client.get("/").text


def test_says_how_far_a_date_is_known(client, temsirolimus):
    make_statement(drug=temsirolimus, period="1994")
    make_approval(drug=temsirolimus, action_date="2007-05")

    page = client.get("/drugs/temsirolimus/").text

    assert '1994 <span class="quiet">known to the year</span>' in page
    assert 'May 2007 <span class="quiet">known to the month</span>' in page
    assert '<rect class="span vague"' in page


def test_says_that_the_end_of_a_trial_is_not_recorded(client, temsirolimus):
    make_trial(start_date="2009-11", arms=[{"drugs": [temsirolimus]}])

    page = client.get("/drugs/temsirolimus/").text

    assert "trial, phase 2; its end is not recorded" in page
    assert '<line class="open"' in page


def test_draws_a_trial_from_its_start_to_its_end(client, temsirolimus):
    make_trial(start_date="2009-12", completion_date="2012-12", arms=[{"drugs": [temsirolimus]}])

    page = client.get("/drugs/temsirolimus/")

    [bar] = tree(page).iterfind(".//rect[@class='span']")
    assert read(page, ".//p[@class='event-when']") == ["December 2009 – December 2012"]
    assert float(bar.get("width").removesuffix("%")) > 30


def test_shows_a_decision_that_two_sources_tell_of_once(client, temsirolimus):
    review, notice = make_source(title="A review"), make_source(title="FDA notice")
    make_approval(drug=temsirolimus, action_date="2007-05", verdict="REFINED", source=review)
    make_approval(drug=temsirolimus, action_date="2007-05-30", statement="The FDA approved it.", source=notice)

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//p[@class='event-when']") == ["30 May 2007 approval"]
    assert read(page, ".//div[@class='event-what']/p") == [
        "The FDA approved it.",
        "FDA notice",
        "also A review Refined",
    ]


def test_crosses_out_what_is_contradicted_and_says_why(client, temsirolimus):
    note = "The approval came in 2007."
    make_approval(drug=temsirolimus, action_date="2005", verdict="CONTRADICTED", verdict_note=note)

    page = client.get("/drugs/temsirolimus/").text

    assert '<li class="event approval contradicted">' in page
    assert f'<span class="verdict-note">{note}</span>' in page


def test_counts_what_it_cannot_show_for_want_of_a_date(client, temsirolimus):
    make_approval(drug=temsirolimus)
    make_approval(drug=temsirolimus, action_date="", action_date_absence="NOT_REPORTED")
    make_trial(arms=[{"drugs": [temsirolimus]}])

    page = client.get("/drugs/temsirolimus/").text

    assert "Not shown for want of a date: claims of approvals (1) and trials (1)." in page


def test_leaves_out_a_period_that_is_no_date(client, temsirolimus):
    make_statement(drug=temsirolimus, period="2007-13")
    make_statement(drug=temsirolimus, period="2014–2020")

    page = client.get("/drugs/temsirolimus/")

    assert events(page) == []
    assert "Through the years" not in page.text


def test_says_that_there_are_more_claims_than_it_shows(client, temsirolimus, monkeypatch):
    monkeypatch.setattr(timelines, "EVENTS", 2)
    for day in ("2007-05-30", "2007-05-30", "1999-09-15"):
        make_approval(drug=temsirolimus, action_date=day)

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//p[@class='event-when']") == ["30 May 2007 approval"]
    assert "There are more claims of approvals than are shown here." in page.text


def test_lets_no_impossible_date_take_the_place_of_an_event(client, temsirolimus, monkeypatch):
    monkeypatch.setattr(timelines, "EVENTS", 1)
    for period in ("1990-02-30", "1990-13", "1994"):
        make_statement(drug=temsirolimus, period=period)

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//p[@class='event-when']") == ["1994 known to the year"]
    assert "There are more" not in page.text


def test_loses_an_event_when_its_claim_is_withdrawn(client, temsirolimus):
    make_statement(drug=temsirolimus, period="1994")
    withdraw(make_approval(drug=temsirolimus, statement="The FDA approved it."))

    assert "The FDA approved it." not in client.get("/drugs/temsirolimus/").text


def test_asks_as_often_for_three_events_as_for_one(client, temsirolimus, count_queries):
    add_events(temsirolimus, "2001")
    once = count_queries("/")
    for year in ("2002", "2003"):
        add_events(temsirolimus, year)

    assert count_queries("/") == once


def add_events(drug, year):
    make_mechanism(drug=drug)
    make_statement(drug=drug, period=year, verdict="REFINED")
    make_approval(drug=drug, action_date=year, verdict="REFINED")
    make_trial(start_date=year, arms=[{"drugs": [drug]}])


def test_a_date_known_to_the_year_covers_its_year():
    drawn = scale([("2000", ""), ("2004-07-01", "2009-12-31")])

    assert drawn["years"][0] == {"year": 2000, "x": 0.0}
    assert drawn["spans"][0]["width"] == pytest.approx(10, abs=0.1)
    assert drawn["spans"][1]["x"] == pytest.approx(45, abs=0.1)


def test_the_last_year_of_the_calendar_can_be_drawn():
    assert scale([("0001", ""), ("9999-12-31", "")])["spans"][1]["x"] <= 100

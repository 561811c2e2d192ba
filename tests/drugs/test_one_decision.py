"""Which claims tell of one decision: one rule for the timeline, the page of the drug and the approvals of a day."""

import pytest

from tests.factories import make_approval, make_disease, make_drug, make_source
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def temsirolimus():
    return make_drug(inn="temsirolimus")


@pytest.fixture
def told(client, temsirolimus):
    """How many decisions each place takes the claims for: the timeline, the page of the drug, that of a day."""

    def count(*claims):
        for claim in claims:
            make_approval(drug=temsirolimus, source=make_source(), **claim)
        page = client.get("/drugs/temsirolimus/")
        notes = [
            note for note in read(page, ".//section[@id='approvals']//tr") if note.startswith("The same decision")
        ]
        day = read(client.get("/approvals/?as_of=2026-01-01"), ".//tr[@class='decision']")
        return [len(read(page, ".//div[@class='event-what']")), len(claims) - len(notes), len(day)]

    return count


def test_tells_two_companies_apart(told):
    assert told({"holder": "Wyeth, Inc."}, {"holder": "Accord Healthcare"}) == [2, 2, 2]


def test_brings_together_what_names_the_disease_and_what_does_not(told):
    assert told({"disease": make_disease()}, {}) == [1, 1, 1]


def test_tells_a_claim_that_fits_two_decisions_apart_from_both(told):
    assert told({"disease": make_disease()}, {"disease": make_disease()}, {"action_date": "2007-05"}) == [3, 3, 3]


def test_takes_a_holder_of_blanks_for_none(told):
    assert told({"holder": "Wyeth, Inc."}, {"holder": "  "}) == [1, 1, 1]


def test_never_lets_a_contradicted_claim_stand_for_one_that_holds(client, temsirolimus):
    make_approval(drug=temsirolimus, action_date="2007-05-29", verdict="CONTRADICTED", verdict_note="A day later.")
    make_approval(drug=temsirolimus, action_date="2007-05", verdict="SUPPORTED", source=make_source())

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//p[@class='event-when']") == ["May 2007 known to the month approval", "29 May 2007 approval"]
    assert "The same decision as told by" not in page.text


def test_says_on_the_page_of_a_claim_that_another_company_was_meant(client, temsirolimus):
    make_approval(drug=temsirolimus, slug="wyeth", holder="Wyeth, Inc.")
    make_approval(drug=temsirolimus, holder="Accord Healthcare")

    assert read(client.get("/approvals/wyeth/"), ".//section[@id='same']//p[@class='claim-stance']") == [
        "Another decision, given to Accord Healthcare."
    ]

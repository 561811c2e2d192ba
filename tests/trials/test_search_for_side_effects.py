"""Readers say side effect, trials say adverse event: the search finds each by the words of the other."""

import pytest

from tests.factories import make_drug, make_finding, make_statement, make_trial
from tests.publishing.searching import find, titles

pytestmark = pytest.mark.django_db


def make_mucositis(**fields):
    return make_finding(
        measure="ADVERSE_EVENT", event_term="mucositis", statement="Of 208, 41 had a sore mouth.", **fields
    )


@pytest.mark.parametrize("query", ["side effects", "Side effect", "side-effects", "what are the side effects?"])
def test_finds_what_is_counted_as_an_adverse_event(client, query):
    make_mucositis()

    content = find(client, query)

    assert titles(client, query) == ["Of 208, 41 had a sore mouth."]
    assert "Measure: <mark>adverse</mark> <mark>event</mark>" in content


def test_finds_the_side_effects_of_a_drug_by_its_brand(client):
    torisel = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    make_mucositis(trial=make_trial(brief_title="One with it", arms=[{"drugs": [torisel]}]))
    make_mucositis(trial=make_trial(brief_title="One without it"))

    content = find(client, "side effects of Torisel")

    assert "About One with it" in content
    assert "About One without it" not in content


def test_finds_what_is_called_a_side_effect(client):
    make_statement(statement="Side effects were mild.")

    assert titles(client, "adverse events") == ["Side effects were mild."]


def test_finds_only_the_words_that_are_quoted(client):
    make_mucositis()

    assert titles(client, "“side effects”") == []

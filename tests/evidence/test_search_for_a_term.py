"""Somebody types a word of the field into the search: the page begins with what it means."""

import pytest

from tests.factories import make_drug
from tests.publishing.searching import find
from tests.reading import links, read

pytestmark = pytest.mark.django_db
ANSWER = ".//p[@class='answer']"


def test_begins_with_the_definition_and_leads_to_the_glossary(client):
    page = client.get("/search/?q=hazard+ratio")

    [answer] = read(page, ANSWER)
    assert answer.startswith("Hazard ratio: The risk of an event, such as death, at any moment")
    assert links(page, ANSWER) == {"Hazard ratio": "/glossary/#hazard-ratio"}


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("HAZARD RATIOS", "hazard-ratio"),
        ("what is a hazard ratio?", "hazard-ratio"),
        ("What does “PFS” mean?", "pfs"),
        ("meaning of stable disease", "stable-disease"),
        ("dose limiting toxicities", "dlt"),
        ("phase of a trial", "phase-of-a-trial"),
        ("side effects", "adverse-event"),
        ("phase I", "phase-1"),
        ("randomised", "randomized"),
        ("contradicted", "contradicted"),
    ],
)
def test_knows_a_term_however_it_is_asked_for(client, query, slug):
    assert f'<p class="answer"><a href="/glossary/#{slug}">' in find(client, query)


def test_leaves_a_term_its_own_spelling(client):
    assert links(client.get("/search/?q=mtor+inhibitor"), ANSWER) == {"mTOR inhibitor": "/glossary/#mtor-inhibitor"}


@pytest.mark.parametrize("query", ["", "?", "what is", "temsirolimus", "hazard ratio of temsirolimus"])
def test_defines_nothing_where_more_or_something_else_is_asked_for(client, query):
    make_drug(inn="temsirolimus")

    assert 'class="answer"' not in find(client, query)


def test_defines_nothing_where_the_address_is_not_understood(client):
    assert 'class="answer"' not in find(client, "hazard ratio", kind="nonsense")

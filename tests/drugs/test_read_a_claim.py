"""The pages of approvals, mechanisms, regulations and statements."""

import pytest

from tests.factories import (
    make_approval,
    make_drug,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_user,
    withdraw,
)
from tests.reading import claims, facts, read

pytestmark = pytest.mark.django_db


def test_shows_an_approval_with_everything_that_is_known_of_it(client):
    make_approval(
        slug="fda-2007-05-30-torisel", drug=make_drug(inn="temsirolimus"), brand_name="Torisel", holder="Wyeth"
    )

    table = facts(client.get("/approvals/fda-2007-05-30-torisel/"))

    assert table["Date of the decision"] == "30 May 2007"
    assert (table["Drug"], table["Brand name"], table["Given to"]) == ("temsirolimus", "Torisel", "Wyeth")


def test_names_source_place_and_words_as_printed(client):
    source = make_source(title="Temsirolimus: a long-lived antineoplastic drug", slug="temsirolimus-article")
    make_approval(slug="c03", source=source, locator="lead, sentence 1", as_printed="May 2007")

    page = client.get("/approvals/c03/").text

    assert 'href="/sources/temsirolimus-article/"' in page
    assert "lead, sentence 1" in page
    assert "<q>May 2007</q>" in page


def test_shows_what_the_literature_says_even_when_it_agrees(client):
    make_approval(slug="c03", verdict="SUPPORTED", verdict_note="The FDA dates it May 30, 2007.")

    assert "The FDA dates it May 30, 2007." in client.get("/approvals/c03/").text


def test_names_the_sources_that_decided(client):
    decider = make_source(title="FDA approval for temsirolimus", slug="fda-temsirolimus", retraction="RETRACTED")
    make_statement(slug="c02", verdict="CONTRADICTED", verdict_sources=[decider])

    page = client.get("/statements/c02/").text

    assert 'According to <a href="/sources/fda-temsirolimus/">' in page
    assert '</a> <strong class="retracted">retracted</strong>' in page


def test_puts_what_others_say_of_the_same_beside_it(client):
    drug, target = make_drug(inn="temsirolimus"), make_target(gene_symbol="MTOR")
    make_mechanism(slug="c05", drug=drug, target=target)
    make_mechanism(drug=drug, target=target, statement="The label says so too.")

    assert claims(client.get("/mechanisms/c05/")) == ["The label says so too."]


@pytest.mark.parametrize(("inn", "heading"), [("temsirolimus", "Temsirolimus: origin"), ("eRapa", "eRapa: origin")])
def test_heads_a_statement_with_what_it_is_about(client, inn, heading):
    make_statement(slug="origin", drug=make_drug(inn=inn), topic="ORIGIN")

    assert read(client.get("/statements/origin/"), ".//h1") == [heading]


def test_heads_a_regulation_with_its_arrow(client):
    make_regulation(slug="c13", regulator=make_target(name="mTOR", gene_symbol="MTOR"), process="cell growth")

    assert "<h1>mTOR (MTOR) activates cell growth</h1>" in client.get("/regulations/c13/").text


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("/approvals/c01/", make_approval),
        ("/mechanisms/c01/", make_mechanism),
        ("/regulations/c01/", make_regulation),
        ("/statements/c01/", make_statement),
    ],
)
def test_lives_the_life_of_a_record(client, address, make):
    make(slug="c01", publish=False)
    assert client.get(address).status_code == 404

    client.force_login(make_user("Ada", "Editors"))
    assert "This is a preview for editors." in client.get(address).text


def test_says_why_a_claim_was_withdrawn(client):
    withdraw(make_statement(slug="c01"), reason="The sentence was misread.")

    response = client.get("/statements/c01/")

    assert response.status_code == 410
    assert "The sentence was misread." in response.text

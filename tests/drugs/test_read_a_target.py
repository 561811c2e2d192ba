"""The page of a target."""

import pytest

from tests.factories import make_mechanism, make_regulation, make_statement, make_target

pytestmark = pytest.mark.django_db


def test_shows_what_acts_on_it(client):
    make_mechanism(target=make_target(gene_symbol="MTOR"), statement="Temsirolimus inhibits mTOR.")

    [card] = client.get("/targets/mtor/").context["mechanisms"]

    assert card["statement"] == "Temsirolimus inhibits mTOR."


def test_shows_what_acts_through_it(client):
    make_mechanism(through=make_target(gene_symbol="FKBP1A"), statement="Bound to FKBP12 it inhibits mTOR.")

    [card] = client.get("/targets/fkbp1a/").context["through"]

    assert card["statement"] == "Bound to FKBP12 it inhibits mTOR."


def test_tells_what_it_regulates_from_what_regulates_it(client):
    mtor = make_target(gene_symbol="MTOR")
    make_regulation(regulator=mtor, process="cell growth", statement="mTOR drives growth.")
    make_regulation(target=mtor, statement="TSC2 holds mTOR back.")

    context = client.get("/targets/mtor/").context

    assert [card["statement"] for card in context["steers"]] == ["mTOR drives growth."]
    assert [card["statement"] for card in context["steered_by"]] == ["TSC2 holds mTOR back."]


def test_lists_its_sections_at_the_top(client):
    make_statement(target=make_target(gene_symbol="MTOR"), topic="ROLE")

    assert client.get("/targets/mtor/").context["contents"] == [{"url": "#role", "title": "Role in the body"}]


def test_asks_as_often_for_six_claims_as_for_one(client, django_assert_num_queries, count_queries):
    mtor = make_target(gene_symbol="MTOR")
    _add_claims(mtor)
    once = count_queries("/targets/mtor/")
    for _ in range(5):
        _add_claims(mtor)

    with django_assert_num_queries(once):
        client.get("/targets/mtor/")


def _add_claims(target):
    make_mechanism(target=target, verdict="REFINED")
    make_regulation(regulator=target, verdict="REFINED")
    make_regulation(target=target, verdict="REFINED")
    make_statement(target=target, verdict="REFINED")

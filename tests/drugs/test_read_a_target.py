"""The page of a target."""

import pytest

from tests.factories import make_mechanism, make_regulation, make_statement, make_target
from tests.reading import claims, links

pytestmark = pytest.mark.django_db


def test_shows_what_acts_on_it(client):
    make_mechanism(target=make_target(gene_symbol="MTOR"), statement="Temsirolimus inhibits mTOR.")

    assert claims(client.get("/targets/mtor/"), "mechanisms") == ["Temsirolimus inhibits mTOR."]


def test_shows_what_acts_through_it(client):
    make_mechanism(through=make_target(gene_symbol="FKBP1A"), statement="Bound to FKBP12 it inhibits mTOR.")

    assert claims(client.get("/targets/fkbp1a/"), "through") == ["Bound to FKBP12 it inhibits mTOR."]


def test_tells_what_it_regulates_from_what_regulates_it(client):
    mtor = make_target(gene_symbol="MTOR")
    make_regulation(regulator=mtor, process="cell growth", statement="mTOR drives growth.")
    make_regulation(target=mtor, statement="TSC2 holds mTOR back.")

    page = client.get("/targets/mtor/")

    assert claims(page, "steers") == ["mTOR drives growth."]
    assert claims(page, "steered-by") == ["TSC2 holds mTOR back."]


def test_lists_its_sections_at_the_top(client):
    make_statement(target=make_target(gene_symbol="MTOR"), topic="ROLE")

    assert links(client.get("/targets/mtor/"), ".//nav[@class='contents']") == {"Role in the body": "#role"}


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

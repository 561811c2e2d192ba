"""The lists of approvals, mechanisms, regulations and statements."""

import pytest

from tests.factories import make_approval, make_drug, make_mechanism, make_regulation, make_statement, make_target
from tests.reading import listed, rows

pytestmark = pytest.mark.django_db


def test_lists_the_newest_approval_first(client):
    make_approval(drug=make_drug(inn="sirolimus"), action_date="1999-09-15")
    make_approval(drug=make_drug(inn="temsirolimus"), action_date="2007-05")

    approvals = rows(client.get("/approvals/"))

    assert [(row["Approval"], row["Date"]) for row in approvals] == [
        ("temsirolimus, United States", "May 2007"),
        ("sirolimus, United States", "15 September 1999"),
    ]


def test_says_why_an_approval_has_no_date(client):
    make_approval(action_date="", action_date_absence="NOT_REPORTED")

    assert '<span class="absent">the source does not state it</span>' in client.get("/approvals/").text


def test_chooses_approvals_by_verdict(client):
    make_approval(verdict="SUPPORTED", slug="fda-2007-05-30-torisel")
    make_approval(verdict="CONTRADICTED", slug="japan-2008-torisel")

    page = client.get("/approvals/?verdict=CONTRADICTED")

    assert listed(page) == ["/approvals/japan-2008-torisel/"]


def test_never_lists_a_contradicted_claim_without_what_the_literature_says(client):
    make_approval(verdict="CONTRADICTED", verdict_note="Japan approved it in 2010, not in 2008.")

    assert "Japan approved it in 2010, not in 2008." in client.get("/approvals/").text


def test_reads_a_mechanism_as_an_arrow(client):
    make_mechanism(
        drug=make_drug(inn="temsirolimus"), action="BINDS", target=make_target(name="FKBP12", gene_symbol="FKBP1A")
    )

    [row] = rows(client.get("/mechanisms/"))

    assert row["Mechanism"] == "temsirolimus binds FKBP12 (FKBP1A)"


def test_reads_a_regulation_as_an_arrow(client):
    make_regulation(regulator=make_target(gene_symbol="MTOR"), effect="REGULATES", process="cell growth")

    [row] = rows(client.get("/regulations/"))

    assert row["Regulation"] == "MTOR regulates cell growth"


def test_chooses_statements_by_topic(client):
    make_statement(topic="ORIGIN", statement="A soil bacterium makes sirolimus.")
    make_statement(topic="OUTLOOK", statement="It may lengthen life.")

    [row] = rows(client.get("/statements/?topic=ORIGIN"))

    assert row["Statement"] == "A soil bacterium makes sirolimus."


def test_refuses_a_drug_that_nobody_published(client):
    make_drug(inn="ridaforolimus", publish=False)

    response = client.get("/statements/?drug=ridaforolimus")

    assert response.status_code == 400
    assert "There is no published drug of this name" in response.text


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("/approvals/", make_approval),
        ("/mechanisms/", make_mechanism),
        ("/regulations/", make_regulation),
        ("/statements/", make_statement),
    ],
)
def test_asks_as_often_for_six_rows_as_for_one(client, django_assert_num_queries, count_queries, address, make):
    make(verdict="REFINED")
    once = count_queries(address)
    for _ in range(5):
        make(verdict="REFINED")

    with django_assert_num_queries(once):
        client.get(address)

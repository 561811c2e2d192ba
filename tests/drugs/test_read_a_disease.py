"""The page of a disease."""

import pytest

from tests.factories import make_approval, make_disease, make_finding, make_statement, make_trial
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_shows_statements_approvals_and_trials(client):
    disease = make_disease(name="renal cell carcinoma")
    make_statement(disease=disease, statement="Roughly 2% of cancers are of this kind.", topic="EPIDEMIOLOGY")
    make_approval(disease=disease, indication="Advanced renal cell carcinoma.")
    make_trial(diseases=[disease], brief_title="Temsirolimus, interferon alfa or both")

    page = client.get("/diseases/renal-cell-carcinoma/").text

    assert "Roughly 2% of cancers are of this kind." in page
    assert "Advanced renal cell carcinoma." in page
    assert "Temsirolimus, interferon alfa or both" in page


def test_leads_to_the_wider_disease_and_to_the_narrower_ones(client):
    parent = make_disease(name="kidney cancer")
    make_disease(name="renal cell carcinoma", parent=parent)

    assert 'href="/diseases/renal-cell-carcinoma/"' in client.get("/diseases/kidney-cancer/").text
    assert 'href="/diseases/kidney-cancer/"' in client.get("/diseases/renal-cell-carcinoma/").text


def test_shows_a_figure_as_printed_with_its_verdict(client):
    make_statement(
        disease=make_disease(name="renal cell carcinoma"),
        comparator="≈",
        value="2",
        unit="PERCENT",
        verdict="CONTRADICTED",
        verdict_note="It is about 4 percent.",
    )

    page = client.get("/diseases/renal-cell-carcinoma/").text

    assert "≈ 2 %" in page
    assert "It is about 4 percent." in page


def test_says_beside_a_figure_whom_it_counts_and_when(client):
    disease = make_disease(name="renal cell carcinoma")
    make_statement(disease=disease, value="18.2", unit="PERCENT", population="distant spread", period="2014–2020")

    figure = read(client.get("/diseases/renal-cell-carcinoma/"), ".//span[@class='claim-figure']")

    assert figure == ["18.2 % distant spread, 2014–2020"]


def test_asks_as_often_for_six_trials_as_for_one(client, django_assert_num_queries, count_queries):
    disease = make_disease(name="renal cell carcinoma")
    make_finding(trial=make_trial(diseases=[disease]))
    once = count_queries("/diseases/renal-cell-carcinoma/")
    for _ in range(5):
        make_finding(trial=make_trial(diseases=[disease]))

    with django_assert_num_queries(once):
        client.get("/diseases/renal-cell-carcinoma/")

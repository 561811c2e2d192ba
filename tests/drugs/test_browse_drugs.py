"""The lists of drugs, targets and diseases, as a reader walks through them."""

import pytest

from tests.factories import make_disease, make_drug, make_target
from tests.reading import links, rows

pytestmark = pytest.mark.django_db


def test_lists_published_drugs_by_name(client):
    make_drug(inn="temsirolimus")
    make_drug(inn="everolimus")
    make_drug(inn="ridaforolimus", publish=False)

    assert [row["Drug"] for row in rows(client.get("/drugs/"))] == ["everolimus", "temsirolimus"]


def test_finds_a_drug_by_its_brand_name(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel", "type": "BRAND"}])
    make_drug(inn="everolimus")

    assert [row["Drug"] for row in rows(client.get("/drugs/", {"q": "torisel"}))] == ["temsirolimus"]


def test_chooses_drugs_by_route(client):
    make_drug(inn="temsirolimus", route="INTRAVENOUS")
    make_drug(inn="everolimus", route="ORAL")

    assert [row["Drug"] for row in rows(client.get("/drugs/?route=ORAL"))] == ["everolimus"]


def test_refuses_a_bad_filter_beside_its_field(client):
    make_drug(inn="temsirolimus")

    response = client.get("/drugs/?route=NASAL")

    assert response.status_code == 400
    assert "“NASAL” is no choice of “Route”. Choose one of those offered." in response.text
    assert "temsirolimus" not in response.text.split("</form>")[-1]


def test_refuses_a_parameter_it_does_not_know(client):
    response = client.get("/drugs/?colour=blue")

    assert response.status_code == 400
    assert "<code>colour</code>: There is no filter of this name." in response.text


def test_leads_to_the_same_list_as_json(client):
    assert 'type="application/json" href="/api/v1/drugs/?route=ORAL"' in client.get("/drugs/?route=ORAL").text


def test_says_what_an_empty_list_would_hold(client):
    assert "No drug has been published yet." in client.get("/drugs/").text


def test_says_when_nothing_matches(client):
    make_drug(inn="temsirolimus")

    assert "Nothing published matches this filter." in client.get("/drugs/?q=aspirin").text


def test_keeps_the_filter_from_page_to_page(client):
    for _ in range(26):
        make_drug(route="ORAL")

    assert 'href="?route=ORAL&amp;page=2"' in client.get("/drugs/?route=ORAL").text


@pytest.mark.parametrize(
    ("address", "make"), [("/drugs/", make_drug), ("/targets/", make_target), ("/diseases/", make_disease)]
)
def test_asks_as_often_for_six_rows_as_for_one(client, django_assert_num_queries, count_queries, address, make):
    make(synonyms=[{"name": "another name"}])
    once = count_queries(address)
    for _ in range(5):
        make(synonyms=[{"name": "another name"}])

    with django_assert_num_queries(once):
        client.get(address)


def test_shows_a_target_under_its_gene(client):
    make_target(name="mTOR", gene_symbol="MTOR", summary="A kinase that drives the growth of cells.")

    [row] = rows(client.get("/targets/"))

    assert (row["Protein"], row["Gene"]) == ("mTOR", "MTOR")


def test_chooses_diseases_by_the_wider_disease(client):
    parent = make_disease(name="kidney cancer")
    make_disease(name="renal cell carcinoma", parent=parent)

    page = client.get("/diseases/?parent=kidney-cancer")

    assert [row["Disease"] for row in rows(page)] == ["renal cell carcinoma"]
    assert links(page, ".//td[@data-label='Kind of']") == {"kidney cancer": "/diseases/kidney-cancer/"}

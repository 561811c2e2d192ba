import pytest

from tests.factories import make_finding, make_source
from tests.reading import rows

pytestmark = pytest.mark.django_db

GLOBAL_ARCC = "Temsirolimus, interferon alfa, or both for advanced renal-cell carcinoma"


def page(client, address="/sources/", **query):
    return client.get(address, query).content.decode()


def test_lists_the_public_sources(client):
    authors = "Hudes G, Carducci M, Tomczak P"
    make_source(title=GLOBAL_ARCC, authors=authors, container="N Engl J Med", issued="2007-05-31")
    make_source(title="Torisel: US prescribing information", publish=False)

    content = page(client)

    assert GLOBAL_ARCC in content
    assert "Hudes G et al., N Engl J Med" in content
    assert "prescribing information" not in content


def test_says_how_many_claims_a_source_makes_and_decides(client):
    paper = make_source(title=GLOBAL_ARCC)
    review = make_source(title="Review of mTOR inhibitors", type="REVIEW")
    make_finding(source=review, verdict="SUPPORTED", verdict_sources=[paper])
    make_finding(source=review)
    make_finding(source=review, publish=False)

    sources = rows(client.get("/sources/"))

    assert [(row["Source"], row["Claims made"], row["Claims decided"]) for row in sources] == [
        ("Review of mTOR inhibitors", "2", ""),
        (GLOBAL_ARCC, "", "1"),
    ]


def test_filters_by_type_standing_and_retraction(client):
    make_source(title="Torisel: US prescribing information", type="LABEL", standing="PRIMARY")
    make_source(title="Kidney cancer statistics", type="WEB_PAGE", standing="WEAK")
    make_source(title="A paper taken back", retraction="RETRACTED")

    assert "Torisel" in page(client, type="LABEL")
    assert "Kidney cancer statistics" not in page(client, type="LABEL")
    assert "Kidney cancer statistics" in page(client, standing="WEAK")
    assert "A paper taken back" in page(client, retraction="RETRACTED")


def test_marks_a_retracted_source(client):
    make_source(title="A paper taken back", retraction="RETRACTED")

    assert '<strong class="retracted">retracted</strong>' in page(client)


def test_refuses_a_value_that_a_filter_does_not_have(client):
    make_source(title=GLOBAL_ARCC)

    response = client.get("/sources/?standing=DIVINE")

    assert response.status_code == 400
    assert "“DIVINE” is no choice of “Standing”. Choose one of those offered." in response.content.decode()
    assert GLOBAL_ARCC not in response.content.decode()


def test_refuses_a_filter_that_does_not_exist(client):
    response = client.get("/sources/?colour=red")

    assert response.status_code == 400
    assert "There is no filter of this name" in response.content.decode()


def test_says_what_is_missing_when_nothing_is_published(client):
    assert "No source has been published yet." in page(client)


def test_asks_the_database_no_more_for_many_sources(client, count_queries):
    make_source()
    few = count_queries("/sources/")
    for _ in range(20):
        make_source()

    assert count_queries("/sources/") == few

import pytest
from django.db import DatabaseError

from tests.factories import make_approval, make_drug, make_finding, make_source, make_statement, withdraw
from tests.reading import read

pytestmark = pytest.mark.django_db


def front_page(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_reads_well_before_anything_is_published(client):
    content = front_page(client)

    assert "Temsirolimus is a cancer drug" in content
    assert "Nothing has been published yet." in content
    assert 'href="/drugs/temsirolimus/"' not in content


def test_explains_mtor_beside_how_the_drug_works(client):
    [text] = [part for part in read(client.get("/"), ".//div[@class='columns']") if "mTOR: an enzyme" in part]

    assert text.startswith("Temsirolimus first binds FKBP12")


def test_tells_the_tally_of_the_article(client):
    article = make_source(slug="temsirolimus-article")
    make_statement(source=article, verdict="SUPPORTED")
    make_finding(source=article, verdict="SUPPORTED")
    make_finding(source=article, verdict="CONTRADICTED")

    content = front_page(client)

    assert "3 claims: 2 hold, 1 is wrong." in content
    assert 'href="/sources/temsirolimus-article/?verdict=SUPPORTED"' in content


def test_links_a_figure_to_its_claim(client):
    make_finding(slug="hudes-2007-enrollment", measure="ENROLLMENT", value="626", unit="PATIENTS")
    make_approval(slug="fda-2007-05-30-torisel", action_date="2007-05-30")

    content = front_page(client)

    assert 'href="/findings/hudes-2007-enrollment/">626 patients</a> with advanced kidney cancer' in content
    assert 'href="/approvals/fda-2007-05-30-torisel/">30 May 2007</a>.' in content


def test_follows_a_figure_that_is_corrected(client, revise):
    finding = make_finding(slug="hudes-2007-enrollment", measure="ENROLLMENT", value="627", unit="PATIENTS")
    revise(finding, value="626")

    assert ">626 patients</a>" in front_page(client)


def test_leaves_out_a_sentence_whose_claim_was_withdrawn(client):
    withdraw(make_finding(slug="fury-2012-partial-response", value="22", unit="PERCENT"))

    assert "With carboplatin and paclitaxel" not in front_page(client)


def test_marks_a_figure_that_the_article_got_wrong(client):
    for slug in (
        "bevacizumab-doxorubicin-phase-1-2012-objective-response",
        "bevacizumab-doxorubicin-phase-1-2012-stable-disease",
    ):
        make_finding(slug=slug, value="21", unit="PERCENT")
    make_finding(slug="c57-bevacizumab-doxorubicin-progression-free", verdict="CONTRADICTED")

    content = front_page(client)

    assert '<span class="visually-hidden">, contradicted</span></a>, which it is not.' in content


def test_gives_a_figure_without_a_verdict_no_class_of_one(client):
    make_finding(slug="hudes-2007-enrollment", measure="ENROLLMENT", value="626", unit="PATIENTS")

    assert '<a class="figure-link" href="/findings/hudes-2007-enrollment/">626 patients</a>' in front_page(client)


def test_links_the_drugs_that_have_a_page(client):
    make_drug(inn="temsirolimus")

    assert '<a href="/drugs/temsirolimus/">Temsirolimus</a> is a cancer drug' in front_page(client)


def test_shows_the_five_newest_publications(client):
    for number in range(6):
        make_drug(inn=f"limus{number}", slug=f"limus{number}")

    content = front_page(client)

    assert "/drugs/limus5/v1/" in content
    assert "/drugs/limus1/v1/" in content
    assert "/drugs/limus0/v1/" not in content


def test_asks_the_database_no_more_for_a_longer_article(count_queries):
    article = make_source(slug="temsirolimus-article")
    make_finding(source=article, verdict="SUPPORTED")
    few = count_queries("/")
    for _ in range(10):
        make_finding(source=article, verdict="SUPPORTED")

    assert count_queries("/") == few


def test_is_healthy_when_the_database_answers_and_is_migrated(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrated": True}


def test_is_not_healthy_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(connection):
        raise DatabaseError("the database is away")

    monkeypatch.setattr("temsisite.database.MigrationExecutor", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "not answering", "migrated": None}


def test_shows_the_styleguide_only_in_debug(client, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200


def test_has_a_last_page_that_needs_no_database(client, monkeypatch):
    monkeypatch.setattr("temsisite.views.story", lambda: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()

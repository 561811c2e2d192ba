import pytest

from temsisite.publishing.presenters import excerpt, marked
from tests.factories import make_drug, make_regulation, make_source, make_statement, make_target, withdraw
from tests.reading import read

pytestmark = pytest.mark.django_db


def find(client, query):
    return client.get("/search/", {"q": query}).content.decode()


def test_finds_a_drug_by_its_brand_name(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel", "type": "BRAND"}])

    content = find(client, "torisel")

    assert '<a href="/drugs/temsirolimus/">' in content
    assert "<mark>Torisel</mark>" in content


def test_finds_only_what_holds_every_word(client):
    make_source(title="Temsirolimus in renal cell carcinoma")
    make_source(title="Temsirolimus in mantle cell lymphoma")

    content = find(client, "mantle temsirolimus")

    assert "1 record with" in content
    assert "renal" not in content


def test_names_the_kind_of_what_was_found(client):
    make_target(gene_symbol="MTOR", name="mTOR")

    assert '<p class="overline">Target</p>' in find(client, "mtor")


def test_puts_the_record_of_this_name_first_and_things_before_claims(client):
    label = make_source(title="Prescribing information")
    temsirolimus = make_drug(inn="temsirolimus")
    make_statement(drug=temsirolimus, source=label, statement="Temsirolimus is given into a vein.")
    make_drug(inn="temsirolimus-like")

    page = client.get("/search/?q=temsirolimus")

    assert read(page, ".//ul[@class='search-results']/li/p/a") == [
        "Temsirolimus",
        "Temsirolimus-like",
        "Temsirolimus is given into a vein.",
    ]


def test_does_not_find_a_claim_by_the_source_that_it_cites(client):
    make_statement(source=make_source(slug="us-label-torisel"), statement="Temsirolimus is given into a vein.")

    assert "into a vein" not in find(client, "torisel")


def test_names_no_contradicted_claim_without_what_the_literature_says(client):
    make_regulation(
        statement="mTOR switches on 4E-BP1.", verdict="CONTRADICTED", verdict_note="mTOR switches this brake off."
    )

    assert "mTOR switches this brake off." in find(client, "switches")


def test_does_not_find_drafts_or_what_was_withdrawn(client):
    make_source(title="A paper in preparation", publish=False)
    withdraw(make_source(title="A paper taken back"))

    assert "No record has" in find(client, "paper")


def test_says_what_can_be_searched_when_nothing_is_asked(client):
    assert "every record of the site is looked through" in find(client, "")


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "*",
        "%",
        "_",
        "\\",
        "AND OR NOT",
        "NEAR(",
        "(",
        "-",
        "🧬",
        "x" * 10_000,
        "a " * 5_000,
        "\x00",
        "NCT\x00",
    ],
)
def test_answers_whatever_is_asked(client, query):
    make_drug(inn="temsirolimus")

    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert b"\x00" not in response.content


def test_escapes_what_was_asked(client):
    content = find(client, "<script>alert(1)</script>")

    assert "<script>" not in content


def test_asks_the_database_no_more_for_many_results(count_queries):
    make_source(title="Temsirolimus")
    few = count_queries("/search/?q=temsirolimus")
    for _ in range(20):
        make_source()

    assert count_queries("/search/?q=temsirolimus") == few


def test_pages_through_many_results(client):
    for _ in range(26):
        make_source()

    content = find(client, "temsirolimus practice")

    assert "1–25 of 26" in content
    assert 'href="?q=temsirolimus+practice&amp;page=2"' in content


def test_cuts_an_excerpt_between_words():
    text = "It binds eIF4E. " * 10 + "Then rapamycin lowers it. " + "It binds eIF4E. " * 20

    assert excerpt(text, ["rapamycin"]).startswith("… ")
    assert "Then rapamycin lowers it. It binds" in excerpt(text, ["rapamycin"])
    assert excerpt(text, ["rapamycin"]).endswith(" …")


def test_marks_the_words_that_were_found():
    assert marked("mTOR and MTORC1", ["mtor"]) == [(True, "mTOR"), (False, " and "), (True, "MTOR"), (False, "C1")]

"""Somebody looks for a record by words, names and codes, however they are written."""

import pytest

from temsisite.publishing import search
from temsisite.publishing.search.presenters import excerpt
from tests.factories import make_drug, make_regulation, make_source, make_statement, make_target
from tests.publishing.searching import find, titles

pytestmark = pytest.mark.django_db


def test_finds_a_drug_by_its_brand_name(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel", "type": "BRAND"}])

    content = find(client, "torisel")

    assert '<a href="/drugs/temsirolimus/">' in content
    assert "<mark>Torisel</mark>" in content


def test_finds_a_drug_by_its_code_however_it_is_written(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "CCI-779"}, {"name": "NSC 683864"}])
    make_drug(inn="everolimus", synonyms=[{"name": "RAD-001"}])

    for query in ["CCI-779", "CCI 779", "cci779", "NSC683864", "temsir", "“CCI-779”", "cci–779"]:
        assert titles(client, query) == ["Temsirolimus"], query


def test_finds_a_protein_by_its_name_however_it_is_written(client):
    make_target(gene_symbol="EIF4EBP1", name="4E-BP1")
    make_target(gene_symbol="EIF4E", name="eIF4E")

    for query in ["4EBP1", "4E-BP1", "4e bp1", "eif4ebp1"]:
        assert titles(client, query) == ["4E-BP1 (EIF4EBP1)"], query


def test_takes_greek_letters_for_their_names(client):
    make_drug(inn="interferon alfa", slug="interferon-alfa")
    make_source(title="Trial of IFN-α in kidney cancer")

    for query in ["IFN-α", "IFNα", "IFN-alpha", "interferon alfa", "Interferon Alpha"]:
        assert titles(client, query) == ["Interferon alfa", "Trial of IFN-α in kidney cancer"], query


def test_finds_british_spelling_by_american_and_the_other_way_round():
    british = ["tumours", "randomised", "leukaemia", "oesophageal", "signalling", "fibre", "naïve"]
    american = ["tumors", "randomized", "leukemia", "esophageal", "signaling", "fiber", "naive"]
    first, second = make_source(title=" ".join(british)), make_source(title=" ".join(american))

    for word in british + american:
        assert {row.slug for row in search.matching(word)} == {first.slug, second.slug}, word


def test_finds_only_what_holds_every_word(client):
    make_source(title="Temsirolimus in renal cell carcinoma")
    make_source(title="Temsirolimus in mantle cell lymphoma")

    content = find(client, "mantle temsirolimus")

    assert "1 record with" in content
    assert "renal" not in content


def test_keeps_words_together_that_stand_in_quotation_marks(client):
    make_source(title="Cancer of renal cells")
    make_source(title="A cell of a renal tubule")

    assert titles(client, '"renal cells"') == ["Cancer of renal cells"]


def test_does_not_find_everything_by_a_letter_or_a_word_that_stands_everywhere(client):
    make_statement(statement="A drug of the class is a macrolide.")

    assert titles(client, "a") == titles(client, "o") == titles(client, "of the") == []
    assert titles(client, "of the class") == ["A drug of the class is a macrolide."]


def test_names_no_contradicted_claim_without_what_the_literature_says(client):
    make_regulation(
        statement="mTOR switches on 4E-BP1.", verdict="CONTRADICTED", verdict_note="mTOR switches this brake off."
    )

    assert "mTOR switches this brake off." in find(client, "switches")


def test_says_what_can_be_searched_when_nothing_is_asked(client):
    assert "every record of the site is looked through" in find(client, "")


ODD = [
    '"',
    "'",
    '"renal',
    "*",
    "%",
    "_",
    "\\",
    ":*",
    "AND OR NOT",
    "a AND",
    "NEAR(",
    "(x",
    "-foo",
    "title:",
    "!& |<->",
    "temsirolimus's",
    "IFN-α",
    "🧬",
    "ⴰ日本語 ߊ",
    "\U0001e922x",
    "x" * 10_000,
    "a " * 5_000,
    "\x00",
    "NCT\x00",
    "9" * 30,
]


def test_answers_whatever_is_asked(client):
    make_drug(inn="temsirolimus")

    for query in ODD:
        response = client.get("/search/", {"q": query})
        assert response.status_code == 200, query
        assert b"\x00" not in response.content


def test_lists_answer_whatever_is_asked(client):
    make_drug(inn="temsirolimus")

    for query in (query for query in ODD if len(query) <= 200 and "\x00" not in query):
        assert client.get("/drugs/", {"q": query}).status_code == 200, query


def test_says_when_a_question_was_cut(client):
    for query in ("temsirolimus " * 30, "two three " * 15):  # of the second only the words are too many
        assert "only its beginning was looked for" in find(client, query), query


def test_escapes_what_was_asked(client):
    content = find(client, "<script>alert(1)</script>")

    assert "<script>" not in content


def test_cuts_an_excerpt_between_words():
    text = "It binds eIF4E. " * 10 + "Then rapamycin lowers it. " + "It binds eIF4E. " * 20

    found = excerpt(text, search.Question.of("rapamycin"))

    assert found.startswith("… ")
    assert "Then rapamycin lowers it. It binds" in found
    assert found.endswith(" …")


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("mtor", "mTOR and MTORC1", ["mTOR", "MTORC1"]),
        ("4EBP1", "a brake, 4E-BP1", ["4E-BP1"]),
        ("tumour growth", "Tumor’s growth", ["Tumor", "growth"]),
        ("ifn-alpha", "against IFN-α alone", ["IFN-α"]),
        ("women", "postwomen", []),
    ],
)
def test_marks_the_words_that_were_found(query, text, marked):
    pieces = search.Question.of(query).marked(text)

    assert [piece for found, piece in pieces if found] == marked
    assert "".join(piece for _, piece in pieces) == text

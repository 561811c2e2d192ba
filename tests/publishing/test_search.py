import re
from io import StringIO

import pytest
from django.core.management import call_command

from temsisite.publishing import search
from temsisite.publishing.models import SearchDocument
from temsisite.publishing.search import results
from temsisite.publishing.search.presenters import excerpt
from tests.factories import (
    make_disease,
    make_drug,
    make_finding,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
    withdraw,
)

pytestmark = pytest.mark.django_db


def find(client, query, **narrowed):
    return client.get("/search/", {"q": query} | narrowed).content.decode()


def titles(client, query, **narrowed):
    """What is listed, from top to bottom."""
    found = re.findall(r'<li>\s*<p><a href="[^"]*">(.*?)</a>', find(client, query, **narrowed), re.S)
    return [re.sub("</?mark>", "", title).strip() for title in found]


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


def test_puts_what_was_found_under_its_kind(client):
    make_target(gene_symbol="MTOR", name="mTOR")

    assert '<h2 id="target-results">Targets <span class="result-count">1</span></h2>' in find(client, "mtor")


def test_puts_the_record_of_this_name_first_and_things_before_claims(client):
    label = make_source(title="Prescribing information of temsirolimus")
    make_drug(inn="temsirolimus-like", summary="Temsirolimus, temsirolimus, temsirolimus.")
    temsirolimus = make_drug(inn="temsirolimus")
    make_statement(drug=temsirolimus, source=label, statement="It is given into a vein.")
    make_statement(drug=temsirolimus, source=label, statement="Temsirolimus is an ester.")

    assert titles(client, "temsirolimus") == [
        "Temsirolimus",
        "Temsirolimus-like",
        "Temsirolimus is an ester.",
        "It is given into a vein.",
        "Prescribing information of temsirolimus",
    ]


def test_lists_the_kind_first_that_has_a_record_of_this_name(client):
    make_drug(inn="temsirolimus", summary="Also called the Torisel label.")
    make_source(title="Torisel label")

    assert titles(client, "torisel label") == ["Torisel label", "Temsirolimus"]


def test_does_not_find_a_claim_by_the_source_that_it_cites(client):
    label = make_source(slug="us-label-torisel", title="Torisel: prescribing information")
    make_statement(slug="us-label-torisel-vein", source=label, statement="Temsirolimus is given into a vein.")

    assert titles(client, "torisel") == ["Torisel: prescribing information"]


def test_finds_a_finding_by_the_names_of_its_trial_and_of_what_was_tried_in_it(client):
    cervical = make_disease(name="cervical cancer")
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    trial = make_trial(
        brief_title="Women’s trial", acronym="IND.199", diseases=[cervical], arms=[{"drugs": [drug], "title": "all"}]
    )
    make_finding(trial=trial, statement="One woman of 33 had a partial response.")

    for query in ("cervical", "ind.199 response", "torisel partial"):
        assert "One woman of 33 had a partial response." in titles(client, query)
    assert "About Women’s trial" in find(client, "cervical")


def test_a_claim_is_found_by_the_new_name_of_what_it_is_about(client, revise):
    drug = make_drug(inn="rapamycin", slug="sirolimus")
    trial = make_trial(brief_title="Women’s trial", arms=[{"drugs": [drug], "title": "all"}])
    make_finding(trial=trial, statement="Few responded.")
    make_statement(drug=drug, statement="It was found on Easter Island.")

    revise(drug, inn="sirolimus")

    assert titles(client, "sirolimus") == [
        "Sirolimus",
        "Women’s trial",
        "It was found on Easter Island.",
        "Few responded.",
    ]
    assert titles(client, "rapamycin") == []


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


def test_narrows_to_a_kind_and_to_a_verdict(client):
    make_drug(inn="temsirolimus")
    make_statement(statement="Temsirolimus is an ester.", verdict="SUPPORTED")
    make_statement(statement="Temsirolimus is a protein.", verdict="CONTRADICTED")

    content = find(client, "temsirolimus", kind="statement")

    assert '<a href="?q=temsirolimus&amp;kind=statement" aria-current="true">Statements' in content
    assert 'Statements <span class="result-count">2</span>' in content
    assert 'Drugs <span class="result-count">1</span>' in content
    assert titles(client, "temsirolimus", verdict="CONTRADICTED") == ["Temsirolimus is a protein."]


def test_refuses_a_kind_or_a_filter_that_there_is_not_and_says_so(client):
    make_drug(inn="temsirolimus")

    response = client.get("/search/?q=temsirolimus&kind=tablet&color=red")

    assert response.status_code == 400
    assert "There is no kind of record called “tablet”. Choose one of these." in response.content.decode()
    assert "<code>color</code>: There is no filter of this name." in response.content.decode()
    assert "/drugs/temsirolimus/" not in response.content.decode()


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


def test_asks_the_database_no_more_for_many_results(client, count_queries):
    make_source(title="Temsirolimus")
    few = count_queries("/search/?q=temsirolimus")
    for _ in range(12):
        make_source()

    assert len(titles(client, "temsirolimus")) == 13
    assert count_queries("/search/?q=temsirolimus") == few


def test_lists_the_best_of_each_kind_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.search.presenters.PAGE_SIZE", 2)
    monkeypatch.setattr("temsisite.publishing.search.presenters.OF_EACH_KIND", 1)
    make_drug(inn="temsirolimus")
    for title in ("On temsirolimus", "More on temsirolimus", "Most on temsirolimus"):
        make_source(title=title)

    content = find(client, "temsirolimus")

    assert len(titles(client, "temsirolimus")) == 2
    assert '<a href="?q=temsirolimus&amp;kind=source">All 3 sources</a>' in content
    narrowed = find(client, "temsirolimus", kind="source")
    assert "1–2 of 3" in narrowed
    assert 'href="?q=temsirolimus&amp;kind=source&amp;page=2"' in narrowed


def test_stops_counting_and_says_so(client, monkeypatch):
    monkeypatch.setattr(results, "COUNTED", 3)
    monkeypatch.setattr("temsisite.publishing.search.presenters.COUNTED", 3)
    for _ in range(4):
        make_source()

    content = find(client, "temsirolimus practice")

    assert "More than 2 records with" in content


def test_ranks_the_newest_only_but_always_the_record_of_this_name(client, monkeypatch):
    monkeypatch.setattr(results, "RANKED", 6)
    monkeypatch.setattr(results, "COUNTED", 4)
    make_drug(inn="temsirolimus")
    for name in ("temsirolimus-a", "temsirolimus-b", "temsirolimus-c"):
        make_drug(inn=name)

    assert titles(client, "temsirolimus") == ["Temsirolimus", "Temsirolimus-c", "Temsirolimus-b"]


def test_lists_as_many_of_a_kind_as_it_counts(client, monkeypatch):
    monkeypatch.setattr(results, "RANKED", 3)
    monkeypatch.setattr(results, "COUNTED", 6)
    for _ in range(5):
        make_source()

    content = find(client, "temsirolimus practice", kind="source")

    assert "5 records with" in content
    assert len(titles(client, "temsirolimus practice", kind="source")) == 5


def test_the_index_can_be_written_anew(client):
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    make_statement(drug=drug, statement="It is an ester.")
    before = list(SearchDocument.objects.order_by("pk").values())
    SearchDocument.objects.update(names="", about="", text="", keys="")
    assert titles(client, "torisel") == []

    call_command("rebuild_search", stdout=(said := StringIO()))

    assert said.getvalue().startswith("3 records can be found.")
    assert list(SearchDocument.objects.order_by("pk").values()) == before
    assert titles(client, "torisel") == ["Temsirolimus", "It is an ester."]


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

"""The words of the field: defined once, on one page, and linked where another page first uses them."""

from collections import Counter

import pytest

from temsisite.evidence.glossary import SECTIONS, link_terms
from tests.factories import make_finding, make_statement

TERMS = [term for terms in SECTIONS.values() for term in terms]


@pytest.fixture
def read(client, db):
    return lambda address: client.get(address).content.decode()


def test_a_term_is_defined_with_its_standard(read):
    page = read("/glossary/")

    assert '<div id="pfs">' in page
    assert "until the tumor grows or the person dies" in page
    assert "https://doi.org/10.1016/j.ejca.2008.10.026" in page


def test_a_term_keeps_its_own_spelling(read):
    assert "<dfn>mTOR inhibitor</dfn>" in read("/glossary/")


def test_every_page_leads_to_the_glossary(read):
    assert '<a href="/glossary/">Glossary</a>' in read("/search/")


def test_no_word_has_two_meanings():
    spellings = Counter(spelling for term in TERMS for spelling in term.spellings)

    assert [spelling for spelling, uses in spellings.items() if uses > 1] == []
    assert len({term.slug for term in TERMS}) == len(TERMS)


def test_a_claim_links_the_first_use_of_a_term(read):
    statement = "One of 33 women had a partial response; no other partial response was seen."
    finding = make_finding(measure="PARTIAL_RESPONSE", statement=statement)

    page = read(finding.get_absolute_url())

    assert page.count('href="/glossary/#partial-response"') == 1
    assert 'a <a class="term" href="/glossary/#partial-response">partial response</a>; no other partial' in page


def test_another_page_links_the_term_again(read):
    pages = [make_statement(statement=f"It binds FKBP12, says {name}.").get_absolute_url() for name in ("one", "two")]

    assert ["#fkbp12" in read(page) for page in pages] == [True, True]


def test_the_verdict_of_a_claim_leads_to_its_meaning(read):
    finding = make_finding(verdict="REFINED")

    assert 'href="/glossary/#refined"' in read(finding.get_absolute_url())


def test_a_text_stays_text():
    assert link_terms("<b>PFS</b> & OS", {"os"}) == (
        '&lt;b&gt;<a class="term" href="/glossary/#pfs">PFS</a>&lt;/b&gt; &amp; OS'
    )


@pytest.mark.parametrize(
    "text", ["a phase of the cell cycle", "non-randomized", "Medianly", "pfs", "COS7 cells", "the claimant", ""]
)
def test_other_words_are_no_terms(text):
    assert link_terms(text, set()) == text

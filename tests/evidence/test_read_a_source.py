import datetime

import pytest

from temsisite.evidence.presenters import tally_sentence
from tests.factories import (
    make_drug,
    make_finding,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_user,
    withdraw,
)
from tests.reading import tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    """A short article of which one claim holds, one is wrong and one cannot be checked."""
    source = make_source(slug="article", type="ARTICLE", standing="WEAK", title="Temsirolimus: a short article")
    paper = make_source(slug="fingar-2004", title="mTOR controls cell cycle", authors="Fingar DC, Richardson CJ")
    temsirolimus, mtor = make_drug(inn="temsirolimus"), make_target(name="mTOR", gene_symbol="MTOR")
    make_statement(
        source=source,
        position=2,
        locator="section 1, sentence 1",
        drug=temsirolimus,
        statement="Temsirolimus is given into a vein.",
        verdict="SUPPORTED",
        verdict_sources=[paper],
    )
    make_regulation(
        source=source,
        position=3,
        locator="section 1, sentence 5",
        regulator=mtor,
        statement="mTOR switches on 4E-BP1.",
        as_printed="4EBP1",
        verdict="CONTRADICTED",
        verdict_note="mTOR inactivates 4E-BP1 by phosphorylation.",
        verdict_sources=[paper],
    )
    make_statement(
        source=source,
        position=1,
        locator="title",
        drug=temsirolimus,
        statement="The drug is long-lived.",
        verdict="UNVERIFIABLE",
        verdict_sources=[],
    )
    return source


def read(client, address="/sources/article/"):
    return client.get(address).content.decode()


def test_retells_the_text_in_its_order(client, article):
    text = read(client).partition("The text, retold")[2]

    places = [text.index(words) for words in ("is long-lived", "into a vein", "switches on 4E-BP1")]
    assert places == sorted(places)
    assert '<h3 id="title">Title</h3>' in text
    assert '<h3 id="section-1">Section 1</h3>' in text


def test_tells_sections_paragraphs_and_sentences_apart(client):
    source = make_source(slug="article")
    places = ["section 1, paragraph 1, sentence 1", "section 1, paragraph 1, sentence 2", "section 1, paragraph 2"]
    for position, locator in enumerate([places[0], *places], start=1):
        make_statement(source=source, position=position, locator=locator)

    told = tree(client.get("/sources/article/")).find(".//section[@id='claims']")

    assert [words(title) for title in told.iterfind("h3")] == ["Section 1"]
    clauses = [[_marks(sentence) for sentence in paragraph] for paragraph in told.iterfind("div")]
    assert clauses == [[["Claim 1", "Claim 2"], ["Claim 3"]], [["Claim 4"]]]


def test_gives_a_section_that_comes_back_a_name_of_its_own(client):
    source = make_source(slug="paper")
    for position, locator in enumerate(["Results", "Table 2", "Results", "Results 2"], start=1):
        make_statement(source=source, position=position, locator=locator)

    titles = tree(client.get("/sources/paper/")).iterfind(".//section[@id='claims']/h3")

    assert [title.get("id") for title in titles] == ["results", "table-2", "results-2", "results-2-2"]


def _marks(sentence):
    return [words(mark) for mark in sentence.iterfind("p/span/a")]


def test_names_what_is_wrong_before_the_text_begins(client, article):
    opening = read(client).partition("The text, retold")[0]

    assert '<a href="#c3">mTOR switches on 4E-BP1.</a>' in opening
    assert "mTOR inactivates 4E-BP1 by phosphorylation." in opening
    assert "into a vein" not in opening


def test_folds_away_what_only_agrees(client, article):
    _, (holds, wrong) = tree(client.get("/sources/article/")).iterfind(".//div[@class='paragraph']")

    assert (_notes(holds, "aside/details"), _notes(holds, "aside")) == (["2, the claim"], [])
    assert (_notes(wrong, "aside"), _notes(wrong, "aside/details")) == (["3, the claim"], [])


def _notes(sentence, place):
    return [words(number) for number in sentence.iterfind(f"{place}/div/p/a[@class='clause-number']")]


def test_shows_what_the_literature_says_beside_a_claim(client, article):
    text = read(client).partition("The text, retold")[2]

    assert "inactivates 4E-BP1 by phosphorylation." in text
    assert '<a href="/sources/fingar-2004/">Fingar DC and Richardson CJ</a>' in text
    assert "<q>4EBP1</q>" in text


def test_marks_the_verdict_that_was_chosen(client, article):
    content = read(client, "/sources/article/?verdict=CONTRADICTED")

    assert '<a href="/sources/article/?verdict=CONTRADICTED#claims" aria-current="true">1 contradicted</a>' in content
    assert '<a href="/sources/article/#claims">All 3</a>' in content


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("PRIMARY", "Verdicts on other claims rest on such sources, so its own statements carry none."),
        ("SECONDARY", "Its statements have not been held against others yet."),
    ],
)
def test_says_once_why_the_literature_has_no_verdicts(client, standing, sentence):
    source = make_source(slug="hudes-2007", standing=standing)
    for _ in range(2):
        make_finding(source=source)

    content = read(client, "/sources/hudes-2007/")

    assert content.count(sentence) == 1
    assert "ot assessed yet" not in content


def test_keeps_the_editors_notes_on_what_nobody_judged(client):
    source = make_source(slug="smpc")
    make_statement(source=source, verdict_note="The unit was lost in the copy.")
    make_finding(source=source, discrepancy_note="19/36 is 52.8 %.")

    content = read(client, "/sources/smpc/")

    assert "The unit was lost in the copy." in content
    assert "The source’s own numbers disagree. 19/36 is 52.8 %." in content


def test_says_so_when_a_journal_has_doubts(client):
    make_source(slug="doubted", retraction="EXPRESSION_OF_CONCERN")

    assert "The journal has voiced doubts about this source." in read(client, "/sources/doubted/")


def test_leads_to_what_a_claim_is_about(client, article):
    content = read(client)

    assert '<a href="/drugs/temsirolimus/">Temsirolimus</a>' in content
    assert '<a href="/targets/mtor/">mTOR (MTOR)</a>' in content


def test_tells_how_the_claims_fare(client, article):
    content = read(client)

    assert "3 claims: 1 holds, 1 is wrong, 1 cannot be checked." in content
    assert 'href="/sources/article/?verdict=CONTRADICTED"' in content


def test_counts_in_the_plural():
    tally = [{"verdict": "SUPPORTED", "count": 35}, {"verdict": "CONTRADICTED", "count": 5}]

    assert tally_sentence(tally) == "40 claims: 35 hold, 5 are wrong"


def test_filters_the_claims_by_verdict(client, article):
    content = read(client, "/sources/article/?verdict=CONTRADICTED")

    assert "switches on 4E-BP1" in content
    assert "into a vein" not in content
    assert "Show all 3 claims" in content


def test_refuses_a_verdict_that_does_not_exist(client, article):
    response = client.get("/sources/article/?verdict=TRUE")

    assert response.status_code == 400
    assert "There is no verdict “TRUE”, so nothing is listed." in response.content.decode()
    assert "into a vein" not in response.content.decode()


def test_shows_the_claims_that_a_source_decides(client, article):
    content = read(client, "/sources/fingar-2004/")

    assert "Claims it helps to decide" in content
    assert "mTOR switches on 4E-BP1." in content
    assert "mTOR inactivates 4E-BP1 by phosphorylation." in content


def test_shows_at_most_fifty_of_the_claims_that_it_decides(client, monkeypatch, article):
    monkeypatch.setattr("temsisite.evidence.presenters.sources.DECIDED_SHOWN", 1)

    content = read(client, "/sources/fingar-2004/")

    assert "There are more; the first 1 are shown." in content


def test_leads_to_the_original_and_says_how_it_was_read(client):
    make_source(
        slug="hudes-2007",
        doi="10.1056/NEJMoa066838",
        pmid="17538086",
        issued="2007-05-31",
        accessed_on=datetime.date(2026, 10, 3),
        access_note="Abstract only.",
    )

    content = read(client, "/sources/hudes-2007/")

    assert 'href="https://doi.org/10.1056/NEJMoa066838"' in content
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/17538086/"' in content
    assert "31 May 2007" in content
    assert "Abstract only." in content
    assert "3 October 2026" in content


def test_warns_of_a_retracted_source_and_of_claims_that_rest_on_it(client, article):
    paper = make_source(slug="taken-back", title="A paper taken back", retraction="RETRACTED", retracted_on="2015-05")
    make_finding(source=article, position=9, verdict="SUPPORTED", verdict_sources=[paper])

    assert "This source has been retracted." in read(client, "/sources/taken-back/")
    assert (
        '<a href="/sources/taken-back/">A paper taken back</a> <strong class="retracted">retracted</strong>'
        in read(client)
    )


def test_lists_the_records_that_take_facts_from_it(client):
    label = make_source(slug="us-label-torisel")
    make_drug(inn="temsirolimus", sources=[label])

    assert '<a href="/drugs/temsirolimus/">Temsirolimus</a>' in read(client, "/sources/us-label-torisel/")


def test_leads_to_the_json_twin_and_to_the_history(client, article):
    content = read(client)

    assert '<link rel="alternate" type="application/json" href="/api/v1/sources/article/">' in content
    assert 'href="/sources/article/history/"' in content
    assert 'href="/sources/article/v1/"' in content


def test_hides_a_draft_from_the_public(client):
    make_source(slug="hudes-2007", publish=False)

    assert client.get("/sources/hudes-2007/").status_code == 404


def test_previews_a_draft_for_an_editor(client):
    make_source(slug="hudes-2007", publish=False)
    client.force_login(make_user("hara", "Editors"))

    response = client.get("/sources/hudes-2007/")

    assert "This is a preview for editors." in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_answers_410_with_the_reason_when_it_was_withdrawn(client):
    withdraw(make_source(slug="hudes-2007", title="Global ARCC"), reason="It was recorded twice.")

    response = client.get("/sources/hudes-2007/")

    assert response.status_code == 410
    assert "It was recorded twice." in response.content.decode()
    assert 'href="/sources/hudes-2007/history/"' in response.content.decode()


def test_asks_the_database_no_more_for_many_claims(article, count_queries):
    make_finding(source=article, verdict="SUPPORTED")
    few = count_queries("/sources/article/")
    for _ in range(10):
        make_finding(source=article, verdict="SUPPORTED")

    assert count_queries("/sources/article/") == few


def test_a_source_of_very_many_claims_tells_the_first_and_leads_to_the_rest(client, monkeypatch):
    monkeypatch.setattr("temsisite.evidence.presenters.sources.SAID_SHOWN", 2)
    source, paper = make_source(slug="atlas"), make_source(slug="paper")
    for position, verdict in [(None, "SUPPORTED"), (2, "REFINED"), (1, "SUPPORTED")]:
        make_statement(
            source=source, position=position, slug=f"place-{position}", verdict=verdict, verdict_sources=[paper]
        )

    page = client.get("/sources/atlas/").content.decode()

    assert page.index("/statements/place-1/") < page.index("/statements/place-2/")
    assert "/statements/place-None/" not in page
    assert "The first 2 claims: 1 holds, 1 needs refining" in page
    assert 'lists of all its <a href="/statements/?source=atlas">statements</a>.' in page

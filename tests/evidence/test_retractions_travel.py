"""A retraction marks every claim that rests on the source, wherever the claim is shown."""

import pytest

from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

MARK = "ts verdict rests on a retracted source"
PLACES = [
    "/",
    "/approvals/",
    "/approvals/?as_of=2008-01-01",
    "/approvals/fda-2007-05-30-torisel/",
    "/mechanisms/",
    "/mechanisms/inhibits-mtor/",
    "/regulations/",
    "/regulations/mtor-s6k1/",
    "/statements/",
    "/statements/origin/",
    "/findings/",
    "/findings/survival/",
    "/findings/survival-elsewhere/",
    "/drugs/temsirolimus/",
    "/targets/mtor/",
    "/diseases/kidney-cancer/",
    "/trials/arcc/",
    "/sources/article/",
    "/sources/taken-back/",
]


@pytest.fixture(scope="module", autouse=True)
def _claims_resting_on_a_retracted_paper(shared_data):
    """One claim of every kind; the paper that decided their verdicts has been retracted."""
    paper = make_source(slug="taken-back", title="A paper taken back", retraction="RETRACTED")
    verdict = {"source": make_source(slug="article"), "verdict": "SUPPORTED", "verdict_sources": [paper]}
    drug, mtor = make_drug(inn="temsirolimus"), make_target(slug="mtor")
    disease = make_disease(slug="kidney-cancer", name="kidney cancer")
    trial = make_trial(slug="arcc", diseases=[disease], arms=[{"drugs": [drug]}])
    make_approval(slug="fda-2007-05-30-torisel", drug=drug, disease=disease, **verdict)
    make_mechanism(slug="inhibits-mtor", drug=drug, target=mtor, **verdict)
    make_regulation(slug="mtor-s6k1", regulator=mtor, **verdict)
    make_statement(slug="origin", drug=drug, **verdict)
    survival = {"trial": trial, "measure": "OVERALL_SURVIVAL", "value": "10.9", "unit": "MONTHS"}
    make_finding(slug="survival", **survival, **verdict)
    make_finding(slug="survival-elsewhere", source=make_source(), **survival)


@pytest.mark.parametrize("address", PLACES)
def test_marks_a_claim_whose_verdict_rests_on_it(client, address):
    assert MARK in client.get(address).text


@pytest.mark.parametrize("picture", ["pathway", "timeline"])
def test_marks_a_claim_within_the_pictures_of_a_drug(client, picture):
    [said] = read(client.get("/drugs/temsirolimus/"), f".//*[@class='picture {picture}']")

    assert MARK in said


def test_marks_every_source_that_tells_of_an_event(client):
    notice, withdrawn = make_source(), make_source(retraction="RETRACTED")
    drug = make_approval(drug=make_drug(inn="everolimus"), source=notice).drug
    make_approval(drug=drug, source=withdrawn, action_date="2007-05")

    [*_, other] = read(client.get("/drugs/everolimus/"), ".//div[@class='event-what']/p")

    assert other.startswith("also ")
    assert other.endswith("Its source has been retracted")


def test_marks_what_contradicts_a_line_of_the_pathway(client):
    paper = make_source(retraction="RETRACTED")
    make_mechanism(drug=make_drug(inn="everolimus"), verdict="CONTRADICTED", verdict_sources=[paper])

    [correction] = read(client.get("/drugs/everolimus/"), ".//p[@class='pathway-wrong verdict-contradicted']")

    assert correction.endswith("Its verdict rests on a retracted source")


def test_marks_each_kind_of_claim_on_the_page_of_its_source(client):
    text = client.get("/sources/article/").text.partition("The text, retold")[2]

    assert text.count(MARK) == 5


@pytest.mark.parametrize("address", ["/search/?q=sentence", "/changes/", "/"])
def test_marks_a_claim_where_only_its_document_is_told(client, address):
    assert "Rests on a retracted source" in client.get(address).text


def test_marks_what_the_source_says_itself(client, revise):
    doubted = make_source(slug="doubted", title="A paper in doubt", retraction="EXPRESSION_OF_CONCERN")
    make_statement(slug="doubtful", source=doubted, statement="Temsirolimus cures everything.")

    assert "Its source is under an expression of concern" in client.get("/statements/doubtful/").text
    assert "Rests on a source under an expression of concern" in client.get("/search/?q=everything").text


def test_marks_at_once_when_a_source_is_retracted(client, revise):
    source = make_source(slug="sound")
    make_statement(slug="told", source=source, statement="Temsirolimus shrinks.")
    assert "retracted" not in client.get("/statements/told/").text

    revise(source, retraction="RETRACTED", retracted_on="2026-05")

    assert "Its source has been retracted" in client.get("/statements/told/").text
    assert "Rests on a retracted source" in client.get("/search/?q=shrinks").text


def test_leaves_sound_claims_alone(client):
    make_statement(slug="sound", source=make_source(retraction="CORRECTION"))

    assert 'class="retracted"' not in client.get("/statements/sound/").text

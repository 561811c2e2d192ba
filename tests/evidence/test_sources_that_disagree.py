"""Claims on the same matter: what agrees, what differs, which is preferred, and why."""

import pytest

from tests.factories import (
    make_approval,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_target,
    make_trial,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

PAPER = "Hudes G et al., N Engl J Med, 2007"


@pytest.fixture
def paper():
    return make_source(authors="Hudes G, Carducci M, Tomczak P", container="N Engl J Med", issued="2007")


@pytest.fixture
def review():
    return make_source(title="Review of mTOR inhibitors", type="REVIEW", standing="SECONDARY")


@pytest.fixture
def survive(paper):
    """Record a median survival: `survive("10.8", source=review)`."""
    trial = make_trial(slug="arcc")

    def make(value, **fields):
        fields = {"trial": trial, "measure": "OVERALL_SURVIVAL", "unit": "MONTHS", "source": paper} | fields
        return make_finding(value=value, **fields)

    return make


def relations(page):
    """The headings above the other claims on the same matter."""
    return read(page, ".//section[@id='same']/h3")


def stances(page):
    """What is said of each other claim on the same matter."""
    return read(page, ".//section[@id='same']//p[@class='claim-stance']")


def matters(page):
    """How the sources stand to each other, in a sentence, if it is said."""
    return read(page, ".//section[@id='same']/p[@class='matter-sentence']")


def test_says_by_how_much_two_figures_differ(client, survive, review):
    survive("10.9", slug="hudes")
    survive("10.8", source=review)

    page = client.get("/findings/hudes/")

    assert relations(page) == ["Otherwise"]
    assert stances(page) == ["10.9 months against 10.8 months, a difference of 0.1 months, as computed here."]


def test_prefers_the_primary_source(client, survive, review):
    survive("10.9")
    survive("10.8", source=review, slug="review")

    [matter] = matters(client.get("/findings/review/"))

    assert f"{PAPER} is preferred: its source is primary or official, that of the other review or second" in matter


def test_prefers_what_the_literature_does_not_contradict(client, survive, review):
    survive("10.9", verdict="CONTRADICTED")
    survive("10.8", source=review, slug="review")

    [matter] = matters(client.get("/findings/review/"))

    assert "Review of mTOR inhibitors is preferred: the literature contradicts the other." in matter


def test_prefers_nothing_that_was_retracted(client, survive, review):
    survive("10.9", source=make_source(retraction="RETRACTED"))
    survive("10.8", source=review, slug="review")

    [matter] = matters(client.get("/findings/review/"))

    assert "the source of the other has been retracted." in matter


def test_prefers_nothing_under_an_expression_of_concern(client, survive, review):
    survive("10.9", source=make_source(retraction="EXPRESSION_OF_CONCERN"))
    survive("10.8", source=review, slug="review")

    [matter] = matters(client.get("/findings/review/"))

    assert f"{review.title} is preferred: the source of the other is under an expression of concern." in matter


def test_trusts_no_verdict_that_rests_on_a_retracted_source(client, survive, review):
    retracted = make_source(retraction="RETRACTED")
    survive("10.9", source=make_source(), verdict="SUPPORTED", verdict_sources=[retracted])
    survive("10.8", slug="hudes")

    [matter] = matters(client.get("/findings/hudes/"))

    assert f"{PAPER} is preferred: the verdict on the other rests on sources that were retracted or dou" in matter


def test_does_not_prefer_a_primary_report_because_editors_looked_at_it(client, survive):
    survive("10.9", slug="hudes")
    survive("10.8", source=make_source(), verdict="SUPPORTED")

    [matter] = matters(client.get("/findings/hudes/"))

    assert "None is preferred" in matter


def test_prefers_the_better_verdict_where_both_have_one(client, survive):
    survive("10.9", slug="hudes", verdict="SUPPORTED")
    survive("10.8", source=make_source(), verdict="UNVERIFIABLE")

    [matter] = matters(client.get("/findings/hudes/"))

    assert f"{PAPER} is preferred: the one is supported, the other unverifiable." in matter


def test_prefers_neither_of_two_equals(client, survive):
    survive("10.9", slug="hudes")
    survive("10.8", source=make_source())

    assert "None is preferred" in client.get("/findings/hudes/").text


def test_takes_a_repeated_error_for_one_error(client, survive, review):
    survive("10.9", slug="hudes", verdict="CONTRADICTED", verdict_sources=[make_source()])
    survive("10.9", source=review)

    page = client.get("/findings/hudes/")

    assert relations(page) == ["In agreement"]
    assert stances(page) == ["The same value. Both say what the literature contradicts."]
    assert matters(page) == ["2 sources agree on what the literature contradicts."]


def test_prefers_no_source_that_repeats_an_error(client, survive, review):
    survive("10.9", slug="article", source=make_source(standing="WEAK"), verdict="CONTRADICTED")
    survive("10.9")
    survive("10.8", source=review)

    [matter] = matters(client.get("/findings/article/"))

    assert f"None is preferred: {PAPER} repeats what the literature contradicts." in matter


def test_takes_a_repeated_wrong_effect_for_one_error(client, paper, review):
    mtor, brake = make_target(slug="mtor"), make_target(gene_symbol="EIF4EBP1")
    wrong = {"regulator": mtor, "target": brake, "effect": "ACTIVATES"}
    make_regulation(slug="c26", source=review, verdict="CONTRADICTED", verdict_sources=[paper], **wrong)
    make_regulation(source=make_source(), **wrong)

    assert stances(client.get("/regulations/c26/")) == [
        "Both say “activates”. Both say what the literature contradicts."
    ]
    assert "2 sources agree on what the literature contradicts." in client.get("/targets/mtor/").text


@pytest.mark.parametrize(
    ("other", "words"),
    [("10.90", "The same value."), ("11", "The same value, rounded."), ("10.5", "a difference of 0.4 months")],
)
def test_compares_at_the_precision_that_is_printed(client, survive, review, other, words):
    survive("10.9", slug="hudes")
    survive(other, source=review)

    [stance] = stances(client.get("/findings/hudes/"))

    assert words in stance


@pytest.mark.parametrize(("other", "words"), [("1", "a difference of 0.27"), ("0.7", "a difference of 0.03")])
def test_rounds_no_ratio_to_a_single_digit(client, survive, review, other, words):
    ratio = {"measure": "POPULATION", "unit": "RATIO"}
    survive("0.73", slug="hudes", **ratio)
    survive(other, source=review, **ratio)

    [stance] = stances(client.get("/findings/hudes/"))

    assert words in stance


def test_compares_no_figures_of_other_times(client, survive, review):
    survive("10.9", slug="hudes")
    survive("28", source=review, unit="PERCENT", time_frame="at 6 months")

    page = client.get("/findings/hudes/")

    assert stances(page) == ["Counted in other people or at another time."]
    assert matters(page) == []


def test_compares_no_shares_that_were_judged_by_other_rules(client, survive, review):
    response = {"measure": "OBJECTIVE_RESPONSE", "unit": "PERCENT"}
    survive("14", slug="investigator", criteria="WHO", assessor="INVESTIGATOR", **response)
    survive("9", source=review, criteria="RECIST_1_1", assessor="INDEPENDENT_REVIEW", **response)

    page = client.get("/findings/investigator/")

    assert stances(page) == ["Judged by other rules."]
    assert matters(page) == []
    assert "WHO, investigator" in read(client.get("/trials/arcc/"), ".//section[@id='findings']//p")


def test_compares_no_shares_that_were_counted_among_others(client, survive, review):
    response = {"measure": "OBJECTIVE_RESPONSE", "unit": "PERCENT", "numerator": 5}
    survive("10.0", slug="treated", denominator=50, denominator_counts="TREATED", **response)
    survive("12.5", source=review, denominator=40, denominator_counts="RESPONSE_EVALUABLE", **response)

    assert stances(client.get("/findings/treated/")) == ["Counted among others."]


def test_compares_with_what_a_source_leaves_open(client, survive, review):
    response = {"measure": "OBJECTIVE_RESPONSE", "unit": "PERCENT"}
    survive("14", slug="who", criteria="WHO", assessor="INVESTIGATOR", **response)
    survive("9", source=review, assessor="NOT_STATED", **response)

    [stance] = stances(client.get("/findings/who/"))

    assert "a difference of 5 percentage points" in stance


def test_tells_from_the_verdict_that_a_source_supports_a_claim(client, survive, paper):
    survive("10.9", slug="hudes")
    article = make_source(type="ARTICLE", standing="WEAK")
    survive("10.9", source=article, verdict="SUPPORTED", verdict_sources=[paper])

    page = client.get("/findings/hudes/")

    assert relations(page) == ["In agreement"]
    assert matters(page) == ["2 sources agree."]


def test_sets_opposite_effects_against_each_other(client, paper, review):
    mtor, brake = make_target(slug="mtor", name="mTOR", gene_symbol="MTOR"), make_target(gene_symbol="EIF4EBP1")
    make_regulation(regulator=mtor, target=brake, effect="INACTIVATES", source=paper)
    make_regulation(slug="c26", regulator=mtor, target=brake, effect="ACTIVATES", source=review)

    assert "One says “activates”, the other “inactivates”." in client.get("/regulations/c26/").text
    on_the_target = client.get("/targets/mtor/").text
    assert "<h3>mTOR (MTOR) → EIF4EBP1</h3>" in on_the_target
    assert "Sources disagree. One says “inactivates”, the other “activates”." in on_the_target


def test_says_on_the_page_of_a_drug_that_its_sources_agree(client, paper, review):
    drug, mtor = make_drug(inn="temsirolimus"), make_target()
    for source in (paper, review):
        make_mechanism(drug=drug, target=mtor, source=source)

    assert "2 sources agree." in client.get("/drugs/temsirolimus/").text


def test_takes_another_date_for_another_decision(client, paper, review):
    drug = make_drug(inn="temsirolimus")
    make_approval(slug="fda", drug=drug, action_date="2007-05-30", source=paper)
    make_approval(drug=drug, action_date="2007-05", source=review)
    make_approval(drug=drug, action_date="2009-08-21", source=paper)

    page = client.get("/approvals/fda/")

    assert stances(page) == [
        "The same date, as far as both give it.",
        "Another decision, of 21 August 2009.",
    ]


def test_says_which_lines_of_a_drug_tell_of_one_decision(client, paper, review):
    drug = make_drug(inn="temsirolimus")
    make_approval(drug=drug, action_date="2007-05", source=review)
    make_approval(drug=drug, action_date="2007-05-30", source=paper)

    [_, _, note] = read(client.get("/drugs/temsirolimus/"), ".//section[@id='approvals']//tbody/tr")

    assert note == f"The same decision as told by {PAPER}. The same date, as far as both give it."


def test_says_why_there_is_no_figure_where_it_would_stand(client):
    make_approval(slug="c35", action_date_absence="NOT_REPORTED")
    make_finding(slug="c40", value_absence="UNCONFIRMED")

    assert "No date: the source does not state it" in client.get("/approvals/c35/").text
    assert "No figure: no source consulted confirms it" in client.get("/findings/c40/").text


def test_asks_the_database_no_more_for_many_claims_on_one_matter(survive, review, count_queries):
    survive("10.9", slug="hudes")
    survive("10.8", source=review)
    few = count_queries("/findings/hudes/")
    for _ in range(4):
        survive("10.7", source=review)

    assert count_queries("/findings/hudes/") == few

"""The page of a finding."""

import pytest

from tests.factories import make_finding, make_source, make_trial
from tests.reading import claims, facts, read

pytestmark = pytest.mark.django_db


def test_shows_everything_that_was_counted(client):
    make_finding(
        slug="partial-response",
        trial=make_trial(brief_title="Temsirolimus in cancer of the cervix", enrollment=38, enrollment_type="ACTUAL"),
        measure="PARTIAL_RESPONSE",
        value="3.0",
        unit="PERCENT",
        numerator=1,
        denominator=33,
        denominator_counts="RESPONSE_EVALUABLE",
        criteria="RECIST_1_1",
        assessor="INVESTIGATOR",
    )

    table = facts(client.get("/findings/partial-response/"))

    assert table["Trial"] == "Temsirolimus in cancer of the cervix"
    assert (table["Value"], table["n/N"], table["N counts"]) == ("3.0 %", "1/33", "evaluable for response")
    assert (table["Response criteria"], table["Judged by"]) == ("RECIST 1.1", "investigator")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [("1", "PATIENTS", "1 patient"), ("12", "PATIENTS", "12 patients"), ("3", "GRADE", "CTCAE grade 3")],
)
def test_says_a_figure_with_its_unit(client, value, unit, words):
    make_finding(slug="stopped", measure="POPULATION", value=value, unit=unit)

    assert facts(client.get("/findings/stopped/"))["Value"] == words


def test_says_why_there_is_no_value(client):
    make_finding(slug="mucositis", measure="ADVERSE_EVENT", event_term="mucositis", value_absence="NOT_REPORTED")

    page = client.get("/findings/mucositis/")

    assert read(page, ".//div[dt='Value']/dd/span[@class='absent']") == ["the source does not state it"]


def test_names_the_arm_it_is_compared_with(client):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    arm, other = trial.arms.all()
    make_finding(
        slug="hr", trial=trial, arm=arm, compared_with=other, measure="HAZARD_RATIO_DEATH", value="0.73", unit="RATIO"
    )

    page = client.get("/findings/hr/").text

    assert 'href="/trials/arcc/#arm-1"' in page
    assert "interferon alfa" in page


def test_shows_the_verdict_with_what_the_literature_says(client):
    make_finding(slug="c57", verdict="CONTRADICTED", verdict_note="The 21% had stable tumors for 6 months.")

    page = client.get("/findings/c57/").text

    assert "Contradicted" in page
    assert "The 21% had stable tumors for 6 months." in page


def test_puts_another_source_on_the_same_measure_beside_it(client):
    trial = make_trial()
    make_finding(slug="c46", trial=trial, measure="STABLE_DISEASE")
    make_finding(trial=trial, measure="STABLE_DISEASE", statement="In 19 of 33 women the disease was stable.")
    make_finding(trial=trial, measure="TOLERABILITY", statement="They tolerated it.")

    assert claims(client.get("/findings/c46/")) == ["In 19 of 33 women the disease was stable."]


def test_flags_a_retracted_source(client):
    make_finding(slug="c57", source=make_source(retraction="RETRACTED"))

    assert '<strong class="retracted">retracted</strong>' in client.get("/findings/c57/").text


def test_links_its_json_twin(client):
    make_finding(slug="c57")

    assert 'type="application/json" href="/api/v1/findings/c57/"' in client.get("/findings/c57/").text


def test_asks_seven_times_at_most(client, django_assert_max_num_queries):
    trial = make_trial()
    for slug in ("c46", "c47"):
        make_finding(slug=slug, trial=trial, measure="STABLE_DISEASE", verdict="SUPPORTED")

    # the newest line, the finding and the one beside it with what decides them, what these say, the trial's title
    with django_assert_max_num_queries(7):
        client.get("/findings/c46/")


def test_leads_from_the_note_of_a_verdict_to_what_its_sources_say_of_the_trial(client):
    report, trial = make_source(title="Report of the trial"), make_trial(slug="arcc")
    make_finding(trial=trial, source=report, slug="stable", measure="STABLE_DISEASE", statement="28 were stable.")
    make_finding(trial=trial, slug="elsewhere", statement="Another source says so.", measure="STABLE_DISEASE")
    make_finding(source=report, slug="other", statement="It says this of another trial.")
    told = {"verdict": "CONTRADICTED", "verdict_note": "The 28 were stable.", "verdict_sources": [report]}
    make_finding(trial=trial, slug="claim", measure="PROGRESSION_FREE_SURVIVAL", **told)

    page = client.get("/findings/claim/")

    assert read(page, ".//section[@id='deciding']/ul/li") == ["28 were stable. stable disease"]

"""The page of a trial."""

import pytest

from tests.factories import make_drug, make_finding, make_source, make_trial, make_user, withdraw

pytestmark = pytest.mark.django_db


def test_leads_from_the_registry_number_to_the_trial(client):
    make_trial(slug="ind-199", nct_id="NCT01026792")

    assert client.get("/trials/NCT01026792/").url == "/trials/ind-199/"
    assert client.get("/trials/nct01026792/").url == "/trials/ind-199/"


def test_leads_no_registry_number_to_a_draft(client):
    make_trial(slug="ind-199", nct_id="NCT01026792", publish=False)

    assert client.get("/trials/NCT01026792/").status_code == 404


def test_tells_why_a_trial_stopped_in_the_words_of_the_registry(client):
    make_trial(
        slug="erlotinib",
        overall_status="TERMINATED",
        overall_status_label="Terminated early",
        why_stopped="High patient withdrawal rate",
    )

    facts = client.get("/trials/erlotinib/").context["facts"]

    assert {"term": "Why stopped", "value": "High patient withdrawal rate", "url": "", "note": ""} in facts
    assert {"term": "Status", "value": "terminated", "url": "", "note": "as printed: Terminated early"} in facts


def test_does_not_ask_why_a_completed_trial_stopped(client):
    make_trial(slug="ind-199", overall_status="COMPLETED")

    assert "Why stopped" not in client.get("/trials/ind-199/").text


def test_leads_to_the_registry(client):
    make_trial(slug="ind-199", nct_id="NCT01026792")

    assert '<a href="https://clinicaltrials.gov/study/NCT01026792">' in client.get("/trials/ind-199/").text


def test_shows_the_arms_with_drugs_and_doses(client):
    drug = make_drug(inn="temsirolimus")
    make_trial(slug="ind-199", arms=[{"title": "weekly", "regimen": "25 mg once a week", "drugs": [drug]}])

    [arm] = client.get("/trials/ind-199/").context["arms"]

    assert (arm["title"], arm["regimen"]) == ("weekly", "25 mg once a week")
    assert arm["drugs"] == [{"title": "temsirolimus", "url": "/drugs/temsirolimus/"}]


def test_groups_findings_by_arm_the_whole_trial_first(client):
    trial = make_trial(slug="arcc", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}])
    make_finding(trial=trial, arm=trial.arms.get(title="temsirolimus"))
    make_finding(trial=trial, arm=trial.arms.get(title="interferon alfa"))
    make_finding(trial=trial)

    groups = client.get("/trials/arcc/").context["groups"]

    assert [group["title"] for group in groups] == ["The whole trial", "interferon alfa", "temsirolimus"]


def test_puts_two_sources_on_one_measure_side_by_side(client):
    trial = make_trial(slug="ind-199")
    paper, article = make_source(title="Phase II study"), make_source(title="Temsirolimus")
    make_finding(trial=trial, measure="STABLE_DISEASE", value="57.6", unit="PERCENT", source=paper)
    make_finding(trial=trial, measure="DISCONTINUATION")
    make_finding(trial=trial, measure="STABLE_DISEASE", value="58", unit="PERCENT", source=article)

    [group] = client.get("/trials/ind-199/").context["groups"]

    assert [row["value"] for row in group["rows"]] == ["57.6 %", "58 %", ""]


def test_shows_a_discrepancy_instead_of_mending_it(client):
    trial = make_trial(slug="dunn", enrollment=36, enrollment_type="ACTUAL")
    make_finding(
        trial=trial,
        measure="STABLE_DISEASE",
        value="52.3",
        unit="PERCENT",
        numerator=19,
        denominator=36,
        denominator_counts="NOT_STATED",
        discrepancy_note="The source prints 52.3%; 19/36 is 52.8%.",
    )

    page = client.get("/trials/dunn/").text

    assert "<strong>52.3 %</strong>" in page
    assert "The source prints 52.3%; 19/36 is 52.8%." in page


def test_never_shows_a_contradicted_finding_without_what_the_literature_says(client):
    make_finding(trial=make_trial(slug="md"), verdict="CONTRADICTED", verdict_note="The 21% had stable tumors.")

    assert "The 21% had stable tumors." in client.get("/trials/md/").text


def test_leaves_out_findings_that_are_not_public(client):
    trial = make_trial(slug="ind-199")
    make_finding(trial=trial, statement="Nobody has reviewed this.", publish=False)

    assert "Nobody has reviewed this." not in client.get("/trials/ind-199/").text


def test_shows_an_editor_a_draft_under_a_banner(client):
    make_trial(slug="ind-199", publish=False)
    assert client.get("/trials/ind-199/").status_code == 404

    client.force_login(make_user("Ada", "Editors"))
    assert "This is a preview for editors." in client.get("/trials/ind-199/").text


def test_says_why_a_trial_was_withdrawn(client):
    withdraw(make_trial(slug="ind-199"), reason="It was recorded twice.")

    assert client.get("/trials/ind-199/").status_code == 410


def test_asks_as_often_for_six_findings_as_for_one(client, django_assert_num_queries, count_queries):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    _add_finding(trial)
    once = count_queries("/trials/arcc/")
    for _ in range(5):
        _add_finding(trial)

    with django_assert_num_queries(once):
        client.get("/trials/arcc/")


def _add_finding(trial):
    arm, other = trial.arms.all()
    make_finding(trial=trial, arm=arm, compared_with=other, measure="HAZARD_RATIO_DEATH", verdict="REFINED")

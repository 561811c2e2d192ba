"""The list of findings."""

import pytest

from tests.factories import make_finding, make_source, make_trial
from tests.reading import listed, rows

pytestmark = pytest.mark.django_db


def test_stands_in_the_order_of_trials_and_never_of_values(client):
    second, first = make_trial(slug="trial-b"), make_trial(slug="trial-a")
    _response(second, value="90", slug="high")
    _response(first, value="1", slug="low")

    assert listed(client.get("/findings/")) == ["/findings/low/", "/findings/high/"]


@pytest.mark.parametrize("name", ["sort", "order_by", "value"])
def test_cannot_be_sorted_by_value(client, name):
    assert client.get(f"/findings/?{name}=value").status_code == 400


def test_shows_a_figure_with_its_people_and_interval(client):
    _response(
        make_trial(enrollment=38, enrollment_type="ACTUAL"),
        numerator=1,
        denominator=33,
        denominator_counts="RESPONSE_EVALUABLE",
        lower="0.1",
        upper="15.8",
        interval_type="CONFIDENCE",
        interval_level=95,
    )

    [row] = rows(client.get("/findings/"))

    assert row["Found"] == "3.0 % 1/33 evaluable for response 95 % confidence interval 0.1–15.8"


def test_shows_the_words_of_a_finding_without_a_number(client):
    make_finding(statement="The women tolerated it well.", value_absence="NOT_REPORTED")

    page = client.get("/findings/").text

    assert "The women tolerated it well." in page
    assert "no figure: the source does not state it" in page


def test_never_lists_a_contradicted_finding_without_what_the_literature_says(client):
    make_finding(verdict="CONTRADICTED", verdict_note="The 21% had stable tumors.")

    assert "The 21% had stable tumors." in client.get("/findings/").text


def test_stands_once_however_many_sources_decide_it(client):
    deciding = [make_source(), make_source(retraction="RETRACTED")]
    make_finding(verdict="REFINED", verdict_sources=deciding)

    [row] = rows(client.get("/findings/"))

    assert row["Verdict"] == "Refined Its verdict rests on a retracted source"


def test_chooses_findings_by_measure_and_trial(client):
    trial = make_trial(slug="ind-199")
    _response(trial, slug="partial-response")
    make_finding(trial=trial)
    _response(make_trial())

    page = client.get("/findings/?measure=PARTIAL_RESPONSE&trial=ind-199")

    assert listed(page) == ["/findings/partial-response/"]


def test_asks_as_often_for_six_findings_as_for_one(client, django_assert_num_queries, count_queries):
    make_finding(verdict="REFINED")
    once = count_queries("/findings/")
    for _ in range(5):
        make_finding(verdict="REFINED")

    with django_assert_num_queries(once):
        client.get("/findings/")


def _response(trial, **fields):
    return make_finding(trial=trial, **({"measure": "PARTIAL_RESPONSE", "value": "3.0", "unit": "PERCENT"} | fields))

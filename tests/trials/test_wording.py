"""The sentence and the address that a finding begins with, put together from its figures."""

import pytest

from tests.factories import make_finding, make_trial
from trials.models import Finding
from trials.wording import address_of, sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def arms():
    return make_trial(slug="arcc", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}]).arms.all()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"measure": "STABLE_DISEASE", "numerator": 19, "denominator": 33, "value": "57.6", "unit": "PERCENT"},
            "19 of 33 people had stable disease (57.6 %)",
        ),
        (
            {"measure": "STABLE_DISEASE", "numerator": 19, "denominator": 33, "value": "19", "unit": "PATIENTS"},
            "19 of 33 people had stable disease",
        ),
        (
            {"measure": "ADVERSE_EVENT", "value": "5", "unit": "PERCENT", "comparator": ">", "event_term": "fistula"},
            "more than 5 % of the people had fistula",
        ),
        (
            {"measure": "OVERALL_SURVIVAL", "value": "10.9", "unit": "MONTHS", "time_frame": "median"},
            "the median overall survival was 10.9 months",
        ),
        (
            {"measure": "PROGRESSION_FREE_SURVIVAL", "value": "28", "unit": "PERCENT", "time_frame": "at 6 months"}
            | {"lower": "14", "upper": "43", "interval_type": "CONFIDENCE", "interval_level": 95},
            "28 % of the people were alive without progression, at 6 months (95 % confidence interval 14–43)",
        ),
        (
            {"measure": "MAXIMUM_TOLERATED_DOSE", "value": "25", "unit": "DOSE_MG"},
            "the maximum tolerated dose was 25 mg",
        ),
        (
            {"measure": "RECOMMENDED_DOSE", "value": "25", "unit": "DOSE_MG"},
            "the recommended phase 2 dose was 25 mg",
        ),
        (
            {"measure": "ADVERSE_EVENT", "numerator": 12, "denominator": 37, "grade_band": "GRADE_3_UP"},
            "12 of 37 people had a side effect, grade 3 or higher",
        ),
    ],
)
def test_a_figure_is_told_in_a_plain_sentence(arms, fields, sentence):
    finding = Finding(trial=arms[1].trial, arm=arms[1], **fields)

    assert sentence_of(finding) == f"In the arm “temsirolimus”, {sentence}."


def test_a_hazard_ratio_names_both_arms_and_its_p(arms):
    ratio = {"measure": "HAZARD_RATIO_DEATH", "value": "0.73", "unit": "RATIO", "p_value": "0.008"}
    finding = Finding(trial=arms[1].trial, arm=arms[1], compared_with=arms[0], **ratio)

    assert sentence_of(finding) == (
        "In the arm “temsirolimus”, the hazard ratio for death, compared with “interferon alfa”, was 0.73 (P = 0.008)."
    )


def test_whom_it_is_about_is_said_where_these_are_fewer(arms):
    finding = Finding(trial=arms[1].trial, measure="OBJECTIVE_RESPONSE", value="14", unit="PERCENT")
    finding.population = "clear cell"

    assert sentence_of(finding).startswith("In the whole trial, among people of this group: clear cell, 14 % of the")


@pytest.mark.parametrize("fields", [{}, {"measure": "DESIGN"}, {"numerator": 19}, {"lower": "3"}])
def test_what_has_no_figure_yet_is_no_sentence(arms, fields):
    assert sentence_of(Finding(trial=arms[0].trial, **{"measure": "STABLE_DISEASE"} | fields)) == ""


def test_an_address_fits_however_long_its_words_are(arms):
    finding = Finding(trial=arms[1].trial, arm=arms[1], measure="ADVERSE_EVENT", event_term="edema " * 20)

    assert len(address_of(finding)) <= 100
    Finding._meta.get_field("slug").run_validators(address_of(finding))


def test_an_address_that_is_spoken_for_is_not_given_twice(arms):
    finding = Finding(trial=arms[1].trial, measure="TOLERABILITY")
    make_finding(slug="arcc-tolerability", trial=arms[1].trial)

    assert address_of(finding, taken={"arcc-tolerability-2"}) == "arcc-tolerability-3"

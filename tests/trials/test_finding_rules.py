"""What figures may never say, and what a note lets them say all the same."""

import random
from contextlib import contextmanager
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from temsisite.publishing import actions
from tests.factories import make_arm, make_finding, make_trial, make_user, withdraw
from trials.arithmetic import percent_disagreement
from trials.models import Finding

pytestmark = pytest.mark.django_db
RULES = Finding._meta.constraints
NOTE = "The abstract says 33, the table 32."


def make_share(**fields):
    """A finding that so many of 33 people had something, in percent if a value is given."""
    fields.setdefault("measure", "STABLE_DISEASE")
    fields = {"denominator": 33, "denominator_counts": "RESPONSE_EVALUABLE"} | fields
    return make_finding(**fields | ({"unit": "PERCENT"} if "value" in fields else {}))


@pytest.mark.parametrize(
    ("comparator", "value", "numerator"),
    [
        ("=", "57.6", 19),
        ("<", "5", 1),
        ("≤", "3.1", 1),
        ("≥", "50", 20),
        (">", "90", 33),
        ("≈", "20", 7),
    ],
)
def test_a_percentage_agrees_with_its_people(comparator, value, numerator):
    finding = make_share(comparator=comparator, value=value, numerator=numerator)

    assert finding.is_public


@pytest.mark.parametrize(
    ("comparator", "value", "numerator", "sentence"),
    [
        ("=", "57.5", 19, "19/33 is 57.6 %, not 57.5 %."),
        ("<", "3", 1, "1/33 is 3.03 %, not < 3 %."),
        ("≤", "3.0", 1, "1/33 is 3.030 %, not ≤ 3.0 %."),
        ("≥", "61", 20, "20/33 is 60.61 %, not ≥ 61 %."),
        (">", "100", 33, "33/33 is 100.00 %, not > 100 %."),
    ],
)
def test_a_percentage_that_its_people_do_not_give_is_refused(comparator, value, numerator, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_share(comparator=comparator, value=value, numerator=numerator)


@pytest.mark.parametrize(
    ("comparator", "value", "sentence"),
    [
        ("=", "25", "n is 19, but the value says 25 people."),
        ("≥", "20", "n is 19, but the value says ≥ 20 people."),
    ],
)
def test_a_number_of_people_that_is_not_n_is_refused(comparator, value, sentence):
    people = {"unit": "PATIENTS", "numerator": 19, "denominator": 33, "denominator_counts": "TREATED"}

    with pytest.raises(ValidationError, match=sentence):
        make_finding(comparator=comparator, value=value, **people)
    assert make_finding(comparator="=", value="19", **people).is_public
    assert make_finding(comparator="=", value="25", discrepancy_note="The table prints 25.", **people).is_public


def test_a_percentage_printed_wrong_is_kept_with_a_note(client):
    finding = make_share(value="52.3", numerator=19, discrepancy_note="19 of 33 are 57.6 %.")

    assert "19 of 33 are 57.6 %." in client.get(finding.get_absolute_url()).text


@pytest.mark.parametrize("value", ["0", "0.000000000000000000", "1E-40", "1E+19"])
def test_no_figure_is_too_large_or_too_fine_to_compare(value):
    assert percent_disagreement(Decimal(value), 2_147_483_647, 1) == ""
    assert percent_disagreement(Decimal(value), 2_147_483_646, 2_147_483_647)


@pytest.mark.parametrize("value", ["12", "13"])
def test_a_half_may_be_rounded_either_way(value):
    assert percent_disagreement(Decimal(value), 1, 8) == ""


class TestTheCategories:
    """Nobody's best response is two things at once, so the people in the categories are no more than N."""

    def test_do_not_exceed_the_people(self):
        stable = make_share(numerator=19)

        with pytest.raises(ValidationError, match="With the other responses of this group 34 people are counted"):
            make_share(numerator=15, measure="PARTIAL_RESPONSE", source=stable.source, trial=stable.trial)

    def test_count_only_what_is_public(self):
        stable = make_share(numerator=19)
        same = {"source": stable.source, "trial": stable.trial}
        make_share(numerator=19, measure="COMPLETE_RESPONSE", publish=False, **same)
        withdraw(stable)

        assert make_share(numerator=15, measure="PARTIAL_RESPONSE", **same).is_public

    @pytest.mark.parametrize("judged", [{"assessor": "INDEPENDENT_REVIEW"}, {"criteria": "RECIST_1_1"}])
    def test_are_added_up_per_assessor_and_criteria(self, judged):
        stable = make_share(numerator=19, assessor="INVESTIGATOR", criteria="WHO")
        same = {"source": stable.source, "trial": stable.trial, "assessor": "INVESTIGATOR", "criteria": "WHO"}

        assert make_share(numerator=15, measure="PARTIAL_RESPONSE", **same | judged).is_public

    def test_exceed_them_with_a_note(self, client):
        stable = make_share(numerator=19)
        same = {"source": stable.source, "trial": stable.trial}

        partial = make_share(numerator=15, measure="PARTIAL_RESPONSE", discrepancy_note=NOTE, **same)

        assert NOTE in client.get(partial.get_absolute_url()).text


class TestTheEnrollment:
    def test_bounds_the_people_who_were_counted(self):
        trial = make_trial(enrollment=32, enrollment_type="ACTUAL")

        with pytest.raises(ValidationError, match="N is 33, but only 32 people were enrolled"):
            make_share(numerator=19, trial=trial)

    def test_hides_no_other_disagreement(self):
        trial = make_trial(enrollment=32, enrollment_type="ACTUAL")

        with pytest.raises(ValidationError) as refusal:
            make_share(numerator=19, value="75.6", trial=trial)

        assert set(refusal.value.message_dict) == {"denominator", "value"}

    def test_of_the_arm_comes_first(self):
        trial = make_trial(enrollment=60, enrollment_type="ACTUAL", arms=[{"enrollment": 0}])

        with pytest.raises(ValidationError, match="N is 33, but only 0 people were enrolled"):
            make_share(numerator=19, trial=trial, arm=trial.arms.get())

    def test_that_was_only_planned_bounds_nothing(self):
        trial = make_trial(enrollment=32, enrollment_type="ESTIMATED")

        assert make_share(numerator=19, trial=trial).is_public

    def test_is_exceeded_with_a_note(self):
        trial = make_trial(enrollment=32, enrollment_type="ACTUAL")

        assert make_share(numerator=19, trial=trial, discrepancy_note=NOTE).is_public


@pytest.mark.parametrize("unit", ["PATIENTS", "EVENTS"])
def test_people_and_events_are_counted_from_zero(unit):
    with pytest.raises(IntegrityError, match="trials_finding_counts_from_zero"):
        make_finding(value="-1", unit=unit)


@pytest.mark.parametrize("value", ["-0.1", "100.1"])
@pytest.mark.parametrize("measure", ["OBJECTIVE_RESPONSE", "STABLE_DISEASE", "ADVERSE_EVENT", "DISCONTINUATION"])
def test_a_share_of_the_people_lies_between_0_and_100_percent(measure, value):
    with pytest.raises(IntegrityError, match="trials_finding_share_of_people_up_to_100_percent"):
        make_finding(measure=measure, value=value, unit="PERCENT")


def test_other_percentages_may_be_of_any_size():
    assert make_finding(measure="OVERALL_SURVIVAL", value="149", unit="PERCENT").is_public


def test_the_longest_figures_have_an_order_too():
    finding = make_finding(
        measure="POPULATION", lower="1", upper="9999999999999999999", value="2", unit="EVENTS", interval_type="RANGE"
    )

    finding.full_clean()

    assert str(Finding.objects.get().upper) == "9999999999999999999"


def test_a_row_that_keeps_its_checks_is_asked_once_about_all(django_assert_num_queries):
    finding = make_share(numerator=19, value="57.6")

    with django_assert_num_queries(3):  # between a savepoint and its release
        finding.validate_constraints()


def test_every_check_that_a_row_breaks_speaks():
    finding = make_share(numerator=19, value="57.6")
    finding.lower, finding.unit = "50", ""

    with pytest.raises(ValidationError) as refusal:
        finding.validate_constraints()

    assert {"An interval has both a lower and an upper end.", "A value needs its unit."} <= set(refusal.value.messages)


def test_all_checks_at_once_say_what_each_of_them_says():
    chance, finding, told = random.Random(1964), make_share(numerator=19, value="57.6"), []
    said = {
        "value": ["-1", "101", None],
        "upper": ["64", None],
        "unit": ["PATIENTS", "MONTHS", ""],
        "numerator": [0, 40, None],
        "denominator": [0, None],
        "interval_type": ["RANGE", ""],
        "value_absence": ["QUALITATIVE"],
    }

    for _ in range(20):
        with typed(finding, {name: chance.choice(said[name]) for name in chance.sample(list(said), 2)}):
            told.append(is_kept(finding.validate_constraints))
            assert told[-1] == all(is_kept(partial(rule.validate, Finding, finding)) for rule in RULES)
    assert set(told) == {True, False}


@contextmanager
def typed(row, fields):
    before = vars(row).copy()
    vars(row).update(fields)
    yield
    vars(row).update(before)


def is_kept(check):
    try:
        check()
    except ValidationError:
        return False
    return True


def test_finds_the_arm_by_its_trial_with_one_question(client, django_assert_max_num_queries):
    client.force_login(make_user("editor", "Editors"))
    trial = make_trial(brief_title="ARCC", arms=[{}, {}, {}])
    make_arm(trial=trial)
    asked = {"app_label": "trials", "model_name": "finding", "field_name": "arm", "term": "ARCC"}

    with django_assert_max_num_queries(8) as queries:
        choices = client.get("/admin/autocomplete/", asked).json()["results"]

    assert len(choices) == 4
    assert not [query for query in queries if 'WHERE "trials_trial"."id" =' in query["sql"]]


def test_a_withdrawn_finding_comes_back_only_if_it_still_adds_up():
    stable = withdraw(make_share(numerator=19))
    make_share(numerator=15, measure="PARTIAL_RESPONSE", source=stable.source, trial=stable.trial)

    with pytest.raises(ValidationError, match="34 people are counted"):
        actions.propose_restoration(record=stable, by=make_user("editor"))

"""Which fields tell a measure: one declaration, held against every finding of the sample content."""

import json
from pathlib import Path

import pytest

from tests.factories import make_finding, make_trial
from trials import measures
from trials.models import Finding

FIXTURES = [Path("fixtures", name) for name in ("article.json", "literature.json")]
SEED = [row["fields"] for path in FIXTURES for row in json.loads(path.read_text()) if row["model"] == "trials.finding"]


def a_finding(**fields):
    """A finding that is only looked at, as a fixture writes it; that it names a record is all that counts."""
    plain = {field.attname: fields[field.name] for field in Finding._meta.concrete_fields if field.name in fields}
    named = {name: 1 if plain.get(name) else None for name in ("source_id", "trial_id", "arm_id", "compared_with_id")}
    finding = Finding(**plain | named)
    finding.value = Finding._meta.get_field("value").to_python(finding.value)
    return finding


def test_every_measure_is_declared_once():
    declared = [measure for telling in measures.TELLINGS for measure in telling.measures]

    assert sorted(declared) == sorted(Finding.Measure.values)


def test_every_name_is_a_field_of_a_finding():
    fields = {field.name for field in Finding._meta.fields}
    named = {name for telling in measures.TELLINGS for name in (*telling.applies, *telling.expected)}
    named |= {name for telling in measures.TELLINGS for need in telling.needs for name in need.fields}

    assert named <= fields


def test_agrees_with_every_finding_of_the_sample_content():
    found = {fields["slug"]: measures.shortcomings(a_finding(**fields)) for fields in SEED}

    assert len(found) > 100
    assert {slug: shortcomings for slug, shortcomings in found.items() if shortcomings} == {}


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        (
            {"measure": "OVERALL_SURVIVAL", "value": "10.9", "unit": "MONTHS"},
            "time_frame",
            "Say for which time: “median”, or “at 6 months”.",
        ),
        (
            {"measure": "HAZARD_RATIO_DEATH", "value": "0.73", "unit": "RATIO", "arm": 1},
            "compared_with",
            "A hazard ratio compares two arms: name the other one.",
        ),
        (
            {"measure": "ADVERSE_EVENT", "value": "5", "unit": "PERCENT"},
            "event_term",
            "Name the adverse event; or give the grades, if all events are counted together.",
        ),
        (
            {"measure": "STABLE_DISEASE", "value": "6.5", "unit": "MONTHS"},
            "unit",
            "The measure “stable disease” is not told in this unit, but in: %, patients.",
        ),
        (
            {"measure": "TOLERABILITY", "value_absence": "QUALITATIVE", "grade_band": "ANY"},
            "grade_band",
            "It says nothing of the measure “tolerability”: empty it, or choose another measure.",
        ),
        ({"measure": "ENROLLMENT"}, "value", "Enrollment is a number of people: give it."),
    ],
)
def test_says_what_a_finding_lacks_or_has_too_much_of(fields, name, sentence):
    assert measures.shortcomings(a_finding(**fields)) == {name: sentence}


@pytest.mark.parametrize("fields", [{"event_term": "mucositis"}, {"grade_band": "ABOVE_3"}])
def test_an_adverse_event_is_told_by_its_name_or_by_its_grades(fields):
    assert measures.shortcomings(a_finding(measure="ADVERSE_EVENT", value_absence="NOT_REPORTED", **fields)) == {}


def test_a_draft_may_lack_what_publication_needs(db):
    finding = make_finding(
        trial=make_trial(), measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS", time_frame="", publish=False
    )

    finding.full_clean()
    with pytest.raises(Exception, match="Say for which time"):
        finding.clean_for_publication()


def test_every_field_that_no_measure_singles_out_applies_to_all():
    assert all(measures.applies("DESIGN", name) for name in ("trial", "statement", "population", "value_absence"))
    assert not measures.applies("DESIGN", "numerator")

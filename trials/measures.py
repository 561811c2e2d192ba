"""What each measure of a finding is told by: the fields that say something of it, and those it cannot do without.

Model, form and results table all ask here. A field that a source need not print is expected, never required: an
article may say “21 % responded” and nothing else.
"""

from dataclasses import dataclass

from temsisite.evidence.models import Unit

PEOPLE = ("numerator", "denominator", "denominator_counts")
VALUE = ("comparator", "value", "unit")
INTERVAL = ("lower", "upper", "interval_type", "interval_level")
JUDGED = ("criteria", "assessor")
EVENT = ("event_term", "grade_band", "ctcae_version")
SPAN = (Unit.MONTHS, Unit.WEEKS, Unit.YEARS)


@dataclass(frozen=True)
class Need:
    """One of these fields has to be filled before publication; where `with_value`, only beside a value."""

    fields: tuple[str, ...]
    sentence: str
    with_value: bool = True

    def is_met(self, finding):
        return (self.with_value and finding.value is None) or any(_is_filled(finding, name) for name in self.fields)


@dataclass(frozen=True)
class Telling:
    """How a group of measures is told."""

    measures: tuple[str, ...]
    applies: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    expected: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # the first is the usual one; any, if there are none


ALWAYS = ("arm", "population", "time_frame", "value_absence", "discrepancy_note")  # every measure may have these
TIME = Need(("time_frame",), "Say for which time: “median”, or “at 6 months”.")
NAMED_EVENT = Need(
    EVENT[:2], "Name the adverse event; or give the grades, if all events are counted together.", with_value=False
)
OTHER_ARM = Need(("compared_with",), "A hazard ratio compares two arms: name the other one.")
OWN_ARM = Need(("arm",), "A hazard ratio compares two arms: name the one it is told of.")

TELLINGS = (
    Telling(("DESIGN",), JUDGED),
    Telling(("TOLERABILITY", "EARLY_STOP"), ()),
    Telling(
        ("ENROLLMENT",),
        VALUE,
        needs=(Need(("value",), "Enrollment is a number of people: give it.", with_value=False),),
        units=(Unit.PATIENTS,),
    ),
    Telling(("POPULATION",), (*PEOPLE, *VALUE, *INTERVAL)),
    Telling(
        (
            "OBJECTIVE_RESPONSE",
            "COMPLETE_RESPONSE",
            "PARTIAL_RESPONSE",
            "STABLE_DISEASE",
            "PROGRESSIVE_DISEASE",
            "DISEASE_CONTROL",
        ),
        (*PEOPLE, *VALUE, *INTERVAL, "p_value", "compared_with", *JUDGED),
        expected=(*PEOPLE, "criteria"),
        units=(Unit.PERCENT, Unit.PATIENTS),
    ),
    Telling(
        ("STABLE_DISEASE_DURATION",),
        (*PEOPLE, *VALUE, *INTERVAL, *JUDGED),
        expected=("lower", "upper", "interval_type"),
        units=SPAN,
    ),
    Telling(
        ("PROGRESSION_FREE_SURVIVAL", "OVERALL_SURVIVAL"),
        (*PEOPLE, *VALUE, *INTERVAL, "p_value", "compared_with", *JUDGED),
        needs=(TIME,),
        expected=("lower", "upper", "interval_type", "interval_level"),
        units=(*SPAN, Unit.PERCENT, Unit.PATIENTS),
    ),
    Telling(
        ("HAZARD_RATIO_PROGRESSION", "HAZARD_RATIO_DEATH"),
        (*VALUE, *INTERVAL, "p_value", "compared_with", *JUDGED),
        needs=(OWN_ARM, OTHER_ARM),
        expected=("lower", "upper", "interval_type", "interval_level", "p_value"),
        units=(Unit.RATIO,),
    ),
    Telling(
        ("ADVERSE_EVENT",),
        (*PEOPLE, *VALUE, *INTERVAL, "p_value", "compared_with", *EVENT),
        needs=(NAMED_EVENT,),
        expected=(*PEOPLE, "grade_band", "ctcae_version"),
        units=(Unit.PERCENT, Unit.PATIENTS, Unit.EVENTS, Unit.GRADE),
    ),
    Telling(
        ("DOSE_LIMITING_TOXICITY",),
        (*PEOPLE, *VALUE, *EVENT),
        expected=("event_term", *PEOPLE),
        units=(Unit.PATIENTS, Unit.PERCENT, Unit.EVENTS),
    ),
    Telling(("MAXIMUM_TOLERATED_DOSE", "RECOMMENDED_DOSE"), VALUE, units=(Unit.DOSE_MG,)),
    Telling(
        ("DISCONTINUATION",),
        (*PEOPLE, *VALUE, *INTERVAL),
        expected=PEOPLE,
        units=(Unit.PATIENTS, Unit.PERCENT),
    ),
)
BY_MEASURE = {measure: telling for telling in TELLINGS for measure in telling.measures}
# All fields that not every measure has; the others stand on every form.
FIELDS = tuple(dict.fromkeys(name for telling in TELLINGS for name in telling.applies if name not in ALWAYS))


def applies(measure: str, name: str) -> bool:
    """Whether a field says anything of a measure."""
    return name not in FIELDS or measure not in BY_MEASURE or name in BY_MEASURE[measure].applies


def shortcomings(finding) -> dict[str, str]:
    """Why a finding does not tell its measure yet: {field: sentence}."""
    telling = BY_MEASURE.get(finding.measure)
    if telling is None:
        return {}
    measure = finding.get_measure_display()
    found = {
        name: f"It says nothing of the measure “{measure}”: empty it, or choose another measure."
        for name in FIELDS
        if not applies(finding.measure, name) and _is_filled(finding, name)
    }
    found |= {need.fields[0]: need.sentence for need in telling.needs if not need.is_met(finding)}
    if telling.units and finding.value is not None and finding.unit not in telling.units:
        units = ", ".join(Unit(unit).label for unit in telling.units)
        found["unit"] = f"The measure “{measure}” is not told in this unit, but in: {units}."
    return found


def declaration() -> dict:
    """All of it for the script of the form: {measure: {"applies", "needs", "expected", "units"}}."""
    return {
        measure: {
            "applies": [name for name in FIELDS if applies(measure, name)],
            "needs": [need.fields for need in telling.needs],
            "expected": telling.expected,
            "units": telling.units,
        }
        for measure, telling in BY_MEASURE.items()
    }


def _is_filled(finding, name):
    """Whether an editor filled the field; the comparator always says something, “=” if nothing else."""
    field = finding._meta.get_field(name)
    value = getattr(finding, field.attname)
    return value not in (None, "", "=") if name == "comparator" else value not in (None, "")

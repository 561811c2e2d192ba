"""What a finding is called and says as long as nobody has written it: its address, and a plain sentence.

Both are put together from its figures and conditions, and are only a beginning: editors change them as they like.
"""

from temsisite.evidence.models import Comparator, Unit
from temsisite.publishing.addresses import free_address
from trials.models import Finding

# What people had who were counted for a measure.
HAD = {
    "ENROLLMENT": "were enrolled",
    "OBJECTIVE_RESPONSE": "had an objective response",
    "COMPLETE_RESPONSE": "had a complete response",
    "PARTIAL_RESPONSE": "had a partial response",
    "STABLE_DISEASE": "had stable disease",
    "PROGRESSIVE_DISEASE": "had progressive disease",
    "DISEASE_CONTROL": "had their disease under control",
    "DISCONTINUATION": "stopped the treatment",
    "PROGRESSION_FREE_SURVIVAL": "were alive without progression",
    "OVERALL_SURVIVAL": "were alive",
    "DOSE_LIMITING_TOXICITY": "had a dose-limiting toxicity",
    "ADVERSE_EVENT": "had a side effect",
}


def address_of(finding, taken=frozenset()):
    """A free address made of trial, measure and conditions: ind-199-stable-disease, …-2 if there is one already."""
    if not (finding.trial_id and finding.measure):
        return ""
    many = finding.arm_id and finding.trial.arms.count() > 1
    told = [
        finding.trial.slug,
        finding.event_term or finding.get_measure_display(),
        finding.get_grade_band_display() if finding.event_term else "",
        finding.arm.title if many else "",
        finding.time_frame,
        finding.population,
    ]
    return free_address(Finding, " ".join(filter(None, told)), taken)


def sentence_of(finding):
    """The figure in a plain sentence; the empty string where there is no figure to tell."""
    counted = finding.numerator is not None and finding.denominator is not None
    if not (finding.trial_id and finding.measure) or not (counted or finding.value is not None):
        return ""
    where = f"In the arm “{finding.arm}”" if finding.arm_id else "In the whole trial"
    among = f", among people of this group: {finding.population}," if finding.population else ","
    return f"{where}{among} {_what_came_out(finding)}."


def _what_came_out(finding):
    count, had, conditions = _count(finding), HAD.get(finding.measure), _conditions(finding)
    if count and had:
        had = f"had {finding.event_term}" if finding.event_term else had
        value = finding.printed_value if finding.numerator is not None and not _counts_people(finding) else ""
        return f"{count} {', '.join([had, *conditions])}{_in_brackets(value, finding)}"
    what = finding.event_term or finding.get_measure_display()
    if finding.time_frame == "median":
        what, conditions = f"median {what}", [text for text in conditions if text != "median"]
    aside = "".join(f", {text}" for text in conditions) + ("," if conditions else "")
    return f"the {what}{aside} was {finding.printed_value}{_in_brackets('', finding)}"


def _count(finding):
    """Who had it: “19 of 33 people”, “57.6 % of the people”; the empty string where the figure counts no people."""
    if finding.numerator is not None:
        return f"{finding.numerator} of {finding.denominator} people" if finding.denominator else ""
    sign = "" if finding.comparator == Comparator.EXACTLY else f"{finding.get_comparator_display()} "
    if finding.unit == Unit.PERCENT:
        return f"{sign}{finding.value} % of the people"
    return f"{sign}{finding.value} people" if _counts_people(finding) else ""


def _counts_people(finding):
    return finding.unit == Unit.PATIENTS


def _conditions(finding):
    """What tells it from other figures of its measure: grades, time, the other arm."""
    against = f"compared with “{finding.compared_with}”" if finding.compared_with_id else ""
    return list(filter(None, [finding.get_grade_band_display(), finding.time_frame, against]))


def _in_brackets(value, finding):
    """The value, its interval and P, as far as they are there."""
    p_value = finding.p_value and (
        f"P = {finding.p_value}" if finding.p_value[0].isdigit() else f"P {finding.p_value}"
    )
    told = ", ".join(filter(None, [value, finding.interval, p_value]))
    return f" ({told})" if told else ""

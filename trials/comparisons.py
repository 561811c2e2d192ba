"""How two findings of one trial stand to each other: only the same measure in the same people can be compared."""

from temsisite.evidence.matters import Relation, compare, compare_equals, compare_values
from trials.models import Finding

NARROWS = ("arm_id", "compared_with_id", "event_term", "grade_band", "population", "time_frame")
OTHERWISE = {
    "criteria": "Judged by other rules.",
    "assessor": "Judged by somebody else.",
    "denominator_counts": "Counted among others.",
}
NOT_STATED = ("", Finding.Assessor.NOT_STATED, Finding.Denominator.NOT_STATED)


def matter(finding):
    """What a finding is about; findings of which this is equal can be held against each other."""
    return (finding.measure, *(getattr(finding, name) for name in NARROWS))


def compare_findings(one, other):
    """By value where both have one, and by what editors found."""
    if matter(one) != matter(other):
        return Relation.BESIDE, "Counted in other people or at another time."
    for name, words in OTHERWISE.items():
        if _state_otherwise(name, one, other):
            return Relation.BESIDE, words
    by_value = compare_values(one, other)
    if by_value and one.value == other.value and by_value[0] == Relation.AGREES:
        return compare_equals(one, other, by_value[1])
    relation, judged = compare(one, other)
    if by_value is None:
        return relation, judged
    return (relation if judged else by_value[0]), f"{by_value[1]} {judged}".strip()


def _state_otherwise(name, one, other):
    """Whether both say something, and not the same; what one leaves out may well be what the other says."""
    stated = {getattr(one, name), getattr(other, name)}
    return len(stated) == 2 and not stated.intersection(NOT_STATED)

"""How two claims about drugs and targets on the same matter stand to each other."""

from temsisite.evidence.fields import in_words, lies_before
from temsisite.evidence.matters import Relation, compare, compare_equals


def compare_mechanisms(one, other):
    """A drug and a target: opposite actions disagree, the same action agrees."""
    if {one.action, other.action} == {one.Action.INHIBITS, one.Action.ACTIVATES}:
        return Relation.DIFFERS, _unlike(one.get_action_display(), other.get_action_display())
    if (one.action, one.through_id, one.site) == (other.action, other.through_id, other.site):
        return compare_equals(one, other, f"Both say “{one.get_action_display()}”.")
    judged = compare(one, other)
    if judged != (Relation.BESIDE, ""):
        return judged
    if one.action == other.action:
        return Relation.AGREES, f"Both say “{one.get_action_display()}”."
    if one.Action.ACTS_ON in (one.action, other.action):
        return Relation.REFINES, "Only one of the two says how."
    return Relation.BESIDE, f"{_unlike(one.get_action_display(), other.get_action_display())} Both may hold."


def compare_regulations(one, other):
    """A protein and what it steers: opposite directions disagree, whatever else is known."""
    if one.sign * other.sign == -1:
        return Relation.DIFFERS, _unlike(one.get_effect_display(), other.get_effect_display())
    if (one.effect, one.modification) == (other.effect, other.modification):
        return compare_equals(one, other, f"Both say “{one.get_effect_display()}”.")
    judged = compare(one, other)
    if judged != (Relation.BESIDE, ""):
        return judged
    if one.effect == other.effect:
        return Relation.AGREES, f"Both say “{one.get_effect_display()}”."
    return Relation.REFINES, "Only one of the two says in which direction."


def compare_approvals(one, other):
    """Approvals of a drug in one jurisdiction: another date or another use is another decision."""
    if one.disease_id and other.disease_id and one.disease_id != other.disease_id:
        return Relation.BESIDE, "Another decision, on another disease."
    dates = one.action_date, other.action_date
    if lies_before(*dates) or lies_before(*reversed(dates)):
        return Relation.BESIDE, f"Another decision, of {in_words(other.action_date)}."
    judged = compare(one, other)
    if judged != (Relation.BESIDE, "") or not all(dates):
        return judged
    return Relation.AGREES, "The same date." if dates[0] == dates[1] else "The same date, as far as both give it."


def _unlike(one, other):
    return f"One says “{one}”, the other “{other}”."

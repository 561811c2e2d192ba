"""How two claims about drugs and targets on the same matter stand to each other."""

from drugs.decisions import told_apart
from temsisite.evidence.matters import Relation, compare


def compare_mechanisms(one, other):
    """A drug and a target: opposite actions disagree, the same action agrees."""
    if {one.action, other.action} == {one.Action.INHIBITS, one.Action.ACTIVATES}:
        return Relation.DIFFERS, _unlike(one.get_action_display(), other.get_action_display())
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
    judged = compare(one, other)
    if judged != (Relation.BESIDE, ""):
        return judged
    if one.effect == other.effect:
        return Relation.AGREES, f"Both say “{one.get_effect_display()}”."
    return Relation.REFINES, "Only one of the two says in which direction."


def compare_approvals(one, other):
    """Approvals of a drug in one jurisdiction: another date, use or holder is another decision."""
    if apart := told_apart(one, other):
        return Relation.BESIDE, apart
    dates = one.action_date, other.action_date
    judged = compare(one, other)
    if judged != (Relation.BESIDE, "") or not all(dates):
        return judged
    return Relation.AGREES, "The same date." if dates[0] == dates[1] else "The same date, as far as both give it."


def _unlike(one, other):
    return f"One says “{one}”, the other “{other}”."

"""How two claims about drugs and targets on the same matter stand to each other."""

from drugs.decisions import told_apart
from temsisite.evidence.matters import Relation, compare, compare_equals


def compare_mechanisms(one, other):
    """A drug and a target: opposite actions disagree, the same action agrees."""
    actions = {one.action, other.action}
    return _compare_effects(
        (one, one.get_action_display()),
        (other, other.get_action_display()),
        is_opposite=actions == {one.Action.INHIBITS, one.Action.ACTIVATES},
        is_same=(one.action, one.through_id, one.site) == (other.action, other.through_id, other.site),
        vaguer="Only one of the two says how." if one.Action.ACTS_ON in actions else "",
    )


def compare_regulations(one, other):
    """A protein and what it steers: opposite directions disagree, whatever else is known."""
    return _compare_effects(
        (one, one.get_effect_display()),
        (other, other.get_effect_display()),
        is_opposite=one.sign * other.sign == -1,
        is_same=(one.effect, one.modification) == (other.effect, other.modification),
        vaguer="Only one of the two says in which direction.",
    )


def _compare_effects(one, other, *, is_opposite, is_same, vaguer):
    """How two claims, each with its effect in words, stand to each other; `vaguer` are the words if one says less."""
    (one, effect), (other, other_effect) = one, other
    unlike, alike = f"One says “{effect}”, the other “{other_effect}”.", f"Both say “{effect}”."
    if is_opposite:
        return Relation.DIFFERS, unlike
    if is_same:
        return compare_equals(one, other, alike)
    judged = compare(one, other)
    if judged != (Relation.BESIDE, ""):
        return judged
    if effect == other_effect:
        return Relation.AGREES, alike
    return (Relation.REFINES, vaguer) if vaguer else (Relation.BESIDE, f"{unlike} Both may hold.")


def compare_approvals(one, other):
    """Approvals of a drug in one jurisdiction: another date, use or holder is another decision."""
    if apart := told_apart(one, other):
        return Relation.BESIDE, apart
    dates = one.action_date, other.action_date
    judged = compare(one, other)
    if judged != (Relation.BESIDE, "") or not all(dates):
        return judged
    return Relation.AGREES, "The same date." if dates[0] == dates[1] else "The same date, as far as both give it."

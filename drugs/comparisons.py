"""How two claims about drugs and targets on the same matter stand to each other."""

from drugs.decisions import told_apart
from temsisite.evidence.matters import Relation, compare


def compare_mechanisms(one, other):
    """A drug and a target: opposite actions disagree, the same action agrees."""
    actions = {one.action, other.action}
    is_opposite = actions == {one.Action.INHIBITS, one.Action.ACTIVATES}
    vaguer = "Only one of the two says how." if one.Action.ACTS_ON in actions else ""
    return _compare_effects(one, other, one.get_action_display(), other.get_action_display(), is_opposite, vaguer)


def compare_regulations(one, other):
    """A protein and what it steers: opposite directions disagree, whatever else is known."""
    is_opposite = one.sign * other.sign == -1
    vaguer = "Only one of the two says in which direction."
    return _compare_effects(one, other, one.get_effect_display(), other.get_effect_display(), is_opposite, vaguer)


def _compare_effects(one, other, effect, other_effect, is_opposite, vaguer):
    """How two claims on one effect stand to each other; `vaguer` are the words for one that says less."""
    unlike = f"One says “{effect}”, the other “{other_effect}”."
    if is_opposite:
        return Relation.DIFFERS, unlike
    judged = compare(one, other)
    if judged != (Relation.BESIDE, ""):
        return judged
    if effect == other_effect:
        return Relation.AGREES, f"Both say “{effect}”."
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

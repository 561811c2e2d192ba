"""Claims on the same matter: which agree, which differ and by how much, which is to be preferred, and why.

Everything here is told in words and computed from standing, verdict and value; nothing of it is stored or published.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models

from temsisite.evidence.models import Source, Unit, Verdict
from temsisite.publishing.prepared import Prepared


class Relation(models.TextChoices):
    """How another claim stands to this one."""

    AGREES = "AGREES", "In agreement"
    REFINES = "REFINES", "More exactly, or less"
    DIFFERS = "DIFFERS", "Otherwise"
    BESIDE = "BESIDE", "On the same matter"


STANDINGS = list(Source.Standing)  # from the closest to the facts to the farthest
VERDICTS = [
    Verdict.SUPPORTED,
    Verdict.REFINED,
    Verdict.NOT_ASSESSED,
    Verdict.UNVERIFIABLE,
    Verdict.CONTRADICTED,
]
BY_VERDICT = {
    Verdict.SUPPORTED: (Relation.AGREES, "One supports the other."),
    Verdict.REFINED: (Relation.REFINES, "One says it more exactly than the other."),
    Verdict.CONTRADICTED: (Relation.DIFFERS, "One contradicts the other."),
}


# Which to prefer


def in_order_of_trust(claims):
    """Claims on one matter, the one to rely on first; equals keep their order."""
    return sorted(claims, key=_trust)


def preference(first, rival):
    """“Hudes G et al., 2007 is preferred: it is primary or official, and the other is review or secondary.”

    Of two that disagree, the one to rely on comes first.
    """
    is_judged = Verdict.NOT_ASSESSED not in (first.verdict, rival.verdict)  # primary reports are not; it says nothing
    *reasons, by_verdict = zip(_trust(first), _trust(rival), _reasons(first, rival), strict=True)
    for better, worse, why in [*reasons, by_verdict] if is_judged else reasons:
        if better != worse:
            return f"{first.source.reference} is preferred: {why}."
    return "None is preferred: their sources have the same standing."


def _trust(claim):
    rests_on_doubt = _rests_on_doubt(claim)
    return (
        claim.source.is_retracted,
        claim.verdict == Verdict.CONTRADICTED and not rests_on_doubt,
        claim.source.retraction == Source.Retraction.EXPRESSION_OF_CONCERN,
        rests_on_doubt,
        STANDINGS.index(claim.source.standing),
        VERDICTS.index(claim.verdict),
    )


def _rests_on_doubt(claim):
    """Whether every source that decides the verdict has been retracted or doubted."""
    return bool(claim.deciding) and all(source.warning for source in claim.deciding)


def _reasons(first, rival):
    """Why the first goes before its rival, a reason for each part of `_trust`."""
    standings = first.source.get_standing_display(), rival.source.get_standing_display()
    verdicts = first.get_verdict_display(), rival.get_verdict_display()
    return (
        "the source of the other has been retracted",
        "the literature contradicts the other",
        "the source of the other is under an expression of concern",
        "the verdict on the other rests on sources that were retracted or doubted",
        "its source is {}, that of the other {}".format(*standings),
        "the one is {}, the other {}".format(*verdicts),
    )


# How one stands to the other


def compare(one, other):
    """How another claim stands to this one: by what editors found when they held the one against the other."""
    if judged := _held_against(one, other):
        return judged
    if Verdict.CONTRADICTED in (one.verdict, other.verdict) and one.verdict != other.verdict:
        return Relation.DIFFERS, "The literature contradicts one of the two."
    return Relation.BESIDE, ""


def compare_equals(one, other, words):
    """How two claims that say the same stand to each other: an error that another source repeats is one error."""
    if judged := _held_against(one, other):
        relation, found = judged
        return relation, f"{words} {found}"
    repeated = " Both say what the literature contradicts." if _is_one_error([one, other]) else ""
    return Relation.AGREES, f"{words}{repeated}"


def _is_one_error(alike):
    """Whether the literature contradicts what all these claims say, though editors may have judged only one."""
    verdicts = {claim.verdict for claim in alike}
    return Verdict.CONTRADICTED in verdicts and not verdicts & {Verdict.SUPPORTED, Verdict.REFINED}


def _held_against(one, other):
    """What editors found where the source of one of the two decides the verdict on the other, or None."""
    for judged, judge in ((one, other), (other, one)):
        if judge.source in judged.deciding and judged.verdict in BY_VERDICT:
            return BY_VERDICT[judged.verdict]
    return None


def compare_values(one, other):
    """How the number of another claim stands to that of this one; None if they cannot be compared."""
    if None in (one.value, other.value) or one.unit != other.unit:
        return None
    if one.comparator != other.comparator:
        return Relation.REFINES, f"One gives {one.printed_value}, the other {other.printed_value}."
    if one.value == other.value:
        return Relation.AGREES, "The same value."
    if _rounded_alike(one.value, other.value, digits=2 if one.unit == Unit.RATIO else 1):
        return Relation.AGREES, "The same value, rounded."
    return Relation.DIFFERS, f"{_difference(one, other)}, as computed here."


def _difference(one, other):
    """“10.9 months against 10.8 months, a difference of 0.1 months”."""
    units = {Unit.PERCENT: " percentage points", Unit.RATIO: ""}
    unit = units.get(one.unit, f" {one.get_unit_display()}")
    apart = format(abs(one.value - other.value), "f")
    return f"{one.printed_value} against {other.printed_value}, a difference of {apart}{unit}"


def _rounded_alike(one, other, digits):
    """Whether two numbers are the same at the precision of the one with fewer digits: 57.6 and 58.

    With fewer significant `digits` rounding would hide what matters: 1 is no hazard ratio of 0.73.
    """
    coarser = max(one, other, key=lambda number: number.as_tuple().exponent)
    if len(coarser.as_tuple().digits) < digits:
        return False
    step = Decimal(1).scaleb(coarser.as_tuple().exponent)
    return one.quantize(step, ROUND_HALF_UP) == other.quantize(step, ROUND_HALF_UP)


# In rows for templates


class OnMatter(Prepared):
    """How the page of a claim asks for the other public claims that have the same in these columns."""

    def __init__(self, model, *names):
        def ask(own, *values):
            alike = model.objects.public().filter(**dict(zip(names, values, strict=True))).exclude(pk=own)
            return alike.in_order_of_source().with_sources()

        super().__init__(ask)
        self.names = names

    def beside(self, claim):
        return self(claim.pk, *(getattr(claim, name) for name in self.names))


def beside(claim, others, comparison):
    """Other claims on the same matter with their relation to this one, those that agree first, the trusted first."""
    found = [(*comparison(claim, other), other) for other in in_order_of_trust(others)]
    return sorted(found, key=lambda row: list(Relation).index(row[0]))


def for_and_against(claims, comparison=compare):
    """How the sources of one matter stand to each other, in a sentence; nothing about a single source."""
    first, *others = in_order_of_trust(claims)
    compared = [(other, *comparison(first, other)) for other in others if other.source_id != first.source_id]
    alike = [first, *(other for other, relation, _ in compared if relation == Relation.AGREES)]
    is_wrong = _is_one_error(alike)
    for rival, relation, apart in compared:
        if relation == Relation.DIFFERS:
            repeated = f"None is preferred: {first.source.reference} repeats what the literature contradicts."
            preferred = repeated if is_wrong and len(alike) > 1 else preference(first, rival)
            return f"Sources disagree. {apart} {preferred}"
    if len(alike) == 1:
        return ""
    number = len({claim.source_id for claim in claims})
    if len(alike) <= len(compared):
        return f"{number} sources, and none says otherwise."
    return f"{number} sources agree{' on what the literature contradicts' if is_wrong else ''}."


def by_matter(claims, matter):
    """Claims grouped by what `matter(claim)` calls their matter, in its first order: [("mTOR → S6K1", [claim, …])]."""
    groups = {}
    for claim in claims:
        groups.setdefault(matter(claim), []).append(claim)
    return list(groups.items())

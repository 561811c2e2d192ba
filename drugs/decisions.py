"""Which claims of approvals tell of one decision: the one rule for the timeline, the page of a drug and of a day."""

from temsisite.evidence.fields import in_words, lies_before
from temsisite.evidence.matters import by_matter
from temsisite.evidence.models import Verdict


def decisions_of(approvals):
    """Lists of claims on one decision each, the fullest date first; a claim that could tell of two stands alone."""
    fullest_first = sorted(approvals, key=lambda claim: -len(claim.action_date))
    near = by_matter(fullest_first, lambda claim: (claim.drug_id, claim.jurisdiction, claim.action_date[:4]))
    return [decision for _, claims in near for decision in _decisions(claims)]


def _decisions(claims):
    alike = {one: {other for other in claims if other == one or is_one_decision(one, other)} for one in claims}
    decisions = {}
    for claim, others in alike.items():
        is_clear = all(others <= alike[other] for other in others)
        decisions.setdefault(frozenset(others) if is_clear else claim, []).append(claim)
    return list(decisions.values())


def is_one_decision(one, other):
    """Whether two claims tell of one decision: both dated, neither contradicted, and none rules the other out."""
    can_tell = all(claim.action_date and claim.verdict != Verdict.CONTRADICTED for claim in (one, other))
    return can_tell and not told_apart(one, other)


def told_apart(one, other):
    """Why two claims cannot be about one decision, in words; empty if neither says what the other rules out."""
    if (one.drug_id, one.jurisdiction) != (other.drug_id, other.jurisdiction):
        return "Another decision, on another drug or elsewhere."
    if one.disease_id and other.disease_id and one.disease_id != other.disease_id:
        return "Another decision, on another disease."
    dates = one.action_date, other.action_date
    if lies_before(*dates) or lies_before(*reversed(dates)):
        return f"Another decision, of {in_words(other.action_date)}."
    if len({_company(one), _company(other)} - {""}) > 1:
        return f"Another decision, given to {other.holder}."
    return ""


def _company(approval):
    """The first word of the holder, for “Wyeth” and “Wyeth, Inc.” are one; empty if none is given."""
    return next(iter(approval.holder.split()), "").strip(",.").casefold()

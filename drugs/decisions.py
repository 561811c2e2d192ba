"""Which approvals stood on a day: claims of several sources brought together by the decision that they tell of."""

from drugs.presenters import approval_row, where
from temsisite.evidence.facts import link
from temsisite.evidence.fields import in_words, last_day
from temsisite.evidence.models import Verdict


def approved_as_of(approvals, day, later=()):
    """Decisions by jurisdiction, and apart from them what has no date and what the literature contradicts.

    `later` are claims of approvals after the day: one of them may know the date that another leaves open.
    """
    told = sorted(approvals, key=_place)
    contradicted = [approval for approval in told if approval.verdict == Verdict.CONTRADICTED]
    holding = [approval for approval in told if approval.verdict != Verdict.CONTRADICTED]
    later = [approval for approval in later if approval.verdict != Verdict.CONTRADICTED]
    decisions = decisions_of(approval for approval in holding if approval.action_date)
    titles = dict.fromkeys(_jurisdiction(claims[0]) for claims in decisions)
    return {
        "day": in_words(day.isoformat()),
        "jurisdictions": [
            {
                "title": title,
                "decisions": [
                    decision_row(claims, day, later) for claims in decisions if _jurisdiction(claims[0]) == title
                ],
            }
            for title in titles
        ],
        "undated": [approval_row(approval) for approval in holding if not approval.action_date],
        "contradicted": [approval_row(approval) for approval in contradicted],
    }


def decisions_of(approvals):
    """Lists of claims that can be about one decision, the one with the fullest date first."""
    decisions = []
    for approval in sorted(approvals, key=lambda approval: -len(approval.action_date)):
        same = [claims for claims in decisions if all(_agree(approval, claim) for claim in claims)]
        if len(same) == 1:  # were there two, the claim could be about either
            same[0].append(approval)
        else:
            decisions.append([approval])
    return sorted(decisions, key=lambda claims: _place(claims[0]))


def decision_row(claims, day, later):
    """One decision: what its claims together say of it, and the claims."""
    first = claims[0]
    date = in_words(first.action_date)
    is_certain = last_day(first.action_date) <= day.isoformat()
    exact = None if is_certain else next((claim for claim in later if _agree(first, claim)), None)
    return {
        "drug": link(first.drug),
        "disease": first.disease and link(first.disease),
        "indication": _first_said(claims, "indication"),
        "date": date if is_certain else f"in {date}, day not known",
        "is_certain": is_certain,
        "exact": exact and {"title": in_words(exact.action_date), "url": exact.get_absolute_url()},
        "holder": _first_said(claims, "holder"),
        "brand_name": _first_said(claims, "brand_name"),
        "authority": _first_said(claims, "authority"),
        "claims": [approval_row(claim) for claim in claims],
    }


def _agree(one, other):
    """Whether two claims can be about one decision: none says anything that the other rules out."""
    about = [(claim.drug_id, claim.jurisdiction, claim.disease_id) for claim in (one, other)]
    companies = {claim.holder.split()[0].strip(",.").lower() for claim in (one, other) if claim.holder}
    return about[0] == about[1] and other.action_date.startswith(one.action_date) and len(companies) < 2


def _place(approval):
    disease = approval.disease.name if approval.disease else ""
    return (_jurisdiction(approval), disease, approval.action_date, approval.slug)


def _jurisdiction(approval):
    text = where(approval)
    return text[0].upper() + text[1:]


def _first_said(claims, name):
    return next(filter(None, (getattr(claim, name) for claim in claims)), "")

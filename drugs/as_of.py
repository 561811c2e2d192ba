"""Which approvals stood on a day: claims of several sources brought together by the decision that they tell of."""

import re
from datetime import date

from drugs.decisions import decisions_of, is_one_decision
from drugs.presenters import approval_row, where
from temsisite.evidence.facts import link
from temsisite.evidence.fields import in_words, last_day
from temsisite.evidence.models import Verdict
from temsisite.publishing.search.answers import Answer
from temsisite.publishing.search.words import atoms

YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
APPROVED = {"approved", "approval", "approvals"}
ELSEWHEN = {"after", "before", "since", "until", "from"}  # asks for what the page of one day does not tell


def approved_by_a_year(question):
    """Where it stands what was approved by then, for a reader who searches for “what was approved in 2008”."""
    years = [year for year in YEAR.findall(question.text) if int(year) < date.today().year]
    words = set(atoms(question.text))
    if not years or not words & APPROVED or words & ELSEWHEN:
        return None
    last = max(years)  # of “approved between 2007 and 2009” the page then tells all, with its dates
    return Answer(f"What was approved by the end of {last}", f"/approvals/?as_of={last}-12-31")


def approved_as_of(approvals, day, later=()):
    """Decisions by jurisdiction, and apart from them what has no date and what the literature contradicts.

    `later` are claims of approvals after the day: one of them may know the date that another leaves open.
    """
    told = sorted(approvals, key=_place)
    contradicted = [approval for approval in told if approval.verdict == Verdict.CONTRADICTED]
    holding = [approval for approval in told if approval.verdict != Verdict.CONTRADICTED]
    decisions = decisions_of(approval for approval in holding if approval.action_date)
    decisions.sort(key=lambda claims: _place(claims[0]))
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


def decision_row(claims, day, later):
    """One decision: what its claims together say of it, and the claims."""
    first = claims[0]
    date = in_words(first.action_date)
    disease = _first_said(claims, "disease")
    is_certain = last_day(first.action_date) <= day.isoformat()
    exact = None if is_certain else next((claim for claim in later if is_one_decision(first, claim)), None)
    return {
        "drug": link(first.drug),
        "disease": disease and link(disease),
        "indication": _first_said(claims, "indication"),
        "date": date if is_certain else f"in {date}, day not known",
        "is_certain": is_certain,
        "exact": exact and {"title": in_words(exact.action_date), "url": exact.get_absolute_url()},
        "holder": _first_said(claims, "holder"),
        "brand_name": _first_said(claims, "brand_name"),
        "authority": _first_said(claims, "authority"),
        "claims": [approval_row(claim) for claim in claims],
    }


def _place(approval):
    disease = approval.disease.name if approval.disease else ""
    return (_jurisdiction(approval), disease, approval.action_date, approval.slug)


def _jurisdiction(approval):
    text = where(approval)
    return text[0].upper() + text[1:]


def _first_said(claims, name):
    return next(filter(None, (getattr(claim, name) for claim in claims)), "")

"""Claims as templates need them: finished rows, so that a template asks no questions; and how many fare how."""

from collections import Counter
from functools import cache

from django.template.loader import render_to_string
from django.utils.text import capfirst

from temsisite.evidence.facts import NOT_REVIEWED
from temsisite.evidence.matters import Relation, beside, by_matter, compare, for_and_against, in_order_of_trust
from temsisite.evidence.models import Claim, Source, Verdict
from temsisite.evidence.pictures import segments
from temsisite.publishing.keeping import kept_rendering
from temsisite.publishing.kinds import kinds
from temsisite.publishing.shape import day_in_words, shortened

MEANINGS = {
    Verdict.SUPPORTED: "The literature says the same.",
    Verdict.REFINED: "Partly right; the literature says it more exactly, under a condition, or otherwise in part.",
    Verdict.CONTRADICTED: "The literature says otherwise.",
    Verdict.UNVERIFIABLE: "No source that could be read decides it.",
    Verdict.NOT_ASSESSED: "Nobody has held it against the literature yet. Most such claims are a primary source’s own "
    "words, on which verdicts rest; pages mark them “primary source”.",
}
FARE = {
    Verdict.SUPPORTED: ("holds", "hold"),
    Verdict.REFINED: ("needs refining", "need refining"),
    Verdict.CONTRADICTED: ("is wrong", "are wrong"),
    Verdict.UNVERIFIABLE: ("cannot be checked", "cannot be checked"),
    Verdict.NOT_ASSESSED: ("is not assessed yet", "are not assessed yet"),
}
WARNINGS = {
    Source.Retraction.RETRACTED: ("its source has been retracted", "its verdict rests on a retracted source"),
    Source.Retraction.EXPRESSION_OF_CONCERN: (
        "its source is under an expression of concern",
        "its verdict rests on a source under an expression of concern",
    ),
}


def claim_models():
    """Every kind of claim there is: approvals, mechanisms, regulations, statements, findings."""
    return [model for model in kinds().values() if issubclass(model, Claim)]


def claim_card(claim, subject="", subject_url=""):
    """One claim as `components/_claim.html` shows it. Asks nothing of the database after `with_sources()`."""
    return claim_line(claim, _states_of_deciders(claim)) | {
        "figure": claim.figure,
        "verdict_label": verdict_label(claim),
        "is_own_word": speaks_for_itself(claim),
        "is_contradicted": claim.verdict == Verdict.CONTRADICTED,
        "is_undecided": claim.verdict == Verdict.UNVERIFIABLE,
        "as_printed": claim.as_printed,
        "quotation": claim.quotation,
        "source_is_retracted": claim.source.is_retracted,
        "verdict_sources": [
            {"title": source.reference, "url": source.get_absolute_url(), "warning": source.warning}
            for source in claim.deciding
        ],
        "subject": subject,
        "subject_url": subject_url,
    }


def claim_line(claim, deciding=frozenset()):
    """One claim in a row of a list. `deciding` has the states of the sources that its verdict rests on."""
    return {
        "statement": claim.statement,
        "url": claim.get_absolute_url(),
        "no_figure": claim.no_figure,
        "verdict": claim.verdict,
        "verdict_badge": verdict_badge(claim.verdict, verdict_label(claim)),
        "verdict_note": claim.verdict_note,
        "needs_note": bool(claim.verdict_note) and claim.verdict != Verdict.SUPPORTED,
        "source_title": claim.source.reference,
        "source_url": claim.source.get_absolute_url(),
        "source_warning": claim.source.warning,
        "warning": _warning(claim.source.retraction, deciding),
        "locator": claim.locator,
    }


@kept_rendering
def verdict_badge(verdict, label):
    """The badge of a verdict, rendered once: there are few of them, and many on a page."""
    return render_to_string("components/_verdict_badge.html", {"verdict": verdict, "label": label})


@kept_rendering
def verdict_shape(verdict):
    """The mark of a verdict, rendered once too."""
    return render_to_string("components/_verdict_shape.html", {"verdict": verdict})


def speaks_for_itself(claim):
    """Whether a claim is a primary source's own word, which verdicts on others rest on and which waits for none."""
    return claim.source.standing == Source.Standing.PRIMARY and claim.verdict == Verdict.NOT_ASSESSED


def verdict_label(claim):
    """The verdict as readers are told it; “not assessed yet” would make a primary report look doubtful."""
    return "primary source" if speaks_for_itself(claim) else Verdict(claim.verdict).label


def warning(claim):
    """What must stand beside a claim wherever it is shown: that a source it rests on is retracted or doubted.

    Asks nothing of the database after `with_sources()`.
    """
    return _warning(claim.source.retraction, _states_of_deciders(claim))


def _states_of_deciders(claim):
    return frozenset(source.retraction for source in claim.deciding)


@cache
def _warning(own, deciding):
    """The warning by the state of a claim's source and the states of those that decide its verdict: few there are."""
    said = [words for state, (words, _) in WARNINGS.items() if own == state]
    said += [words for state, (_, words) in WARNINGS.items() if state in deciding]
    return capfirst("; ".join(said))


def matter_cards(claims, matter, comparison=compare):
    """Cards of claims, those on one matter together under its name, with whether their sources agree."""
    groups = by_matter(claims.with_sources(), matter)
    several = {title: group for title, group in groups if len({claim.source_id for claim in group}) > 1}
    alone = [claim for title, group in groups if title not in several for claim in group]
    cards = []
    for title, group in several.items():
        heading = {"title": title, "sentence": for_and_against(group, comparison)}
        cards += _headed(in_order_of_trust(group), heading)
    return cards + _headed(alone, {"title": "Told by one source"} if several else None)


def _headed(claims, heading):
    """Cards of which the first carries the heading of them all."""
    return [claim_card(claim) | {"matter": heading if place == 0 else None} for place, claim in enumerate(claims)]


def claim_page(claim, facts, matter=None, comparison=compare):
    """What the page of any claim shows: its card, its facts, and how other claims on the same matter stand to it."""
    others = matter.beside(claim) if matter else []
    rows = beside(claim, others, comparison)
    alike = [other for relation, _, other in rows if relation != Relation.BESIDE]
    return {
        "description": shortened(claim.statement, 160),
        "claim": claim_card(claim)
        | {"quotation_is_found": bool(claim.quotation) and claim.source.says(claim.quotation)},
        "facts": facts,
        "reviewed": reviewed(claim),
        "matter": for_and_against([claim, *alike], comparison) if alike else "",
        "same": [claim_card(other) | {"relation": relation.label, "stance": words} for relation, words, other in rows],
    }


def reviewed(claim):
    """When a claim was last held against the literature: “reviewed 10 June 2026”, “not reviewed since …”."""
    return f"reviewed {day_in_words(claim.last_reviewed_on)}" if claim.last_reviewed_on else NOT_REVIEWED


def tally(verdicts, url=""):
    """How claims of these verdicts fare: a row per verdict, those not assessed left out when there are none."""
    counts = Counter(verdicts)
    total = sum(counts.values())
    shown = [verdict for verdict in Verdict if counts[verdict] or verdict != Verdict.NOT_ASSESSED]
    return [
        {
            "verdict": verdict.value,
            "label": verdict.label,
            "meaning": MEANINGS[verdict],
            "count": counts[verdict],
            "percent": round(100 * counts[verdict] / total) if total else 0,
            "url": url and f"{url}?verdict={verdict.value}",
        }
        | place
        for verdict, place in zip(shown, segments([counts[verdict] for verdict in shown]), strict=True)
    ]


def tally_sentence(tally, is_part=False):
    """The tally in words: “67 claims: 35 hold, 18 need refining, 5 are wrong, 9 cannot be checked”."""
    total = sum(row["count"] for row in tally)
    fares = [f"{row['count']} {FARE[row['verdict']][row['count'] > 1]}" for row in tally if row["count"]]
    counted = f"{'The first ' if is_part else ''}{total} claim{'s' if total != 1 else ''}"
    return f"{counted}: {', '.join(fares)}" if total else ""

"""What templates need of claims and sources: finished rows, so that a template asks no questions."""

import json
from collections import Counter
from functools import cache

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.text import capfirst

from temsisite.evidence.citations import original
from temsisite.evidence.facts import NOT_RECORDED, NOT_REVIEWED, fact, known
from temsisite.evidence.fields import in_words
from temsisite.evidence.matters import Relation, beside, by_matter, compare, for_and_against, in_order_of_trust
from temsisite.evidence.models import Claim, Source, Verdict
from temsisite.evidence.pictures import segments
from temsisite.publishing.citations import citation
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Record
from temsisite.publishing.shape import day_in_words, headline, shortened

DECIDED_SHOWN = 50  # a reference work may decide thousands of claims; its page shows this many

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
STANDINGS = {
    Source.Standing.PRIMARY: "those who did the work, or the authority that decided, speak here",
    Source.Standing.SECONDARY: "it sums up what others found",
    Source.Standing.WEAK: "nobody vouches for what it says",
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


@cache
def verdict_badge(verdict, label):
    """The badge of a verdict, rendered once: there are few of them, and many on a page."""
    return render_to_string("components/_verdict_badge.html", {"verdict": verdict, "label": label})


@cache
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


def tally(claims, url=""):
    """How the claims fare: a row per verdict, those not assessed left out when there are none."""
    counts = Counter(claim.verdict for claim in claims)
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


def tally_sentence(tally):
    """The tally in words: “67 claims: 35 hold, 18 need refining, 5 are wrong, 9 cannot be checked”."""
    total = sum(row["count"] for row in tally)
    fares = [f"{row['count']} {FARE[row['verdict']][row['count'] > 1]}" for row in tally if row["count"]]
    return f"{total} claim{'s' if total != 1 else ''}: {', '.join(fares)}" if total else ""


# What a source says


def claims_of(source):
    """Everything one source says in public, of every kind of claim, in its own order."""
    claims = [claim for model in claim_models() for claim in _with_subjects(model).filter(source=source)]
    return sorted(claims, key=lambda claim: (claim.position is None, claim.position or 0, claim.slug))


def decided_by(source):
    """The public claims whose verdict rests on a source: at most `DECIDED_SHOWN`, and whether there are more."""
    limit = DECIDED_SHOWN + 1
    found = []
    for model in claim_models():
        found += _with_subjects(model).filter(verdict_sources=source).in_order_of_source()[: limit - len(found)]
    found.sort(key=lambda claim: (claim.source.title, claim.position is None, claim.position or 0, claim.slug))
    return [claim_card(claim) for claim in found[:DECIDED_SHOWN]], len(found) == limit


def facts_from(source):
    """The public records that are no claims and name the source for their facts, as `_related.html` lists them."""
    relations = [relation for relation in Source._meta.related_objects if relation.many_to_many]
    models = [(relation.related_model, relation.field.name) for relation in relations]
    return [
        {"title": headline(record), "url": record.get_absolute_url(), "meta": capfirst(model._meta.verbose_name)}
        for model, name in models
        if issubclass(model, Record) and not issubclass(model, Claim)
        for record in model.objects.public().filter(**{name: source}).order_by("slug")
    ]


def with_claim_counts(sources):
    """Give each source `claims_said` and `claims_decided`: how many public claims it makes and helps to decide."""
    return sources.annotate(claims_said=_count_claims("source"), claims_decided=_count_claims("verdict_sources"))


def _count_claims(name):
    """A subquery that counts the public claims of all kinds that point at a source by the field `name`."""
    counts = [
        Coalesce(
            Subquery(
                model.objects.public()
                .filter(**{name: OuterRef("pk")})
                .order_by()
                .values(name)
                .annotate(number=Count("pk"))
                .values("number")
            ),
            0,
        )
        for model in claim_models()
    ]
    return sum(counts[1:], counts[0])


def source_row(source):
    """One source as the list shows it."""
    return {
        "title": source.title,
        "url": source.get_absolute_url(),
        "byline": source.reference.removesuffix(source.issued[:4]).rstrip(", ")
        if source.authors
        else source.container,
        "type": source.get_type_display(),
        "standing": source.get_standing_display(),
        "year": source.issued[:4],
        "retraction": _retraction(source),
        "said": source.claims_said or "",
        "decided": source.claims_decided or "",
    }


def source_facts(source):
    """The bibliographic data of a source, with the ways to the original."""
    registry = f"https://clinicaltrials.gov/study/{source.nct_id}"
    retracted_on = f", {in_words(source.retracted_on)}" if source.retracted_on else ""
    read_on = source.accessed_on and f"{source.accessed_on.day} {source.accessed_on:%B %Y}"
    return known(
        fact("Type", source.get_type_display()),
        fact("Authors", absent="" if source.authors else NOT_RECORDED),  # the header of the page names them
        fact("Appeared in", " ".join(filter(None, [source.container, source.volume_and_pages]))),
        fact("Date", in_words(source.issued), absent=NOT_RECORDED),
        fact("DOI", source.doi, url=f"https://doi.org/{source.doi}"),
        fact("PubMed", source.pmid, url=f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"),
        fact("Registry record", source.nct_id, url=registry),
        fact("Original", source.url, url=source.url),
        fact("Retraction", f"{_retraction(source)}{retracted_on}" if _retraction(source) else ""),
        fact("Standing", f"{source.get_standing_display()}: {STANDINGS[source.standing]}"),
        fact("How it was read", source.access_note),
        fact("Read on", read_on),
    )


def original_citation(source):
    """How to cite the document itself, as `components/_cite.html` shows it."""
    work = original(json.loads(source.publication.document))
    return citation(work, "Cite the source", f"{source.publication.permanent_url}source")


def _retraction(source):
    return source.get_retraction_display() if source.retraction != Source.Retraction.NONE else ""


def _with_subjects(model):
    return model.objects.public().select_related(*model.subject_names()).with_sources()

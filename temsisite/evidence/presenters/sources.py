"""What one source says and decides, and what its page and the list tell of it."""

import json

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from temsisite.evidence.citations import original
from temsisite.evidence.facts import NOT_RECORDED, fact, known
from temsisite.evidence.fields import in_words
from temsisite.evidence.models import Claim, Source
from temsisite.evidence.presenters.claims import claim_card, claim_models
from temsisite.publishing.citations import citation
from temsisite.publishing.models import Record, listing
from temsisite.publishing.shape import headline

# A reference work may say or decide thousands of claims; its page shows so many.
SAID_SHOWN, DECIDED_SHOWN, FACTS_SHOWN = 200, 50, 100
STANDINGS = {
    Source.Standing.PRIMARY: "those who did the work, or the authority that decided, speak here",
    Source.Standing.SECONDARY: "it sums up what others found",
    Source.Standing.WEAK: "nobody vouches for what it says",
}


def claims_of(source):
    """What one source says in public, of every kind of claim, in its own order: the first `SAID_SHOWN`.

    And if there are more, the lists that hold all of them.
    """
    order = F("position").asc(nulls_last=True), "slug"
    said = {
        model: list(_with_subjects(model).filter(source=source).order_by(*order)[: SAID_SHOWN + 1])
        for model in claim_models()
    }
    claims = [claim for found in said.values() for claim in found]
    claims.sort(key=lambda claim: (claim.position is None, claim.position or 0, claim.slug))
    if len(claims) <= SAID_SHOWN:
        return claims, []
    lists = [
        {"title": model._meta.verbose_name_plural, "url": f"{listing(model)}?source={source.slug}"}
        for model, found in said.items()
        if found
    ]
    return claims[:SAID_SHOWN], lists


def verdicts_on(source):
    """The verdict on each claim that it makes in public."""
    first, *others = [model.objects.public().filter(source=source).order_by() for model in claim_models()]
    return first.values_list("verdict", flat=True).union(*[other.values_list("verdict") for other in others], all=True)


def decided_by(source):
    """The public claims whose verdict rests on a source: at most `DECIDED_SHOWN`, and whether there are more."""
    limit = DECIDED_SHOWN + 1
    found = []
    for model in claim_models():
        found += _with_subjects(model).filter(verdict_sources=source).in_order_of_source()[: limit - len(found)]
    found.sort(key=lambda claim: (claim.source.title, claim.position is None, claim.position or 0, claim.slug))
    return [claim_card(claim) for claim in found[:DECIDED_SHOWN]], len(found) == limit


def facts_from(source):
    """The public records that are no claims and name the source for their facts, as `_related.html` lists them.

    At most `FACTS_SHOWN`, and whether there are more.
    """
    relations = [relation for relation in Source._meta.related_objects if relation.many_to_many]
    limit, found = FACTS_SHOWN + 1, []
    for model, name in ((relation.related_model, relation.field.name) for relation in relations):
        if issubclass(model, Record) and not issubclass(model, Claim):
            found += model.objects.public().filter(**{name: source}).order_by("slug")[: limit - len(found)]
    rows = [
        {"title": headline(record), "url": record.get_absolute_url(), "meta": capfirst(record._meta.verbose_name)}
        for record in found[:FACTS_SHOWN]
    ]
    return rows, len(found) == limit


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

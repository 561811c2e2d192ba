"""Sources and claims in the words of schema.org."""

from temsisite.evidence.authors import authors, is_company
from temsisite.evidence.models import Source, Verdict
from temsisite.publishing.linked_data import mentions, named, node, publisher, valued
from temsisite.publishing.prepared import parts_of

TYPES = {
    Source.Type.ARTICLE: "Article",
    Source.Type.JOURNAL_ARTICLE: "ScholarlyArticle",
    Source.Type.REVIEW: "ScholarlyArticle",
    Source.Type.BOOK_CHAPTER: "Chapter",
    Source.Type.WEB_PAGE: "WebPage",
}
# What a source is a part of; of the others, `container` names who put them out.
WHOLES = {
    Source.Type.JOURNAL_ARTICLE: "Periodical",
    Source.Type.REVIEW: "Periodical",
    Source.Type.BOOK_CHAPTER: "Book",
}


def source(source, absolute):
    """The document itself, under the address of its page here; `sameAs` leads to the original."""
    whole = WHOLES.get(source.type)
    doi = source.doi and f"https://doi.org/{source.doi}"
    numbers = [("DOI", source.doi), ("PMID", source.pmid), ("ClinicalTrials.gov", source.nct_id)]
    return node(
        TYPES.get(source.type, "CreativeWork"),
        source,
        absolute,
        author=[_author(name) for name in authors(source.authors) if name != "et al."],
        datePublished=source.issued,
        isPartOf=named(whole, source.container) if whole else None,
        publisher=None if whole else named("Organization", source.container),
        identifier=[identifier(scheme, value) for scheme, value in numbers if value],
        creativeWorkStatus=source.get_retraction_display() if source.is_retracted else "",
        sameAs=sorted({source.original_url, doi} - {""}),
    )


def _author(name):
    return named("Organization" if is_company(name) else "Person", name)


def claim(claim, absolute):
    """A claim of any kind; as the subject of a ClaimReview once somebody has held it against the literature."""
    subjects = [getattr(claim, name) for name in claim.subject_names()]
    said = {
        "text": claim.statement,
        "about": mentions(subjects, absolute),
        "appearance": source(claim.source, absolute),
    }
    if claim.verdict == Verdict.NOT_ASSESSED:
        return node("Claim", claim, absolute, **said)
    return node(
        "ClaimReview",
        claim,
        absolute,
        claimReviewed=claim.statement,
        itemReviewed={"@type": "Claim"} | valued(author=said["appearance"].get("author"), **said),
        # Without a ratingValue: a verdict is a word, and no scale leads from one to the next.
        reviewRating={
            "@type": "Rating",
            "alternateName": claim.get_verdict_display().capitalize(),
        }
        | valued(ratingExplanation=claim.verdict_note),
        author=publisher(absolute),
        datePublished=claim.last_reviewed_on and claim.last_reviewed_on.isoformat(),
        citation=mentions(claim.deciding, absolute),
    )


def identifiers(record):
    """The numbers of a record in other databases."""
    return [
        identifier(each.get_scheme_display(), each.value, url=each.url) for each in parts_of(record, "identifiers")
    ]


def identifier(scheme, value, url=""):
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value} | valued(url=url)

"""How to cite a source itself: the paper, the label, the notice, by the document that the log holds of it."""

import re

from temsisite.evidence.authors import authors, is_company
from temsisite.evidence.models import Source
from temsisite.publishing.citations import Work

TYPES = {
    Source.Type.JOURNAL_ARTICLE: "article-journal",
    Source.Type.REVIEW: "article-journal",
    Source.Type.BOOK_CHAPTER: "chapter",
    Source.Type.LABEL: "report",
    Source.Type.REGULATORY_NOTICE: "report",
    Source.Type.GUIDELINE: "report",
    Source.Type.REGISTRY_RECORD: "webpage",
    Source.Type.REFERENCE_DATABASE: "webpage",
    Source.Type.WEB_PAGE: "webpage",
}
PLACE = re.compile(r"(?P<volume>[^():]+)(\((?P<issue>[^()]+)\))?:\s*(?P<pages>[^:]+)")
INITIALS = re.compile(r"(?P<family>.+) (?P<given>[A-Z][A-Z.-]{0,5})")


def original(document: dict) -> Work:
    """The work that a stored document of a source describes; what was not recorded stays out."""

    def said(name):
        return document.get(name) or ""

    parts = PLACE.fullmatch(said("volume_and_pages"))
    return Work(
        key=document["slug"],
        type=TYPES.get(document["type"], "document"),
        title=document["title"].rstrip("."),
        authors=[author(name) for name in authors(said("authors"))],
        container=said("container"),
        issued=said("issued"),
        accessed=said("accessed_on"),
        doi=said("doi"),
        pmid=said("pmid"),
        url=said("original_url"),
        note=", ".join(filter(None, ["" if parts else said("volume_and_pages"), retraction(document)])),
        **(parts.groupdict("") if parts else {}),
    )


def author(name: str) -> dict:
    """A name as CSL has it. Only initials at the end tell a person's from a group's."""
    person = None if is_company(name) else INITIALS.fullmatch(name)
    return person.groupdict() if person else {"literal": name}


def retraction(document: dict) -> str:
    """What a citation must not keep quiet about: “Retracted 2012-05”."""
    code = document.get("retraction") or Source.Retraction.NONE
    if code == Source.Retraction.NONE:
        return ""
    label = dict(Source.Retraction.choices).get(code, code).capitalize()
    return " ".join(filter(None, [label, document.get("retracted_on")]))

"""How to cite a source itself: the paper, the label, the notice, by the document that the log holds of it."""

import re

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
    place = document["volume_and_pages"] or ""
    parts = PLACE.fullmatch(place)
    return Work(
        key=document["slug"],
        type=TYPES.get(document["type"], "document"),
        title=document["title"].rstrip("."),
        authors=[author(name) for name in authors(document["authors"] or "")],
        container=document["container"] or "",
        issued=document["issued"] or "",
        accessed=document["accessed_on"] or "",
        doi=document["doi"] or "",
        pmid=document["pmid"] or "",
        url=document["original_url"] or "",
        note=", ".join(filter(None, ["" if parts else place, retraction(document)])),
        **{name: value for name, value in (parts.groupdict() if parts else {}).items() if value},
    )


def authors(printed: str) -> list[str]:
    """The names of a printed list: “Hudes G, Carducci M, et al.” → three, the last of them “et al.”"""
    return [name for name in (" ".join(name.split()) for name in printed.split(",")) if name]


def author(name: str) -> dict:
    """A name as CSL has it. Only initials at the end tell a person's from a group's."""
    person = INITIALS.fullmatch(name)
    return person.groupdict() if person else {"literal": name}


def retraction(document: dict) -> str:
    """What a citation must not keep quiet about."""
    if document["retraction"] == Source.Retraction.NONE:
        return ""
    label = Source.Retraction(document["retraction"]).label.capitalize()
    return " ".join(filter(None, [label, document["retracted_on"]]))

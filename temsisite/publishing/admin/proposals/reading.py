"""A proposal and those that compete with it, as rows of differences; and the sources it rests on."""

import json

from django.core.exceptions import ValidationError

from temsisite.publishing import actions
from temsisite.publishing.comparing import compared, fields_of, told_together
from temsisite.publishing.desk import form_url
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Publication
from temsisite.publishing.naming import Names, named_in_documents, references
from temsisite.publishing.shape import Shape

OTHERS = 10  # competing proposals that a page shows; the rest is counted


def what_is_proposed(proposal):
    """The document as it was and as it would be, what else is proposed, and what stands in the way."""
    record = kinds()[proposal.kind].objects.filter(slug=proposal.slug).first()
    others = competing(proposal)
    shown = [proposal, *others.select_related("author").defer("snapshot")[:OTHERS]]
    pairs = list(zip(_bases(shown), map(_document, shown), strict=True))
    names = Names(named_in_documents(*(document for pair in pairs for document in pair)))
    own, *competitors = [difference(*pair, names) for pair in pairs]
    return {
        **own,
        "document": pairs[0][1],
        "record": record,
        "form_url": record and form_url(record),
        "sources": sources_of(pairs[0][1] or pairs[0][0] or {}, names),
        "competitors": [
            changes | {"proposal": other, "same": [field for field in changes["fields"] if field in own["fields"]]}
            for changes, other in zip(competitors, shown[1:], strict=True)
        ],
        "more_competitors": max(0, others.count() - OTHERS) if len(competitors) == OTHERS else 0,
        **_what_stands_in_the_way(proposal),
    }


def difference(old, new, names):
    """What `_difference.html` shows of two documents, either of which may be missing."""
    rows = compared(old, new, names)
    sides = "only-after" if old is None else "only-before" if new is None else "both"
    return {"rows": [*told_together(old, new), *rows], "sides": sides, "fields": fields_of(rows)}


def competing(proposal):
    """The other proposals that wait about the same record, the longest waiting first."""
    if not proposal.is_open:
        return Proposal.objects.none()
    same = Proposal.objects.open().filter(kind=proposal.kind, slug=proposal.slug)
    return same.exclude(pk=proposal.pk).with_newest_version()


def sources_of(document, names):
    """What a document rests on: each source with its page, its original, and whether it was retracted.

    Sources are known by their kind, for they live on a floor above this one.
    """
    shape, found = Shape.of(document), {}
    for field in shape.keys(document):
        for model, key in references(shape, field, document[field], document):
            if model is kinds()["source"]:
                found.setdefault((model, key), []).append(shape.label(field))
    rows = [_source_row(model, key, labels, names) for (model, key), labels in found.items()]
    if rows:
        rows[0]["locator"] = document.get("locator")  # the first is the one that says it
    if document.get("kind") == "source":
        rows = [{"label": "The document", "original_url": document.get("original_url"), "warning": ""}]
    return rows


def _source_row(model, key, labels, names):
    source = names.get(model, key)
    return {
        "label": ", ".join(labels),
        "title": names.title(model, key),
        "url": names.url(model, key),
        "original_url": getattr(source, "original_url", ""),
        "warning": getattr(source, "warning", ""),
    }


def _what_stands_in_the_way(proposal):
    if not proposal.is_open:
        return {"missing": []}
    try:
        return {"missing": [(record, form_url(record)) for record in actions.missing_for(proposal)]}
    except ValidationError as obstacle:
        return {"obstacle": obstacle.messages}


def _document(proposal):
    return json.loads(proposal.document) if proposal.document else None


def _bases(proposals):
    """The document that each of these proposals about one record starts from, or None."""
    first = proposals[0]
    lines = Publication.objects.of(first.kind, first.slug).filter(version__in={p.base_version for p in proposals})
    documents = {line.version: json.loads(line.document) for line in lines if line.document}
    return [documents.get(proposal.base_version) for proposal in proposals]

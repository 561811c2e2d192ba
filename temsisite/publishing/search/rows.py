"""The rows of the index, made from the published documents and from each other.

A claim is found by the names of what it is about. Its document holds only their slugs, so the names are copied from
their rows; when they change there, all that is about them is written anew in the same transaction.
"""

import json
from functools import reduce
from itertools import chain
from operator import or_

from django.db import transaction
from django.db.models import Q

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Part, Publication, SearchDocument
from temsisite.publishing.prepared import Prepared
from temsisite.publishing.search.matches import with_key
from temsisite.publishing.search.words import compact, folded, key
from temsisite.publishing.shape import ABSENT, ENVELOPE, Shape

NAMED = Prepared(lambda *names: _named(zip(names[::2], names[1::2], strict=True)))
UNTOLD = ENVELOPE | {"verdict"}


def replace(before, publication, *, title):
    """Let the search find `publication` in place of the version `before` it; a withdrawal is not found."""
    old = SearchDocument.objects.filter(publication=before).first() if before else None
    if old:
        old.delete()
    if publication.is_withdrawal:
        return
    row = _write(publication, title)
    if old and (old.title, old.names, old.about) != (row.title, row.names, row.about):
        _tell_dependants(row)


@transaction.atomic
def rebuild():
    """Write every row anew, when documents are to be read or words to be folded in another way than before."""
    SearchDocument.objects.all().delete()
    lines = Publication.objects.as_of(Publication.objects.newest_sequence()).select_related("proposal")
    for kind in kinds():  # things come before the claims about them, as they do in the tables
        for line in lines.filter(kind=kind).defer("proposal__snapshot", "proposal__document").iterator():
            _write(line, line.proposal.title)
    return SearchDocument.objects.count()


def told(document):
    """What a document says in words, field by field: pairs of a label and a text. References are not among them."""
    shape = Shape.of(document)
    for name in shape.keys(document):
        value = document[name]
        is_told = name not in UNTOLD and value not in ABSENT and not isinstance(value, int)  # numbers are no words
        if is_told and shape.is_searched(name, value):
            yield shape.label(name), _said(shape, name, value)


def is_thing(kind):
    """Whether records of this kind have names, numbers or arms of their own: drugs and trials do, claims do not."""
    model = kinds().get(kind)
    return (
        any(issubclass(relation.related_model, Part) for relation in model._meta.related_objects) if model else False
    )


def _write(publication, title):
    document = json.loads(publication.document)
    row = row_for(publication, title, document, _indexed(_subjects(document)))
    row.save(force_insert=True)
    return row


def row_for(publication, title, document, indexed):
    """The row of a document, not saved; `indexed` has the rows of what it may be about, by kind and slug."""
    names = [title, *_names(document)]
    subjects = list(_subjects(document))
    row = SearchDocument(
        publication=publication,
        kind=publication.kind,
        slug=publication.slug,
        title=title,
        names=folded(*names),
        text=folded(*(text for _, text in told(document))),
        keys=" ".join(_keys(document, names, subjects)),
    )
    _name_subjects(row, subjects, indexed)
    return row


def _tell_dependants(row):
    """Give those that are about `row` its new names, and those that are about them in turn."""
    for dependant in with_key(key("about", row.kind, row.slug)).select_related("publication"):
        before = dependant.about, dependant.subjects
        subjects = list(_subjects(json.loads(dependant.publication.document)))
        _name_subjects(dependant, subjects, _indexed(subjects))
        if before != (dependant.about, dependant.subjects):
            dependant.save(update_fields=["about", "subjects"])
            _tell_dependants(dependant)


def _indexed(subjects):
    """The rows of these subjects, by kind and slug."""
    chosen = dict.fromkeys(subjects)
    return {(row.kind, row.slug): row for row in (NAMED(*chain(*chosen)) if chosen else [])}


def _named(subjects):
    chosen = (Q(kind=kind, slug=slug) for kind, slug in subjects)
    return SearchDocument.objects.filter(reduce(or_, chosen)).defer("subjects", "text", "keys")


def _name_subjects(row, subjects, indexed):
    """Copy to a row the names of what it is about; a finding of a trial is about the trial's drugs as well."""
    others = [indexed[subject] for subject in dict.fromkeys(subjects) if subject in indexed]
    row.subjects = "\n".join(other.title for other in others)
    row.about = " ".join(f"{other.names} {other.about}".strip() for other in others)


def _keys(document, names, subjects):
    yield key("kind", document["kind"])
    if document.get("verdict"):
        yield key("verdict", document["verdict"])
    yield from dict.fromkeys(key("name", name) for name in names if compact(name))
    yield from dict.fromkeys(key("about", kind, slug) for kind, slug in subjects)


def _names(document):
    """Every name that the document gives its record, as `NAMES` of its model says."""
    for path in kinds()[document["kind"]].NAMES:
        name, _, part = path.partition(".")
        value = document.get(name)
        yield from (row[part] for row in value) if part else [value] if value else []


def _subjects(document, shape=None):
    """The things a document is about, as pairs of kind and slug; its parts may name some too."""
    shape = shape or Shape.of(document)
    for name, value in document.items():
        values = value if isinstance(value, list) else [value] if value else []
        if (other := shape.record_model(name)) and other is not shape.model and is_thing(other.kind()):
            yield from ((other.kind(), slug) for slug in values)
        yield from (subject for row in values if isinstance(row, dict) for subject in _subjects(row, shape.part(name)))


def _said(shape, name, value):
    """A value in words, without what only points elsewhere: “Torisel, brand name; CCI-779, research code”."""
    if isinstance(value, list):
        return "; ".join(filter(None, (_said(shape, name, item) for item in value)))
    if isinstance(value, dict):
        part = shape.part(name)
        searched = (inner for inner in part.keys(value) if part.is_searched(inner, value[inner]))
        return ", ".join(filter(None, (_said(part, inner, value[inner]) for inner in searched)))
    return shape.text(name, value) if isinstance(value, str) else ""

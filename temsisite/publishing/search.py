"""The search index: one row per public record, made from its published document and from nothing else."""

import json
import re

from django.db.models import Case, Q, When

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Part, SearchDocument
from temsisite.publishing.shape import Shape


def replace(before, publication, *, title):
    """Let the search find `publication` in place of the version `before` it; a withdrawal is not found."""
    if before is not None:
        SearchDocument.objects.filter(publication=before).delete()
    if not publication.is_withdrawal:
        document = json.loads(publication.document)
        shape = Shape.of(document)
        # Without what only points elsewhere: whoever looks for Torisel does not want all that cites its label.
        own = {key: value for key, value in document.items() if shape.is_searched(key, value)}
        text = " ".join(_words(own))
        SearchDocument.objects.create(
            publication=publication, kind=publication.kind, slug=publication.slug, title=title, text=text
        )


def _words(value):
    """Every string in a document, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _words(item)


def words_of(text):
    """What a reader asks for, word by word: quotation marks only hold words together and are not searched for."""
    return re.sub(r'[\x00"“”„]', " ", text).split()[:20]


def matching(text):
    """The public records whose documents hold every word of `text`."""
    found = SearchDocument.objects.all()
    for word in words_of(text):
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return found


def best_first(found, text):
    """Order what was found: records of this very name, then things before claims about them, names before mentions."""
    in_title = Q()
    for word in words_of(text):
        in_title &= Q(title__icontains=word)
    things = [kind for kind, model in kinds().items() if _has_parts(model)]
    order = Case(*(When(kind=kind, then=place) for place, kind in enumerate(kinds())), default=len(kinds()))
    return found.order_by(
        Case(When(title__iexact=text, then=0), When(kind__in=things, then=1), default=2),
        *([Case(When(in_title, then=0), default=1)] if in_title else []),
        order,
        "title",
        "pk",
    )


def nothing():
    return SearchDocument.objects.none()


def _has_parts(model):
    """Whether records of this kind have names, numbers or arms of their own: drugs and trials do, claims do not."""
    return any(issubclass(relation.related_model, Part) for relation in model._meta.related_objects)

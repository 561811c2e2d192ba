"""Retractions, for pages that show documents: a claim's document names its sources, which may have changed since."""

import json

from temsisite.publishing.models import Publication
from temsisite.publishing.prepared import MANY, Prepared

DOUBTED = {
    "RETRACTED": "Rests on a retracted source",
    "EXPRESSION_OF_CONCERN": "Rests on a source under an expression of concern",
}


def doubts(documents):
    """What is to be said of each document, the worst first or nothing, in their order. Asks once for all of them."""
    named = [_sources_of(document) for document in documents]
    slugs = set().union(*named)
    told = _TOLD(*slugs) if 0 < len(slugs) <= MANY else _of_sources(slugs)
    states = {slug: json.loads(document).get("retraction") for slug, document in told if document}
    return [_worst({states.get(slug) for slug in slugs}) for slugs in named]


def _of_sources(slugs):
    lines = Publication.objects.filter(kind="source", ended_at_sequence=None, slug__in=slugs)
    return lines.order_by().values_list("slug", "document")


_TOLD = Prepared(lambda *slugs: _of_sources(slugs))


def _sources_of(document):
    """The sources that a claim comes from or that decided its verdict; other records rest on none in this sense."""
    return {document["source"], *document["verdict_sources"]} if "verdict_sources" in document else set()


def _worst(states):
    return next((words for state, words in DOUBTED.items() if state in states), "")

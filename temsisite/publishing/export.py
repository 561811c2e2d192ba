"""The site as it was right after a line of the log: its documents in ranges, so that memory does not grow with it."""

from functools import cache

from temsisite.publishing.models import Publication
from temsisite.publishing.prepared import Prepared

RANGE = 250  # some 500 kB: what is larger takes longer to copy than to read


@cache
def _range(number):
    def ask(sequence, kind, last):
        state = Publication.objects.as_of(sequence).filter(**({"kind": kind} if kind else {}))
        return state.filter(sequence__gt=last).values_list("sequence", "document")[:number]

    return Prepared(ask)


def in_ranges(sequence, kind):
    """The documents that were public then, in the order of the log."""
    last, ask = 0, _range(RANGE)
    while rows := ask(sequence, kind, last):
        yield [document for _, document in rows]
        last, _ = rows[-1]


def ndjson(ranges):
    """One document a line, in the order of the log."""
    for documents in ranges:
        yield b"\n".join([document.encode() for document in documents] + [b""])


def one_json(ranges, sequence):
    """All documents as one JSON object."""
    yield f'{{"sequence":{sequence},"results":['
    separator = b""
    for documents in ranges:
        yield separator + b",".join([document.encode() for document in documents])
        separator = b","
    yield "]}\n"

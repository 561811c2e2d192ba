"""A stored document as a person reads it: its fields in order, with labels, words for codes, and links.

Everything comes from the document itself. Today's code only lends labels and an order; a key or a value that it no
longer knows is shown as it was stored.
"""

from functools import cache, lru_cache

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import Truncator, capfirst

from temsisite.publishing.kinds import kinds, plural, serializer_for
from temsisite.publishing.models import Part, Record

# What every document says of itself; the page around it says the same.
ENVELOPE = {"kind", "slug", "url", "version", "sequence", "published_at"}
ABSENT = (None, "", [])


def headline(record_or_title) -> str:
    """A title with its first letter large, unless the first word has its own spelling: mTOR, 4E-BP1."""
    title = str(record_or_title)
    return capfirst(title) if title.split(" ")[0].islower() else title


def shortened(title, length=60) -> str:
    """The beginning of a long title or text."""
    if title.isascii():  # then signs are as many as characters; counting them takes long
        return title if len(title) <= length else f"{title[: length - 1]}…"
    return Truncator(title).chars(length)


def day_in_words(day) -> str:
    """A day as people write it, 23 November 2026; the empty string if there is none."""
    return f"{day.day} {day:%B %Y}" if day else ""


class Shape:
    """What the code knows about a document, or about a part inside it: labels, choices and the order of keys."""

    def __init__(self, model=None, serializer=None):
        self.model = model
        self.fields = getattr(serializer, "fields", {})

    @classmethod
    def of(cls, document):
        return _of_kind(document["kind"]) if document.get("kind") in kinds() else cls()

    def part(self, key):
        """The shape of the rows in a list of parts: synonyms, arms."""
        return Shape(getattr(self._field(key), "related_model", None), getattr(self.fields.get(key), "child", None))

    def keys(self, *rows):
        """All keys of the rows, in the order a person reads; those the code does not know come last."""
        return _in_order(tuple(self.fields), frozenset(key for row in rows for key in row))

    def label(self, key):
        return _label(self._field(key), key)

    def text(self, key, value):
        """A value in words; several stand on a line each."""
        if value in ABSENT:
            return ""
        if isinstance(value, list):
            return "\n".join(self.text(key, item) for item in value)
        if isinstance(value, dict):
            part = self.part(key)
            said = [(part.label(name), part.text(name, value[name])) for name in part.keys(value)]
            return "; ".join(f"{label}: {text}" for label, text in said if text)
        return str(_choices(self._field(key)).get(value, value))

    def links(self, key, value):
        """Where a value leads, as rows of title and address: to the records it names, or out of the site."""
        values = [] if value in ABSENT else value if isinstance(value, list) else [value]
        if related := self.record_model(key):
            return [{"title": slug, "url": f"/{plural(related.kind())}/{slug}/"} for slug in values]
        return [{"title": text, "url": text} for text in values if _leads_out(text)]

    def record_model(self, key):
        """The kind of record that a field names by slugs, or None."""
        related = getattr(self._field(key), "related_model", None)
        return related if isinstance(related, type) and issubclass(related, Record) else None

    def part_model(self, key):
        """The kind of part that a field names by its own key in another record, as a finding its arm; or None."""
        field = self._field(key)
        is_named = field is not None and field.concrete and field.is_relation
        return field.related_model if is_named and issubclass(field.related_model, Part) else None

    def is_searched(self, key, value):
        """Whether the search reads a field: not what only points elsewhere, nor a digest, in which FDA may occur."""
        if key.endswith("_sha256"):
            return False
        return value in ABSENT or not (self.record_model(key) or _leads_out(value))

    def _field(self, key):
        return _field(self.model, key) if self.model else None


def _leads_out(value):
    """Whether a value, or one of several, is an address."""
    values = value if isinstance(value, list) else [value]
    return any(str(text).startswith(("https://", "http://")) for text in values)


# Looked up once, for a page tells hundreds of fields.


@cache
def _of_kind(kind):
    model = kinds()[kind]
    return Shape(model, serializer_for(model))


@cache
def _field(model, key):
    try:
        return model._meta.get_field(key)
    except FieldDoesNotExist:
        return None


@lru_cache(maxsize=1000)
def _in_order(order, found):
    places = {key: place for place, key in enumerate(order)}
    return tuple(sorted(found, key=lambda key: (places.get(key, len(places)), key)))


@cache
def _label(field, key):
    name = getattr(field, "verbose_name", key.replace("_", " ").replace("url", "URL"))
    return name if len(name) == 1 else capfirst(name)


@cache
def _choices(field):
    return dict(getattr(field, "flatchoices", ()))

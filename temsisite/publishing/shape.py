"""A stored document as a person reads it: its fields in order, with labels, words for codes, and links.

Everything comes from the document itself. Today's code only lends labels and an order; a key or a value that it no
longer knows is shown as it was stored.
"""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from temsisite.publishing.kinds import kinds, plural, serializer_for
from temsisite.publishing.models import Record

# What every document says of itself; the page around it says the same.
ENVELOPE = {"kind", "slug", "url", "version", "sequence", "published_at"}
ABSENT = (None, "", [])


def headline(record_or_title) -> str:
    """A title with its first letter large, unless the first word has its own spelling: mTOR, 4E-BP1."""
    title = str(record_or_title)
    return capfirst(title) if title.split(" ")[0].islower() else title


class Shape:
    """What the code knows about a document, or about a part inside it: labels, choices and the order of keys."""

    def __init__(self, model=None, serializer=None):
        self.model = model
        self.fields = getattr(serializer, "fields", {})

    @classmethod
    def of(cls, document):
        model = kinds().get(document.get("kind"))
        return cls(model, serializer_for(model)) if model else cls()

    def part(self, key):
        """The shape of the rows in a list of parts: synonyms, arms."""
        return Shape(getattr(self._field(key), "related_model", None), getattr(self.fields.get(key), "child", None))

    def keys(self, *rows):
        """All keys of the rows, in the order a person reads; those the code does not know come last."""
        order = list(self.fields)
        found = {key for row in rows for key in row}
        return sorted(found, key=lambda key: (order.index(key) if key in order else len(order), key))

    def label(self, key):
        name = getattr(self._field(key), "verbose_name", key.replace("_", " ").replace("url", "URL"))
        return name if len(name) == 1 else capfirst(name)

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
        return str(dict(getattr(self._field(key), "flatchoices", ())).get(value, value))

    def links(self, key, value):
        """Where a value leads, as rows of title and address: to the records it names, or out of the site."""
        values = [] if value in ABSENT else value if isinstance(value, list) else [value]
        if related := self.record_model(key):
            return [{"title": slug, "url": f"/{plural(related.kind())}/{slug}/"} for slug in values]
        return [{"title": text, "url": text} for text in values if str(text).startswith(("https://", "http://"))]

    def record_model(self, key):
        """The kind of record that a field names by slugs, or None."""
        related = getattr(self._field(key), "related_model", None)
        return related if isinstance(related, type) and issubclass(related, Record) else None

    def is_searched(self, key, value):
        """Whether the search reads a field: not what only points elsewhere, nor a digest, in which FDA may occur."""
        return not key.endswith("_sha256") and not self.links(key, value)

    def _field(self, key):
        try:
            return self.model._meta.get_field(key) if self.model else None
        except FieldDoesNotExist:
            return None

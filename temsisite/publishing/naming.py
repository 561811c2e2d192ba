"""What is named in documents and snapshots by its key, as people call it. Each kind is asked for once."""

from collections import Counter, defaultdict

from django.apps import apps

from temsisite.publishing.merging import is_many
from temsisite.publishing.models import Record
from temsisite.publishing.shape import ABSENT, Shape

Key = tuple  # a natural key: ("arcc",) is a record, ("arcc", 1) the first arm of a trial


class Names:
    """The records and parts of these keys, given as {model: {key, …}}; of the public ones only, if that is wanted."""

    def __init__(self, keys: dict[type, set[Key]], *, only_public=False):
        self.keys = keys
        self._rows = {
            (model, row.natural_key()): row
            for model, wanted in keys.items()
            for row in _rows(model, wanted)
            if not only_public or _record_of(row).is_public
        }
        self._called = Counter((model, str(row)) for (model, _), row in self._rows.items())

    def get(self, model, key):
        """The row, or None if it is gone."""
        return self._rows.get((model, key))

    def title(self, model, key):
        """What it is called; two of one name are told apart by their addresses, and what is gone by its key."""
        row = self.get(model, key)
        if row is None:
            return " ".join(map(str, [model._meta.verbose_name, *key[-len(getattr(model, "own_key", key)) :]]))
        name = str(row)
        return f"{name} ({' '.join(map(str, key))})" if self._called[model, name] > 1 else name

    def url(self, model, key):
        """Where it is; a part stands on the page of its record."""
        row = self.get(model, key)
        return _record_of(row).get_absolute_url() if row else ""

    def gone(self):
        """What there is no row of, in words: trial “arcc”, arm 2 of trial “arcc”."""
        lacking = [(model, key) for model, keys in self.keys.items() for key in keys if self.get(model, key) is None]
        return sorted(_said(model, key) for model, key in lacking)


def named_in_documents(*documents) -> dict[type, set[Key]]:
    """What documents name, as `Names` asks for it."""
    keys = defaultdict(set)
    for document in filter(None, documents):
        _collect(Shape.of(document), document, document, keys)
    return keys


def named_in_rows(rows, model) -> dict[type, set[Key]]:
    """What the rows of a snapshot of a `model` name, as `Names` asks for it; a part does not count its own record."""
    keys = defaultdict(set)
    for key, row in rows.items():
        owner = apps.get_model(key[0]) if key else model
        for name in row.keys() - {getattr(owner, "whole", "")}:
            for related, named in named_by_field(owner, name, row[name]):
                keys[related].add(named)
    return keys


def named_by_field(model, name, value) -> list[tuple[type, Key]]:
    """What one field of a snapshot names; none if it is no reference, or no field any more."""
    related = {field.name: field.related_model for field in model._meta.get_fields()}.get(name)
    if related is None or value in ABSENT:
        return []
    return [(related, tuple(key)) for key in (value if is_many(value) else [value])]


def references(shape, key, value, document) -> list[tuple[type, Key]]:
    """What one field of a document names; an arm is named by its number in the trial that the document names."""
    if value in ABSENT:
        return []
    values = value if isinstance(value, list) else [value]
    if model := shape.record_model(key):
        return [(model, (slug,)) for slug in values]
    if model := shape.part_model(key):
        return [(model, (document.get(model.whole), own)) for own in values]
    return []


def is_parts(value):
    """Whether a document holds rows of its own here: synonyms, arms."""
    return bool(value) and isinstance(value, list) and all(isinstance(part, dict) for part in value)


def _collect(shape, row, document, keys):
    for name, value in row.items():
        if is_parts(value):
            for part in value:
                _collect(shape.part(name), part, document, keys)
        for model, key in references(shape, name, value, document):
            keys[model].add(key)


def _rows(model, wanted):
    if issubclass(model, Record):
        return model.objects.to_refer_to().filter(slug__in=[slug for (slug,) in wanted])
    wholes = {whole for whole, *_ in wanted}
    rows = model.objects.select_related(model.whole).filter(**{f"{model.whole}__slug__in": wholes})
    return [row for row in rows if row.natural_key() in wanted]


def _record_of(row):
    """A record itself, or the one that a part belongs to."""
    return row if isinstance(row, Record) else getattr(row, row.whole)


def _said(model, key):
    if issubclass(model, Record):
        return f"{model._meta.verbose_name} “{key[0]}”"
    whole = model._meta.get_field(model.whole).related_model._meta.verbose_name
    return f"{model._meta.verbose_name} {' '.join(map(str, key[1:]))} of {whole} “{key[0]}”"

"""What the cells of a table hold: values as text, other records by their slugs, parts by their numbers."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from temsisite.publishing.models import Part, Record

SEVERAL = re.compile(r"[;\s]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def cell(record, name) -> str:
    """A field of a record as text, with exactly the digits that are stored."""
    value = getattr(record, name)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Record):
        return value.slug
    if isinstance(value, Part):
        return str(value.number)
    if isinstance(value, models.Manager):
        return "; ".join(sorted(other.slug for other in value.all()))
    return str(value)


def explained(field) -> dict:
    """What a cell of this field holds, beyond what its form says: {"means": …}, {"choices": [(code, label)]}."""
    related = field.related_model
    if related and issubclass(related, Part):
        return {"means": f"Its number in the {related.whole}."}
    if field.many_to_many:
        return {"means": f"The slugs of {related._meta.verbose_name_plural}, separated by semicolons."}
    if related:
        return {"means": f"The slug of a {related._meta.verbose_name}."}
    if isinstance(field, models.DateField):
        return {"means": "A day like 2026-01-31."}
    return {"choices": field.flatchoices}


def has_usual(field) -> bool:
    """Whether an empty cell stands for a value that is usual."""
    return field.has_default() and not field.blank


class Reader:
    """Reads the cells of one kind of record as its form would be sent them; it remembers what it looked up."""

    def __init__(self, model):
        self.model = model
        self.keys = {}

    def sent(self, name, cells) -> list[str]:
        """What a form would be sent for the cell of this name; the other cells say whose part is meant."""
        field, text = self.model._meta.get_field(name), cells[name]
        related = field.related_model
        if field.many_to_many:
            return [self._key(related, slug) for slug in SEVERAL.split(text) if slug]
        if not text:
            return [field.get_default() if has_usual(field) else ""]
        if related:
            is_part = issubclass(related, Part)
            return [self._key_of_part(related, text, cells[related.whole]) if is_part else self._key(related, text)]
        if isinstance(field, models.DateField) and not DAY.fullmatch(text):
            raise ValidationError(f"“{text[:40]}” is not a date like 2026-01-31.")
        return [{label: code for code, label in field.flatchoices}.get(text, text)]

    def _key(self, model, slug):
        if (model, slug) not in self.keys:
            self.keys[model, slug] = model.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if key := self.keys[model, slug]:
            return str(key)
        raise ValidationError(f"There is no {model._meta.verbose_name} “{slug[:120]}”.")

    def _key_of_part(self, model, text, slug):
        is_number = text.isascii() and text.isdigit() and len(text) < 6
        part = is_number and model.objects.filter(**{f"{model.whole}__slug": slug, "number": text}).first()
        if part:
            return str(part.pk)
        of = model._meta.get_field(model.whole).related_model._meta.verbose_name
        raise ValidationError(f"The {of} “{slug[:120]}” has no {model._meta.verbose_name} number {text[:20]}.")


def as_sent(form) -> dict[str, list[str]]:
    """What a browser would send back of a form if nothing were typed."""
    return {bound.name: [_sent(item) for item in _several(bound.value())] for bound in form}


def _several(value):
    return value if isinstance(value, (list, tuple, models.QuerySet)) else [value]


def _sent(value):
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(getattr(value, "pk", value))

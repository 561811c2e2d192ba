"""Two kinds of value that ordinary columns would blur: a printed number and a date known only in part."""

import calendar
import datetime
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


class FigureField(models.Field):
    """A decimal number with exactly the digits its source prints: 3.0 stays 3.0, and is not 3.

    Stored as text, handled as `Decimal`; empty is None. Do not order rows by it: text sorts otherwise than numbers.
    """

    description = "A number as printed"
    default_error_messages = {"invalid": "“%(value)s” is not a decimal number such as 57.6."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": 20, "null": True, "blank": True} | kwargs))

    def get_internal_type(self):
        return "CharField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Decimal(value)

    def to_python(self, value):
        if value is None or value == "":
            return None
        try:
            figure = Decimal(str(value).strip())
        except InvalidOperation:
            figure = None
        if figure is None or not figure.is_finite() or len(format(figure, "f")) > self.max_length:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": str(value)[:40]})
        return figure

    def get_prep_value(self, value):
        figure = self.to_python(value)
        return None if figure is None else format(figure, "f")

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": forms.DecimalField, "max_digits": self.max_length - 1} | kwargs))


@extend_schema_field({"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "examples": ["57.6"]})
class FigureSerializerField(serializers.CharField):
    """A printed number in a document: a string, so that no reader's floating point rounds it."""

    def to_representation(self, value):
        return format(value, "f")


class PartialDateField(models.CharField):
    """A date known to the year, the month or the day, in ISO 8601 reduced precision: "2007", "2007-05", "2007-05-30".

    Such dates sort as text. Unknown is the empty string.
    """

    def __init__(self, *args, **kwargs):
        kwargs = {"max_length": 10, "blank": True, "validators": [validate_partial_date]} | kwargs
        super().__init__(*args, **kwargs)


def validate_partial_date(value):
    """Refuse what is not a year, a year and a month, or a full date that exists."""
    if not re.fullmatch(PARTIAL_DATE, value):
        raise ValidationError(f"“{value}” is not a date like 2007, 2007-05 or 2007-05-30.")
    try:
        datetime.date.fromisoformat(first_day(value))
    except ValueError as error:
        raise ValidationError(f"There is no date {value} in the calendar.") from error


def is_date(text: str) -> bool:
    """Whether a text is a date known to the year, the month or the day."""
    try:
        validate_partial_date(text)
    except ValidationError:
        return False
    return True


def first_day(partial_date: str) -> str:
    """The first full day that a partial date can mean: 2007-05 → 2007-05-01."""
    return partial_date + "-01" * (2 - partial_date.count("-"))


def last_day(partial_date: str) -> str:
    """The last full day that a partial date can mean: 2007-05 → 2007-05-31, 2007 → 2007-12-31."""
    year, month, *day = [int(part) for part in f"{partial_date}{'-12' * ('-' not in partial_date)}".split("-")]
    return partial_date if day else f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"


def lies_before(partial_date: str, other: str) -> bool:
    """Whether the one lies before the other for certain: 2010-04 before 2010-05, but not 2010, nor an unknown date."""
    known = min(len(partial_date), len(other))
    return partial_date[:known] < other[:known]


@lru_cache(maxsize=10_000)
def in_words(partial_date: str) -> str:
    """A partial date as people write it: 2007-05-30 → 30 May 2007, 2007-05 → May 2007; the empty string stays."""
    if not partial_date:
        return ""
    day = datetime.date.fromisoformat(first_day(partial_date))
    return [f"{day:%Y}", f"{day:%B %Y}", f"{day.day} {day:%B %Y}"][partial_date.count("-")]

"""Numbers as sources print them: a value with its unit and its interval."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from temsisite.evidence.fields import FigureField


class Comparator(models.TextChoices):
    """How the printed number bounds the true one."""

    EXACTLY = "=", "="
    ABOUT = "≈", "about"
    LESS = "<", "less than"
    AT_MOST = "≤", "at most"
    AT_LEAST = "≥", "at least"
    MORE = ">", "more than"


class Unit(models.TextChoices):
    PERCENT = "PERCENT", "%"
    MONTHS = "MONTHS", "months"
    YEARS = "YEARS", "years"
    WEEKS = "WEEKS", "weeks"
    HOURS = "HOURS", "hours"
    PATIENTS = "PATIENTS", "patients"
    EVENTS = "EVENTS", "events"
    RATIO = "RATIO", "ratio"
    GRADE = "GRADE", "CTCAE grade"
    RANK = "RANK", "rank"
    DOSE_MG = "DOSE_MG", "mg"


def as_number(name):
    """The figure of this name as a number that the database can compare; a figure has up to 20 characters."""
    return Cast(name, models.DecimalField(max_digits=28, decimal_places=8))


class Quantity(models.Model):
    """A number with its unit and its interval."""

    PRINTED = ("comparator", "value", "unit", "lower", "upper")  # what `printed_value` is made of

    comparator = models.CharField(max_length=1, choices=Comparator, default=Comparator.EXACTLY)
    value = FigureField(help_text="With exactly the digits the source prints: 3.0, not 3.")
    unit = models.CharField(max_length=10, choices=Unit, blank=True)
    lower = FigureField("lower end", help_text="Of the interval or range, as printed.")
    upper = FigureField("upper end", help_text="Of the interval or range, as printed.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(as_number("lower"), as_number("upper"))
                | Q(lower__isnull=True)
                | Q(upper__isnull=True),
                name="%(app_label)s_%(class)s_lower_up_to_upper",
                violation_error_message="The lower end of the interval is above its upper end.",
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True, upper__isnull=True) | Q(lower__isnull=False, upper__isnull=False),
                name="%(app_label)s_%(class)s_interval_has_both_ends",
                violation_error_message="An interval has both a lower and an upper end.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(unit=""),
                name="%(app_label)s_%(class)s_value_has_unit",
                violation_error_message="A value needs its unit.",
            ),
            models.CheckConstraint(
                condition=~Q(unit__in=["PATIENTS", "EVENTS"])
                | Q(value__isnull=True)
                | GreaterThanOrEqual(as_number("value"), 0),
                name="%(app_label)s_%(class)s_counts_from_zero",
                violation_error_message="Patients and events are counted from 0 up, but the value is negative.",
            ),
        ]

    def clean(self):
        super().clean()
        if None not in (self.value, self.lower, self.upper) and not self.lower <= self.value <= self.upper:
            raise ValidationError({"value": f"{self.value} does not lie between {self.lower} and {self.upper}."})

    @property
    def printed_value(self):
        """The value as a reader reads it: “57.6 %”, “≥ 6 months”, “5–10 %”."""
        if self.value is None:
            return "" if self.lower is None else self._with_unit(f"{self.lower}–{self.upper}")
        sign = "" if self.comparator == Comparator.EXACTLY else f"{self.comparator} "
        return self._with_unit(f"{sign}{self.value}")

    def _with_unit(self, number):
        """A number before its unit; a rank, a grade and one of something are said another way."""
        if self.unit in ("", Unit.RATIO):
            return number
        if self.unit in (Unit.RANK, Unit.GRADE):
            return f"{Unit(self.unit).label} {number}"
        unit = Unit(self.unit).label
        return f"{number} {unit.removesuffix('s') if number == '1' else unit}"

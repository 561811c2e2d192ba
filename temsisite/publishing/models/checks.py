"""Rows whose tables are asked once whether they keep every check."""

from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, Value
from django.db.models.functions import Coalesce


def all_of(*checks):
    """Make every check, and raise at once what they complain of: none hides behind another."""
    errors = {}
    for check in checks:
        try:
            check()
        except ValidationError as complaint:
            errors = complaint.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


@lru_cache(maxsize=256)  # what is wrong in a form may be anything
def _all_checks(model, unknown):
    """The checks of a table as one condition, without those about fields that are not known yet."""
    together = Q()
    for rule in model._meta.constraints:
        if isinstance(rule, CheckConstraint) and unknown.isdisjoint(rule.condition.referenced_base_fields):
            together &= Q(Coalesce(rule.condition, True, output_field=models.BooleanField()))
    return together


@cache
def _fields_in_checks(model):
    checks = [rule.condition for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
    names = set().union(*(condition.referenced_base_fields for condition in checks))
    return [model._meta.get_field(name) for name in sorted(names)]


class CheckedAtOnce(models.Model):
    """A row with many checks. Django asks the database about each; one question tells whether all are kept."""

    _keeps_checks = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        fields = [field for field in _fields_in_checks(type(self)) if field.name not in (exclude or ())]
        row = {field.name: Value(getattr(self, field.attname), field) for field in fields}
        together = _all_checks(type(self), frozenset(exclude or ()))
        self._keeps_checks = not together or together.check(row)
        try:
            super().validate_constraints(exclude)
        finally:
            del self._keeps_checks

    def get_constraints(self):
        """Those that have to be asked one by one, so that each that is broken can say so."""
        return [
            (model, [rule for rule in rules if not (self._keeps_checks and isinstance(rule, CheckConstraint))])
            for model, rules in super().get_constraints()
        ]

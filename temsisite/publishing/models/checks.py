"""Rows whose tables are asked once whether they keep every check."""

from contextlib import nullcontext
from functools import cache, lru_cache

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import CheckConstraint, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query

NEVER = "SELECT 1 WHERE 1 = 0", ()


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


class _Told(Value):
    """Stands in the SQL for what a row says in a field."""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def of(self, row):
        return self.output_field.get_db_prep_value(getattr(row, self.value), connection)


@lru_cache(maxsize=1024)  # what is wrong in a form may be anything
def _all_checks(model, names, absent):
    """The SQL that asks whether a row keeps the checks of its table about these fields, some of which are null.

    Its parameters are values and what stands for them; it is None where there is nothing to ask.
    """
    checks = [condition for condition in _conditions(model) if condition.referenced_base_fields <= names]
    if not checks:
        return None
    query = Query(None)
    for field in [model._meta.get_field(name) for name in sorted(names)]:
        value = Value(None, field) if field.name in absent else _Told(field.attname, field)
        query.add_annotation(value, field.name, select=False)
    query.add_annotation(Value(1), "_check")
    for condition in checks:
        query.add_q(Q(Coalesce(condition, True, output_field=models.BooleanField())))
    try:
        return query.get_compiler(connection.alias).as_sql()
    except EmptyResultSet:  # nulls alone break one
        return NEVER


def _conditions(model):
    return [rule.condition for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]


@cache
def _fields_in_checks(model):
    return frozenset().union(*(condition.referenced_base_fields for condition in _conditions(model)))


def _keeps_all(row, exclude):
    """Whether it is certain that a row keeps all checks of its table that say nothing about these fields."""
    names = _fields_in_checks(type(row)).difference(exclude)
    absent = frozenset(name for name in names if getattr(row, row._meta.get_field(name).attname) is None)
    if not (asked := _all_checks(type(row), names, absent)):
        return True
    sql, params = asked
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            cursor.execute(sql, [param.of(row) if isinstance(param, _Told) else param for param in params])
            return cursor.fetchone() is not None
    except DatabaseError:  # Django, asked about each, says which it was
        return False


class CheckedAtOnce(models.Model):
    """A row with many checks. Django asks the database about each; one question tells whether all are kept."""

    _keeps_checks = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        self._keeps_checks = _keeps_all(self, exclude or ())
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

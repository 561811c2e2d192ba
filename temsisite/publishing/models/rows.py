"""What all tables have in common whose rows pages read."""

from functools import cache

from django.db import models
from django.db.models.base import ModelState


@cache
def _words_of(field):
    return dict(field.flatchoices)


class Row(models.Model):
    """A row that pages read many of: made in one go, its codes told in words that are looked up once."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """Django calls `__init__` with all values; to fill them in takes a third of that."""
        row = cls.__new__(cls)
        vars(row).update(zip(field_names, values, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, db
        return row

    def _get_FIELD_display(self, field):  # Django makes the dictionary of words anew each time
        code = getattr(self, field.attname)
        return _words_of(field).get(code, code)

"""Writing something to look at it, and undoing it."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_going_on = ContextVar("rehearsal", default=False)


@contextmanager
def rehearsal():
    """Let something be written and looked at, then undo it all."""
    token = _going_on.set(True)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _going_on.reset(token)


def is_rehearsal():
    """Whether what the database says now will be undone. Then nothing may be kept, nor may be told what was kept:
    the sequence that a rehearsal gives out is given out again, for something else."""
    return _going_on.get()

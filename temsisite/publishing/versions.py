"""What a record said in an earlier version: its snapshot, brought together with others and written back."""

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError

from temsisite.publishing import documents
from temsisite.publishing.merging import merge, rows_of
from temsisite.publishing.models import Proposal, Publication
from temsisite.publishing.naming import Names, named_in_rows
from temsisite.publishing.rules import Refused, name_of, named


def content_of(record, version):
    """The snapshot that a version was published from; of a withdrawal, that of the version before it."""
    lines = record.log().filter(version__lte=version).exclude(action=Publication.Action.WITHDRAWN)
    return lines.values_list("proposal__snapshot", flat=True).last()


def content_to_bring_back(record, version):
    """The snapshot of one version that readers once saw; `Refused` if there is none of this number."""
    line = record.log().filter(version=version).exclude(action=Publication.Action.WITHDRAWN)
    snapshot = line.values_list("proposal__snapshot", flat=True).first()
    if snapshot is None:
        raise Refused(f"{name_of(record)} has no version {version} to bring back: choose one from its history.")
    return snapshot


def merge_of(proposal, record):
    """What a proposal changes, brought together with what was published since; `Refused` if that cannot be."""
    if proposal.action == Proposal.Action.CHANGE and not record.is_public:
        raise Refused(
            f"{name_of(record)} was withdrawn after this change had been proposed, so there is nothing to change. "
            "What was proposed is kept here; propose the restoration of the record first."
        )
    base = content_of(record, proposal.base_version)
    return merge(*map(rows_of, (base, documents.snapshot(record), proposal.snapshot)))


def written(snapshot, record):
    """The record with a snapshot written over it; `ValidationError`, with what is in the way, if it does not fit."""
    try:
        return documents.restore(snapshot)
    except (IntegrityError, DataError, DeserializationError) as error:
        if not isinstance(error, DeserializationError):
            _check_rows(snapshot)
        raise Refused(
            f"What is proposed for {name_of(record)} no longer fits what is stored: {_why(error, snapshot, record)}. "
            "It has to be proposed anew without that."
        ) from error


def _check_rows(snapshot):
    """Raise the sentence of whatever rule of its table a row breaks, such as one merged of two that did not."""
    for row in serializers.deserialize("json", snapshot):
        row.object._state.adding = row.object.pk is None  # or it would be taken for a second one of its own key
        row.object.full_clean(validate_unique=False)


def _why(error, snapshot, record):
    if isinstance(error, ProtectedError):
        users = {getattr(row, getattr(row, "whole", ""), row) for row in error.protected_objects}
        return f"something it removes is in use by now, by {named(sorted(users, key=name_of))}"
    if gone := Names(named_in_rows(rows_of(snapshot), type(record))).gone():
        return f"it names {', '.join(gone)}, which {'is' if len(gone) == 1 else 'are'} gone"
    return "something it names is gone or taken, or something it removes is in use by now"

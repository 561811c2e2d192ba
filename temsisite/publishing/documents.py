"""Documents: what a record says to the public, as canonical JSON, and the snapshots that bring a record back."""

import hashlib
import json

from django.core import serializers
from django.db import transaction
from rest_framework.fields import DateTimeField

from temsisite.publishing.kinds import serializer_for
from temsisite.publishing.models import Part, Record
from temsisite.publishing.serializers import STAMP_FIELDS


def canonical(data) -> str:
    """JSON with sorted keys, no spaces and no escapes beyond the necessary (RFC 8785 for data without floats)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def body(record) -> dict:
    """What `record` says, before it has a version: {"kind", "slug", "url", …its own fields…}."""
    data = serializer_for(type(record)).to_representation(record)
    return {name: value for name, value in data.items() if name not in STAMP_FIELDS}


def unstamped(record) -> str:
    """The document that `record` would publish now, before it has a version: what a review is about."""
    return canonical(body(record))


def stamped(body: dict, *, version: int, sequence: int, published_at) -> str:
    """The document of one version, as the log keeps it: what was reviewed, and the stamp of its publication."""
    return canonical(body | {"version": version, "sequence": sequence, "published_at": moment(published_at)})


def moment(value) -> str:
    """A point in time as documents write it, in UTC: 2026-11-23T12:07:16Z."""
    return DateTimeField().to_representation(value)


def snapshot(record) -> str:
    """The record and its parts as a fixture, without their lifecycle."""
    rows = [record, *record.parts()]
    return serializers.serialize(
        "json",
        rows,
        fields=_kept_fields(rows),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )


@transaction.atomic
def restore(text: str) -> Record:
    """Write a snapshot over the rows it was taken from; parts that it does not hold are removed."""
    loaded = list(serializers.deserialize("json", text))
    record = loaded[0].object
    current = type(record).objects.get(slug=record.slug)
    for name in Record.LIFECYCLE:
        setattr(record, name, getattr(current, name))
    kept = {item.object.natural_key() for item in loaded[1:]}
    for part in current.parts():
        if part.natural_key() not in kept:
            part.delete()
    for item in loaded:
        item.save()
    return type(record).stored(current.pk)


def references(record) -> set[Record]:
    """The records that `record` and its parts point at."""
    found = set()
    for row in (record, *record.parts()):
        for field in row._meta.get_fields():
            if not (field.is_relation and field.concrete and _is_record(field.related_model)):
                continue
            if field.many_to_many:
                found.update(getattr(row, field.name).all())
            elif value := getattr(row, field.name):
                found.add(value)
    return found - {record}


def dependants(record) -> set[Record]:
    """The public records that point at `record`, themselves or through their parts."""
    found = set()
    for relation in record._meta.related_objects:
        if not issubclass(relation.related_model, (Record, Part)):
            continue
        rows = relation.related_model.objects.filter(**{relation.field.name: record})
        found.update(getattr(row, row.whole) if isinstance(row, Part) else row for row in rows)
    return {found_record for found_record in found - {record} if found_record.is_public}


def _is_record(model):
    return model is not None and issubclass(model, Record)


def _kept_fields(rows):
    return {field.name for row in rows for field in (*row._meta.fields, *row._meta.many_to_many)} - Record.LIFECYCLE

"""What an editor can change a reviewer sees: no field of a record is left out of its document."""

import pytest

from temsisite.publishing.kinds import kinds, serializer_for
from temsisite.publishing.models import Part, Record

# Fields that stand in the document under another name, or as what is made of them.
STAND_INS = {("source", "url"): "original_url", ("source", "text"): "text_sha256", ("trial", "phase"): "phases"}


def own_fields(model):
    """The fields that people fill in: all but the key, the life of the record, and the record a part belongs to."""
    left_out = {"id", getattr(model, "whole", "")} | (Record.LIFECYCLE if issubclass(model, Record) else set())
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)} - left_out


def read_by(serializer):
    return {field.source for field in serializer.fields.values()}


@pytest.mark.parametrize("kind", kinds())
def test_every_field_of_a_record_is_in_its_document(kind):
    model = kinds()[kind]
    names = {STAND_INS.get((kind, name), name) for name in own_fields(model)}

    assert names <= read_by(serializer_for(model))


@pytest.mark.parametrize("kind", kinds())
def test_every_field_of_a_part_is_in_the_document_of_its_record(kind):
    model = kinds()[kind]
    parts = [relation for relation in model._meta.related_objects if issubclass(relation.related_model, Part)]

    for relation in [part for part in parts if part.field.name == part.related_model.whole]:
        serializer = serializer_for(model).fields[relation.get_accessor_name()].child
        assert own_fields(relation.related_model) <= read_by(serializer)

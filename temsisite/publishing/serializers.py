"""How a record becomes a document. The serializer of each kind stands in the `api.py` of its app."""

from rest_framework import serializers

# What every document begins with. The middle three come from the line of the log that is being written.
STAMP_FIELDS = ["version", "sequence", "published_at"]
HEAD_FIELDS = ["kind", "slug", *STAMP_FIELDS, "url"]


class BlankAsNull(serializers.ModelSerializer):
    """Absent is null: what the table keeps as an empty string is null in a document."""

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            if getattr(field, "allow_blank", False):
                field.allow_blank, field.allow_null = False, True
        return fields

    def to_representation(self, instance):
        return {name: None if value == "" else value for name, value in super().to_representation(instance).items()}


class StampMixin:
    """A value that the record does not know: its publication puts it into the document."""

    def get_attribute(self, instance):
        return None


class StampNumber(StampMixin, serializers.IntegerField):
    pass


class StampMoment(StampMixin, serializers.DateTimeField):
    pass


class RecordSerializer(BlankAsNull):
    """A record's document, in the order a person reads. References to other records are their slugs."""

    kind = serializers.CharField(read_only=True, help_text="What sort of record it is: drug, trial, finding, source …")
    slug = serializers.SlugField(read_only=True, help_text="Its name within its kind; it never changes.")
    version = StampNumber(read_only=True, help_text="Counts this record's publications, withdrawals included.")
    sequence = StampNumber(read_only=True, help_text="The line of the publication log that holds this document.")
    published_at = StampMoment(read_only=True, help_text="When this version was published, in UTC.")
    url = serializers.CharField(
        source="get_absolute_url",
        read_only=True,
        help_text="Its page on this site, as a path, so that a mirror keeps it as it is under whatever host.",
    )


def reference(help_text="", **kwargs):
    """A reference to one other record by its slug."""
    return serializers.SlugRelatedField(slug_field="slug", read_only=True, help_text=help_text, **kwargs)


class References(serializers.ListField):
    """References to several other records by their slugs, in alphabetical order, so that documents do not wobble."""

    child = serializers.SlugField()

    def to_representation(self, records):
        return sorted(record.slug for record in records.all())


def references(help_text="", **kwargs):
    return References(read_only=True, help_text=help_text, **kwargs)

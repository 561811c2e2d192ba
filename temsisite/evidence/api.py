"""What sources and claims say in a document. Keys may be added under v1, never renamed or removed."""

from rest_framework import serializers

from temsisite.evidence.fields import FigureField, FigureSerializerField
from temsisite.evidence.filters import SourceFilterSet
from temsisite.evidence.models import Source
from temsisite.publishing.api import RecordViewSet
from temsisite.publishing.serializers import HEAD_FIELDS, BlankAsNull, RecordSerializer, reference, references


class SourceSerializer(RecordSerializer):
    original_url = serializers.CharField(read_only=True, allow_null=True, help_text="Where the document itself is.")
    text_sha256 = serializers.CharField(
        read_only=True,
        allow_null=True,
        help_text="SHA-256 of the text that the editors keep to check quotations against, with every run of white "
        "space as one blank, in UTF-8. The text itself is not published; null if none is kept.",
    )

    class Meta:
        model = Source
        fields = [
            *HEAD_FIELDS,
            "type",
            "title",
            "authors",
            "container",
            "volume_and_pages",
            "issued",
            "doi",
            "pmid",
            "nct_id",
            "original_url",
            "accessed_on",
            "standing",
            "access_note",
            "retraction",
            "retracted_on",
            "text_sha256",
        ]


class ClaimSerializer(RecordSerializer):
    """The fields that every kind of claim has; each kind puts its own between them and `CLAIM_FIELDS`."""

    serializer_field_mapping = RecordSerializer.serializer_field_mapping | {FigureField: FigureSerializerField}

    source = reference("The document that says it.")
    verdict_sources = references("The sources that decide the verdict.")


CLAIM_FIELDS = [
    "statement",
    "as_printed",
    "quotation",
    "source",
    "locator",
    "position",
    "verdict",
    "verdict_note",
    "verdict_sources",
    "last_reviewed_on",
]
QUANTITY_FIELDS = ["comparator", "value", "unit", "lower", "upper"]


class IdentifierSerializer(BlankAsNull):
    """An identifier in another database, with the address it leads to."""

    url = serializers.CharField(read_only=True, allow_null=True, help_text="The authority's page about it.")

    class Meta:
        fields = ["scheme", "value", "note", "url"]


class SourceViewSet(RecordViewSet):
    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet

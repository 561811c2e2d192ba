"""What trials and findings say in a document, and where partners fetch it."""

from rest_framework import serializers

from temsisite.evidence.api import CLAIM_FIELDS, QUANTITY_FIELDS, ClaimSerializer, IdentifierSerializer
from temsisite.publishing.api import RecordViewSet
from temsisite.publishing.serializers import HEAD_FIELDS, BlankAsNull, RecordSerializer, reference, references
from trials.filters import FindingFilterSet, TrialFilterSet
from trials.models import Arm, Finding, Trial, TrialIdentifier


class ArmSerializer(BlankAsNull):
    drugs = references()

    class Meta:
        model = Arm
        fields = ["number", "title", "group_type", "drugs", "regimen", "enrollment"]


class ArmNumber(serializers.IntegerField):
    """A reference to an arm of the finding's own trial, by its number there."""

    def __init__(self, help_text, **kwargs):
        super().__init__(**({"read_only": True, "allow_null": True, "help_text": help_text} | kwargs))

    def to_representation(self, arm):
        return arm.number


class TrialIdentifierSerializer(IdentifierSerializer):
    class Meta(IdentifierSerializer.Meta):
        model = TrialIdentifier


class TrialSerializer(RecordSerializer):
    phases = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="As the registry lists them: PHASE1, PHASE2."
    )
    identifiers = TrialIdentifierSerializer(many=True, read_only=True)
    arms = ArmSerializer(many=True, read_only=True)
    diseases = references()
    sources = references("Where these facts come from.")

    class Meta:
        model = Trial
        fields = [
            *HEAD_FIELDS,
            "nct_id",
            "identifiers",
            "brief_title",
            "official_title",
            "acronym",
            "phases",
            "study_type",
            "overall_status",
            "overall_status_label",
            "why_stopped",
            "enrollment",
            "enrollment_type",
            "start_date",
            "primary_completion_date",
            "completion_date",
            "lead_sponsor",
            "collaborators",
            "diseases",
            "population",
            "arms",
            "summary",
            "sources",
            "last_reviewed_on",
        ]


# What a document and a table tell of a finding, after what they tell of any record.
FINDING_FIELDS = [
    "trial",
    "arm",
    "compared_with",
    "measure",
    *QUANTITY_FIELDS,
    "value_absence",
    "numerator",
    "denominator",
    "denominator_counts",
    "interval_type",
    "interval_level",
    "p_value",
    "time_frame",
    "population",
    "criteria",
    "assessor",
    "event_term",
    "grade_band",
    "ctcae_version",
    "discrepancy_note",
    *CLAIM_FIELDS,
]


class FindingSerializer(ClaimSerializer):
    trial = reference()
    arm = ArmNumber("The number of the arm in its trial; null for the whole trial.")
    compared_with = ArmNumber("The number of the other arm of a hazard ratio.")

    class Meta:
        model = Finding
        fields = [*HEAD_FIELDS, *FINDING_FIELDS]


class TrialViewSet(RecordViewSet):
    queryset = Trial.objects.all()
    serializer_class = TrialSerializer
    filterset_class = TrialFilterSet


class FindingViewSet(RecordViewSet):
    queryset = Finding.objects.all()
    serializer_class = FindingSerializer
    filterset_class = FindingFilterSet

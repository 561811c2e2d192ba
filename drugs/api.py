"""What drugs, targets, diseases and the claims about them say in a document, and where partners fetch it."""

from rest_framework import serializers

from drugs.filters import (
    ApprovalFilterSet,
    DiseaseFilterSet,
    DrugFilterSet,
    MechanismFilterSet,
    RegulationFilterSet,
    StatementFilterSet,
    TargetFilterSet,
)
from drugs.models import (
    Approval,
    Disease,
    DiseaseIdentifier,
    DiseaseSynonym,
    Drug,
    DrugIdentifier,
    DrugSynonym,
    Mechanism,
    Regulation,
    Statement,
    Target,
    TargetIdentifier,
    TargetSynonym,
)
from temsisite.evidence.api import CLAIM_FIELDS, QUANTITY_FIELDS, ClaimSerializer, IdentifierSerializer
from temsisite.publishing.api import RecordViewSet
from temsisite.publishing.serializers import HEAD_FIELDS, BlankAsNull, RecordSerializer, reference, references


class SynonymSerializer(BlankAsNull):
    class Meta:
        fields = ["name", "type"]


class DrugSynonymSerializer(SynonymSerializer):
    class Meta(SynonymSerializer.Meta):
        model = DrugSynonym


class DrugIdentifierSerializer(IdentifierSerializer):
    class Meta(IdentifierSerializer.Meta):
        model = DrugIdentifier


class DrugSerializer(RecordSerializer):
    synonyms = DrugSynonymSerializer(many=True, read_only=True)
    identifiers = DrugIdentifierSerializer(many=True, read_only=True)
    derived_from = reference("The drug it was made from.", allow_null=True)
    sources = references("Where these facts come from.")

    class Meta:
        model = Drug
        fields = [
            *HEAD_FIELDS,
            "inn",
            "synonyms",
            "drug_class",
            "molecule_type",
            "origin",
            "derived_from",
            "route",
            "developer",
            "molecular_formula",
            "smiles",
            "summary",
            "identifiers",
            "sources",
        ]


class TargetSynonymSerializer(SynonymSerializer):
    class Meta(SynonymSerializer.Meta):
        model = TargetSynonym


class TargetIdentifierSerializer(IdentifierSerializer):
    class Meta(IdentifierSerializer.Meta):
        model = TargetIdentifier


class TargetSerializer(RecordSerializer):
    synonyms = TargetSynonymSerializer(many=True, read_only=True)
    identifiers = TargetIdentifierSerializer(many=True, read_only=True)
    sources = references("Where these facts come from.")

    class Meta:
        model = Target
        fields = [*HEAD_FIELDS, "name", "gene_symbol", "synonyms", "summary", "identifiers", "sources"]


class DiseaseSynonymSerializer(SynonymSerializer):
    class Meta(SynonymSerializer.Meta):
        model = DiseaseSynonym


class DiseaseIdentifierSerializer(IdentifierSerializer):
    class Meta(IdentifierSerializer.Meta):
        model = DiseaseIdentifier


class DiseaseSerializer(RecordSerializer):
    synonyms = DiseaseSynonymSerializer(many=True, read_only=True)
    identifiers = DiseaseIdentifierSerializer(many=True, read_only=True)
    parent = reference("The wider disease.", allow_null=True)
    sources = references("Where these facts come from.")

    class Meta:
        model = Disease
        fields = [*HEAD_FIELDS, "name", "synonyms", "parent", "summary", "identifiers", "sources"]


class ApprovalSerializer(ClaimSerializer):
    drug = reference()
    disease = reference(allow_null=True)

    class Meta:
        model = Approval
        fields = [
            *HEAD_FIELDS,
            "drug",
            "disease",
            "authority",
            "jurisdiction",
            "action_date",
            "action_date_absence",
            "brand_name",
            "holder",
            "indication",
            *CLAIM_FIELDS,
        ]


class MechanismSerializer(ClaimSerializer):
    drug = reference()
    target = reference()
    through = reference("The protein the drug must bind first, when only their complex acts.", allow_null=True)

    class Meta:
        model = Mechanism
        fields = [*HEAD_FIELDS, "drug", "action", "target", "through", "site", *CLAIM_FIELDS]


class RegulationSerializer(ClaimSerializer):
    regulator = reference()
    target = reference(allow_null=True)
    sign = serializers.IntegerField(read_only=True, help_text="+1, −1, or 0 when the direction is not stated.")

    class Meta:
        model = Regulation
        fields = [*HEAD_FIELDS, "regulator", "effect", "sign", "target", "process", "modification", *CLAIM_FIELDS]


class StatementSerializer(ClaimSerializer):
    drug = reference(allow_null=True)
    target = reference(allow_null=True)
    disease = reference(allow_null=True)

    class Meta:
        model = Statement
        fields = [
            *HEAD_FIELDS,
            "topic",
            "drug",
            "target",
            "disease",
            *QUANTITY_FIELDS,
            "population",
            "period",
            *CLAIM_FIELDS,
        ]


class DrugViewSet(RecordViewSet):
    queryset = Drug.objects.all()
    serializer_class = DrugSerializer
    filterset_class = DrugFilterSet


class TargetViewSet(RecordViewSet):
    queryset = Target.objects.all()
    serializer_class = TargetSerializer
    filterset_class = TargetFilterSet


class DiseaseViewSet(RecordViewSet):
    queryset = Disease.objects.all()
    serializer_class = DiseaseSerializer
    filterset_class = DiseaseFilterSet


class ApprovalViewSet(RecordViewSet):
    queryset = Approval.objects.all()
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilterSet


class MechanismViewSet(RecordViewSet):
    queryset = Mechanism.objects.all()
    serializer_class = MechanismSerializer
    filterset_class = MechanismFilterSet


class RegulationViewSet(RecordViewSet):
    queryset = Regulation.objects.all()
    serializer_class = RegulationSerializer
    filterset_class = RegulationFilterSet


class StatementViewSet(RecordViewSet):
    queryset = Statement.objects.all()
    serializer_class = StatementSerializer
    filterset_class = StatementFilterSet

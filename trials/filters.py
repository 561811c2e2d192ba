from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from drugs.models import Disease, Drug
from temsisite.evidence.filters import CLAIM_FILTERS, ClaimFilterSet
from temsisite.publishing.filters import RecordFilter, RecordFilterSet, choice_filter
from trials.models import Finding, Trial
from trials.models.trials import phases


class TrialFilterSet(RecordFilterSet):
    orderings = RecordFilterSet.orderings | {"brief_title": "brief_title", "start_date": "start_date"}

    phase = choice_filter(
        [choice for choice in Trial.Phase.choices if choice[0].count("PHASE") < 2],
        "Phase",
        method="of_phase",
        stands_for=phases,
    )
    overall_status = choice_filter(Trial.OverallStatus.choices, "Status")
    drug = RecordFilter(Drug, field_name="arms__drugs", method="of_drug")
    disease = RecordFilter(Disease, field_name="diseases", method="in_disease")

    class Meta:
        model = Trial
        fields = ["q", "phase", "overall_status", "drug", "disease"]

    def of_phase(self, queryset, name, value):
        return queryset.of_phase(value)

    @extend_schema_field(OpenApiTypes.STR)
    def of_drug(self, queryset, name, value):
        return queryset.of_drug(value)

    @extend_schema_field(OpenApiTypes.STR)
    def in_disease(self, queryset, name, value):
        return queryset.in_disease(value)


class FindingFilterSet(ClaimFilterSet):
    # By trial, never by value: trials differ in whom they took, so the better number is not the better drug.
    orderings = RecordFilterSet.orderings | {"trial": "trial__slug", "measure": "measure"}

    measure = choice_filter(Finding.Measure.choices, "Measure")
    trial = RecordFilter(Trial)
    drug = RecordFilter(Drug, field_name="trial__arms__drugs", method="of_drug")
    disease = RecordFilter(Disease, field_name="trial__diseases", method="in_disease")

    class Meta:
        model = Finding
        fields = [*CLAIM_FILTERS, "measure", "trial", "drug", "disease"]

    def ordered(self):
        found = super().ordered()
        if found.query.order_by[0].removeprefix("-") != "trial__slug":
            return found
        # Their trials are always public; to say so lets the database walk along these in the order of the list.
        return found.filter(trial__status=Trial.Status.PUBLISHED)

    @extend_schema_field(OpenApiTypes.STR)
    def of_drug(self, queryset, name, value):
        return queryset.of_drug(value)

    @extend_schema_field(OpenApiTypes.STR)
    def in_disease(self, queryset, name, value):
        return queryset.in_disease(value)

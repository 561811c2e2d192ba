from drugs.models import Approval, Disease, Drug, Mechanism, Regulation, Statement, Target
from temsisite.evidence.filters import CLAIM_FILTERS, ClaimFilterSet
from temsisite.publishing.filters import DayFilter, RecordFilter, RecordFilterSet, choice_filter


class DrugFilterSet(RecordFilterSet):
    orderings = RecordFilterSet.orderings | {"inn": "inn"}

    molecule_type = choice_filter(Drug.MoleculeType.choices, "Molecule")
    origin = choice_filter(Drug.Origin.choices, "Origin")
    route = choice_filter(Drug.Route.choices, "Route")

    class Meta:
        model = Drug
        fields = ["q", "molecule_type", "origin", "route"]


class TargetFilterSet(RecordFilterSet):
    orderings = RecordFilterSet.orderings | {"name": "name", "gene_symbol": "gene_symbol"}

    class Meta:
        model = Target
        fields = ["q"]


class DiseaseFilterSet(RecordFilterSet):
    orderings = RecordFilterSet.orderings | {"name": "name"}

    parent = RecordFilter(Disease, label="Part of")

    class Meta:
        model = Disease
        fields = ["q", "parent"]


class ApprovalFilterSet(ClaimFilterSet):
    orderings = RecordFilterSet.orderings | {"action_date": "action_date", "drug": "drug__inn"}

    as_of = DayFilter(
        label="Approved as of",
        method="approved_as_of",
        help_text="Decisions up to this day. One whose date is known only to the month or year, or not at all, is "
        "listed too unless it came later for certain.",
    )
    drug = RecordFilter(Drug)
    disease = RecordFilter(Disease)
    jurisdiction = choice_filter(Approval.Jurisdiction.choices, "Jurisdiction")

    class Meta:
        model = Approval
        fields = [*CLAIM_FILTERS, "as_of", "drug", "disease", "jurisdiction"]

    def approved_as_of(self, queryset, name, value):
        return queryset.given_by(value)


class MechanismFilterSet(ClaimFilterSet):
    orderings = RecordFilterSet.orderings | {"drug": "drug__inn"}

    drug = RecordFilter(Drug)
    target = RecordFilter(Target)
    action = choice_filter(Mechanism.Action.choices, "Action")

    class Meta:
        model = Mechanism
        fields = [*CLAIM_FILTERS, "drug", "action", "target"]


class RegulationFilterSet(ClaimFilterSet):
    orderings = RecordFilterSet.orderings | {"regulator": "regulator__gene_symbol"}

    regulator = RecordFilter(Target, label="Regulator")
    target = RecordFilter(Target)
    effect = choice_filter(Regulation.Effect.choices, "Effect")

    class Meta:
        model = Regulation
        fields = [*CLAIM_FILTERS, "regulator", "effect", "target"]


class StatementFilterSet(ClaimFilterSet):
    orderings = RecordFilterSet.orderings | {"topic": "topic"}

    topic = choice_filter(Statement.Topic.choices, "Topic")
    drug = RecordFilter(Drug)
    target = RecordFilter(Target)
    disease = RecordFilter(Disease)

    class Meta:
        model = Statement
        fields = [*CLAIM_FILTERS, "topic", "drug", "target", "disease"]

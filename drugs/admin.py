from django.contrib import admin

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
from temsisite.evidence.admin import ADDRESS, FIGURE, PLACE, VERDICT, WORDS, ClaimAdmin, IdentifierInline
from temsisite.publishing.admin import FewRecords, PartInline, RecordAdmin


class DrugSynonymInline(PartInline):
    model = DrugSynonym
    fields = ["name", "type"]


class DrugIdentifierInline(IdentifierInline):
    model = DrugIdentifier


@admin.register(Drug)
class DrugAdmin(RecordAdmin):
    list_display = ["inn", "drug_class", "molecule_type", "developer", "status"]
    list_filter = ["status", "molecule_type", "origin", "route"]
    search_fields = ["inn", "synonyms__name", "identifiers__value", "slug"]
    autocomplete_fields = ["derived_from", "sources"]
    prepopulated_fields = {"slug": ["inn"]}
    inlines = [DrugSynonymInline, DrugIdentifierInline]
    fieldsets = [
        ("What it is", {"fields": ["inn", "drug_class", ("molecule_type", "origin"), "derived_from"]}),
        ("How it is given, and by whom it was made", {"fields": ["route", "developer"]}),
        ("Structure", {"fields": ["molecular_formula", "smiles"]}),
        ("For a reader new to it", {"fields": ["summary", "sources"]}),
        ADDRESS,
    ]


class TargetSynonymInline(PartInline):
    model = TargetSynonym
    fields = ["name", "type"]


class TargetIdentifierInline(IdentifierInline):
    model = TargetIdentifier


@admin.register(Target)
class TargetAdmin(RecordAdmin):
    list_display = ["name", "gene_symbol", "status"]
    search_fields = ["name", "gene_symbol", "synonyms__name", "identifiers__value", "slug"]
    autocomplete_fields = ["sources"]
    prepopulated_fields = {"slug": ["gene_symbol"]}
    inlines = [TargetSynonymInline, TargetIdentifierInline]
    fieldsets = [
        ("What it is", {"fields": ["name", "gene_symbol"]}),
        ("For a reader new to it", {"fields": ["summary", "sources"]}),
        ADDRESS,
    ]


class DiseaseSynonymInline(PartInline):
    model = DiseaseSynonym
    fields = ["name", "type"]


class DiseaseIdentifierInline(IdentifierInline):
    model = DiseaseIdentifier


@admin.register(Disease)
class DiseaseAdmin(RecordAdmin):
    list_display = ["name", "parent", "status"]
    list_select_related = ["parent"]
    search_fields = ["name", "synonyms__name", "identifiers__value", "slug"]
    autocomplete_fields = ["parent", "sources"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [DiseaseSynonymInline, DiseaseIdentifierInline]
    fieldsets = [
        ("What it is", {"fields": ["name", "parent"]}),
        ("For a reader new to it", {"fields": ["summary", "sources"]}),
        ADDRESS,
    ]


# Claims


@admin.register(Approval)
class ApprovalAdmin(ClaimAdmin):
    list_display = ["statement", "action_date", "jurisdiction", "verdict_badge", "status", "drug"]
    list_filter = ["status", "verdict", "jurisdiction", ("drug", FewRecords)]
    list_select_related = ["drug"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "drug", "disease"]
    fieldsets = [
        PLACE,
        ("About what", {"fields": ["drug", "disease", "brand_name", "holder"]}),
        (
            "The decision",
            {"fields": [("jurisdiction", "authority"), ("action_date", "action_date_absence"), "indication"]},
        ),
        WORDS,
        VERDICT,
        ADDRESS,
    ]


@admin.register(Mechanism)
class MechanismAdmin(ClaimAdmin):
    list_display = ["statement", "action", "target", "verdict_badge", "status", "drug"]
    list_filter = ["status", "verdict", "action", ("drug", FewRecords)]
    list_select_related = ["drug", "target"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "drug", "target", "through"]
    fieldsets = [
        PLACE,
        ("What acts on what", {"fields": ["drug", "action", "target", "site", "through"]}),
        WORDS,
        VERDICT,
        ADDRESS,
    ]


@admin.register(Regulation)
class RegulationAdmin(ClaimAdmin):
    list_display = ["statement", "effect", "target", "verdict_badge", "status", "regulator"]
    list_filter = ["status", "verdict", "effect"]
    list_select_related = ["regulator", "target"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "regulator", "target"]
    fieldsets = [
        PLACE,
        ("What steers what", {"fields": ["regulator", "effect", "target", "process", "modification"]}),
        WORDS,
        VERDICT,
        ADDRESS,
    ]


@admin.register(Statement)
class StatementAdmin(ClaimAdmin):
    list_display = ["statement", "topic", "figure", "verdict_badge", "status"]
    list_filter = ["status", "verdict", "topic"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "drug", "target", "disease"]
    fieldsets = [
        PLACE,
        ("About exactly one of these", {"fields": ["drug", "target", "disease", "topic"]}),
        ("The figure, if there is one", {"fields": [*FIGURE, ("population", "period")]}),
        WORDS,
        VERDICT,
        ADDRESS,
    ]

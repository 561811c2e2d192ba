from django.contrib import admin
from django.forms import BaseInlineFormSet

from temsisite.evidence.admin import ADDRESS, FIGURE, PLACE, VERDICT, WORDS, ClaimAdmin, IdentifierInline
from temsisite.publishing.admin import PartAdmin, PartInline, RecordAdmin
from temsisite.publishing.admin.bulk import Bulk
from temsisite.publishing.admin.forms import RecordForm
from trials.models import Arm, Finding, Trial, TrialIdentifier
from trials.resources import FindingResource


class ArmFormSet(BaseInlineFormSet):
    """Arms keep their numbers once the trial has been public: findings name them by these."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk and self.instance.has_been_public:
            form.fields["number"].disabled = True


class ArmInline(PartInline, admin.StackedInline):
    model = Arm
    formset = ArmFormSet
    template = admin.StackedInline.template
    max_num = 50
    autocomplete_fields = ["drugs"]
    fields = [("number", "enrollment"), "title", "group_type", "drugs", "regimen"]


class TrialIdentifierInline(IdentifierInline):
    model = TrialIdentifier


@admin.register(Trial)
class TrialAdmin(RecordAdmin):
    list_display = ["brief_title", "nct_id", "phase", "overall_status", "enrollment", "start_date", "status"]
    list_filter = ["status", "phase", "overall_status", "study_type"]
    search_fields = ["brief_title", "official_title", "nct_id", "acronym", "identifiers__value", "slug"]
    autocomplete_fields = ["diseases", "sources"]
    prepopulated_fields = {"slug": ["brief_title"]}
    inlines = [ArmInline, TrialIdentifierInline]
    fieldsets = [
        ("What it is called", {"fields": [("nct_id", "acronym"), "brief_title", "official_title"]}),
        ("What kind of trial", {"fields": [("phase", "study_type"), "diseases", "population"]}),
        (
            "How it went",
            {
                "fields": [
                    ("overall_status", "overall_status_label"),
                    "why_stopped",
                    ("enrollment", "enrollment_type"),
                    ("start_date", "primary_completion_date", "completion_date"),
                ]
            },
        ),
        ("Who is behind it", {"fields": ["lead_sponsor", "collaborators"]}),
        ("For a reader new to it", {"fields": ["summary", "sources"]}),
        ADDRESS,
    ]


@admin.register(Arm)
class ArmAdmin(PartAdmin):
    """So that a finding can name its arm; arms are edited on the form of their trial."""

    list_display = ["title", "trial", "number", "group_type"]
    search_fields = ["title", "trial__brief_title", "trial__nct_id", "trial__acronym", "trial__slug"]

    def get_queryset(self, request):
        """With their trials, which the list and the choices name; `list_select_related` would serve the list only."""
        return super().get_queryset(request).select_related("trial")


class FindingForm(RecordForm):
    class Meta:
        labels = {"numerator": "n", "p_value": "P"}


@admin.register(Finding)
class FindingAdmin(Bulk, ClaimAdmin):
    form = FindingForm
    resource_class = FindingResource
    list_display = ["statement", "measure", "figure", "verdict_badge", "status"]
    list_filter = ["status", "verdict", "measure", "trial"]
    search_fields = [*ClaimAdmin.search_fields, "trial__brief_title", "trial__nct_id", "event_term"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "trial", "arm", "compared_with"]
    fieldsets = [
        PLACE,
        ("About what", {"fields": ["trial", "arm", "compared_with", "measure"]}),
        (
            "The figure, or why there is none",
            {
                "fields": [
                    ("numerator", "denominator", "denominator_counts"),
                    *FIGURE,
                    ("interval_type", "interval_level", "p_value"),
                    "value_absence",
                    "discrepancy_note",
                ]
            },
        ),
        (
            "Conditions",
            {
                "fields": [
                    ("time_frame", "population"),
                    ("criteria", "assessor"),
                    ("event_term", "grade_band", "ctcae_version"),
                ]
            },
        ),
        WORDS,
        VERDICT,
        ADDRESS,
    ]

"""The forms of trials, and of their arms to choose from."""

from django.contrib import admin
from django.forms import BaseInlineFormSet

from temsisite.evidence.admin import ADDRESS, IdentifierInline
from temsisite.evidence.upkeep import Upkeep
from temsisite.publishing.admin import PartAdmin, PartInline, RecordAdmin
from temsisite.publishing.admin.choosing import may_be_a_key
from trials.models import Arm, Trial, TrialIdentifier


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
class TrialAdmin(Upkeep, RecordAdmin):
    change_form_template = "admin/trials/trial/change_form.html"
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
        ("How fresh it is", {"fields": ["last_reviewed_on"]}),
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

    def get_search_results(self, request, queryset, search_term):
        """Of one trial only, where a form says which it is about."""
        queryset, may_repeat = super().get_search_results(request, queryset, search_term)
        trial = request.GET.get("trial", "")
        return queryset.filter(trial=trial) if may_be_a_key(trial) else queryset, may_repeat

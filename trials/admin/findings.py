"""The form of a finding at the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from temsisite.evidence.admin import ADDRESS, FIGURE, PLACE, VERDICT, WORDS, ClaimAdmin
from temsisite.publishing.admin import FewRecords
from temsisite.publishing.admin.bulk import Bulk
from temsisite.publishing.admin.choosing import may_be_a_key
from temsisite.publishing.desk import form_url
from trials import measures, remarks
from trials.admin.forms import FindingForm, sources_on, trials_in
from trials.admin.results import ResultsTable
from trials.models import Arm, Finding
from trials.resources import FindingResource

# Beside which fields the server's remarks stand; errors of others can wait until the form is sent.
FIGURES = ("numerator", "denominator", "value", "lower", "upper", "arm", "compared_with")


@admin.register(Finding)
class FindingAdmin(Bulk, ResultsTable, ClaimAdmin):
    form = FindingForm
    resource_class = FindingResource
    change_form_template = "admin/trials/finding/change_form.html"
    list_display = ["statement", "measure", "figure", "verdict_badge", "status"]
    list_filter = ["status", "verdict", "measure", ("trial", FewRecords)]
    search_fields = [*ClaimAdmin.search_fields, "trial__brief_title", "trial__nct_id", "event_term"]
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "trial", "arm", "compared_with"]
    kept_for_next = ["arm", "denominator", "denominator_counts", "criteria", "assessor", "ctcae_version"]
    fieldsets = [
        PLACE,
        ("About what", {"fields": ["trial", "arm", "measure", "compared_with"]}),
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

    def get_prepopulated_fields(self, request, obj=None):
        return {}  # the form makes the address

    # An empty form knows what follows from its address

    def get_changeform_initial_data(self, request):
        """What the address names, and what follows from that."""
        initial = super().get_changeform_initial_data(request)
        arm = Arm.objects.filter(pk=initial["arm"]).select_related("trial").first() if initial.get("arm") else None
        if arm and str(arm.trial_id) != initial.setdefault("trial", str(arm.trial_id)):
            messages.warning(request, f"“{arm}” is an arm of another trial: choose one of this trial.")
            del initial["arm"]
        return self.what_follows(initial)

    def what_follows(self, initial):
        """A trial of one arm knows its arm, a trial of one source its source, a source of one trial its trial."""
        if "source" in initial and "trial" not in initial:
            _set_if_only_one(initial, "trial", trials_in(initial["source"]))
        if "trial" in initial and "arm" not in initial:
            _set_if_only_one(initial, "arm", Arm.objects.filter(trial=initial["trial"]))
        if "trial" in initial and "source" not in initial:
            _set_if_only_one(initial, "source", sources_on(initial["trial"]))
        return initial

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["for_script"] = {
            "check": reverse(f"{self.admin_site.name}:trials_finding_check"),
            "record": obj.pk if obj else None,
            "fields": measures.FIELDS,
            "measures": measures.declaration(),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # After saving

    def response_add(self, request, obj, post_url_continue=None):
        if not getattr(request, "rehearsed", False):
            self._name_likenesses(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if not getattr(request, "rehearsed", False):
            self._name_likenesses(request, obj)
        return super().response_change(request, obj)

    def _name_likenesses(self, request, finding):
        if alike := remarks.likenesses(finding):
            links = format_html_join(
                "; ", '<a href="{}">{}</a> ({})', ((form_url(other), other, _place(other)) for other in alike)
            )
            messages.warning(
                request, format_html("This looks like what is recorded already. Compare it with: {}.", links)
            )

    # While somebody types

    def get_urls(self):
        check = path("check/", self.admin_site.admin_view(self.check_view), name="trials_finding_check")
        return [check, *super().get_urls()]

    def check_view(self, request):
        """Say what the server thinks of an unfinished form. Nothing is saved."""
        key = request.POST.get("record", "")
        finding = self.get_object(request, key) if may_be_a_key(key) else None
        if not (self.has_change_permission(request, finding) if finding else self.has_add_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = self.get_form(request, finding, change=finding is not None)(request.POST, instance=finding)
        errors, typed = form.errors, form.instance
        amiss = [sentence for name in FIGURES for sentence in errors.get(name, [])] + remarks.on_people(typed)
        said = [sentence for sentence in remarks.on_figures(typed) if not any(sentence in other for other in amiss)]
        return JsonResponse(
            {
                "amiss": amiss,
                "said": said,
                "computed": remarks.computed_value(typed),
                "sentence": remarks.suggested_sentence(typed),
                "alike": [
                    {"title": str(other), "url": form_url(other), "place": _place(other)}
                    for other in remarks.likenesses(typed)
                ],
            }
        )


def _place(finding):
    """Where a finding stands and how it fares: “published, Hudes et al., N Engl J Med, 2007”."""
    return f"{finding.get_status_display()}, {finding.source.reference}"


def _set_if_only_one(initial, name, rows):
    if len(found := list(rows[:2])) == 1:
        initial[name] = str(found[0].pk)

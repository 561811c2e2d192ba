"""How the admin keeps claims fresh: filters for what is due, doubted or missing, and “reviewed again, still right”."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from temsisite.evidence.facts import day_in_words
from temsisite.evidence.models import AbsenceReason, Claim
from temsisite.publishing import actions
from temsisite.publishing.admin.asking import Question
from temsisite.publishing.models import Proposal
from temsisite.publishing.rules import Refused, name_of


def ages(model):
    """Whether records of this kind come up for review after some time."""
    return model.kind() in settings.REVIEW_DUE_AFTER


def absences(model):
    """The fields that say why a value is missing."""
    return [field for field in model._meta.fields if field.choices == AbsenceReason.choices]


class Review(Question):
    title, parameter_name = "review", "review"
    answers = {"due": "due"}

    def answer(self, request, queryset):
        return queryset.due_for_review(timezone.now().date())


class Support(Question):
    title, parameter_name = "what it rests on", "support"
    answers = {"doubted": "a doubted source"}

    def answer(self, request, queryset):
        return queryset.resting_on_doubt()


class Assessment(Question):
    title, parameter_name = "assessment", "assessment"
    answers = {"waiting": "waits for a verdict"}

    def answer(self, request, queryset):
        return queryset.waiting_for_a_verdict()


class Upkeep:
    """For the admin of records that are reviewed: what the lists ask, and the page that says they are still right."""

    def get_list_filter(self, request):
        filters = [*super().get_list_filter(request), *(field.name for field in absences(self.model))]
        if issubclass(self.model, Claim):
            filters += [Assessment, Support]
        return [*filters, Review] if ages(self.model) else filters

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_reviewed_again"
        view = self.admin_site.admin_view(self.reviewed_again_view)
        return [path("<path:object_id>/reviewed/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and obj.is_public and self.has_change_permission(request, obj):
            context["reviewed_again_url"] = reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_reviewed_again", args=[obj.pk]
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def reviewed_again_view(self, request, object_id):
        """Propose that nothing changes but the day of the last review; somebody else decides, as about any change."""
        usual = f"Reviewed again on {day_in_words(timezone.now().date())}: still right."
        response = self._propose_view(
            request,
            object_id,
            title="Reviewed again, still right",
            label="What it was compared with",
            help_text=f"A sentence for the public log. If you leave it empty, it says: “{usual}”",
            propose=lambda record, note: reviewed_again(record, request.user, note.strip() or usual),
        )
        from_desk = "_from_desk" in request.POST and response.status_code == 302
        return HttpResponseRedirect(reverse("admin:index")) if from_desk else response


def reviewed_again(record, by, note):
    """Propose a public record as it is, with the day of its last review set to today."""
    if waiting := Proposal.objects.about(record).open().first():
        raise Refused(f"{name_of(record)} waits for review already: “{waiting}”. Decide that first.")

    def edit():
        type(record).objects.filter(pk=record.pk).update(last_reviewed_on=timezone.now().date())

    return actions.propose_change(record=record, by=by, edit=edit, note=note)

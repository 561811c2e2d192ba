"""A results table that is being typed is kept like the form of a record, and gone on with."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from temsisite.publishing.admin.choosing import may_be_a_key
from temsisite.publishing.admin.kept import ANOTHER_TAB, FORGOTTEN, Gone, answer
from temsisite.publishing.models import WorkingCopy
from temsisite.publishing.typed import copy_named, form_named, typed_in
from trials.heaps import TABLE, table_url
from trials.models import Trial

OFFERED = 10


class KeptTables:
    """For the admin of findings: two addresses of each trial's table, to keep and to discard what is being typed."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, "trials_finding_results_table"
        return [
            path("results-table/<str:trial_id>/keep/", view(self.keep_table_view), name=f"{name}_keep"),
            path("results-table/<str:trial_id>/discard/", view(self.discard_table_view), name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def keep_table_view(self, request, trial_id):
        """Keep what is being typed. What is wrong with it is said when it is sent: a table is many findings."""
        if not self.has_add_permission(request):
            raise PermissionDenied

        def keep():
            trial = trial_of(trial_id)
            if trial is None:
                raise Gone("The trial is gone, or was withdrawn while you were writing.")
            kept = self.keep_table(request, trial)
            sentence = "" if kept.copy == copy_named(request.POST) else ANOTHER_TAB
            return kept, {"sentence": sentence, "address": table_url(kept)}

        return answer(request, keep)

    def discard_table_view(self, request, trial_id):
        """Forget what was typed, because its author says so."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        gone, _ = tables_of(request.user).filter(copy=copy_named(request.POST)).delete()
        if gone:
            messages.success(request, "Your unfinished table is discarded.")
        else:
            messages.warning(request, FORGOTTEN)
        return HttpResponseRedirect(reverse("admin:trials_finding_results_table", args=[trial_id]))

    def keep_table(self, request, trial):
        """Keep the table as it was sent; its working copy."""
        return WorkingCopy.objects.keep(
            author=request.user,
            **form_named(request.POST),
            data=typed_in(request),
            kind=TABLE,
            record=trial.pk,
            title=str(trial)[:300],
        )

    def held_table(self, request, trial):
        """The working copy that the address names, or None."""
        return tables_of(request.user).filter(record=trial.pk, copy=copy_named(request.GET)).first()

    def without_trial(self, request, trial_id):
        """Where there is no trial to enter results of: what the user typed for it can be discarded."""
        key = trial_id if may_be_a_key(trial_id) else None
        begun = tables_of(request.user).filter(record=key).defer("data")[:OFFERED]
        if not begun:
            messages.warning(request, "The trial of that address is not there, or was withdrawn: choose another.")
            return HttpResponseRedirect(reverse("admin:trials_trial_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "A table without its trial",
            "opts": self.opts,
            "begun": begun,
            "discard_url": reverse("admin:trials_finding_results_table_discard", args=[trial_id]),
        }
        return TemplateResponse(request, "admin/trials/finding/results_without_trial.html", context)

    def kept_context(self, request, trial, held):
        """What the page needs to keep itself, and the tables of this trial that its author began elsewhere."""
        copy = held.copy if held else copy_named(request.POST) or uuid.uuid4()
        begun = tables_of(request.user).filter(record=trial.pk).exclude(copy=copy).defer("data")[:OFFERED]
        address = "admin:trials_finding_results_table"
        return {
            "held": held,
            "copy": copy,
            "saves": held.saves if held else form_named(request.POST)["saves"],
            "unfinished": [(other, table_url(other)) for other in begun],
            "keep_url": reverse(f"{address}_keep", args=[trial.pk]),
            "discard_url": reverse(f"{address}_discard", args=[trial.pk]),
        }


def tables_of(user):
    return WorkingCopy.objects.of(user).filter(kind=TABLE)


def trial_of(key):
    """The trial that an address names, unless it is gone or withdrawn."""
    trial = Trial.objects.filter(pk=key).first() if may_be_a_key(key) else None
    return None if trial is None or trial.is_withdrawn else trial

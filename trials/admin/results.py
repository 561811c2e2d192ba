"""The pages on which a results table is entered, and on which is told what came of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from temsisite.publishing.admin.choosing import may_be_a_key
from temsisite.publishing.admin.forms import sentences
from temsisite.publishing.admin.kept import FORGOTTEN
from temsisite.publishing.desk import form_url
from temsisite.publishing.lost_sessions import typed_before
from temsisite.publishing.models import WorkingCopy
from temsisite.publishing.rules import check
from temsisite.publishing.typed import copy_named, form_named, query_of, received
from trials import actions, measures, remarks
from trials.admin.kept_tables import KeptTables, trial_of
from trials.admin.table_forms import CELLS, ResultsTableForm
from trials.models import Finding

IN_EVERY_ROW = ("time_frame",)  # once it has a measure


class ResultsTable(KeptTables):
    """Many findings of one trial at once: a table is filled in as a paper prints it, each cell becomes a draft."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, "trials_finding_results_table"
        return [
            path("results-table/<str:trial_id>/", view(self.results_table_view), name=name),
            path("results-table/<str:trial_id>/made/", view(self.results_made_view), name=f"{name}_made"),
            *super().get_urls(),
        ]

    def results_table_view(self, request, trial_id):
        """Fill in a table."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        trial = trial_of(trial_id)
        if trial is None:
            return self.without_trial(request, trial_id)
        posted, more = request.method == "POST", "_more" in request.POST
        typed, held = self._what_was_typed(request, trial)
        if "copy" in request.GET and typed is None:
            messages.warning(request, FORGOTTEN)
            return HttpResponseRedirect(request.path)
        initial = {} if typed else self._begun_table(request, trial)
        form = self.get_form(request)
        table = ResultsTableForm(trial=trial, finding_form=form, data=typed, initial=initial, more=more)
        judged = posted and not more
        if judged and table.is_valid():
            response = self._record_table(request, trial, table.findings)
            WorkingCopy.objects.of(request.user).as_seen(**form_named(request.POST)).delete()
            return received(response, copy_named(request.POST))
        if posted:
            held = self._kept_as_sent(request, trial)
        context = self.kept_context(request, trial, held) | _table_context(table, judged, self.media)
        page = self._table_page(request, "results_table.html", trial, context)
        return received(page, copy_named(request.POST))

    def results_made_view(self, request, trial_id):
        """What came of a table: its drafts, what each still lacks, and a button that submits the others."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        trial = trial_of(trial_id)
        if trial is None:
            return self.without_trial(request, trial_id)
        findings = self._made_of_table(request, trial)
        if request.method == "POST":
            self._submit_of_table(request, [finding for finding in findings if finding.status == Finding.Status.DRAFT])
            return HttpResponseRedirect(request.get_full_path())
        rows = [_row(finding) for finding in findings]
        ready = sum(row["is_draft"] and not row["lacks"] for row in rows)
        return self._table_page(
            request, "results_made.html", trial, {"title": "What came of the table", "rows": rows, "ready": ready}
        )

    def _what_was_typed(self, request, trial):
        """What the table is filled with, if anything, and the working copy that holds it."""
        if request.method == "POST":
            return request.POST, None
        if carried := typed_before(request):
            messages.warning(request, "You had been signed out. What you typed is all here, but not saved yet.")
            return carried, None
        held = self.held_table(request, trial)
        return held and query_of(held.typed), held

    def _kept_as_sent(self, request, trial):
        """The working copy of what was sent and is not recorded yet; None, with a sentence, if it is too much."""
        try:
            return self.keep_table(request, trial)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))

    def _begun_table(self, request, trial):
        """The source and its place, if the address names them or the trial has only one."""
        initial = self.get_changeform_initial_data(request)
        if not initial.get("source"):
            initial |= self.what_follows({"trial": str(trial.pk)})
        return {name: initial[name] for name in ("source", "locator") if name in initial}

    def _record_table(self, request, trial, findings):
        actions.record_results(findings=findings, by=request.user)
        for finding in findings:
            self.log_addition(request, finding, [{"added": {}}])
        messages.success(
            request,
            f"{_so_many(findings, 'draft')} saved. Their sentences were put together from the figures: read them, and "
            "change what the source says otherwise.",
        )
        if "_submit" in request.POST:
            self._submit_of_table(request, findings)
        made = reverse(f"{self.admin_site.name}:trials_finding_results_table_made", args=[trial.pk])
        keys = ",".join(str(finding.pk) for finding in findings)
        return HttpResponseRedirect(f"{made}?{urlencode({'findings': keys}, safe=',')}")

    def _submit_of_table(self, request, findings):
        refused = actions.submit_results(findings=findings, by=request.user)
        if submitted := [finding for finding in findings if finding not in refused]:
            messages.success(request, f"{_so_many(submitted, 'finding')} submitted for somebody else to review.")
        if refused:
            messages.warning(
                request, f"{_so_many(refused, 'draft')} cannot be submitted yet; beside each stands what it lacks."
            )

    def _made_of_table(self, request, trial):
        """The user's own findings that the address names."""
        keys = [key for key in request.GET.get("findings", "").split(",")[:CELLS] if may_be_a_key(key)]
        own = Finding.objects.filter(pk__in=keys, trial=trial, created_by=request.user)
        return list(own.select_related("arm", "compared_with", "trial", "source").defer("source__text").order_by("pk"))

    def _table_page(self, request, template, trial, context):
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "trial": trial, "subtitle": str(trial)}
        frame["trial_url"] = form_url(trial)
        return TemplateResponse(request, f"admin/trials/finding/{template}", frame | context)


def _table_context(table, judged, media):
    """What the page shows of a table; its script is told which measure takes which fields."""
    return {
        "title": "Enter a results table",
        "table": table,
        "judged": judged,
        "for_script": {
            "fields": [*measures.FIELDS, *IN_EVERY_ROW],
            "always": IN_EVERY_ROW,
            "measures": measures.declaration(),
        },
        "media": media + table.once.media,
    }


def _row(finding):
    """What the page tells of a finding: {"finding", "url", "is_draft", "lacks", "alike"}."""
    is_draft, lacks = finding.status == Finding.Status.DRAFT, []
    if is_draft:
        try:
            check(finding)
        except ValidationError as error:
            lacks = sentences(error, Finding)
    alike = [(other, form_url(other)) for other in remarks.likenesses(finding)]
    return {"finding": finding, "url": form_url(finding), "is_draft": is_draft, "lacks": lacks, "alike": alike}


def _so_many(things, noun):
    return f"{len(things)} {noun}" if len(things) == 1 else f"{len(things)} {noun}s"

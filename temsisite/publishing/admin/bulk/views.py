"""The pages and files of an import and an export."""

import datetime

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from temsisite.publishing.admin.bulk.forms import ConfirmForm, UploadForm, digest
from temsisite.publishing.admin.bulk.keeping import KeptTable
from temsisite.publishing.bulk import Row, spreadsheets

EXAMPLES = 2
WRITERS = {
    "csv": (spreadsheets.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (spreadsheets.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class Bulk:
    """What makes the admin of a kind of record import and export it; before `RecordAdmin` among its bases."""

    resource_class = None
    change_list_template = "admin/record/bulk/change_list.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        files = [
            path(f"{address}.{ending}", view(handler), {"ending": ending}, name=f"{name}_{what}_{ending}")
            for ending in WRITERS
            for address, what, handler in (
                ("export", "export", self.export_view),
                ("import/example", "example", self.example_view),
            )
        ]
        return [path("import/", view(self.import_view), name=f"{name}_import"), *files, *super().get_urls()]

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        context = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    # Out

    def export_view(self, request, ending):
        """What the list shows, filters and order included."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            records = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{address}?e=1")
        if (count := records.count()) > spreadsheets.MOST_ROWS:
            messages.error(
                request,
                f"The list has {count:,} {self.opts.verbose_name_plural}, but a file holds {spreadsheets.MOST_ROWS:,} "
                "rows: narrow the list and export one part after another. All that is public is in the API’s table.",
            )
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        return self._table(records, f"{self.opts.model_name}s-{datetime.date.today()}", ending)

    def example_view(self, request, ending):
        """The columns, with some records as they are, so that their slugs can be looked up."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        records = self.get_queryset(request).order_by("-changed_at", "pk")[:EXAMPLES]
        return self._table(records, f"{self.opts.model_name}s-example", ending)

    def _table(self, records, name, ending):
        write, content_type = WRITERS[ending]
        rows = [self.resource_class.cells(record) for record in self.resource_class.in_table(records)]
        headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
        return HttpResponse(write(self.resource_class.columns(), rows), content_type=content_type, headers=headers)

    # In

    def import_view(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if "table" in request.POST:
            return self._confirm_import(request)
        if request.method != "POST":
            return self._import_page(request, self._upload_form())
        upload = self._upload_form(request.POST, request.FILES)
        if not upload.is_valid():
            return self._import_page(request, upload)
        dataset = upload.cleaned_data["file"]
        report = self._run_import(request, dataset, dry_run=True)
        key = KeptTable.keep(dataset, self._whose_table(request))
        return self._import_page(request, upload, report, ConfirmForm(initial={"table": key, "seen": digest(report)}))

    def _confirm_import(self, request):
        form = ConfirmForm(request.POST)
        valid, whose = form.is_valid(), self._whose_table(request)
        dataset = KeptTable.find(request.POST["table"], whose)
        if dataset is None:
            messages.error(request, "The table is no longer kept, or was imported already: choose the file again.")
            return HttpResponseRedirect(request.path)
        only_good, note = (form.cleaned_data.get(name) for name in ("only_good", "note"))
        with transaction.atomic():
            report = self._run_import(request, dataset, note=note, only_good=only_good)
            if valid:
                form.hold_against(report)
            if form.errors:
                transaction.set_rollback(True)
                form.data = form.data.copy()
                form.data["seen"] = digest(report)
                return self._import_page(request, self._upload_form(), report, form)
            self._note_import(request, report)
        KeptTable.forget(request.POST["table"])
        messages.success(request, _in_words(report))
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _run_import(self, request, dataset, *, note="", only_good=False, dry_run=False):
        """Import the table, or find out what would come of it; a note is asked for before it is confirmed."""
        resource = self.resource_class(form_for=self._row_forms(request), by=request.user, note=note or "–")
        return resource.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=not only_good)

    def _row_forms(self, request):
        """The forms that an editor would fill in, made once for all rows: one for drafts, one for what is public."""
        made = {}

        def form_for(record):
            key = bool(record and record.has_been_public)
            if key not in made:
                form = self.get_form(request, record, change=record is not None)
                made[key] = type(form.__name__, (form,), {"offers": False})  # nobody will choose from its lists
            return made[key]

        return form_for

    def _note_import(self, request, report):
        """Leave in the history of the drafts where they come from."""
        for outcome, flag in ((Row.NEW, ADDITION), (Row.DRAFT, CHANGE)):
            keys = [row.object_id for row in report.outcome(outcome)]
            records = self.model.objects.filter(pk__in=keys)
            LogEntry.objects.log_actions(request.user.pk, records, flag, change_message="Imported from a table.")

    def _whose_table(self, request):
        return [request.user.pk, self.opts.label_lower]

    def _upload_form(self, *sent):
        return UploadForm(*sent, resource_class=self.resource_class)

    def _import_page(self, request, upload, report=None, confirm=None):
        context = {
            **self.admin_site.each_context(request),
            "title": f"Import {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "upload": upload,
            "columns": columns_explained(self.resource_class, self._row_forms(request)(None)),
        }
        if report:
            good = report.outcome(Row.NEW) + report.outcome(Row.DRAFT) + report.outcome(Row.PROPOSAL)
            context |= {
                "report": report,
                "confirm": confirm,
                "groups": {name: report.outcome(name) for name in (Row.NEW, Row.DRAFT, Row.PROPOSAL, Row.UNCHANGED)},
                "failing": report.outcome(Row.FAILING),
                "good": len(good),
                "needs_note": report.outcome(Row.PROPOSAL),
            }
        return TemplateResponse(request, "admin/record/bulk/import.html", context)


def columns_explained(resource_class, form_class):
    """What each column of a table holds: its name, and what the form says of the field."""
    fields = form_class.base_fields
    return [
        {
            "name": name,
            "label": capfirst(fields[name].label) if len(fields[name].label) > 1 else fields[name].label,  # n is not N
            "help": fields[name].help_text,
            "needed": fields[name].required,
            **resource_class.explained(name),
        }
        for name in resource_class.columns()
        if name in fields
    ]


def _in_words(report):
    """“2 drafts are new, 1 draft changed, 3 changes wait for review; 4 rows changed nothing.”"""
    new, drafts, proposals, unchanged, failing = (
        len(report.outcome(name)) for name in (Row.NEW, Row.DRAFT, Row.PROPOSAL, Row.UNCHANGED, Row.FAILING)
    )
    done = [
        f"{new} new draft{'s' * (new != 1)}",
        f"{drafts} draft{'s' * (drafts != 1)} changed",
        f"{proposals} change{'s' * (proposals != 1)} proposed for review",
        f"{unchanged} row{'s' * (unchanged != 1)} unchanged",
        f"{failing} failing row{'s' * (failing != 1)} left out",
    ]
    said = [words for words, count in zip(done, (new, drafts, proposals, unchanged, failing), strict=True) if count]
    return f"Imported: {', '.join(said)}."

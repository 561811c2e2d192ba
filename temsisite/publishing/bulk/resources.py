"""Records as rows of a table, and rows as drafts and proposals.

django-import-export walks through the rows, each in a savepoint and all in a transaction, and collects what comes of
them. What a row means is decided by the form of its kind, and what becomes of it by the verbs of `actions`.
"""

import logging
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict
from import_export import resources

from temsisite.publishing import actions
from temsisite.publishing.bulk.cells import Reader, as_sent, cell, explained, has_usual
from temsisite.publishing.bulk.report import Report, Row
from temsisite.publishing.bulk.spreadsheets import ROW
from temsisite.publishing.models import Proposal, Record
from temsisite.publishing.rules import Refused

logger = logging.getLogger(__name__)
ORIGIN = "import"
MOST_TOLD = 300  # rows that are new or changed: each takes as long as saving its form, and somebody reviews it


class RecordResource(resources.ModelResource):
    """Records of one kind. A resource names its columns in `Meta.fields`, in the order a person reads."""

    TOLD_ONLY = ("status",)  # columns for the reader of a table; an import passes over them
    title_column = ""  # which says what a record is called

    class Meta:
        import_id_fields = ["slug"]
        use_transactions = True
        skip_unchanged = report_skipped = True
        skip_diff = True  # ours is made of what was stored, not of what was typed

    def __init__(self, *, form_for=None, by=None, note=""):
        """`form_for(record or None)` gives the form by which a row is held to the rules."""
        super().__init__()
        self.form_for, self.by, self.note = form_for, by, note
        self.model = self._meta.model
        self.reader = Reader(self.model)
        self.rows_by_slug = {}

    @classmethod
    def get_result_class(cls):
        return Report

    @classmethod
    def get_row_result_class(cls):
        return Row

    # The table

    @classmethod
    def columns(cls):
        return [*cls._meta.fields, *cls.TOLD_ONLY]

    @classmethod
    def explained(cls, name):
        """What a column holds beyond what the form says of its field, and whether an empty cell means something."""
        field = cls._meta.model._meta.get_field(name)
        return explained(field) | {"has_usual": has_usual(field)}

    @classmethod
    def cells(cls, record):
        """A record as a row of text."""
        return [cell(record, name) for name in cls.columns()]

    @classmethod
    def in_table(cls, queryset):
        """The same records with no more than their cells hold; of the records that they name, the slugs."""
        fields = [cls._meta.model._meta.get_field(name) for name in cls._meta.fields]
        single = [field.name for field in fields if not field.many_to_many]
        related = [(field.name, field.related_model) for field in fields if field.is_relation]
        named = [
            Prefetch(name, model.objects.only("slug" if issubclass(model, Record) else "number"))
            for name, model in related
        ]
        return queryset.select_related(None).only(*single, *cls.TOLD_ONLY).prefetch_related(*named)

    @classmethod
    def refuse(cls, dataset):
        """Raise `ValidationError` for a table that is not worth walking through."""
        headers, columns = dataset.headers[1:], cls.columns()
        problems = [_unknown(header, columns) for header in headers if header not in columns]
        double = sorted({header for header in headers if header and headers.count(header) > 1})
        problems += [f"The column “{header}” stands twice in the first row." for header in double]
        if "slug" not in headers:
            problems.append("The column “slug” is missing: it says which record a row is about.")
        if problems:
            raise ValidationError(problems)
        if not len(dataset):
            raise ValidationError("The file has the names of the columns, but no rows below them.")
        resource = cls()
        resource.before_import(dataset)
        if (telling := sum(not resource._is_stored(row) for row in dataset.dict)) > MOST_TOLD:
            raise ValidationError(
                f"{telling:,} rows of the file are new or changed. One import takes {MOST_TOLD}, and reviewers would "
                "rather have fewer: divide it, and import one part after another."
            )

    def remark_on(self, record) -> str:
        """What an editor should know of a new record before it is kept; a kind of record may have something to say."""
        return ""

    # Row by row, as django-import-export asks

    def before_import(self, dataset, **kwargs):
        slugs = [slug.strip() for slug in dataset["slug"] if "\x00" not in slug]
        records = self.in_table(self.model.objects.filter(slug__in=slugs))
        self.stored = {record.slug: (record, self._fields(record)) for record in records}

    def import_row(self, row, instance_loader, **kwargs):
        row["slug"] = row["slug"].strip()
        result = super().import_row(row, instance_loader, **kwargs)
        result.number, result.slug, result.title = row[ROW], row["slug"], self._title(row)
        if result.validation_error:
            result.fail(result.validation_error, row)
        for problem in result.errors:
            logger.error("Row %s of an import failed.", row[ROW], exc_info=problem.error)
            result.fail(ValidationError("Something went wrong with this row that nobody foresaw."), row)
        return result

    def before_import_row(self, row, **kwargs):
        if problems := {name: "Null characters are not allowed." for name, text in row.items() if "\x00" in str(text)}:
            raise ValidationError(problems)
        if (first := self.rows_by_slug.setdefault(row["slug"], row[ROW])) != row[ROW] and row["slug"]:
            raise ValidationError({"slug": f"This slug stands in row {first} already."})

    def get_instance(self, instance_loader, row):
        return self.stored.get(row["slug"], [None])[0]

    def after_init_instance(self, instance, new, row, **kwargs):
        self.before = dict.fromkeys(self._meta.fields, "") if new else self.stored[instance.slug][1]
        self.after, self.remark, self.written = self.before, "", Row.UNCHANGED

    def import_instance(self, instance, row, **kwargs):
        """Fill in the form with what the row says; where it has no column, with what stands there already."""
        if self._is_stored(row):
            return
        if instance.is_withdrawn:
            raise Refused(f"The {self.model._meta.verbose_name} is withdrawn: propose its restoration first.")
        record = self.model.objects.get(pk=instance.pk) if instance.pk else None  # whole, with its long texts
        self.form = form = self.form_for(record)(instance=record or instance)
        if slug := form.fields.get("slug"):
            slug.required = True  # where a form makes the address, a table would come in twice as two records
        data, problems = as_sent(form), {}
        told = self.before | {name: text.strip() for name, text in row.items() if name in self.before}
        for name in (name for name in self.before if name in row and name in form.fields):
            try:
                data[name] = self.reader.sent(name, told)
            except ValidationError as problem:
                problems[name] = problem.error_list
        form.data, form.is_bound = MultiValueDict(data), True  # the same form, for making one takes its time
        if problems:
            others = form.errors.as_data().items()
            raise ValidationError(problems | {name: errors for name, errors in others if name not in problems})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return self._is_stored(row)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """By the form, which asks the model's `full_clean()` as well."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        # The rules of the table are kept by the table; asking each of them before takes longer than all the rest.
        self.form.instance.validate_constraints = lambda exclude=None: None
        if not self.form.is_valid():
            raise ValidationError(self.form.errors.as_data())
        del self.form.instance.validate_constraints

    def save_instance(self, instance, is_create, row, **kwargs):
        try:
            with transaction.atomic():
                self.written = self._write(self.form.instance)
                if self.after == self.before:
                    self.written = Row.UNCHANGED
                    transaction.set_rollback(True)
        except (IntegrityError, DataError) as error:
            self.form.instance.validate_constraints()
            raise ValidationError("The database refuses this row beside what it holds by now.") from error
        instance.pk = self.form.instance.pk

    def save_m2m(self, instance, row, **kwargs):
        """The form has saved them."""

    def after_import_row(self, row, row_result, **kwargs):
        row_result.outcome, row_result.remark = self.written, self.remark
        row_result.changes = [
            [name, before, self.after[name]] for name, before in self.before.items() if before != self.after[name]
        ]

    def _is_stored(self, row):
        """Whether the record is there, and every cell of the row reads as it would if it were exported now."""
        _, stored = self.stored.get(row["slug"].strip(), (None, None))
        return stored is not None and all(
            row[name].replace("\r\n", "\n") == text for name, text in stored.items() if name in row and name != "slug"
        )

    def _title(self, row):
        """What the record of a row is called: as it is stored, or else as the row has it."""
        stored, _ = self.stored.get(row["slug"], (None, None))
        return str(stored) if stored else row.get(self.title_column, "").strip()

    def _fields(self, record):
        return {name: cell(record, name) for name in self._meta.fields}

    # Writing

    def _write(self, instance):
        """Make a draft of a new record, change a draft, or propose the change of what is published."""
        if not instance.pk:
            instance.created_by = self.by
            self._save_form()
            self.remark = self.remark_on(instance)
            return Row.NEW
        record = actions.hold(instance)
        if record.changed_at != instance.changed_at:
            raise Refused("Somebody else changed this record just now: import the file again.")
        return self._propose(record) if record.is_public else self._change_draft(record)

    def _change_draft(self, record):
        was_waiting = record.status == Record.Status.IN_REVIEW
        actions.take_back(record=record, by=self.by)
        self.form.instance.status = record.status
        self._save_form()
        if was_waiting and self.after != self.before:
            self.remark = "It was waiting for review and becomes a draft again."
        return Row.DRAFT

    def _propose(self, record):
        try:
            proposal = actions.propose_change(
                record=record, by=self.by, edit=self._save_form, note=self.note, origin=ORIGIN
            )
        except Refused:
            if self.after == self.before:  # said another way, but the same
                return Row.UNCHANGED
            raise
        others = Proposal.objects.about(record).open().exclude(pk=proposal.pk)
        if others.filter(sha256=proposal.sha256).exists():
            self.after, self.remark = self.before, "The same change waits for review already."
        elif others.exists():
            self.remark = "Another proposal about it waits for review."
        return Row.PROPOSAL

    def _save_form(self):
        self.after = self._fields(self.model.objects.get(pk=self.form.save().pk))


def _unknown(header, columns):
    if not header:
        return "A column has no name in the first row: name it, or remove it."
    near = get_close_matches(header.lower().replace(" ", "_"), columns, n=1)
    meant = f"do you mean “{near[0]}”?" if near else "remove it, or look up the columns below."
    return f"There is no column “{header[:60]}” here: {meant}"

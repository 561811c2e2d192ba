"""Records in bulk: as rows of a table for a spreadsheet, and from such rows back to drafts and proposals.

django-import-export walks through the rows, each in a savepoint and all in a transaction, and counts what comes of
them. What a row means is decided by the form of its kind, and what becomes of it by the verbs of `actions.py`.
"""

import logging
import re
from decimal import Decimal
from difflib import get_close_matches

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict
from import_export import resources
from import_export.results import Result, RowResult

from temsisite.publishing import actions, differences
from temsisite.publishing.models import Part, Proposal, Record
from temsisite.publishing.rules import Refused
from temsisite.publishing.spreadsheets import ROW

logger = logging.getLogger(__name__)
ORIGIN = "import"
MOST_TOLD = 500  # rows that are new or changed: each takes about as long as saving its form
SEVERAL = re.compile(r"[;\s]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Report(Result):
    """What came of the rows, or would."""

    def outcome(self, name):
        return [row for row in self.rows if row.outcome == name]

    def told(self):
        """All of it in a form that two runs can be compared by."""
        return [[row.number, row.outcome, row.slug, row.sentences, row.changes] for row in self.rows]


class Row(RowResult):
    """What came of one row: a draft, a change of a draft, a proposal, nothing, or sentences that say what is wrong."""

    NEW, DRAFT, PROPOSAL, UNCHANGED, FAILING = "new", "draft", "proposal", "unchanged", "failing"

    def __init__(self):
        super().__init__()
        self.number, self.slug, self.outcome, self.remark = 0, "", "", ""
        self.changes = []  # [column, before, after]
        self.sentences = []  # [column or nothing, sentence]

    @property
    def differences(self):
        """The changes as `components/_diff.html` shows them."""
        rows = []
        for column, before, after in self.changes:
            old, new = differences.text_sides(before, after)
            rows.append({"field": column, "old": old, "new": new})
        return rows


class RecordResource(resources.ModelResource):
    """Records of one kind. A resource names its columns in `Meta.fields`, in the order a person reads."""

    told_only = ("status",)  # columns for the reader of a table; an import passes over them

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
        self.seen = {}  # in which row each slug stood
        self.keys = {}  # the keys of the records that rows name

    @classmethod
    def get_result_class(cls):
        return Report

    @classmethod
    def get_row_result_class(cls):
        return Row

    # Out

    @classmethod
    def columns(cls):
        return [*cls._meta.fields, *cls.told_only]

    @classmethod
    def in_table(cls, queryset):
        """The same records with no more than their cells hold; of the records that they name, the slugs."""
        fields = [cls._meta.model._meta.get_field(name) for name in cls._meta.fields]
        single = [field.name for field in fields if not field.many_to_many]
        named = [
            Prefetch(
                field.name,
                field.related_model.objects.only("slug" if issubclass(field.related_model, Record) else "number"),
            )
            for field in fields
            if field.is_relation
        ]
        return queryset.select_related(None).only(*single, "status").prefetch_related(*named)

    @classmethod
    def cells(cls, record):
        """A record as a row of text."""
        return [cls._cell(record, name) for name in cls.columns()]

    @classmethod
    def _fields(cls, record):
        return {name: cls._cell(record, name) for name in cls._meta.fields}

    @classmethod
    def _cell(cls, record, name):
        value = getattr(record, name)
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, Record):
            return value.slug
        if isinstance(value, Part):
            return str(value.number)
        if isinstance(value, models.Manager):
            return "; ".join(sorted(other.slug for other in value.all()))
        return str(value)

    # In

    @classmethod
    def refuse_headers(cls, headers):
        """Raise `ValidationError` for columns that are missing, unknown or double."""
        headers = [header for header in headers if header != ROW]
        problems = [_unknown(header, cls.columns()) for header in headers if header not in cls.columns()]
        double = sorted({header for header in headers if header and headers.count(header) > 1})
        problems += [f"The column “{header}” stands twice in the first row." for header in double]
        if "slug" not in headers:
            problems.append("The column “slug” is missing: it says which record a row is about.")
        if problems:
            raise ValidationError(problems)

    @classmethod
    def holds(cls, name):
        """What a cell of this column holds, beyond what the form says: {"means": …, "choices": [(code, label)]}."""
        field = cls._meta.model._meta.get_field(name)
        related = field.related_model
        if related and issubclass(related, Part):
            return {"means": f"Its number in the {related.whole}."}
        if related:
            called = related._meta.verbose_name
            return {
                "means": f"Slugs of {called}s, separated by semicolons."
                if field.many_to_many
                else f"Slug of a {called}."
            }
        if isinstance(field, models.DateField):
            return {"means": "A day like 2026-01-31."}
        return {"choices": field.flatchoices}

    def before_import(self, dataset, **kwargs):
        slugs = [slug for slug in dataset["slug"] if "\x00" not in slug]
        self.stored = {record.slug: record for record in self.in_table(self.model.objects.filter(slug__in=slugs))}
        self.stored_cells = {slug: self._fields(record) for slug, record in self.stored.items()}
        telling = [row for row in dataset.dict if not self._says_the_same(row, self.stored_cells.get(row["slug"]))]
        if len(telling) > MOST_TOLD:
            raise ValidationError(
                f"{len(telling):,} rows of the file are new or changed. One import takes {MOST_TOLD}, and a reviewer "
                "would thank you for fewer: divide it, and import one part after another."
            )

    def before_import_row(self, row, **kwargs):
        if double := self.seen.get(row["slug"]):
            raise ValidationError({"slug": f"This slug stands in row {double} already."})
        if row["slug"]:
            self.seen[row["slug"]] = row[ROW]
        null = {name: "Null characters are not allowed." for name, text in row.items() if "\x00" in str(text)}
        if null:
            raise ValidationError(null)

    def import_row(self, row, instance_loader, **kwargs):
        row_result = super().import_row(row, instance_loader, **kwargs)
        row_result.number, row_result.slug = row[ROW], row["slug"]
        if row_result.errors:
            for error in row_result.errors:
                logger.error("Row %s of an import failed.", row[ROW], exc_info=error.error)
            row_result.outcome = Row.FAILING
            row_result.sentences = [["", "Something went wrong with this row that we did not foresee."]]
        elif row_result.validation_error:
            row_result.outcome = Row.FAILING
            row_result.sentences = self._sentences(row_result.validation_error)
        return row_result

    def get_instance(self, instance_loader, row):
        return self.stored.get(row["slug"])

    def after_init_instance(self, instance, new, row, **kwargs):
        self.before = dict.fromkeys(self._meta.fields, "") if new else self.stored_cells[instance.slug]
        self.after, self.remark, self.written = self.before, "", None

    def import_instance(self, instance, row, **kwargs):
        """Fill in the form with what the row says; where it has no column, with what stands there already."""
        if self._says_the_same(row, self.before):
            return
        if instance.is_withdrawn:
            raise Refused(f"The {self.model._meta.verbose_name} is withdrawn: propose its restoration first.")
        if instance.pk:
            instance = self.model.objects.get(pk=instance.pk)  # whole
        form = self.form_for(instance if instance.pk else None)(instance=instance)
        data, problems = _as_typed(form), {}
        for name, text in row.items():
            if name in form.fields and name in self._meta.fields:
                try:
                    data[name] = self._typed(name, text.strip(), row, instance)
                except ValidationError as problem:
                    problems[name] = problem
        self.form = form
        form.data, form.is_bound = MultiValueDict(data), True  # the same form, for making one takes its time
        if problems:
            others = {name: errors for name, errors in form.errors.as_data().items() if name not in problems}
            raise ValidationError({**{name: problem.error_list for name, problem in problems.items()}, **others})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not import_validation_errors and self._says_the_same(row, self.before)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """By the form, which asks the model's `full_clean()` as well."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        # The rules of the table are kept by the table; asking for each before would take as long as all the rest.
        self.form.instance.validate_constraints = lambda exclude=None: None
        if not self.form.is_valid():
            raise ValidationError(self.form.errors.as_data())
        del self.form.instance.validate_constraints

    def save_instance(self, instance, is_create, row, **kwargs):
        try:
            with transaction.atomic():
                self.written = self._write(self.form.instance)
                if self.after == self.before:
                    transaction.set_rollback(True)
        except (IntegrityError, DataError) as error:
            self.form.instance.validate_constraints()
            raise ValidationError("The database refuses this row beside what it holds by now.") from error

    def save_m2m(self, instance, row, **kwargs):
        """The form has saved them."""

    def after_import_row(self, row, row_result, **kwargs):
        row_result.changes = [
            [name, before, self.after[name]] for name, before in self.before.items() if before != self.after[name]
        ]
        row_result.outcome = self.written if row_result.changes else Row.UNCHANGED
        row_result.remark = self.remark

    # Writing

    def _write(self, instance):
        """Make a draft of a new record, change a draft, or propose the change of what is published."""
        if not instance.pk:
            self.form.instance.created_by = self.by
            self._save_form()
            return Row.NEW
        record = actions.hold(instance)
        if record.changed_at != instance.changed_at:
            raise Refused("Somebody else changed this record just now: import the file again.")
        return self._propose(record) if record.is_public else self._change_draft(record)

    def _change_draft(self, record):
        if record.status == Record.Status.IN_REVIEW:
            actions.take_back(record=record, by=self.by)
            self.form.instance.status = record.status
            self.remark = "It was waiting for review and becomes a draft again."
        self._save_form()
        return Row.DRAFT

    def _propose(self, record):
        try:
            proposal = actions.propose_change(
                record=record, by=self.by, edit=self._save_form, note=self.note, origin=ORIGIN
            )
        except Refused:
            if self.after == self.before:
                return Row.UNCHANGED  # said another way, but the same
            raise
        others = Proposal.objects.about(record).open().exclude(pk=proposal.pk)
        if others.filter(sha256=proposal.sha256).exists():
            self.after, self.remark = self.before, "The same change waits for review already."
        elif others.exists():
            self.remark = "Another proposal about it waits for review."
        return Row.PROPOSAL

    def _save_form(self):
        self.after = self._fields(self.model.objects.get(pk=self.form.save().pk))

    # What a cell means

    def _says_the_same(self, row, stored):
        """Whether every cell reads as it would if the record were exported now."""
        told = {name: text for name, text in row.items() if name in self._meta.fields}
        return stored is not None and all(text.replace("\r\n", "\n") == stored[name] for name, text in told.items())

    def _typed(self, name, text, row, instance):
        """What a form would be sent for this cell: a list of texts."""
        field = self.model._meta.get_field(name)
        if field.many_to_many:
            return [self._key(field.related_model, slug) for slug in SEVERAL.split(text) if slug]
        return [self._one_typed(field, text, row, instance)]

    def _one_typed(self, field, text, row, instance):
        related = field.related_model
        if not text:
            return ""
        if related and issubclass(related, Part):
            return self._key_of_part(related, text, row, instance)
        if related:
            return self._key(related, text)
        if field.choices:
            codes = {label: code for code, label in field.flatchoices}
            return codes.get(text, text)
        if isinstance(field, models.DateField) and not DAY.fullmatch(text):
            raise ValidationError(f"“{text[:40]}” is not a date like 2026-01-31.")
        return text

    def _key(self, model, slug):
        if (model, slug) not in self.keys:
            self.keys[model, slug] = model.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if key := self.keys[model, slug]:
            return str(key)
        raise ValidationError(f"There is no {model._meta.verbose_name} “{slug[:120]}”.")

    def _key_of_part(self, model, text, row, instance):
        """A part is named by its number within the record that the row names beside it."""
        whole = row[model.whole].strip() if model.whole in row else self._cell(instance, model.whole)
        key = ("number", text) if text.isascii() and text.isdigit() and len(text) < 6 else None
        part = key and model.objects.filter(**{f"{model.whole}__slug": whole, "number": text}).first()
        if part is None:
            kind, of = model._meta.verbose_name, model._meta.get_field(model.whole).related_model._meta.verbose_name
            raise ValidationError(f"The {of} “{whole[:120]}” has no {kind} number {text[:20]}.")
        return str(part.pk)

    def _sentences(self, error):
        """Each sentence with the name of its column, or with none if it is about the whole row."""
        problems = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        return [
            ["" if name == NON_FIELD_ERRORS else name, sentence]
            for name, found in problems.items()
            for sentence in ValidationError(found).messages
        ]


def _unknown(header, columns):
    if not header:
        return "A column has no name in the first row: name it, or remove it."
    near = get_close_matches(header.lower().replace(" ", "_"), columns, n=1)
    meant = f"do you mean “{near[0]}”?" if near else "remove it, or look up the columns below."
    return f"There is no column “{header[:60]}” here: {meant}"


def _as_typed(form):
    """What a browser would send back if nothing were typed, as lists of text by name."""
    return {bound.name: [_sent(item) for item in _several(bound.value())] for bound in form}


def _several(value):
    return value if isinstance(value, (list, tuple, models.QuerySet)) else [value]


def _sent(value):
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(getattr(value, "pk", value))

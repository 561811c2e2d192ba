"""The forms of an import: which file, and whether what was tried is to be done."""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from temsisite.publishing.admin.forms import LONGEST_TEXT
from temsisite.publishing.bulk import Row, spreadsheets


class UploadForm(forms.Form):
    """Asks for a table."""

    file = forms.FileField(
        label="The file",
        help_text=f"CSV in UTF-8, or an Excel workbook (.xlsx), of which the first sheet is read. At most "
        f"{spreadsheets.LARGEST_FILE // 1024**2} MB and {spreadsheets.MOST_ROWS:,} rows.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def __init__(self, *args, resource_class, **kwargs):
        super().__init__(*args, **kwargs)
        self.resource_class = resource_class

    def clean_file(self):
        """The table in the file."""
        file = self.cleaned_data["file"]
        if file.size > spreadsheets.LARGEST_FILE:
            raise ValidationError(
                f"The file has {file.size / 1024**2:.1f} MB; more than {spreadsheets.LARGEST_FILE // 1024**2} MB are "
                "not read. Divide it, and import one part after another."
            )
        dataset = spreadsheets.read(file.read())
        self.resource_class.refuse(dataset)
        return dataset


class ConfirmForm(forms.Form):
    """Asks whether what was tried is to be done."""

    table = forms.CharField(widget=forms.HiddenInput, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)  # the digest of the report that the page shows
    note = forms.CharField(
        label="What changes and why",
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="A sentence for the public log. It goes with every proposal that this import makes.",
    )
    only_good = forms.BooleanField(required=False)  # leave out the failing rows: a button of its own says so

    def hold_against(self, report):
        """Say why the import cannot be done as it stands."""
        if self.cleaned_data["seen"] != digest(report):
            changed = "Meanwhile something changed. Look at what the table would do now, and confirm it again."
            self.add_error(None, changed)
        if report.outcome(Row.FAILING) and not self.cleaned_data["only_good"]:
            self.add_error(None, "Some rows fail: correct them in your file, or leave them out.")
        if report.outcome(Row.PROPOSAL) and not self.cleaned_data["note"].strip():
            self.add_error("note", "Say what changes and why: the public log shows it beside the new versions.")


def digest(report):
    """By which a report is known again."""
    return hashlib.sha256(json.dumps(report.told()).encode()).hexdigest()

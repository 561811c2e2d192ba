"""A results table as a form: what is said once, a row for each measure, a column for each arm, a finding in each cell.

A cell is never judged here: it fills in the form of a finding, and that form says what is wrong.
"""

import re

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from temsisite.evidence.models import Comparator
from trials import measures
from trials.wording import sentence_of

ONCE = ("source", "locator", "interval_type", "interval_level", "criteria", "assessor", "ctcae_version")
OF_ROW = ("measure", "unit", "time_frame", "event_term", "grade_band", "population", "discrepancy_note")
ROWS, ROWS_AT_FIRST, ROWS_MORE = 40, 4, 4
COLUMNS = 12
CELLS = 200  # filled ones; each is a finding with all its rules
LONGEST_FIGURE = 60
INPUTS = 900  # Django reads 1,000 of a request
NUMBER = r"([-−]?\d+(?:[.·]\d+)?)\s*%?"
PRINTED = re.compile(
    rf"([{''.join(Comparator)}])?\s*{NUMBER}(?:\s*[(\[]\s*{NUMBER}\s*(?:–|—|-|to|,|;)\s*{NUMBER}\s*[)\]])?"
)


class Column:
    """An arm, or the whole trial."""

    def __init__(self, arm, form):
        self.arm, self.form = arm, form
        self.key = f"{arm.pk}" if arm else "all"
        self.title = arm.title if arm else "The whole trial"


class RowForm(forms.Form):
    """A measure with its conditions, and its figures arm by arm."""

    def __init__(self, *args, finding_form, columns, arms, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.fields |= {name: finding_form.fields[name] for name in OF_ROW}
        choices = [("", "---------"), *((str(arm.pk), arm.title) for arm in arms)]
        self.fields["compared_with"] = forms.ChoiceField(choices=choices, required=False, label="Compared with")
        for column in columns:
            for name, label in (("n", "n"), ("v", "value")):
                attrs = {"aria-label": f"{label}, {column.title}", "size": 5 if name == "n" else 12}
                if name == "n":
                    attrs["inputmode"] = "numeric"
                self.fields[f"{name}-{column.key}"] = forms.CharField(
                    label=label, required=False, widget=forms.TextInput(attrs=attrs)
                )
        self.sentences = {column.key: [] for column in columns}

    def clean(self):
        super().clean()
        if not self.filled():
            raise forms.ValidationError("This row has no figure yet: type one, or empty the row.")

    def filled(self):
        """The columns in which something was typed."""
        given = self.cleaned_data
        return [column for column in self.columns if given.get(f"n-{column.key}") or given.get(f"v-{column.key}")]

    def cells(self):
        """For the page: each column with its two fields and what is wrong with them."""
        return [
            {
                "column": column,
                "n": self[f"n-{column.key}"],
                "v": self[f"v-{column.key}"],
                "sentences": self.sentences[column.key],
            }
            for column in self.columns
        ]

    def conditions(self):
        """For the page: what tells the row from others of its measure."""
        return [self[name] for name in ("unit", "time_frame", "event_term", "grade_band")]

    def seldom(self):
        """For the page: what few rows need; and whether this one does."""
        fields = [self[name] for name in ("compared_with", "population", "discrepancy_note")]
        return {"fields": fields, "open": any(field.value() or field.errors for field in fields)}


class ResultsTableForm:
    """The whole table. `is_valid()` makes the forms of its findings; `findings` are theirs."""

    def __init__(self, *, trial, finding_form, data=None, initial=None, more=False):
        self.trial = trial
        self.finding_form = finding_form
        blank = finding_form(initial={"trial": trial.pk})
        arms = list(trial.arms.order_by("number"))
        whole = [] if len(arms) == 1 else [None]
        self.left_out = arms[COLUMNS:]
        self.once = _part(blank, ONCE)(data, initial=initial)
        counted = _part(blank, ("denominator", "denominator_counts"))
        self.columns = [
            Column(arm, counted(data, prefix=f"column-{arm.pk if arm else 'all'}")) for arm in arms[:COLUMNS] + whole
        ]
        self.rows = self._formset(blank, arms)(
            _with_more_rows(data, self.most_rows) if more else data, prefix="rows", form_kwargs=self._row_kwargs
        )
        self.sentences, self.findings = [], []

    @property
    def most_rows(self):
        return min(ROWS, INPUTS // (len(OF_ROW) + 1 + 2 * len(self.columns)))

    def is_valid(self):
        parts = [self.once, *(column.form for column in self.columns), self.rows]
        amiss = [part for part in parts if not part.is_valid()]
        self._judge_cells()
        amiss += [sentences for row in self.rows for sentences in row.sentences.values() if sentences]
        if not amiss and not self.findings:
            self.sentences.append("The table is empty: choose a measure and type a figure.")
        return not amiss and not self.sentences

    def _formset(self, blank, arms):
        self._row_kwargs = {"finding_form": blank, "columns": self.columns, "arms": arms}
        most = self.most_rows
        return forms.formset_factory(
            RowForm, extra=min(ROWS_AT_FIRST, most), max_num=most, absolute_max=most, validate_max=True
        )

    def _judge_cells(self):
        """Let the form of a finding judge each filled cell, and keep what it says beside the cell."""
        filled = [(row, column) for row in self.rows if row.has_changed() for column in row.filled()]
        if len(filled) > CELLS:
            self.sentences.append(f"A table holds at most {CELLS} figures at a time: leave some for another one.")
            return
        taken, told = set(), {}
        for row, column in filled:
            finding, sentences = self._judge(row, column, taken)
            if finding is not None:
                number = self.rows.forms.index(row) + 1
                earlier = told.setdefault(_what_it_tells(finding), number)
                if earlier != number:
                    sentences.append(f"Row {earlier} tells the same of this arm: say what sets the two apart.")
                taken.add(finding.slug)
                self.findings.append(finding)
            row.sentences[column.key] = sentences

    def _judge(self, row, column, taken):
        """A finding and no sentence, or no finding and what is wrong."""
        try:
            data = self._data(row, column)
        except ValueError as error:
            return None, [str(error)]
        form = self._filled_in(data, taken)
        if row.cleaned_data.get("discrepancy_note") and form.instance.disagreements():
            form = self._filled_in(data | {"discrepancy_note": row.cleaned_data["discrepancy_note"]}, taken)
        shown = {*self.once.errors, *row.errors, *column.form.errors}  # said elsewhere on the page
        sentences = [
            sentence if name in (NON_FIELD_ERRORS, "value", "numerator") else f"{form.fields[name].label}: {sentence}"
            for name, sentences in form.errors.items()
            if name not in shown
            for sentence in sentences
        ]
        if form.errors:
            return None, sentences
        form.instance.statement = sentence_of(form.instance)
        return form.instance, []

    def _filled_in(self, data, taken):
        form = self.finding_form(data)
        form.taken = taken
        form.is_valid()
        return form

    def _data(self, row, column):
        """What the cell, its row, its column and the head of the table say, as the form of a finding takes it."""
        typed = {**self._typed(self.once, ONCE), **self._typed(row, (*OF_ROW, "compared_with"))}
        measure = typed.get("measure", "")
        data = {name: text for name, text in typed.items() if measures.applies(measure, name) or name in OF_ROW}
        n, figure = (row.cleaned_data.get(f"{name}-{column.key}", "").strip() for name in ("n", "v"))
        if n and not (n.isascii() and n.isdigit() and len(n) < 10):
            raise ValueError(f"“{n[:40]}” is not a number of people: n is one such as 19.")
        data |= {"numerator": n, "verdict": "NOT_ASSESSED", "comparator": "=", "statement": "–"}
        data |= {"trial": self.trial.pk, "arm": column.arm.pk if column.arm else ""}
        telling = measures.BY_MEASURE.get(measure)
        if n or (telling and "denominator" in telling.expected):
            data |= self._typed(column.form, ("denominator", "denominator_counts"))
        data |= _read_printed(figure) if figure else {"value": n, "unit": "PATIENTS"}
        if not data.get("lower"):
            data |= {"interval_type": "", "interval_level": ""}
        return data | {"discrepancy_note": ""}

    def _typed(self, form, names):
        return {name: form[name].value() or "" for name in names}


def _read_printed(text):
    """“< 1.5”, “57.6 %” or “10.9 (8.6–12.7)” as the fields of a quantity; ValueError with a sentence."""
    match = PRINTED.fullmatch(text) if len(text) <= LONGEST_FIGURE else None
    if match is None:
        raise ValueError(f"“{text[:40]}” is not a figure such as 57.6, <1 or 10.9 (8.6–12.7).")
    comparator, *numbers = match.groups()
    value, lower, upper = ((number or "").replace("−", "-").replace("·", ".") for number in numbers)
    return {"comparator": comparator or "=", "value": value, "lower": lower, "upper": upper}


def _what_it_tells(finding):
    names = ("arm_id", "compared_with_id", "measure", "grade_band", "time_frame", "population", "event_term")
    return tuple(getattr(finding, name) for name in names)


def _part(form, names):
    """A form of some of the fields of a form."""
    return type("Part", (forms.Form,), {name: form.fields[name] for name in names})


def _with_more_rows(data, most):
    data = data.copy()
    total = data.get("rows-TOTAL_FORMS", "")
    rows = int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    data["rows-TOTAL_FORMS"] = str(min(rows + ROWS_MORE, most))
    return data

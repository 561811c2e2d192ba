"""The fields of the desk are written by templates of our own, which are quicker; a browser is given the same."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer

UNITS = [("", "---------"), ("Shares", [("PERCENT", "% of people"), ("<PER_1000>", "a & b")]), (7, "months")]
ATTRS = {"id": "id_unit", "required": True, "disabled": False, "rows": 3, "data-placeholder": 'a "unit"'}


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(ATTRS, UNITS), "PERCENT"),
        (forms.Select(ATTRS, UNITS), None),
        (forms.SelectMultiple(ATTRS, UNITS), ["<PER_1000>", 7]),
        (forms.RadioSelect(ATTRS, UNITS), 7),
        (forms.NumberInput(ATTRS), 57.6),
        (forms.Textarea(ATTRS), "19 of 33 <women>"),
    ],
)
def test_a_field_is_written_as_django_writes_it(widget, value):
    ours, djangos = (widget.render("unit", value, renderer=by) for by in (get_default_renderer(), DjangoTemplates()))

    assert ours.split() == djangos.split()


def test_a_label_is_written_as_django_writes_it():
    ours, djangos = (
        str(
            forms.CharField(label="Unit & more")
            .get_bound_field(forms.Form(renderer=by), "unit")
            .label_tag(attrs=ATTRS)
        )
        for by in (get_default_renderer(), DjangoTemplates())
    )

    assert ours.split() == djangos.split()

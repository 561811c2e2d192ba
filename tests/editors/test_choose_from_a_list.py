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
        (forms.NumberInput(ATTRS), 0),
        (forms.Textarea(ATTRS), "19 of 33 <women>"),
    ],
)
def test_a_field_is_written_as_django_writes_it(widget, value):
    ours, djangos = (widget.render("unit", value, renderer=by) for by in (get_default_renderer(), DjangoTemplates()))

    assert ours.split() == djangos.split()


@pytest.mark.parametrize("attrs", [ATTRS, None])
@pytest.mark.parametrize("widget", [forms.TextInput, forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_a_label_is_written_as_django_writes_it(widget, attrs):
    field = forms.CharField(label="Unit & more", widget=widget)

    ours, djangos = (
        field.get_bound_field(forms.Form(renderer=by), "unit").label_tag(attrs=attrs)
        for by in (get_default_renderer(), DjangoTemplates())
    )

    assert ours.split() == djangos.split()


def test_an_administrator_gives_somebody_a_new_password(admin_client, admin_user):
    address = f"/admin/auth/user/{admin_user.pk}/password/"
    typed = {"password1": "rapa-nui-1964", "password2": "rapa-nui-1964", "usable_password": "true"}

    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, typed | {"set-password": "1"}).status_code == 302

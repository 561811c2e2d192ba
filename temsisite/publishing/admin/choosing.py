"""How the forms of the desk let other records be chosen."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models


def may_be_a_key(value):
    """Whether a database can be asked for a row of this key; the stock widgets would ask for anything."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 19


class KeysOnly:
    """A choice that was forged is not shown; the field says what is wrong with it."""

    def optgroups(self, name, value, attrs=None):
        keys = [key for key in value if may_be_a_key(key)]
        if keys:
            return super().optgroups(name, keys, attrs)
        may_be_empty = not self.is_required and not self.allow_multiple_selected
        return [(None, [self.create_option(name, "", "", False, 0)] if may_be_empty else [], 0)]


class ChooseOne(KeysOnly, AutocompleteSelect):
    """A list that is searched while one types. Without JavaScript it offers what the page brings along."""

    offered = staticmethod(tuple)  # called when the list is shown, for a few rows

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        options = groups[0][1]
        rows = self.offered()
        if rows and not options:  # or a browser would choose the first of them
            options.append(self.create_option(name, "", "", False, 0))
        here = {str(option["value"]) for option in options}
        for row in rows:
            if str(row.pk) not in here:
                label = self.choices.field.label_from_instance(row)
                options.append(self.create_option(name, row.pk, label, False, len(options)))
        return groups


def offer(form, name, rows):
    """Let the list of a field bring along what `rows()` gives."""
    if field := form.fields.get(name):
        getattr(field.widget, "widget", field.widget).offered = rows


class ChooseSome(KeysOnly, AutocompleteSelectMultiple):
    pass


class SomeRecordsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        if value and not all(map(may_be_a_key, value)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class Choosing:
    """Other records are chosen by their label. From here they can be looked at and added to, never changed."""

    formfield_overrides = {
        models.TextField: {"widget": admin.widgets.AdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": ChooseSome(db_field, self.admin_site), "form_class": SomeRecordsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.label_from_instance = self.admin_site.get_model_admin(db_field.remote_field.model).label
        return field

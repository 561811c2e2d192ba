"""Forms of the desk. They name the field they are unhappy with, and give back everything that was typed."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString

LONGEST_TEXT = 20_000
# What PostgreSQL holds; SQLite would take more, and then the same record could not be moved.
LARGEST = {"PositiveSmallIntegerField": 32_767, "PositiveIntegerField": 2_147_483_647}


class Complaints(ErrorList):
    """What a form complains of; the admin asks for it twice for each field, and mostly there is nothing to tell."""

    def render(self, *args, **kwargs):
        return super().render(*args, **kwargs) if self else SafeString()

    __str__ = __html__ = render


class SpeakingForm(forms.ModelForm):
    """A form of a record or a part, whose complaints are sentences."""

    longest_texts = {}  # by field, where a text may be longer than others

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"error_class": Complaints})
        for name, field in self.fields.items():
            try:
                self._teach(field, self._meta.model._meta.get_field(name))
            except FieldDoesNotExist:
                continue

    def clean(self):
        super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):  # browsers send CRLF, which would make a change of an unchanged text
                self.cleaned_data[name] = value.replace("\r\n", "\n")

    def _teach(self, field, model_field):
        name = model_field.verbose_name
        field.error_messages["required"] = f"The {name} is missing."
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.error_messages["invalid_choice"] = f"One of the {name} you chose is no longer there."
        elif isinstance(field, forms.ModelChoiceField):
            field.error_messages["invalid_choice"] = f"The {name} you chose is no longer there: choose another."
        elif isinstance(field, forms.CharField) and field.max_length is None:
            # No max_length: a browser would cut off what is pasted without a word.
            longest = self.longest_texts.get(model_field.name, LONGEST_TEXT)
            field.validators.append(MaxLengthValidator(longest))
        elif largest := LARGEST.get(model_field.get_internal_type()):
            field.validators.append(MaxValueValidator(largest))


class RecordForm(SpeakingForm):
    """The form of a record of any kind."""

    note = forms.CharField(
        label="What changes and why",
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="A sentence for the public log, beside the new version. A change of what is published needs one.",
    )

    refusal = None  # the ValidationError of an action that did not accept what this form asked for
    only_shown = False  # whether it is there to be read, with its complaints, and not to be saved

    def is_valid(self):
        return super().is_valid() and not self.only_shown

    def is_multipart(self):
        """Sent in parts, a text in Greek takes a third of the room, and the server reads so much and no more."""
        return True

    def clean(self):
        super().clean()
        seen = self.data.get("seen")  # when the record had last been changed as the form was opened
        if seen and self.instance.pk and seen != self.instance.changed_at.isoformat():
            raise ValidationError(
                "Somebody else changed this record while you were writing. What you typed is still here: compare it "
                "with the record as it is now, and save again to put yours in its place."
            )
        if self.refusal:
            self.add_error(None, by_field(self.refusal, self.fields))


class NoteForm(forms.Form):
    """A sentence that goes with a withdrawal or a restoration."""

    note = forms.CharField(
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )


class DecisionForm(forms.Form):
    """What a reviewer says about a proposal."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)  # of the document that the page shows
    reason = forms.CharField(
        label="Reason, if you return it",
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Its author will read it. An acceptance needs none.",
    )


def by_field(error, fields):
    """The same error, with what is about none of `fields` set down as being about the whole form."""
    sorted_out = {}
    for name, problems in _problems(error).items():
        sorted_out.setdefault(name if name in fields else NON_FIELD_ERRORS, []).extend(problems)
    return ValidationError(sorted_out)


def sentences(error, model):
    """What the error says, each sentence with the name of its field."""
    return [
        sentence if name == NON_FIELD_ERRORS else f"{_called(model, name)}: {sentence}"
        for name, problems in _problems(error).items()
        for sentence in ValidationError(problems).messages
    ]


def problems_of(error):
    """What the error says, by field: [{"name", "sentence"}]."""
    return [
        {"name": name, "sentence": sentence}
        for name, problems in _problems(error).items()
        for sentence in ValidationError(problems).messages
    ]


def _problems(error):
    return error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}


def _called(model, name):
    try:
        return model._meta.get_field(name).verbose_name
    except FieldDoesNotExist:
        return name

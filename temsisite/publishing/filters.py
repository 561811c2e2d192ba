"""Filters that pages and API share: one FilterSet chooses the records for both doors, and says how they can stand."""

import datetime
from copy import copy

import django_filters
from django import forms
from django.db.models import Q

from temsisite.publishing import search
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication, SearchDocument
from temsisite.publishing.problems import repeated
from temsisite.publishing.shape import shortened

LONGEST_NAME = 300
UNIQUE = {"slug", "publication"}  # no two records share them, so that nothing more is needed to order by


class Copied:
    """A filter as each list has its own. Only what it is bound to differs; to copy its choices too takes long."""

    def __deepcopy__(self, memo):
        own = copy(self)
        own.method = self.method  # a method is bound to its filter
        return own


class TextFilter(Copied, django_filters.CharFilter):
    """Choose by words that were typed."""


class RecordFilterSet(django_filters.FilterSet):
    """Filters of one kind of record. A parameter that is not understood is refused, never passed over."""

    # What a list can be ordered by: the word in the address, and the field. Never the result of a trial.
    orderings = {"slug": "slug", "sequence": "publication"}

    q = TextFilter(label="Containing", method="containing", max_length=200)

    def containing(self, queryset, name, value):
        return queryset.filter(publication__in=search.matching(value).values("publication"))

    def get_form_class(self):
        """The class of the form, made once for each list: to make its fields takes longer than to fill them in."""
        filterset = type(self)
        if "form_class" not in vars(filterset):
            filterset.form_class = super().get_form_class()
        return filterset.form_class

    def problems(self, also=()) -> dict[str, list[str]]:
        """What is wrong with the query, by parameter; empty when all of it is understood.

        `also` names what else the address takes: where in the list one is, and in which order.
        """
        problems = {name: list(errors) for name, errors in self.form.errors.items()}
        for name in sorted(set(self.data) - set(self.form.fields) - set(also)):
            known = ", ".join([*self.form.fields, *also])
            problems[name] = [f"There is no filter of this name. There are: {known}."]
        problems |= repeated(self.data)
        if "ordering" in also and self.data.get("ordering", "slug") not in self.ordering_words():
            problems["ordering"] = [f"One can order by {', '.join(self.ordering_words())}."]
        return problems

    @classmethod
    def ordering_words(cls):
        return [f"{sign}{word}" for word in cls.orderings for sign in ("", "-")]

    @classmethod
    def order(cls, word) -> list[str]:
        """The fields to order by for a word that has been understood: “-start_date” → ["-start_date", "slug"]."""
        sign, field = "-" * word.startswith("-"), cls.orderings[word.removeprefix("-")]
        return [f"{sign}{field}"] + ([] if field in UNIQUE else ["slug"])

    def ordered(self):
        """What is chosen in the order asked for, or else in the order that it came in."""
        word = self.data.get("ordering")
        return self.qs.order_by(*self.order(word)) if word else self.qs


class ChoiceField(django_filters.fields.ChoiceField):
    """One of a field's values, which all forms share."""

    def __deepcopy__(self, memo):
        memo[id(self._choices)] = self._choices
        return super().__deepcopy__(memo)


class ChoiceFilter(Copied, django_filters.ChoiceFilter):
    """Choose by one of a field's values. A stored value may count under several: phase 1/2 is phase 1 and phase 2."""

    field_class = ChoiceField

    def __init__(self, *args, stands_for=lambda value: [value], **kwargs):
        super().__init__(*args, **kwargs)
        self.stands_for = stands_for


class RecordField(django_filters.fields.ModelChoiceField):
    """Another record by its slug or, where only one has it, its name; a big site has too many for a menu."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "invalid_choice" or len(value) > LONGEST_NAME:  # then it is no name at all
                raise
            named = self.named(value)
            if len(named) != 1:
                raise
            return named[0]

    def named(self, name):
        kind = self.queryset.model.kind()
        titles = SearchDocument.objects.filter(kind=kind, title__iexact=name)
        return self.queryset.filter(slug__in=titles.values("slug"))[:2]


class RecordFilter(Copied, django_filters.ModelChoiceFilter):
    """Choose by another record, named by its slug."""

    field_class = RecordField

    def __init__(self, model, **kwargs):
        name = model._meta.verbose_name
        super().__init__(
            queryset=lambda request: model.objects.public(),
            to_field_name="slug",
            empty_label="any",
            label=kwargs.pop("label", name.capitalize()),
            widget=forms.TextInput,
            error_messages={"invalid_choice": f"There is no published {name} of this name; its address ends in it."},
            **kwargs,
        )
        self.record_model = model


def not_in_the_future(day):
    if day > datetime.date.today():
        raise forms.ValidationError(f"{day:%Y-%m-%d} lies in the future. Choose today or a day before it.")


class DayFilter(Copied, django_filters.DateFilter):
    """Choose by a day that is over or has begun."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            validators=[not_in_the_future],
            error_messages={"invalid": "This is not a day of the calendar; write one like 2008-01-01."},
            **kwargs,
        )


def choice_filter(choices, label, refusal="", **kwargs):
    """Choose by one of a field's values; any other value is refused."""
    refusal = refusal or f"“%(value)s” is no choice of “{label}”. Choose one of those offered."
    kwargs |= {"choices": choices, "label": label, "error_messages": {"invalid_choice": refusal}}
    return ChoiceFilter(empty_label="any", **kwargs)


class ChangesFilterSet(RecordFilterSet):
    """Filters of the publication log."""

    orderings = {}

    kind = choice_filter(lambda: [(kind, model._meta.verbose_name) for kind, model in kinds().items()], "Kind")
    action = choice_filter(Publication.Action.choices, "What happened")

    class Meta:
        model = Publication
        fields = ["q", "kind", "action"]

    def containing(self, queryset, name, value):
        return queryset.filter(Q(proposal__title__icontains=value, is_gone=False) | Q(note__icontains=value))


class SearchFilterSet(RecordFilterSet):
    """What the search page can be asked: words, and which kind of record or which verdict to narrow to."""

    kind = choice_filter(
        lambda: [(kind, model._meta.verbose_name) for kind, model in kinds().items()],
        "Kind",
        "There is no kind of record called “%(value)s”. Choose one of these.",
    )
    verdict = choice_filter(
        search.verdicts,
        "Verdict",
        "There is no verdict called “%(value)s”. Choose one of these.",
    )

    class Meta:
        model = SearchDocument
        fields = ["q", "kind", "verdict"]

    def __init__(self, data, *args, **kwargs):
        # A question may be of any length and hold anything: what is too much of it is passed over.
        self.question = search.Question.of(data.get("q", ""))
        data = data.copy()
        data["q"] = self.question.text
        super().__init__(data, *args, **kwargs)

    def found(self):
        """What was found; where kind or verdict are not understood, without narrowing."""
        self.form.is_valid()
        narrowed = {name: self.form.cleaned_data.get(name, "") for name in ("kind", "verdict")}
        return search.Found(self.question, **narrowed)


def short_title(record):
    return shortened(str(record))

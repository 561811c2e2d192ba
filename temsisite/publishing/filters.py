"""Filters that pages and API share: one FilterSet chooses the records for both doors."""

import django_filters
from django.db.models import Q
from django.utils.text import Truncator

from temsisite.publishing import search
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication, SearchDocument


class RecordFilterSet(django_filters.FilterSet):
    """Filters of one kind of record. A parameter that is not understood is refused, never passed over."""

    q = django_filters.CharFilter(label="Containing", method="containing", max_length=200)

    def containing(self, queryset, name, value):
        return queryset.filter(publication__in=search.matching(value).values("publication"))

    def problems(self, also=()) -> dict[str, list[str]]:
        """What is wrong with the query, by parameter; empty when all of it is understood.

        `also` names what else the address takes: where in the list one is, and in which order.
        """
        problems = {name: list(errors) for name, errors in self.form.errors.items()}
        for name in sorted(set(self.data) - set(self.form.fields) - set(also)):
            known = ", ".join([*self.form.fields, *also])
            problems[name] = [f"There is no filter of this name. There are: {known}."]
        return problems


class RecordFilter(django_filters.ModelChoiceFilter):
    """Choose by another record, named by its slug."""

    def __init__(self, model, **kwargs):
        name = model._meta.verbose_name
        super().__init__(
            queryset=lambda request: model.objects.public(),
            to_field_name="slug",
            empty_label="any",
            label=kwargs.pop("label", name.capitalize()),
            error_messages={"invalid_choice": f"There is no published {name} of this name; its address ends in it."},
            **kwargs,
        )

    @property
    def field(self):
        field = super().field
        field.label_from_instance = lambda record: Truncator(str(record)).chars(60)
        return field


def choice_filter(choices, label, **kwargs):
    """Choose by one of a field's values; any other value is refused."""
    return django_filters.ChoiceFilter(choices=choices, label=label, empty_label="any", **kwargs)


class ChangesFilterSet(RecordFilterSet):
    """Filters of the publication log."""

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
        error_messages={"invalid_choice": "There is no kind of record called “%(value)s”. Choose one of these."},
    )
    verdict = choice_filter(
        search.verdicts,
        "Verdict",
        error_messages={"invalid_choice": "There is no verdict called “%(value)s”. Choose one of these."},
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

"""How many records of a list one gets by each choice. Of a long list only a part is looked at.

What a database would look up anew for each facet is read once and counted here.
"""

from collections import Counter
from functools import cache
from heapq import nlargest
from itertools import islice
from operator import itemgetter

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.expressions import RawSQL

from temsisite.publishing.prepared import ByKeys

COUNTED = 1_000  # neither a chosen list nor a facet looks at more records for the sake of a number
LOOKED_UP = 100  # of more records with the same number, the first are met sooner on a walk along all


class Numbers:
    """The numbers of all facets of a list, each given all other choices."""

    def __init__(self, filterset, names):
        self.filterset, self.samples = filterset, {}
        self.paths = {name: filterset.filters[name].field_name for name in names}

    def sample(self, name):
        """The records that all filters but one choose. The facets that nothing was chosen by share one sample."""
        chosen = self.filterset.form.cleaned_data
        left_out = name if chosen.get(name) else ""
        if left_out not in self.samples:
            sharing = [name] if left_out else [other for other in self.paths if not chosen.get(other)]
            self.samples[left_out] = Sample(self._others(name), [self.paths[other] for other in sharing])
        return self.samples[left_out]

    @property
    def found(self):
        """How many records all filters choose, as far as one counts, if a sample has told by the way."""
        return self.samples[""].size if "" in self.samples else None

    def _others(self, name):
        queryset = self.filterset.queryset
        for other, value in self.filterset.form.cleaned_data.items():
            if other != name:
                queryset = self.filterset.filters[other].filter(queryset, value)
        return queryset.order_by()


class Sample:
    """The first records of a queryset, by the columns with which some paths begin."""

    def __init__(self, queryset, paths):
        self.model = queryset.model
        names = sorted({_way(self.model, path)[0] for path in paths})
        rows = _rows(queryset.values_list(*names)[: COUNTED + 1])
        self.size, self.is_part = len(rows), len(rows) > COUNTED
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        self.numbers = {name: Counter(column) for name, column in zip(names, columns, strict=True)}
        for numbers in self.numbers.values():
            del numbers[None]

    def by_value(self, name):
        """How many records have each value of a column."""
        return self.numbers[name]

    def by_record(self, path):
        """How many records lead to each other record, by the keys of these."""
        column, rest = _way(self.model, path)
        weights = self.by_value(column)
        if not rest or not weights:
            return weights
        links, here, there = _links(self.model, path)
        keys = RawSQL(", ".join(map(str, weights)), [])  # thousands of numbers, too many to be passed as values
        pairs = set(_rows(links.filter(**{f"{here}__in": keys}).values_list(here, there)))
        if len(weights) == self.size:  # each counts once
            return Counter(map(itemgetter(1), pairs))
        numbers = Counter()
        for key, record in pairs:
            numbers[record] += weights[key]
        return numbers


def _way(model, path):
    """The column of its own with which a path begins, and the way from there: trial__diseases is trial, diseases."""
    first, _, rest = path.partition("__")
    has_column = getattr(model._meta.get_field(first), "column", None)
    return (first, rest) if has_column else ("pk", path)


def _links(model, path):
    """The rows that link what a path begins with to what it leads to, and in them the names of these two ends."""
    back = []
    for name in path.split("__"):
        field = model._meta.get_field(name)
        back = [] if field.many_to_one else [field.remote_field.name, *back]
        model = field.related_model
    links = field.remote_field.through._base_manager
    return links, "__".join([field.m2m_field_name(), *back[1:]]), field.m2m_reverse_field_name()


def most(model, numbers, limit):
    """The public records with the highest numbers; of those with the same, the first by their slugs."""
    least = min(nlargest(limit, numbers.values()), default=0)
    keys = [key for key, number in numbers.items() if number >= least]
    if len(keys) > LOOKED_UP:
        keys = [key for key in keys if numbers[key] > least]
        keys += _first_of({key for key, number in numbers.items() if number == least}, model, limit - len(keys))
    return sorted(_by_keys(model)(*keys), key=lambda record: -numbers[record.pk])[:limit] if keys else []


def _first_of(keys, model, limit):
    named = model.objects.public().order_by("slug").values_list("pk", flat=True).iterator(chunk_size=100)
    return list(islice((key for key in named if key in keys), limit))


@cache
def _by_keys(model):
    return ByKeys(model.objects.public().to_refer_to().order_by("slug"))


def _rows(queryset):
    """The rows of a queryset of bare columns: there are thousands, and Django takes each in its hands."""
    try:
        asked = queryset.query.sql_with_params()
    except EmptyResultSet:  # Django knows it without asking
        return []
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(*asked)
        return cursor.fetchall()

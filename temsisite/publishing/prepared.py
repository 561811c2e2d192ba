"""Questions that every page of a kind asks: Django takes longer to put one into SQL than the database to answer it."""

from copy import copy
from functools import partial
from types import SimpleNamespace

from django.db import connections
from django.db.models import F, Prefetch, Value, prefetch_related_objects
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError

MANY = 100  # records whose parts are fetched by SQL that is kept: there is one for each number of them


class Prepared:
    """A question put into SQL once, where only values differ: `Prepared(lambda slug: Drug.objects.filter(slug=slug))`.

    Called with values, it gives a list of the rows that the queryset would give, with what that prefetches.
    """

    def __init__(self, ask):
        self.ask, self.kept = ask, {}

    def __call__(self, *values):
        absent = tuple(value is None for value in values)  # “is null” is SQL of its own
        if absent not in self.kept:
            places = [None if value is None else Value(_Place(number)) for number, value in enumerate(values)]
            self.kept[absent] = _Sql(self.ask(*places))
        return self.kept[absent].rows(values)


class ByKeys(Prepared):
    """The rows of these keys; there is SQL for each number of them, so they should be a page's worth."""

    def __init__(self, queryset):
        super().__init__(lambda *keys: queryset.filter(pk__in=keys))


class _Place:
    """Stands in the SQL for a value."""

    def __init__(self, number):
        self.number = number


class _Sql:
    """The SQL of a queryset with places in it, and what Django needs to make rows of the answer."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select]
        converters, composite = self.compiler.get_converters(columns), self.compiler.has_composite_fields(columns)
        self.compiler.get_converters = lambda columns: converters
        self.compiler.has_composite_fields = lambda columns: composite
        of_records = queryset._iterable_class is ModelIterable and not composite
        self.records = _Records(self.compiler, converters) if of_records else None
        self.parts = [_Parts(lookup) for lookup in queryset._prefetch_related_lookups]

    def rows(self, values):
        if self.queryset.query.select_for_update and not connections[self.queryset.db].in_atomic_block:
            raise TransactionManagementError("Rows are held until a transaction ends, and there is none.")
        params = tuple(values[param.number] if isinstance(param, _Place) else param for param in self.params)
        rows = self.records.found(self.sql, params) if self.records else self._columns(params)
        for parts in self.parts:
            parts.fetch_for(rows)
        return rows

    def _columns(self, params):
        """What `values_list()` and the like give: Django makes it of a compiler that has its SQL already."""
        compiler = copy(self.compiler)
        compiler.connection = connections[self.queryset.db]  # each thread has its own
        compiler.as_sql = lambda: (self.sql, params)
        asked = SimpleNamespace(
            db=self.queryset.db,
            model=self.queryset.model,
            query=SimpleNamespace(get_compiler=lambda using: compiler, selected=self.queryset.query.selected),
            _known_related_objects={},
        )
        return list(self.queryset._iterable_class(asked))


class _Records:
    """Makes records of rows as Django's `ModelIterable` does, which looks up anew each time which column is what."""

    def __init__(self, compiler, converters):
        select, fields = compiler.select, compiler.klass_info["select_fields"]
        self.compiler, self.converters, self.db = compiler, converters, compiler.using
        self.model, self.own = compiler.klass_info["model"], slice(fields[0], fields[-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.own]]
        self.related = get_related_populators(compiler.klass_info, select, self.db)
        self.annotations = list((compiler.annotation_col_map or {}).items())

    def found(self, sql, params):
        with connections[self.db].cursor() as cursor:  # each thread has its own connection
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        # Converters ask a connection only for what is alike in all threads.
        return [self._record(row) for row in self.compiler.apply_converters(rows, self.converters)]

    def _record(self, row):
        record = self.model.from_db(self.db, self.names, row[self.own])
        for related in self.related:
            related.populate(row, record)
        for name, place in self.annotations:
            setattr(record, name, row[place])
        return record


class _Parts:
    """What `prefetch_related()` fetches by one of its lookups: the parts of records, or those that a field names."""

    def __init__(self, lookup):
        lookup = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        *self.path, self.name = lookup.prefetch_to.split("__")
        self.queryset, self.kept = lookup.queryset, {}

    def fetch_for(self, rows):
        for step in self.path:
            rows = [part for row in rows for part in getattr(row, step).all()]
        wholes = {row.pk: row for row in rows}
        if len(wholes) < len(rows) or len(wholes) > MANY:
            prefetch_related_objects(rows, Prefetch(self.name, self.queryset))
        elif wholes:
            self._fetch_once(wholes, type(rows[0])._meta.get_field(self.name))

    def _fetch_once(self, wholes, relation):
        if len(wholes) not in self.kept:
            self.kept[len(wholes)] = Prepared(lambda *keys: self._of(relation, keys))
        found = {key: [] for key in wholes}
        for part in self.kept[len(wholes)](*wholes):
            found[part.whole_key].append(part)
            if relation.one_to_many:
                relation.field.set_cached_value(part, wholes[part.whole_key])
        for key, parts in found.items():
            fetched = _Fetched(parts, partial(self._of, relation, [key]))
            vars(wholes[key]).setdefault("_prefetched_objects_cache", {})[self.name] = fetched

    def _of(self, relation, keys):
        back = relation.field.name if relation.one_to_many else relation.related_query_name()
        parts = relation.related_model._default_manager.all() if self.queryset is None else self.queryset
        return parts.filter(**{f"{back}__pk__in": keys}).annotate(whole_key=F(f"{back}__pk"))


def parts_of(record, relation):
    """What `record.<relation>.all()` gives; where it was fetched, without a manager, which takes longer to make."""
    fetched = vars(record).get("_prefetched_objects_cache", {}).get(relation)
    return getattr(record, relation).all() if fetched is None else fetched


class _Fetched:
    """What `.all()` of a relation gives: the rows. It is no queryset, but asks one for `.filter()` and all else."""

    def __init__(self, rows, ask):
        self.rows, self.ask = rows, ask

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, place):
        return self.rows[place]

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.ask(), name)

    def all(self):
        return self

    def count(self):
        return len(self.rows)

    def exists(self):
        return bool(self.rows)

    def iterator(self, chunk_size=None):
        return iter(self.rows)

"""Asking the full text of the database: the one place that knows how SQLite and PostgreSQL want to be asked."""

from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from temsisite.publishing.models import Publication, SearchDocument
from temsisite.publishing.search.words import KEYS, key


class Fts5:
    """SQLite. Every word is quoted, or NEAR and AND would be taken for operators."""

    found, row = "publishing_words(%s)", "rowid"
    score = "bm25(publishing_words, 10, 4, 1, 0)"
    everywhere, names = "{names about text}", "{names}"
    both, either = " AND ", " OR "

    def phrase(self, phrase, where):
        words = f'"{" ".join(phrase.words)}"{"*" if phrase.is_open else ""}'
        # To look into each row for the columns takes most of the time, and no key is like a word of any text.
        return words if where == self.everywhere and not is_like_key(phrase) else f"{where} : {words}"

    def key(self, word):
        return f'{{keys}} : "{word}"'

    def mark(self, word):
        return f'"{word}"'  # no text has such a word


class TsQuery:
    """PostgreSQL. Words hold only letters and digits, so none is taken for an operator."""

    found, row = "publishing_searchdocument JOIN to_tsquery('simple', %s) AS asked ON words @@ asked", "publication_id"
    score = "-ts_rank('{0, 0.1, 0.4, 1}', words, asked)"
    everywhere, names = "ABC", "A"  # the weights of the columns, as the index gives them
    both, either = " & ", " | "

    def phrase(self, phrase, where):
        *others, last = phrase.words
        words = [f"{word}:{where}" for word in others] + [f"{last}:{'*' if phrase.is_open else ''}{where}"]
        return " <-> ".join(words)

    def key(self, word):
        return f"{word}:D"

    mark = key


def is_like_key(phrase):
    """Whether the words might be taken for a key, or their beginning for that of one."""
    return any(word.startswith(KEYS) for word in phrase.words) or (
        phrase.is_open and any(sort.startswith(phrase.words[-1]) for sort in KEYS)
    )


DATABASES = {"sqlite": Fts5(), "postgresql": TsQuery()}


def database():
    return DATABASES[connection.vendor]


def expression(question, *, kind="", verdict="", only=""):
    """What the database is asked: all words, or the whole as a name. `only` = "names" or "name" looks there alone."""
    return narrowed(words(question, only), kind, verdict)


def words(question, only=""):
    """The same in every kind and with any verdict."""
    db = database()
    ways = [db.key(key("name", question.text))] if question.name and only != "names" else []
    if question.terms and only != "name":
        where = db.names if only == "names" else db.everywhere
        terms = (db.either.join(db.phrase(way, where) for way in term) for term in question.terms)
        ways.append(db.both.join(f"({term})" for term in terms))
    return db.either.join(f"({way})" for way in ways)


def narrowed(words, kind="", verdict=""):
    """An expression for words that stand in records of a kind or with a verdict, if these are given."""
    db = database()
    marks = [_mark(db, "kind", kind)] if kind else []
    marks += [_mark(db, "verdict", verdict)] if verdict else []
    return db.both.join(f"({part})" for part in [words, *marks])


@cache
def _mark(db, sort, value):
    return db.mark(key(sort, value))


def rows(asked):
    """The rows of the index that an expression finds, as a queryset."""
    db = database()
    return SearchDocument.objects.filter(pk__in=RawSQL(f"SELECT {db.row} FROM {db.found}", [asked]))


def with_key(word):
    return rows(database().key(word))


def counts(asked, limit):
    """How many rows each expression finds, at most `limit` each; all in one question."""
    db = database()
    part = f"SELECT count(*) FROM (SELECT 1 FROM {db.found} LIMIT {limit}) AS part"
    return [number for (number,) in _all([part] * len(asked), asked)]


def newest(asked, limit):
    """The newest rows that each expression finds, as pairs of its place and a row; all in one question."""
    db = database()
    part = "SELECT * FROM (SELECT {} AS place, {} AS id FROM {} ORDER BY {} DESC LIMIT {}) AS part"
    return _all([part.format(place, db.row, db.found, db.row, limit) for place in range(len(asked))], asked)


def scores(asked, limit):
    """How well the newest rows fit an expression: {row: score}; a low score is good."""
    db = database()
    return dict(_all([f"SELECT {db.row}, {db.score} FROM {db.found} ORDER BY {db.row} DESC LIMIT {limit}"], [asked]))


class Row(NamedTuple):
    """What is shown of a row of the index, and the document it was made of."""

    pk: int
    kind: str
    slug: str
    title: str
    subjects: str
    document: str


def shown(keys):
    """The rows of these keys in their order."""
    table, log = SearchDocument._meta.db_table, Publication._meta.db_table
    columns = f"sequence, {table}.kind, {table}.slug, title, subjects, document"
    places = ", ".join(["%s"] * len(keys))
    part = f"SELECT {columns} FROM {table} JOIN {log} ON sequence = publication_id WHERE sequence IN ({places})"
    found = {row.pk: row for row in map(Row._make, _all([part] if keys else [], keys))}
    return [found[key] for key in keys if key in found]


def _all(parts, asked):
    """The rows of several questions, by asking the database once."""
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), asked)
        return cursor.fetchall()

"""The search index: a row of folded words per public record, and the full text of SQLite or PostgreSQL over it."""

from django.db import models
from django.db.backends.ddl_references import Statement, Table

from temsisite.publishing.models.log import Publication


class FullTextIndex(models.Index):
    """Full text over the words in `fields`: an FTS5 table that triggers keep up, or a `tsvector` column with a GIN.

    Being an index of the table, it comes and goes with migrations, and rows may be written and flushed as any others.
    """

    CREATE = {
        "sqlite": "CREATE VIRTUAL TABLE IF NOT EXISTS {name} "
        "USING fts5({columns}, content=%(table)s, content_rowid={key}, prefix='3 4')",
        "postgresql": "ALTER TABLE %(table)s ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED; "
        "CREATE INDEX {name} ON %(table)s USING gin (words)",
    }
    REMOVE = {"sqlite": "DROP TABLE {name}", "postgresql": "ALTER TABLE %(table)s DROP COLUMN words"}
    TRIGGERS = {
        "added": "AFTER INSERT ON %(table)s BEGIN {insert}; END",
        "removed": "AFTER DELETE ON %(table)s BEGIN {delete}; END",
        "changed": "AFTER UPDATE ON %(table)s BEGIN {delete}; {insert}; END",
    }

    def create_sql(self, model, schema_editor, using="", **kwargs):
        create = self._statement(self.CREATE[schema_editor.connection.vendor], model, schema_editor)
        if schema_editor.connection.vendor != "sqlite":
            return create
        schema_editor.execute(create)
        # Deferred, for SQLite changes a table by making another, and drops the triggers of the old one.
        schema_editor.deferred_sql += [
            self._statement(f"CREATE TRIGGER {self.name}_{when} {body}", model, schema_editor)
            for when, body in self.TRIGGERS.items()
        ]
        return self._statement("INSERT INTO {name}({name}) VALUES ('rebuild')", model, schema_editor)

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor == "sqlite":
            for when in self.TRIGGERS:
                schema_editor.execute(f"DROP TRIGGER {self.name}_{when}")
        return self._statement(self.REMOVE[schema_editor.connection.vendor], model, schema_editor)

    def _statement(self, template, model, schema_editor):
        key, columns = model._meta.pk.column, ", ".join(self.fields)
        vectors = [
            f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
            for column, weight in zip(self.fields, "ABCD", strict=False)
        ]
        sql = template.format(
            name=self.name,
            key=key,
            columns=columns,
            vector=" || ".join(vectors),
            insert=f"INSERT INTO {self.name}(rowid, {columns}) VALUES ({_of('new', key, *self.fields)})",
            delete=f"INSERT INTO {self.name}({self.name}, rowid, {columns}) "
            f"VALUES ('delete', {_of('old', key, *self.fields)})",
        )
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))


def _of(row, *columns):
    return ", ".join(f"{row}.{column}" for column in columns)


class SearchDocument(models.Model):
    """What the search finds: the words of a public record, folded, taken from its current document."""

    publication = models.OneToOneField(Publication, models.CASCADE, primary_key=True, related_name="search_document")
    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=300)
    subjects = models.TextField(blank=True)  # the titles of what it is about, a line each
    names = models.TextField()  # its title and other names
    about = models.TextField(blank=True)  # the names of what it is about, and of what that is about
    text = models.TextField(blank=True)  # all other words of its document
    keys = models.TextField()  # made-up words that stand for its kind, its verdict, each whole name, each subject

    class Meta:
        ordering = ["-publication"]
        indexes = [FullTextIndex(fields=["names", "about", "text", "keys"], name="publishing_words")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="%(app_label)s_%(class)s_one_row_per_record",
                violation_error_message="The search has this record already.",
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.title}"

"""Rows for the pages that tell of every kind of record: changes, history, versions."""

import json
from itertools import groupby

from django.utils.text import capfirst

from temsisite.publishing.comparing import compared
from temsisite.publishing.doubts import doubts
from temsisite.publishing.kinds import kinds, plural
from temsisite.publishing.models import Publication, Record
from temsisite.publishing.naming import Names, named_in_documents, references
from temsisite.publishing.shape import ABSENT, ENVELOPE, Shape, headline

NOT_ASSESSED, CONTRADICTED = "NOT_ASSESSED", "CONTRADICTED"  # as documents of claims say them


def kind_label(kind):
    """The kind as a reader calls it; a kind that is no longer known keeps its name."""
    model = kinds().get(kind)
    return capfirst(model._meta.verbose_name if model else kind)


def record_url(line):
    return f"/{plural(line.kind)}/{line.slug}/"


def verdict_of(document):
    """The verdict that a claim's document carries, and the note that a contradicted claim never goes without."""
    verdict = document.get("verdict")
    if verdict in (None, NOT_ASSESSED):
        return None
    note = document.get("verdict_note") if verdict == CONTRADICTED else ""
    return {"verdict": verdict, "label": Shape.of(document).text("verdict", verdict), "note": note}


# Changes


def change_row(line):
    """One line of the log. What was withdrawn leads to its history, for it has no page any more."""
    return {
        "published_at": line.published_at,
        "kind": kind_label(line.kind),
        "title": headline(line.told_title),
        "verdict": verdict_of(json.loads(line.told_document)) if line.told_document else None,
        "url": line.history_url if line.is_gone else record_url(line),
        "action": line.get_action_display(),
        "version": line.version,
        "version_url": "" if line.is_gone or line.is_withdrawal else line.permanent_url,
        "note": line.note,
    }


def change_rows(lines):
    """Lines of the log, each with what is to be said of the sources it rests on."""
    lines = list(lines)
    documents = [json.loads(line.told_document) if line.told_document else {} for line in lines]
    return [change_row(line) | {"warning": said} for line, said in zip(lines, doubts(documents), strict=True)]


def days(lines):
    """Lines of the log, grouped by the day (UTC) on which they were published."""
    rows = groupby(change_rows(lines), key=lambda row: row["published_at"].date())
    return [{"date": date, "changes": list(changes)} for date, changes in rows]


# One record's versions


def history_rows(lines, before=None):
    """Versions of a record, newest first, each with its difference from the last document before it.

    `lines` stand oldest first; `before` is the document before the first of them.
    """
    documents = [json.loads(line.told_document) if line.told_document else None for line in lines]
    names = Names(named_in_documents(before, *documents), only_public=True)
    rows = []
    for line, document in zip(lines, documents, strict=True):
        difference = compared(before, document, names) if before and document else []
        rows.append(change_row(line) | {"difference": difference, "is_first": before is None})
        before = document or before
    return rows[::-1]


def document_before(lines, line):
    """The last document that the log of a record holds before one of its lines, as readers may be told it; or None."""
    before = lines.filter(version__lt=line.version).exclude(action=Publication.Action.WITHDRAWN).last()
    return json.loads(before.told_document) if before and before.told_document else None


def document_facts(document):
    """Everything a stored document says: a row per field that has a value, and the labels of those that have none."""
    shape, names = Shape.of(document), Names(named_in_documents(document), only_public=True)
    keys = [key for key in shape.keys(document) if key not in ENVELOPE]
    facts = [document_fact(shape, key, document, names) for key in keys if document[key] not in ABSENT]
    return facts, [shape.label(key) for key in keys if document[key] in ABSENT]


def document_fact(shape, key, document, names):
    """One field: as a table if it holds parts, else as links or in words."""
    value = document[key]
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return {"term": shape.label(key), "table": part_table(shape.part(key), value, document, names)}
    return {"term": shape.label(key)} | told(shape, key, value, document, names)


def told(shape, key, value, document, names):
    """A value as links or in words; what it names is called as it is today, beside the key that the document holds."""
    named = [named_link(*each, names) for each in references(shape, key, value, document)]
    return {"links": named or shape.links(key, value), "value": shape.text(key, value)}


def named_link(model, key, names):
    """A record or a part that a document names: its title if it is public, the key as it is stored, its address."""
    stored, row = str(key[-1]), names.get(model, key)
    url = names.url(model, key) or (f"/{plural(model.kind())}/{stored}/" if issubclass(model, Record) else "")
    title = str(row) if row else stored
    return {"title": title, "url": url, "stored": stored if title.casefold() != stored.casefold() else ""}


def part_table(shape, parts, document, names):
    """Parts as a table, without the columns that are empty in all of them; a part's URL leads from its value."""
    keys = [key for key in shape.keys(*parts) if key != "url" and any(part.get(key) not in ABSENT for part in parts)]
    return {
        "head": [shape.label(key) for key in keys],
        "rows": [[part_cell(shape, key, part, document, names) for key in keys] for part in parts],
    }


def part_cell(shape, key, part, document, names):
    cell = {"label": shape.label(key)} | told(shape, key, part.get(key), document, names)
    if key == "value" and part.get("url"):
        cell["links"] = [{"title": cell["value"], "url": part["url"]}]
    return cell

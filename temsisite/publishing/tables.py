"""Documents as a flat table for spreadsheets: a row each, nested values told in a cell.

The columns are those that the kind has today, so a table of the past may gain some; its JSON stays what it was.
"""

import csv
import io
import json
import re

from temsisite.publishing.kinds import serializer_for

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FORMULA = re.compile(r"[=+\-@\t\r].+", re.DOTALL)  # “=” alone is a comparator
BATCH = 200  # rows to a piece, for sending each by itself costs more than making it


def csv_lines(model, documents):
    """The table of documents that are JSON already, in pieces of text; its head comes even if there are none."""
    columns = list(serializer_for(model).fields)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for number, text in enumerate(documents, start=1):
        document = json.loads(text)
        writer.writerow([cell(document.get(column)) for column in columns])
        if number % BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def cell(value) -> str:
    """A value of a document in one cell."""
    return escaped(_told(value))


def escaped(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula; numbers are left alone.

    A text that looks escaped already gets another apostrophe, so that `unescaped` gives back every text as it was.
    """
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text):
    return FORMULA.fullmatch(text) is not None and not NUMBER.fullmatch(text)


def _told(value):
    """[{"name": "Torisel", "type": "BRAND"}, …] → “name=Torisel; type=BRAND | …”; a list within a part by commas."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{name}={_within(part)}" for name, part in value.items() if part not in (None, []))
    if isinstance(value, list):
        return (" | " if any(isinstance(item, dict) for item in value) else "; ").join(map(_told, value))
    return str(value)


def _within(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else _told(value)


def _taken(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text

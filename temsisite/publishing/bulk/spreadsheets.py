"""Tables of text as CSV and as XLSX workbooks, written and read: what goes out comes in again, to the last digit.

Every cell is text. Where a person's spreadsheet made a number of it, it is read as the sheet shows it; what cannot be
read for certain is refused with the name of its cell.
"""

import csv
import datetime
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
from django.core.exceptions import ValidationError
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from tablib import Dataset

from temsisite.publishing.tables import escaped, unescaped

ROW = "#"  # the column of a dataset that says in which row of the sheet each of its rows stood
MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_EMPTY = 50_000  # rows that a sheet may have without anything in them
LARGEST_FILE = 5 * 1024**2
LARGEST_UNPACKED = 30 * 1024**2  # a workbook is packed about five to one
LONGEST_CELL = 100_000
TEXT_FORMAT = "@"
# What XML cannot hold, a carriage return, which it would turn into a newline, and what looks like such an escape.
NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")

DAMAGED = (
    "The file cannot be read as an Excel workbook: it is damaged, or no workbook at all. Save it anew, or as CSV."
)


# Written


def as_csv(headers, rows) -> bytes:
    """A table for any spreadsheet; with the mark by which Excel knows that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headers)
    writer.writerows([escaped(text) for text in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(headers, rows) -> bytes:
    """A workbook of one sheet, in which all cells are text: 3.0 stays 3.0, and 1-2 does not become a date."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Records")
    sheet.freeze_panes = "B2"
    for number in range(1, len(headers) + 1):  # what is typed below the last row is to be text as well
        sheet.column_dimensions[get_column_letter(number)].number_format = TEXT_FORMAT
        sheet.column_dimensions[get_column_letter(number)].width = 18
    for row in (headers, *rows):
        sheet.append([_text_cell(sheet, text) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text_cell(sheet, text):
    cell = WriteOnlyCell(sheet, NOT_XML.sub(_escape_character, escaped(text)) or None)
    cell.number_format = TEXT_FORMAT
    return cell


def _escape_character(found):
    return f"_x{ord(found[0]):04X}_"


# Read


def read(data: bytes) -> Dataset:
    """The table in a file, all cells as text, with the number of its row in the sheet before each row.

    Raises `ValidationError` with sentences for whoever chose the file.
    """
    if data.startswith(b"PK\x03\x04"):
        rows = _rows_of_workbook(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError("This is an old Excel file, or one with a password: save it as .xlsx or as CSV UTF-8.")
    else:
        rows = _rows_of_csv(data)
    return _dataset(rows)


def _dataset(rows):
    """Headers and rows as one table; `rows` are pairs of a number and cells, the first of them the headers."""
    rows = ((number, cells) for number, cells in rows if any(cells))
    _, headers = next(rows, (0, []))
    while headers and not headers[-1]:
        headers.pop()
    headers = [header.strip() for header in headers]
    if not headers:
        raise ValidationError("The file is empty. Its first row has to hold the names of the columns.")
    if len(headers) > MOST_COLUMNS:
        raise ValidationError(f"The file has {len(headers)} columns; more than {MOST_COLUMNS} are not read.")
    dataset = Dataset(headers=[ROW, *headers])
    for number, cells in rows:
        if len(dataset) == MOST_ROWS:
            raise ValidationError(
                f"The file has more than {MOST_ROWS:,} rows: divide it, and import one part after another."
            )
        if any(cells[len(headers) :]):
            raise ValidationError(
                f"Row {number} has a cell to the right of the last column, “{headers[-1]}”. Is a comma or a quotation "
                "mark missing, or the name of a column?"
            )
        cells = [*cells, *[""] * len(headers)][: len(headers)]
        dataset.append([number, *map(unescaped, cells)])
    return dataset


def _rows_of_csv(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            "The file is not in UTF-8, so that letters such as α or é would be lost. Save it as “CSV UTF-8” or as "
            ".xlsx."
        ) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise ValidationError(
            f"The file cannot be read as CSV after row {number}: a quotation mark is not closed, or a cell has more "
            f"than {LONGEST_CELL:,} characters."
        ) from error


def _rows_of_workbook(data):
    _refuse_bomb(data)
    try:
        # A workbook is XML in a ZIP, written by anybody: whatever goes wrong within it, the file is at fault.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        yield from _rows_of_sheet(sheet)
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(DAMAGED) from error


def _rows_of_sheet(sheet):
    """The rows of a sheet with their numbers; what it says of its own size may be wrong, so it is not asked."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if number > MOST_ROWS + MOST_EMPTY:
            raise ValidationError(
                f"The sheet goes on for more than {MOST_EMPTY:,} rows, most of them empty: delete those below the "
                "table, or save it as CSV UTF-8."
            )
        yield number, [_shown(cell) for cell in cells]


def _refuse_bomb(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ValidationError(DAMAGED) from error
    if size > LARGEST_UNPACKED:
        raise ValidationError(
            f"The workbook unpacks to {size / 1024**2:,.0f} MB, more than the {LARGEST_UNPACKED // 1024**2} MB that "
            "are read. Keep one sheet without pictures, or save it as CSV UTF-8."
        )


def _shown(cell):
    """A cell's text as its sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "f":
            raise _unreadable(cell, "holds a formula")
        return ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool) or cell.data_type == "e":
        raise _unreadable(cell, f"holds {value}, which is no text")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time() and _shows_day(cell.number_format):
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        return _number(cell, value)
    raise _unreadable(cell, f"is a date or a time for the spreadsheet, shown as {cell.number_format}")


def _shows_day(number_format):
    """Whether a date is shown whole: a spreadsheet makes 2007-05 the first of May, and 1-2 some day of this year."""
    return "d" in number_format.lower() and "y" in number_format.lower()


def _number(cell, value):
    """A number as the sheet shows it. With another format than plain decimals, what it shows cannot be told."""
    if cell.number_format in ("General", TEXT_FORMAT):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if decimals := re.fullmatch(r"0(?:\.(0+))?", cell.number_format):
        return f"{value:.{len(decimals[1] or '')}f}"
    raise _unreadable(cell, f"is a number with the format {cell.number_format}")


def _unreadable(cell, why):
    return ValidationError(
        f"Cell {cell.coordinate} {why}, so what it is meant to say is uncertain. Format the cell as text and type "
        "what it shows."
    )

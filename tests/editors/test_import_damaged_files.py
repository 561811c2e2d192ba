"""Whatever file is chosen, the page says what is wrong with it."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.editors.browsing import said
from tests.editors.tables import IMPORT, confirm, failures, row, table, try_it, workbook
from tests.factories import make_source, make_trial
from tests.reading import read
from trials.models import Finding

pytestmark = pytest.mark.django_db
SLUG = "slug “Cervix, stable”: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
DAMAGED = "The file cannot be read as an Excel workbook: it is damaged, or no workbook at all."


@pytest.fixture
def trial(db):
    make_source(slug="report")
    return make_trial(slug="cervix", arms=[{"title": "temsirolimus"}])


def complaints(page):
    return read(page, ".//ul[@class='errorlist']/li")


def book(**cells):
    """A workbook as a spreadsheet program makes it: `book(value=57.6)` has a number in its second row."""
    made = openpyxl.Workbook()
    made.active.append(list(row(**cells)))
    made.active.append(list(row(**cells).values()))
    return made


def saved(made):
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def far_down():
    """A workbook whose second row says that it is the last of a hundred thousand million."""
    parts = zipfile.ZipFile(io.BytesIO(workbook(row())))
    contents = {name: parts.read(name) for name in parts.namelist()}
    contents["xl/worksheets/sheet1.xml"] = contents["xl/worksheets/sheet1.xml"].replace(
        b'<row r="2"', b'<row r="99999999999"'
    )
    return packed(**contents)


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\n,,\n", "The file is empty. Its first row has to hold the names of the columns."),
        (b"slug\n", "The file has the names of the columns, but no rows below them."),
        (b"trial,source\ncervix,report\n", "The column “slug” is missing: it says which record a row is about."),
        (b"slug,Statment\nx,y\n", "There is no column “Statment” here: do you mean “statement”?"),
        (b"slug,statement,statement\nx,y,z\n", "The column “statement” stands twice in the first row."),
        (b"slug,,statement\nx,y,z\n", "A column has no name in the first row: name it, or remove it."),
        (b"slug,statement\nx,y,z\n", "Row 2 has a cell to the right of the last column, “statement”."),
        (b'slug,statement\nx,"y\n', "The file cannot be read as CSV after row 1: a quotation mark is not closed"),
        ("slug,statement\nx,½ α".encode("utf-16"), "The file is not in UTF-8"),
        ("slug,statement\nx,½".encode("latin-1"), "The file is not in UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "This is an old Excel file, or one with a password"),
        (b"PK\x03\x04" + b"\x00" * 100, DAMAGED),
        (saved(book())[:-200], DAMAGED),
        (packed(**{"hello.txt": "hello"}), DAMAGED),
        (packed(**{"[Content_Types].xml": "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}), DAMAGED),
        (packed(bomb=b"0" * 40_000_000), "The workbook unpacks to 38 MB, more than the 30 MB that are read."),
        (far_down(), "The sheet goes on for more than 50,000 rows, most of them empty"),
        (b"slug\n" + b"x\n" * 2_001, "The file has more than 2,000 rows: divide it"),
        (b"slug\n" + b"".join(b"x%d\n" % n for n in range(301)), "301 rows of the file are new or changed."),
        (b"slug,statement\nx," + b"y" * 100_001, "a cell has more than 100,000 characters."),
        (b"slug\nx\n" + b" " * 5_300_000, "The file has 5.1 MB; more than 5 MB are not read."),
        (
            (",".join(f"c{n}" for n in range(101)) + "\n1").encode(),
            "The file has 101 columns; more than 100 are not read.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_file(editor, data, sentence):
    page = try_it(editor, data)

    assert page.status_code == 200
    assert sentence in " ".join(complaints(page))


def test_asks_for_a_file(editor):
    assert complaints(editor.post(IMPORT)) == ["Choose a file."]
    assert complaints(editor.post(IMPORT, {"file": "no file"})) == ["Choose a file."]


FAULTS = [
    ({"value": "57,6"}, "value “57,6”: Enter a number."),
    ({"value": "NaN"}, "value “NaN”: Enter a number."),
    (
        {"numerator": "99999999999999999999"},
        "numerator “99999999999999999999”: Ensure this value is less than or equal to 2147483647.",
    ),
    ({"last_reviewed_on": "01/02/2026"}, "last_reviewed_on “01/02/2026” is not a date like 2026-01-31."),
    ({"last_reviewed_on": "2026-02-30"}, "last_reviewed_on “2026-02-30”: Enter a valid date."),
    ({"measure": "CURE"}, "measure Select a valid choice. CURE is not one of the available choices."),
    ({"statement": "Of 33\x00people"}, "statement “Of 33people”: Null characters are not allowed."),
    ({"slug": "cer\x00vix"}, "slug “cervix”: Null characters are not allowed."),
    (
        {"slug": "Cervix, stable"},
        "slug “Cervix, stable”: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ),
    ({"slug": ""}, "slug The slug is missing."),
    ({"slug": "x" * 5000}, f"slug “{'x' * 39}…”: Ensure this value has at most 120 characters (it has 5000)."),
    ({"arm": "99999999999999999999"}, "arm The trial “cervix” has no arm number 99999999999999999999."),
    ({"arm": "temsirolimus"}, "arm The trial “cervix” has no arm number temsirolimus."),
    ({"verdict_sources": "report; nowhere"}, "verdict_sources There is no source “nowhere”."),
    (
        {"statement": "a" * 20_001},
        f"statement “{'a' * 39}…”: Ensure this value has at most 20000 characters (it has 20001).",
    ),
    ({"trial": ""}, "trial The trial is missing."),
]


def test_says_what_is_wrong_with_a_cell(editor, trial):
    rows = [row(**{"slug": f"row-{number}"} | cells) for number, (cells, _) in enumerate(FAULTS)]

    page = try_it(editor, table(*rows))

    assert list(failures(page).values()) == [[sentence] for _, sentence in FAULTS]
    assert not Finding.objects.exists()


def test_reads_numbers_as_the_sheet_shows_them(editor, trial):
    made = book(value=57.6, numerator=19, denominator=33, p_value=0.04, last_reviewed_on=datetime.date(2026, 1, 15))
    made.active["F2"].number_format = "0.00"
    made.active["F2"].value = 57.58

    response = confirm(editor, try_it(editor, saved(made)))

    finding = Finding.objects.get()
    assert said(response) == "Imported: 1 new draft."
    assert (str(finding.value), finding.numerator, finding.p_value) == ("57.58", 19, "0.04")
    assert finding.last_reviewed_on == datetime.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("value", "number_format", "sentence"),
    [
        ("=19/33", "General", "Cell F2 holds a formula, so what it is meant to say is uncertain."),
        (0.576, "0.0%", "Cell F2 is a number with the format 0.0%, so what it is meant to say is uncertain."),
        (True, "General", "Cell F2 holds True, which is no text"),
        (datetime.time(12, 30), "h:mm", "Cell F2 is a date or a time for the spreadsheet, shown as h:mm"),
        (datetime.date(2007, 5, 1), "mmm-yy", "Cell F2 is a date or a time for the spreadsheet, shown as mmm-yy"),
        (datetime.date(2026, 2, 1), "d-mmm", "Cell F2 is a date or a time for the spreadsheet, shown as d-mmm"),
    ],
)
def test_refuses_a_cell_whose_meaning_is_uncertain(editor, value, number_format, sentence):
    made = book()
    made.active["F2"].value, made.active["F2"].number_format = value, number_format

    assert sentence in " ".join(complaints(try_it(editor, saved(made))))


def test_reads_what_european_spreadsheets_write(editor, trial):
    data = table(row()).decode().replace(",", ";").encode("utf-8-sig")

    confirm(editor, try_it(editor, data))

    assert str(Finding.objects.get().value) == "57.6"


def test_counts_rows_as_the_sheet_does(editor, trial):
    empty = dict.fromkeys(row(), "")

    page = try_it(editor, workbook(row(), empty, empty, row(slug="two", value="57.5")))

    assert list(failures(page)) == ["Row 5 two"]


def test_takes_no_file_for_a_form(editor):
    page = editor.post(IMPORT, {"table": SimpleUploadedFile("table.csv", table(row()))})

    assert complaints(page) == ["Choose a file."]


def test_a_forged_confirmation_is_named(editor, trial):
    page = try_it(editor, table(row()))

    for forged in ({"seen": "x" * 100_000}, {"seen": "\x00"}, {"note": "\x00"}, {"note": "a" * 1_000_000}):
        assert confirm(editor, page, **forged).status_code == 200
    assert not Finding.objects.exists()

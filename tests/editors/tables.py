"""Tables of findings as an editor brings them: `row(value="57.6")`, `table(row())`, `try_it(editor, table(row()))`."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from temsisite.publishing.bulk import spreadsheets
from tests.editors.browsing import shown
from tests.editors.conftest import signed_in
from tests.factories import make_user
from tests.reading import tree, words
from trials.models import Finding

IMPORT = "/admin/trials/finding/import/"


def row(**cells):
    """A row that says that 19 of 33 people had stable disease; the trial “cervix” and the source “report” say it."""
    return {
        "slug": "cervix-stable-disease",
        "trial": "cervix",
        "source": "report",
        "measure": "STABLE_DISEASE",
        "comparator": "=",
        "value": "57.6",
        "unit": "PERCENT",
        "numerator": "19",
        "denominator": "33",
        "denominator_counts": "RESPONSE_EVALUABLE",
        "statement": "Of 33 people 19 had stable disease.",
    } | cells


def table(*rows):
    """Rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for cells in rows for name in cells)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def workbook(*rows):
    return spreadsheets.as_xlsx(list(rows[0]), [list(cells.values()) for cells in rows])


def make_finding_as(cells):
    """The draft that a row would make."""
    client = signed_in(make_user("another editor", "Editors"))
    imported(client, cells)
    return Finding.objects.get(slug=cells["slug"])


def try_it(client, data, address=IMPORT):
    """Choose a file, and press “Try it”."""
    return client.post(address, {"file": SimpleUploadedFile("table.csv", data)})


def confirm(client, page, address=IMPORT, **typed):
    """Press the button below the report of a trial."""
    return client.post(address, shown(page) | {"note": "Two digits, as printed."} | typed)


def imported(client, *rows, **typed):
    """Try a table, and import it."""
    return confirm(client, try_it(client, table(*rows)), **typed)


def tally(page):
    """What a report counts: {"new drafts": 1, …}."""
    items = tree(page).iterfind(".//ul[@class='bulk-tally']/li")
    return {" ".join(words(item).split()[1:]): int(words(item).split()[0]) for item in items}


def failures(page):
    """The failing rows of a report: {"Row 2 cervix-stable-disease": ["value …"]}."""
    rows = tree(page).iterfind(".//ul[@class='missing']/..")
    return {
        f"{words(item.find('p/span'))} {words(item.find('p/code'))}": [words(line) for line in item.iterfind("ul/li")]
        for item in rows
    }


def changes(page):
    """The differences that a report shows: [["value", "57.6", "57.60"]]."""
    return [[words(cell) for cell in line] for line in tree(page).iterfind(".//table[@class='diff']/tbody/tr")]

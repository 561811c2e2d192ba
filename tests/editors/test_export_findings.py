"""What the list shows comes as a table, and comes in again as it was."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission

from tests.editors.conftest import signed_in
from tests.editors.tables import IMPORT, tally, try_it
from tests.factories import make_finding, make_source, make_trial, make_user
from tests.reading import links, text

pytestmark = pytest.mark.django_db
EXPORT = "/admin/trials/finding/export."


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "'=1+1", "''@x"]
ODD = [
    "-1.5",
    "+3",
    "1-2",
    "2007-05",
    "007",
    "1e5",
    "=",
    "two\nlines, “quoted”; α",
    "a\x0bb",
    "_x0041_",
    "'-1.5",
    "TRUE",
]


def rows_of_csv(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(response):
    head, *rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


READERS = {"csv": rows_of_csv, "xlsx": rows_of_xlsx}


def str_of(cell):
    return getattr(cell, "value", cell)


def test_names_records_by_their_slugs_and_arms_by_their_numbers(editor):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    verdict = {"verdict": "SUPPORTED", "verdict_sources": [make_source(slug="b"), make_source(slug="a")]}
    make_finding(
        slug="arcc-os", trial=trial, arm=trial.arms.get(number=2), source=make_source(slug="hudes"), **verdict
    )

    [row] = rows_of_csv(editor.get(f"{EXPORT}csv"))

    assert (row["slug"], row["trial"], row["arm"], row["source"]) == ("arcc-os", "arcc", "2", "hudes")
    assert (row["verdict_sources"], row["last_reviewed_on"]) == ("a; b", "2026-01-15")
    assert row["status"] == "PUBLISHED"


def test_prints_numbers_as_their_source_does(editor):
    make_finding(
        value="3.0", unit="MONTHS", lower="-1.50", upper="14", interval_type="RANGE", measure="OVERALL_SURVIVAL"
    )

    [row] = rows_of_csv(editor.get(f"{EXPORT}csv"))
    [cells] = rows_of_xlsx(editor.get(f"{EXPORT}xlsx"))

    assert (row["value"], row["lower"], row["upper"]) == ("3.0", "-1.50", "14")
    for name in ("value", "lower", "upper"):
        cell = cells[name]
        assert (cell.value, cell.data_type, cell.number_format) == (row[name], "s", "@")


@pytest.mark.parametrize("ending", READERS)
def test_keeps_words_from_being_formulas(editor, ending):
    for words in FORMULAS:
        make_finding(locator=words, publish=False)

    response = editor.get(f"{EXPORT}{ending}")

    assert {str_of(row["locator"]) for row in READERS[ending](response)} == {f"'{words}" for words in FORMULAS}
    assert tally(try_it(editor, response.content))["unchanged"] == len(FORMULAS)


@pytest.mark.parametrize("ending", READERS)
def test_comes_in_again_as_it_was(editor, ending):
    for words in ODD:
        make_finding(locator=words, discrepancy_note=words, publish=False)

    response = editor.get(f"{EXPORT}{ending}")

    counted = {"new drafts": 0, "drafts changed": 0, "changes proposed": 0, "unchanged": len(ODD)}
    assert tally(try_it(editor, response.content)) == counted


def test_holds_what_the_list_shows(editor):
    make_finding(slug="toxic", measure="ADVERSE_EVENT", event_term="mucositis")
    make_finding(slug="stable", statement="They were stable.")
    make_finding(slug="draft", publish=False)

    def slugs(query):
        return [row["slug"] for row in rows_of_csv(editor.get(f"{EXPORT}csv?{query}"))]

    assert set(slugs("")) == {"toxic", "stable", "draft"}
    assert slugs("measure__exact=ADVERSE_EVENT") == ["toxic"]
    assert slugs("q=stable") == ["stable"]
    assert slugs("status__exact=DRAFT") == ["draft"]


def test_is_offered_beside_the_list_with_its_filters(editor):
    tools = links(editor.get("/admin/trials/finding/?q=stable&measure__exact=DESIGN"), ".//ul[@class='object-tools']")

    assert tools["Export as CSV"] == "/admin/trials/finding/export.csv?q=stable&measure__exact=DESIGN"
    assert tools["Export as XLSX"] == "/admin/trials/finding/export.xlsx?q=stable&measure__exact=DESIGN"
    assert tools["Import a table"] == IMPORT


@pytest.mark.parametrize("query", ["trial__id__exact=99999999999999999999", "created_by__password=x", "p=9999", "o=x"])
def test_answers_a_forged_filter_like_the_list(editor, query):
    assert editor.get(f"{EXPORT}csv?{query}").status_code == editor.get(f"/admin/trials/finding/?{query}").status_code


def test_has_a_bound_and_says_so(editor, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.bulk.spreadsheets.MOST_ROWS", 1)
    make_finding(publish=False)
    make_finding(publish=False)

    page = editor.get(f"{EXPORT}csv?q=The", follow=True)

    assert page.request["QUERY_STRING"] == "q=The"
    assert "The list has 2 findings, but a file holds 1 rows: narrow the list" in text(page)


@pytest.mark.parametrize("count", [1, 8])
def test_asks_the_database_no_more_for_more_rows(editor, count, django_assert_num_queries):
    for _ in range(count):
        make_finding(publish=False)

    with django_assert_num_queries(12):
        editor.get(f"{EXPORT}csv")


def test_needs_no_more_than_to_look(db):
    reader = signed_in(make_user("reader"))
    reader.user.user_permissions.add(Permission.objects.get(codename="view_finding"))
    tools = links(reader.get("/admin/trials/finding/"), ".//ul[@class='object-tools']")

    assert list(tools) == ["Export as CSV", "Export as XLSX"]
    assert reader.get(f"{EXPORT}csv").status_code == 200
    for verb in ("add", "change"):
        half = signed_in(make_user(f"may {verb}"))
        half.user.user_permissions.add(Permission.objects.get(codename=f"{verb}_finding"))
        assert half.get(IMPORT).status_code == 403
    assert reader.get(IMPORT).status_code == 403


@pytest.mark.parametrize("ending", READERS)
def test_is_for_those_who_may_look(client, ending):
    for address in (f"{EXPORT}{ending}", f"/admin/evidence/source/export.{ending}"):
        assert client.get(address)["Location"] == f"/admin/login/?next={address}"
        assert signed_in(make_user("outsider")).get(address).status_code == 403
        assert signed_in(make_user("outsider")).post(address).status_code == 403
        assert signed_in(make_user("ada", "Editors")).post(address).status_code == 405

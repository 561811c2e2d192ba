"""A partner takes a list as a table for a spreadsheet."""

import csv
import io
import json

import pytest

from temsisite.publishing.kinds import kinds, plural
from temsisite.publishing.tables import cell
from tests.factories import make_drug, make_finding, make_regulation, make_source, make_trial

pytestmark = pytest.mark.django_db


def table(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def test_holds_what_the_list_chooses(client):
    make_finding(
        trial=make_trial(slug="arcc"), slug="arcc-survival", measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS"
    )
    make_finding(trial=make_trial(slug="ind-199"))

    [row] = table(client, "/api/v1/findings.csv?trial=arcc")

    assert (row["slug"], row["value"], row["unit"]) == ("arcc-survival", "10.9", "MONTHS")
    assert (row["url"], row["version"]) == ("/findings/arcc-survival/", "1")


def test_has_the_columns_of_the_document_in_the_order_of_reading(client):
    for kind in kinds():
        head = b"".join(client.get(f"/api/v1/{plural(kind)}.csv").streaming_content).decode().strip().split(",")
        assert head[:6] == ["kind", "slug", "version", "sequence", "published_at", "url"]


def test_tells_parts_in_one_cell(client):
    names = [{"name": "Torisel", "type": "BRAND"}, {"name": "CCI-779", "type": "CODE"}]
    make_drug(inn="temsirolimus", synonyms=names, sources=[make_source(slug="b"), make_source(slug="a")])

    [row] = table(client, "/api/v1/drugs.csv")

    assert row["synonyms"] == "name=Torisel; type=BRAND | name=CCI-779; type=CODE"
    assert (row["sources"], row["derived_from"]) == ("a; b", "")


def test_tells_a_list_within_a_part_by_commas(client):
    drugs = [make_drug(inn="temsirolimus"), make_drug(inn="erlotinib")]
    make_trial(arms=[{"drugs": drugs, "title": "both"}])

    [row] = table(client, "/api/v1/trials.csv")

    assert "drugs=erlotinib, temsirolimus;" in row["arms"]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "=💊", "--5", "-1e5"])
def test_no_text_becomes_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.5", "+2", "57.6", "CCI-779", "a=b", "=", ""])
def test_numbers_and_plain_words_stay_as_they_are(text):
    assert cell(text) == text


def test_a_number_below_zero_stays_a_number(client):
    make_regulation(effect="INACTIVATES")

    [row] = table(client, "/api/v1/regulations.csv")

    assert row["sign"] == "-1"


def test_stands_in_the_order_asked_for(client):
    for inn in ("everolimus", "temsirolimus", "sirolimus"):
        make_drug(inn=inn)

    rows = table(client, "/api/v1/drugs.csv?ordering=-inn")

    assert [row["inn"] for row in rows] == ["temsirolimus", "sirolimus", "everolimus"]


def test_goes_on_past_one_page_of_the_list_with_the_same_queries(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.tables.BATCH", 2)
    for _ in range(27):
        make_source()

    with django_assert_num_queries(3):  # the validator, the name of the file, the rows
        assert len(table(client, "/api/v1/sources.csv")) == 27


def test_is_a_file_named_after_its_kind_and_sequence(client):
    make_drug(inn="temsirolimus")

    response = client.get("/api/v1/drugs.csv")

    assert response["Content-Disposition"] == 'attachment; filename="temsisite-drug-1.csv"'
    assert response["X-Sequence"] == "1"
    assert client.get("/api/v1/drugs.csv", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/findings.csv?trial=nowhere", "trial"),
        ("/api/v1/findings.csv?ordering=value", "ordering"),
        ("/api/v1/drugs.csv?page_size=5", "page_size"),
        ("/api/v1/drugs.csv?cursor=x", "cursor"),
        ("/api/v1/export.csv", "kind"),
        ("/api/v1/export.csv?kind=potion", "kind"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, address, parameter):
    response = client.get(address)

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == parameter


def test_the_export_of_a_kind_comes_as_a_table_of_any_time(client, revise):
    revise(make_drug(inn="temsirolimus", developer="Hara Wyeth"), developer="Wyeth")
    make_source()

    [before] = table(client, "/api/v1/export.csv?kind=drug&as_of=1")
    [now] = table(client, "/api/v1/export.csv?kind=drug")

    assert (before["developer"], now["developer"]) == ("Hara Wyeth", "Wyeth")


def test_the_page_leads_to_the_same_list_as_table_and_as_json(client):
    make_finding(trial=make_trial(slug="arcc"), slug="arcc-survival")
    make_finding(trial=make_trial(slug="ind-199"))

    page = client.get("/findings/?trial=arcc&ordering=-sequence")

    assert 'href="/api/v1/findings.csv?trial=arcc&amp;ordering=-sequence"' in page.text
    assert 'href="/api/v1/findings/?trial=arcc&amp;ordering=-sequence"' in page.text
    documents = json.loads(client.get("/api/v1/findings/?trial=arcc&ordering=-sequence").content)["results"]
    assert [document["slug"] for document in documents] == ["arcc-survival"]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/api/v1/drugs.csv", "text/csv"),
        ("/api/v1/export.ndjson", "application/x-ndjson"),
        ("/api/v1/drugs/", "application/json"),
        ("/api/v1/schema/", "application/json"),
    ],
)
@pytest.mark.parametrize("accepted", ["text/csv", "application/json", "text/html", "*/*"])
def test_gets_the_form_that_the_address_names_whatever_is_accepted(client, address, form, accepted):
    response = client.get(address, HTTP_ACCEPT=accepted)

    assert response.status_code == 200
    assert response["Content-Type"].split(";")[0] == form

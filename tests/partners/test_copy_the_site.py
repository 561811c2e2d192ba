"""A partner mirrors the site: lists, single documents, changes, the whole export."""

import json

import pytest

from drugs.models import Drug
from temsisite.publishing.models import Publication
from tests.factories import make_drug, make_finding, make_source, make_trial, withdraw

pytestmark = pytest.mark.django_db


def test_the_index_leads_everywhere(client):
    addresses = client.get("/api/v1/").json()

    exports = {"export.ndjson", "export.json", "export.csv"}
    assert {"drugs", "findings", "sources", "changes", "version", "docs"} | exports <= set(addresses)
    for url in addresses.values():
        assert client.get(url).status_code == 200, url


def test_a_list_holds_the_documents_as_they_were_published(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel", "type": "BRAND"}])

    body = client.get("/api/v1/drugs/").content.decode()

    assert Publication.objects.get().document in body
    assert json.loads(body)["results"][0]["synonyms"] == [{"name": "Torisel", "type": "BRAND"}]


def test_a_page_of_a_list_is_one_query(client, django_assert_num_queries):
    for _ in range(20):
        make_drug()

    with django_assert_num_queries(2):  # the newest sequence for the validator, and the page
        assert len(client.get("/api/v1/drugs/").json()["results"]) == 20


def test_a_filter_costs_one_query_more(client, django_assert_num_queries):
    finding = make_finding(trial=make_trial(slug="arcc"))

    with django_assert_num_queries(3):
        results = client.get("/api/v1/findings/?trial=arcc").json()["results"]

    assert [document["slug"] for document in results] == [finding.slug]


@pytest.mark.parametrize("ordering", ["slug", "-slug", "sequence", "-sequence"])
def test_following_the_cursor_gives_every_record_once(client, ordering):
    slugs = {make_drug().slug for _ in range(7)}

    found, url = [], f"/api/v1/drugs/?page_size=2&ordering={ordering}"
    while url:
        page = client.get(url).json()
        found += [document["slug"] for document in page["results"]]
        url = page["next"]

    assert sorted(found) == sorted(slugs)


def test_a_cursor_leads_back_too(client):
    for inn in ("everolimus", "sirolimus", "temsirolimus"):
        make_drug(inn=inn)
    second = client.get(client.get("/api/v1/drugs/?page_size=1").json()["next"]).json()

    first = client.get(second["previous"]).json()

    assert [document["slug"] for document in first["results"]] == ["everolimus"]


def test_one_record_is_one_document(client):
    make_source(slug="hudes-2007", title="Temsirolimus, interferon alfa, or both", doi="10.1056/NEJMoa066838")

    document = client.get("/api/v1/sources/hudes-2007/").json()

    assert (document["kind"], document["version"], document["doi"]) == ("source", 1, "10.1056/NEJMoa066838")
    assert (document["url"], document["pmid"]) == ("/sources/hudes-2007/", None)


def test_an_older_version_stays_available(client, revise):
    revise(make_drug(inn="temsirolimus", developer="Hara Wyeth"), developer="Wyeth")

    assert client.get("/api/v1/drugs/temsirolimus/?version=1").json()["developer"] == "Hara Wyeth"
    assert client.get("/api/v1/drugs/temsirolimus/").json()["developer"] == "Wyeth"


def test_the_version_says_how_far_the_site_has_come(client):
    make_drug()
    make_source()

    version = client.get("/api/v1/version/").json()

    assert (version["api"], version["sequence"]) == ("v1", 2)
    assert (version["counts"]["drug"], version["counts"]["trial"]) == (1, 0)
    assert version["license"]["name"] == "CC BY 4.0"


def test_the_changes_tell_of_a_withdrawal_without_a_document(client):
    withdraw(make_drug(inn="temsirolimus"), reason="It was recorded twice.")

    line = client.get("/api/v1/changes/?since=1").json()["results"][0]

    assert (line["action"], line["document"], line["note"]) == ("WITHDRAWN", None, "It was recorded twice.")


def test_the_export_can_be_of_one_kind(client):
    make_drug(inn="temsirolimus")
    make_source()

    lines = b"".join(client.get("/api/v1/export.ndjson?kind=drug").streaming_content).splitlines()

    assert [json.loads(line)["slug"] for line in lines] == ["temsirolimus"]


def test_the_export_comes_as_one_json_too(client):
    make_drug(inn="temsirolimus")

    body = json.loads(b"".join(client.get("/api/v1/export.json").streaming_content))

    assert (body["sequence"], body["results"][0]["inn"]) == (1, "temsirolimus")


def test_the_export_of_an_empty_site_is_empty(client):
    assert b"".join(client.get("/api/v1/export.ndjson").streaming_content) == b""
    assert json.loads(b"".join(client.get("/api/v1/export.json").streaming_content))["results"] == []


def test_a_long_export_is_read_in_ranges(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.export.RANGE", 2)
    slugs = [make_drug().slug for _ in range(5)]

    body = json.loads(b"".join(client.get("/api/v1/export.json").streaming_content))

    assert [document["slug"] for document in body["results"]] == slugs


@pytest.mark.parametrize(
    "url", ["/api/v1/drugs/", "/api/v1/drugs/temsirolimus/", "/api/v1/changes/", "/api/v1/version/"]
)
def test_an_unchanged_answer_is_not_sent_again(client, url):
    make_drug(inn="temsirolimus")
    etag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    make_source()
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_an_unchanged_answer_still_carries_its_validator(client):
    make_drug(inn="temsirolimus")
    etag = client.get("/api/v1/drugs/")["ETag"]

    unchanged = client.get("/api/v1/drugs/", headers={"If-None-Match": etag})

    assert (unchanged["ETag"], unchanged["Cache-Control"]) == (etag, "public, no-cache")


def test_head_answers_like_get(client):
    make_drug(inn="temsirolimus")

    get, head = client.get("/api/v1/drugs/"), client.head("/api/v1/drugs/")

    assert (head.status_code, head["ETag"], head.content) == (200, get["ETag"], b"")


def test_no_answer_sets_a_cookie(client):
    make_drug(inn="temsirolimus")

    assert not client.get("/api/v1/drugs/temsirolimus/").cookies


def test_the_page_and_the_api_choose_the_same_records(client):
    make_drug(inn="temsirolimus", origin=Drug.Origin.SEMI_SYNTHETIC)
    make_drug(inn="erlotinib", origin=Drug.Origin.SYNTHETIC)

    api = client.get("/api/v1/drugs/?origin=SEMI_SYNTHETIC").json()["results"]
    page = client.get("/drugs/?origin=SEMI_SYNTHETIC").content.decode()

    assert [document["slug"] for document in api] == ["temsirolimus"]
    assert "/drugs/temsirolimus/" in page
    assert "/drugs/erlotinib/" not in page

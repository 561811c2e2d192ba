import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_drug, make_regulation, make_source, withdraw

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def test_lists_the_newest_change_first(client):
    make_drug(inn="sirolimus")
    make_drug(inn="temsirolimus")

    content = client.get("/changes/").content.decode()

    assert content.index("/drugs/temsirolimus/") < content.index("/drugs/sirolimus/")
    assert 'href="/drugs/temsirolimus/v1/"' in content


def test_gives_the_reason_of_a_withdrawal_and_leads_to_the_history(client):
    withdraw(make_drug(inn="tamsilimus"), reason="The article misspells temsirolimus.")

    content = client.get("/changes/").content.decode()

    assert "The article misspells temsirolimus." in content
    assert '<a href="/drugs/tamsilimus/history/">Tamsilimus</a>' in content


def test_names_no_contradicted_claim_without_what_the_literature_says(client):
    make_regulation(verdict="CONTRADICTED", verdict_note="mTOR inactivates 4E-BP1.")

    assert "mTOR inactivates 4E-BP1." in client.get("/changes/").content.decode()


def test_filters_by_kind_and_by_what_happened(client):
    make_drug(inn="temsirolimus")
    withdraw(make_source(slug="taken-back"))

    drugs = client.get("/changes/?kind=drug").content.decode()
    withdrawals = client.get("/changes/?action=WITHDRAWN").content.decode()

    assert "Temsirolimus" in drugs
    assert "aken-back" not in drugs
    assert "aken-back" in withdrawals
    assert "Temsirolimus</a>" not in withdrawals


def test_refuses_a_kind_that_does_not_exist(client):
    make_drug(inn="temsirolimus")

    response = client.get("/changes/?kind=potion")

    assert response.status_code == 400
    assert "/drugs/temsirolimus/" not in response.content.decode()


def test_says_so_when_nothing_has_changed(client):
    assert "No such change." in client.get("/changes/").content.decode()


def test_asks_the_database_no_more_for_many_changes(count_queries):
    make_source()
    few = count_queries("/changes/")
    for _ in range(20):
        make_source()

    assert count_queries("/changes/") == few


def test_offers_the_changes_as_an_atom_feed(client, revise):
    drug = make_drug(inn="temsirolimus")
    revise(drug, developer="Wyeth")
    withdraw(make_source(slug="taken-back", title="Paper"), reason="p < 0.05 was made up.")

    feed = ET.fromstring(client.get("/changes.atom").content)

    assert feed.find(f"{ATOM}author/{ATOM}name").text == "The editors of temsisite"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == [
        "Source withdrawn: taken-back",
        "Source published: taken-back",
        "Drug revised: temsirolimus",
        "Drug published: temsirolimus",
    ]
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries] == [
        "http://testserver/sources/taken-back/history/#v2",
        "http://testserver/sources/taken-back/v1/",
        "http://testserver/drugs/temsirolimus/v2/",
        "http://testserver/drugs/temsirolimus/v1/",
    ]
    assert entries[0].find(f"{ATOM}summary").text == "p &lt; 0.05 was made up."


def test_gives_every_feed_entry_what_atom_demands(client):
    make_drug(inn="temsirolimus")

    entry = ET.fromstring(client.get("/changes.atom").content).find(f"{ATOM}entry")

    for name in ("id", "title", "updated"):
        assert entry.find(f"{ATOM}{name}").text


def test_names_an_entry_alike_on_every_host_and_each_version_otherwise(client, settings, revise):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    revise(make_drug(inn="temsirolimus"), developer="Wyeth")

    for address in ("/changes.atom", "/drugs/temsirolimus/changes.atom"):
        feeds = [ET.fromstring(client.get(address, headers={"host": host}).content) for host in settings.ALLOWED_HOSTS]
        one, two = [[name.text for name in feed.iter(f"{ATOM}id")] for feed in feeds]
        assert one == two
        assert len(set(one)) == 3  # the feed and two versions
        assert all(name.startswith("urn:uuid:") for name in one)


@pytest.mark.parametrize("address", ["/changes.atom", "/drugs/temsirolimus/changes.atom"])
def test_a_feed_can_only_be_read(client, address):
    make_drug(inn="temsirolimus")

    assert client.post(address).status_code == 405

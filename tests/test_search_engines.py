"""What search engines and link previews are told: sitemap, robots.txt, canonical addresses, Open Graph."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_drug, make_source, make_user, withdraw

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def listed(client):
    """The addresses in a sitemap: `listed("/sitemap-drugs.xml")`."""

    def addresses(address):
        return [entry.text for entry in ET.fromstring(client.get(address).content).iter(f"{SITEMAP}loc")]

    return addresses


def meta(html):
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html))


def test_the_sitemap_has_a_section_for_each_kind(listed):
    sections = listed("/sitemap.xml")

    assert sections[0] == "http://testserver/sitemap-pages.xml"
    assert "http://testserver/sitemap-findings.xml" in sections
    assert {"http://testserver/drugs/", "http://testserver/glossary/"} <= set(listed("/sitemap-pages.xml"))


def test_the_sitemap_lists_what_is_public_with_the_day_of_its_version(client, listed, revise):
    drug = make_drug(inn="temsirolimus")
    revise(drug, developer="Wyeth")
    make_drug(inn="everolimus", publish=False)
    withdraw(make_drug(inn="tamsilimus"))

    assert listed("/sitemap-drugs.xml") == ["http://testserver/drugs/temsirolimus/"]
    day = drug.log().last().published_at.date().isoformat()
    assert f"<lastmod>{day}</lastmod>" in client.get("/sitemap-drugs.xml").content.decode()


def test_the_sitemap_asks_no_more_for_many_records(count_queries):
    make_source()
    few = count_queries("/sitemap.xml"), count_queries("/sitemap-sources.xml")
    for _ in range(5):
        make_source()

    assert (count_queries("/sitemap.xml"), count_queries("/sitemap-sources.xml")) == few


@pytest.mark.parametrize(
    "address", ["/sitemap-potions.xml", "/sitemap-drugs.xml?p=x", f"/sitemap-drugs.xml?p={'9' * 30}"]
)
def test_there_is_no_other_section_or_page_of_the_sitemap(client, address):
    assert client.get(address).status_code == 404


def test_robots_leave_the_desk_and_the_search_alone(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[:3] == ["User-agent: *", "Disallow: /admin/", "Disallow: /search/"]
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-sources.xml"])
def test_machines_get_the_strict_policy_too(client, address):
    assert "default-src 'self'" in client.get(address)["Content-Security-Policy"]


def test_a_page_names_its_one_address_and_how_to_preview_it(client):
    make_drug(inn="temsirolimus", summary='Inhibits "mTOR" & slows <growth>.')

    html = client.get("/drugs/temsirolimus/?utm_source=mail").content.decode()

    assert '<link rel="canonical" href="http://testserver/drugs/temsirolimus/">' in html
    said = meta(html)
    assert said["og:title"] == "Temsirolimus"
    assert said["og:description"] == said["description"] == "Inhibits &quot;mTOR&quot; &amp; slows &lt;growth&gt;."
    assert said["og:url"] == "http://testserver/drugs/temsirolimus/"
    assert (said["og:type"], said["og:site_name"]) == ("article", "temsisite")


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/sources/?page=2&standing=WEAK", "/sources/?page=2"),
        ("/sources/?page=1", "/sources/"),
        ("/sources/?page=%00&x=%5B", "/sources/"),
        ("/search/?q=torisel", "/search/"),
    ],
)
def test_a_list_has_one_address_for_each_page(client, address, canonical):
    html = client.get(address).content.decode()

    assert f'<link rel="canonical" href="http://testserver{canonical}">' in html


@pytest.mark.parametrize("address", ["/nowhere/", "/drugs/tamsilimus/", "/nowhere%5B%00/"])
def test_a_refusal_is_not_indexed_and_names_no_address(client, address):
    withdraw(make_drug(inn="tamsilimus"))

    html = client.get(address).content.decode()

    assert meta(html)["robots"] == "noindex"
    assert "canonical" not in html


@pytest.mark.parametrize("address", ["/drugs/temsirolimus/", "/drugs/temsirolimus/v1/", "/drugs/", "/changes/"])
def test_a_page_names_its_json_twin(client, address):
    make_drug(inn="temsirolimus")

    html = client.get(address).content.decode()

    (twin,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"]+)">', html)
    assert client.get(twin).status_code == 200


def test_a_preview_has_neither_citation_nor_feed_nor_linked_data(client):
    make_drug(inn="temsirolimus", publish=False)
    client.force_login(make_user("editor", "Editors"))

    html = client.get("/drugs/temsirolimus/").content.decode()

    assert "Temsirolimus" in html
    for word in ("Cite this record", "temsirolimus/changes.atom", "ld+json"):
        assert word not in html

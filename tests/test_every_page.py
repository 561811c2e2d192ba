"""What holds for every address of the public site, walked through on a small one."""

import re

import pytest

from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
    withdraw,
)
from tests.reading import tree

pytestmark = pytest.mark.django_db

LINKED_DATA = "application/ld+json"  # no browser runs it
PAGES = [
    "/",
    "/drugs/",
    "/drugs/temsirolimus/",
    "/drugs/temsirolimus/history/",
    "/drugs/temsirolimus/v1/",
    "/drugs/tamsilimus/history/",
    "/targets/",
    "/targets/mtor/",
    "/diseases/",
    "/diseases/renal-cell-carcinoma/",
    "/approvals/",
    "/approvals/?as_of=2008-01-01",
    "/approvals/torisel/",
    "/mechanisms/",
    "/mechanisms/inhibits-mtor/",
    "/regulations/",
    "/regulations/mtor-4e-bp1/",
    "/statements/",
    "/statements/developer/",
    "/trials/",
    "/trials/arcc/",
    "/findings/",
    "/findings/?verdict=SUPPORTED&ordering=-trial",
    "/findings/arcc-survival/",
    "/sources/",
    "/sources/hudes-2007/",
    "/glossary/",
    "/changes/",
    "/search/",
    "/search/?q=temsirolimus",
]
FILES = [
    "/changes.atom",
    "/drugs/temsirolimus/changes.atom",
    "/drugs/temsirolimus/v1/cite.bib",
    "/sources/hudes-2007/v1/source.ris",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-drugs.xml",
]
REFUSALS = {
    "/drugs/tamsilimus/": 410,
    "/drugs/aspirin/": 404,
    "/nowhere/": 404,
    "/drugs/temsirolimus/v9/": 404,
    "/sources/?type=NOVEL": 400,
    "/sources/hudes-2007/?verdict=TRUE": 400,
}


@pytest.fixture(scope="module", autouse=True)
def _small_site(shared_data):
    """One record of every kind, and one that was withdrawn."""
    source = make_source(slug="hudes-2007", doi="10.1056/NEJMoa066838")
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}], sources=[source])
    mtor = make_target(slug="mtor", gene_symbol="MTOR", name="mTOR")
    kidney = make_disease(slug="renal-cell-carcinoma", name="renal cell carcinoma")
    trial = make_trial(slug="arcc", nct_id="NCT00065468", diseases=[kidney], arms=[{"drugs": [drug]}])
    make_approval(slug="torisel", drug=drug, disease=kidney, source=source)
    make_mechanism(slug="inhibits-mtor", drug=drug, target=mtor, source=source)
    make_regulation(slug="mtor-4e-bp1", regulator=mtor, source=source, verdict="CONTRADICTED")
    make_statement(slug="developer", drug=drug, source=source, verdict="REFINED")
    survival = {"measure": "OVERALL_SURVIVAL", "value": "10.9", "unit": "MONTHS"}
    make_finding(slug="arcc-survival", trial=trial, source=source, verdict="SUPPORTED", **survival)
    withdraw(make_drug(inn="tamsilimus"))


@pytest.fixture(scope="module")
def answers():
    """What each address answered; the site does not change while these tests look at it."""
    return {}


@pytest.fixture
def ask(client, answers):
    def once(address, status=200):
        if address not in answers:
            answers[address] = client.get(address)
        assert answers[address].status_code == status
        return answers[address]

    return once


@pytest.fixture
def read(ask):
    return lambda address, status=200: tree(ask(address, status))


@pytest.mark.parametrize(("address", "status"), [*((page, 200) for page in PAGES), *REFUSALS.items()])
def test_is_well_made(read, address, status):
    page = read(address, status)

    assert len(page.findall(".//h1")) == 1
    assert (page.tag, page.attrib) == ("html", {"lang": "en"})
    assert len(page.findall(".//main")) == 1
    ids = [element.get("id") for element in page.iterfind(".//*[@id]")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("address", "status"), [*((page, 200) for page in PAGES), *REFUSALS.items()])
def test_needs_nothing_inline_and_nothing_from_elsewhere(read, address, status):
    page = read(address, status)

    inline = [element for element in page.iter() if element.tag in {"script", "style"} and element.text]
    assert [element.get("type") for element in inline if element.get("type") != LINKED_DATA] == []
    names = {name for element in page.iter() for name in element.attrib}
    assert [name for name in names if name == "style" or name[:2] == "on"] == []
    fetched = [element.get("src") for element in page.iterfind(".//*[@src]")]
    fetched += [link.get("href") for link in page.iter("link") if link.get("rel") in {"stylesheet", "icon"}]
    assert [address for address in fetched if not address.startswith("/static/")] == []


@pytest.mark.parametrize(("address", "status"), [*((page, 200) for page in PAGES), *REFUSALS.items()])
def test_has_a_strict_policy_and_sets_no_cookie(ask, address, status):
    response = ask(address, status)

    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_answers_304_until_something_is_published(client, ask, address):
    etag = ask(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    make_source()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_answers_head_as_it_answers_get(client, ask, address):
    head = client.head(address)

    assert head.status_code == 200
    assert head.content == b""
    assert ask(address).content


@pytest.mark.parametrize("address", PAGES)
def test_has_a_title_and_a_description_of_its_own(ask, read, address):
    html = ask(address).content.decode()

    assert re.search(r"<title>[^<]+ · temsisite</title>", html)
    assert [meta.get("content") for meta in read(address).iterfind(".//meta[@name='description']")] != [""]


def test_follows_no_link_into_nothing(client, read):
    links = {link.get("href") for page in PAGES for link in read(page).iterfind(".//a[@href]")}
    within = sorted(link.split("#")[0] for link in links if link.startswith("/") and not link.startswith("/admin/"))

    dead = [link for link in within if client.get(link).status_code >= 400 and "tamsilimus" not in link]

    assert dead == []


def test_points_every_fragment_at_something(read):
    for address in PAGES:
        page = read(address)
        ids = {element.get("id") for element in page.iter()}
        fragments = {link.get("href") for link in page.iter("a") if link.get("href", "").startswith("#")}
        assert {fragment for fragment in fragments if fragment[1:] not in ids} == set()

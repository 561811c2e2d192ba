"""What is not public appears nowhere: every address the site has is asked for a word that only the hidden hold."""

import re
import uuid

import pytest
from django.test import Client

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.kinds import kinds, plural
from temsisite.publishing.models import WorkingCopy
from tests.factories import (
    make_drug,
    make_finding,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
    make_user,
    withdraw,
)

pytestmark = pytest.mark.django_db
CANARY = "zaunkoenig"  # stands in everything hidden …
LURE = "bergfink"  # … beside this word, which is what the crawl asks for
SONG = f"{LURE} {CANARY}"
HIDDEN = ["gone", "unseen-draft", "unseen-copy", "unseen-finding", "unseen-claim", "unseen-edge", "unseen-source"]
HREF = re.compile(r'(?:href|src)="(/[^"#]*)"')


@pytest.fixture(scope="module", autouse=True)
def _salted_site(shared_data):
    """A public site whose drafts, working copies, open proposals and withdrawn records all hold the canary."""
    drug = make_drug(inn="temsirolimus")
    source = make_source(slug="hudes-2007")
    trial = make_trial(slug="arcc", arms=[{"drugs": [drug]}])
    make_finding(slug="median-survival", trial=trial, source=source)
    make_statement(slug="origin", drug=drug, source=source)

    make_drug(slug="unseen-draft", inn=SONG, derived_from=drug, publish=False)
    make_finding(slug="unseen-finding", trial=trial, source=source, statement=SONG, publish=False)
    make_statement(slug="unseen-claim", drug=drug, source=source, statement=SONG, publish=False)
    mtor = make_target(gene_symbol="MTOR")
    make_regulation(slug="unseen-edge", regulator=mtor, source=source, statement=SONG, publish=False)
    actions.submit(record=make_source(slug="unseen-source", title=SONG, publish=False), by=make_user("editor"))
    actions.propose_change(
        record=drug,
        by=make_user("editor"),
        edit=lambda: Drug.objects.filter(pk=drug.pk).update(developer=SONG),
        note=SONG,
    )
    for record in (None, drug.pk):
        WorkingCopy.objects.keep(
            author=make_user("editor"),
            copy=uuid.uuid4(),
            saves=0,
            kind="drug",
            record=record,
            title=SONG,
            data={"inn": [SONG], "slug": ["unseen-copy"]},
        )
    withdraw(
        make_drug(slug="gone", inn=f"{SONG} gone", developer=SONG, synonyms=[{"name": SONG}]),
        reason="It never existed.",
    )


def addresses():
    """Where a crawl begins: pages, feeds, exports and API lists of every kind, and the hidden records themselves."""
    names = [plural(kind) for kind in kinds()]
    yield from ("/", "/changes/", "/changes.atom", "/api/v1/", "/api/v1/version/", "/sitemap.xml", "/robots.txt")
    yield from (f"/search/?q={word}" for word in (LURE, "temsirolimus", "gone"))
    yield from ("/api/v1/export.ndjson", "/api/v1/export.json")
    yield f"/changes/?q={LURE}"
    yield from ("/drugs/gone/changes.atom", "/drugs/gone/v1/cite.bib", "/drugs/unseen-draft/changes.atom")
    yield from ("/findings/unseen-finding/v1/cite.bib", "/sources/unseen-source/v1/source.bib")
    for name in names:
        yield from (f"/{name}/", f"/{name}/?q={LURE}", f"/api/v1/{name}/", f"/api/v1/{name}/?q={LURE}")
        yield from (f"{root}/{name}/{slug}/" for root in ("", "/api/v1") for slug in HIDDEN)
        yield from (f"/{name}/{slug}/v1/" for slug in HIDDEN)
        yield from (f"/{name}/{slug}/history/" for slug in HIDDEN)
        yield f"/sitemap-{name}.xml"


def crawl(client):
    """Every answer that can be reached from the addresses above by following links."""
    waiting, seen = list(addresses()), set()
    while waiting:
        url = waiting.pop()
        if url in seen or url.startswith(("/admin", "/static", "/api/v1/docs", "/api/v1/schema")):
            continue
        seen.add(url)
        response = client.get(url)
        body = b"".join(response) if response.streaming else response.content
        text = body.decode()
        yield url, text
        if "html" in response["Content-Type"]:
            waiting += [link.replace("&amp;", "&") for link in HREF.findall(text)]


@pytest.fixture(scope="module")
def answers(_salted_site):
    """What each address answered: the crawl takes long, and the site does not change meanwhile."""
    return dict(crawl(Client()))


def test_the_canary_sings_nowhere(answers):
    for url, text in answers.items():
        assert CANARY not in text.lower(), url


def test_the_crawl_reaches_the_whole_site(answers):
    urls = set(answers)

    assert {"/drugs/temsirolimus/", "/trials/arcc/", "/findings/median-survival/", "/sources/hudes-2007/"} <= urls
    assert {"/drugs/temsirolimus/history/", "/drugs/temsirolimus/v1/", "/drugs/temsirolimus/v1/cite.bib"} <= urls
    assert {"/drugs/temsirolimus/changes.atom", "/sources/hudes-2007/v1/source.ris"} <= urls


def test_a_draft_is_not_found_by_the_public(client):
    assert client.get("/drugs/unseen-draft/").status_code == 404
    assert client.get("/api/v1/drugs/unseen-draft/").status_code == 404


def test_a_withdrawn_record_says_that_it_is_gone_and_why(client):
    page, document = client.get("/drugs/gone/"), client.get("/api/v1/drugs/gone/")

    assert (page.status_code, document.status_code) == (410, 410)
    assert "It never existed." in page.content.decode()
    assert "It never existed." in document.json()["detail"]

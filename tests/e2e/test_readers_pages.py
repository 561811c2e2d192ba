"""What a reader sees in a real browser: nothing runs off the screen, nothing is blocked, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django.live_server_helper import LiveServer

from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_target,
    make_trial,
)

pytestmark = pytest.mark.e2e

PAGES = [
    "/",
    "/drugs/temsirolimus/",
    "/targets/mtor/",
    "/trials/ind-199/",
    "/findings/",
    "/findings/?verdict=REFINED&ordering=-trial",
    "/findings/stable-disease/",
    "/approvals/?as_of=2008-01-01",
    "/sources/article/",
    "/changes/",
    "/drugs/temsirolimus/history/",
    "/drugs/temsirolimus/v1/",
    "/search/?q=temsirolimus",
]
REFUSALS = ["/trials/?phase=PHASE9", "/nowhere/"]  # Chromium's console complains of their status


@pytest.fixture(scope="module")
def site(chromium, shared_data):
    """The address of a small site with one of everything a page can show."""
    article = make_source(slug="article", title="Temsirolimus: a long-lived antineoplastic drug", type="ARTICLE")
    paper = make_source(slug="tinker-2013", title="Temsirolimus in cervical carcinoma", pmid="23672928")
    drug = make_drug(
        inn="temsirolimus",
        summary="The first mTOR inhibitor approved against cancer.",
        synonyms=[{"name": "Torisel", "type": "BRAND"}],
        identifiers=[{"scheme": "INCHIKEY", "value": "CBPNZQVSJQDFBE-FUXHJELOSA-N"}],
        sources=[paper],
    )
    disease = make_disease(name="cervical cancer", slug="cervical-cancer")
    trial = make_trial(slug="ind-199", nct_id="NCT01026792", diseases=[disease], arms=[{"drugs": [drug]}])
    mtor = make_target(name="mTOR", gene_symbol="MTOR")
    make_mechanism(drug=drug, target=mtor, through=make_target(name="FKBP12", gene_symbol="FKBP1A"))
    make_regulation(regulator=mtor, target=make_target(name="4E-BP1", gene_symbol="EIF4EBP1"), verdict="CONTRADICTED")
    make_regulation(regulator=mtor, process="cell growth", verdict="SUPPORTED")
    make_approval(drug=drug, source=article, verdict="SUPPORTED", verdict_sources=[paper])
    make_finding(
        slug="stable-disease",
        trial=trial,
        arm=trial.arms.get(),
        source=article,
        measure="STABLE_DISEASE",
        value="57.6",
        unit="PERCENT",
        verdict="REFINED",
        verdict_note="19 of 33 had stable disease, for a median of 6.5 months.",
    )
    server = LiveServer("localhost")  # the fixture live_server would empty the site after each test
    yield server.url
    server.stop()


def test_pages_fit_are_accessible_and_come_from_here(site, open_page):
    page, hosts = open_page(site), set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for path in PAGES:
        page.goto(site + path)

        violations = Axe().run(page).response["violations"]
        assert not violations, (path, [(rule["id"], rule["nodes"][0]["target"]) for rule in violations])
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert hosts == {site.split("/")[2]}


def test_the_dark_scheme_has_contrast_too(site, open_page):
    page = open_page(site, scheme="dark")
    for path in ("/", "/drugs/temsirolimus/", "/trials/ind-199/", "/sources/article/", "/drugs/temsirolimus/v1/"):
        page.goto(site + path)

        violations = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        assert not violations, (path, [rule["nodes"][0]["target"] for rule in violations])


def test_refusals_fit_and_are_accessible_too(site, chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    for path in REFUSALS:
        page.goto(site + path)

        assert not Axe().run(page).response["violations"], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.close()


def test_a_page_reads_without_javascript(site, open_page):
    page = open_page(site + "/findings/stable-disease/", java_script_enabled=False)

    assert "19 of 33 had stable disease" in page.inner_text("main")


def test_the_first_tab_leads_to_the_text(site, open_page):
    page = open_page(site + "/drugs/temsirolimus/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")


def test_the_documentation_of_the_api_opens(site, open_page):
    page = open_page(site + "/api/v1/docs/")

    page.get_by_text("/api/v1/findings/", exact=True).first.wait_for()

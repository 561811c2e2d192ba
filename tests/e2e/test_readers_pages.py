"""What a reader sees in a real browser: nothing runs off the screen, nothing is blocked, axe finds nothing."""

import os
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.e2e.looking import bring_axe, devtools, is_too_wide, resize, violations
from tests.e2e.readers_site import make_site

pytestmark = pytest.mark.e2e

# One page of every template, in all its parts: each list, each record, and what leads to them.
KINDS = [
    "/",
    "/drugs/temsirolimus/",
    "/trials/",
    "/trials/ind-199/",
    "/findings/?verdict=REFINED&ordering=-trial",
    "/findings/stable-disease/",
    "/sources/article/",
    "/drugs/temsirolimus/v1/",
    "/drugs/temsirolimus/history/",
    "/changes/",
    "/search/?q=temsirolimus",
    "/glossary/",
]
# The same templates filled with other columns or facts: elsewhere than in CI it is enough to see whether these fit.
TWINS = [
    "/drugs/",
    "/targets/",
    "/targets/mtor/",
    "/diseases/",
    "/diseases/cervical-cancer/",
    "/findings/",
    "/approvals/?as_of=2008-01-01",
    "/approvals/torisel/",
    "/mechanisms/",
    "/mechanisms/inhibits-mtor/",
    "/regulations/",
    "/regulations/mtor-4e-bp1/",
    "/statements/",
    "/statements/developer/",
    "/sources/",
    "/search/?q=stable+disease",
    "/search/?q=zzz",
]
REFUSALS = {  # Chromium's console complains of their status
    "/trials/?phase=PHASE9": 400,
    "/nowhere/": 404,
    "/drugs/tamsilimus/": 410,
}
DARK = [
    "/",
    "/trials/ind-199/",
    "/findings/?verdict=REFINED&ordering=-trial",
    "/sources/article/",
    "/drugs/temsirolimus/v1/",
    "/glossary/",
]

IN_CI = os.environ.get("CI") == "true"
PAPER = 673  # an A4 page between its margins, in CSS pixels
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"], "preload": False}
MOVING = """[...document.querySelectorAll('*')].map(element => getComputedStyle(element)).filter(style =>
    style.animationName !== 'none' || parseFloat(style.transitionDuration)).length"""
SHOWN = """[...document.querySelectorAll('nav, form')].filter(element => element.checkVisibility())
    .map(element => [element.localName, 'on paper'])"""


@pytest.fixture(scope="module")
def first_tab(unpainted_tab):
    """These tests look and click nothing, so that nothing need be painted for them; in CI it is."""
    return unpainted_tab


@pytest.fixture(scope="module")
def site(server, shared_data):
    """The address of a small site with one of everything a page can show."""
    make_site()
    return server.url


def look(page, path):
    """What is wrong with a page: axe's complaints, what moves, what does not fit."""
    bring_axe(page)
    found = violations(page)
    if IN_CI or path in DARK:
        page.emulate_media(color_scheme="dark")
        found += violations(page, CONTRAST)
    complaints = [(rule["id"], rule["nodes"][0]["target"]) for rule in found]
    if page.evaluate(MOVING):
        complaints.append("moves")
    return complaints + fit(page)


def fit(page):
    """What is too wide for its screen or for paper, or has no business on paper."""
    complaints = too_wide(page, 1280, "")
    page.emulate_media(media="print", color_scheme="light")
    complaints += too_wide(page, PAPER, "on paper") + page.evaluate(SHOWN)
    page.emulate_media(media="screen")
    complaints += too_wide(page, 320, "at 400 percent")
    devtools(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    complaints += too_wide(page, 640, "with text of twice the size")
    devtools(page).send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    resize(page, 1280)
    return complaints


def too_wide(page, width, when):
    return [("too wide", when)] if is_too_wide(page, width) else []


def test_every_kind_of_page_fits_and_is_accessible_and_comes_from_here(site, open_page):
    page, hosts = open_page(site, reduced_motion="reduce"), set()

    def note(request):
        hosts.add(urlsplit(request.url).netloc)

    page.on("request", note)

    complaints = {}
    for path in KINDS:
        page.goto(site + path)
        complaints[path] = look(page, path)
    for path in TWINS:
        page.goto(site + path)
        complaints[path] = look(page, path) if IN_CI else fit(page)
    page.remove_listener("request", note)

    assert {path: found for path, found in complaints.items() if found} == {}
    assert hosts == {urlsplit(site).netloc}


def test_refusals_fit_and_are_accessible_too(site, open_page, complaints):
    page = open_page(site, reduced_motion="reduce")
    for path, status in REFUSALS.items():
        assert page.goto(site + path).status == status
        assert look(page, path) == [], path
    complaints.clear()  # of the status


def test_a_page_reads_without_javascript(site, tab, open_page):
    devtools(tab).send("Emulation.setScriptExecutionDisabled", {"value": True})

    text = open_page(site + "/findings/stable-disease/").inner_text("main")
    devtools(tab).send("Emulation.setScriptExecutionDisabled", {"value": False})

    assert "19 of 33 had stable disease" in text


# How the keyboard goes: the element in focus, and whether one sees that it is.
FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const name = element.getAttribute('href') || element.name || element.textContent.trim();
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width * box.height > 16;
    return [element.tagName, name, seen];
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(element => element.type !== 'hidden' && element.checkVisibility({visibilityProperty: true}))
    .map(element => [element.tagName, element.getAttribute('href') || element.name || element.textContent.trim()])"""


@pytest.mark.parametrize(("path", "width"), [("/trials/ind-199/", 360), ("/findings/", 1280)])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(site, open_page, path, width):
    page = open_page(site + path, width=width)
    expected = page.evaluate(REACHABLE)

    walk = []
    for _ in expected:
        page.keyboard.press("Tab")
        walk.append(page.evaluate(FOCUSED))

    assert walk[0][1] == "#content"
    assert [[tag, name] for tag, name, _ in walk] == expected
    assert [name for _, name, seen in walk if not seen] == []


def test_the_first_tab_skips_to_the_text(site, open_page):
    page = open_page(site + "/drugs/temsirolimus/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_verdicts_keep_their_shapes_in_colours_of_the_readers_own(site, open_page):
    page = open_page(site + "/sources/article/", forced_colors="active")

    colours = page.evaluate("""[...document.querySelectorAll('.verdict-shape, .tally-segment')].map(shape =>
        getComputedStyle(shape).color)""")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert len(colours) > 8
    assert paper not in colours


def test_a_printed_claim_says_where_its_sources_are(site, open_page):
    page = open_page(site + "/findings/stable-disease/")
    page.emulate_media(media="print")

    source = "document.querySelector('main dd a[href^=\"/sources/\"]')"
    assert "/sources/article/" in page.evaluate(f"getComputedStyle({source}, '::after').content")
    assert page.locator(".verdict-shape").first.is_visible()
    assert page.get_by_role("link", name="History").is_visible()
    assert not page.locator(".edit-link").is_visible()


def test_a_printed_article_has_its_notes_beside_its_text(site, open_page):
    page = open_page(site + "/sources/article/", width=PAPER)
    page.emulate_media(media="print")

    text, note = (
        page.locator(".sentence.has-notes > p").first.bounding_box(),
        page.locator(".sentence .clause-note").first.bounding_box(),
    )
    assert note["x"] > text["x"] + text["width"]
    assert note["y"] < text["y"] + text["height"]
    assert not page.locator(".sentence summary").first.is_visible()


def test_the_documentation_of_the_api_opens(site, open_page):
    page = open_page(site + "/api/v1/docs/")

    page.get_by_text("/api/v1/findings/", exact=True).first.wait_for()


@pytest.mark.skipif(
    not (os.environ.get("VNU_JAR") and shutil.which("java")),
    reason="The Nu HTML checker is not here: it needs java, and VNU_JAR must name its vnu.jar (.ci/run fetches it)",
)
@pytest.mark.usefixtures("site")
def test_every_kind_of_page_is_valid_html(client, tmp_path):
    for number, path in enumerate([*KINDS, *TWINS, *REFUSALS]):
        (tmp_path / f"{number}.html").write_bytes(client.get(path).content)

    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # too short a run for a better compiler
    checker = [*java, "-jar", os.environ["VNU_JAR"], "--errors-only", "--no-langdetect", tmp_path]
    complaints = subprocess.run(checker, capture_output=True, text=True, check=False).stderr

    assert complaints == ""

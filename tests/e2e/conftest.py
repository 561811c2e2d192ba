"""A real Chromium for the tests that need eyes. Without one they are skipped, and say so."""

import os
import shutil

import pytest

from tests.e2e.looking import devtools, resize
from tests.e2e.server import Server
from tests.factories import session_of

# The shell is the same browser without the windows that nobody sees, and takes a quarter less time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAINTS = os.environ.get("CI") == "true" or "PICTURES" in os.environ or "shell" not in str(CHROMIUM)
# Where the tab waits between two tests: a picture that asks for nothing, and from where the storage can be emptied.
QUIET = "/static/temsisite/favicon.svg"


@pytest.fixture(scope="session")
def server(django_db_setup):
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def start_chromium(server):
    """Start Debian’s Chromium; it ends before the database does, which its pages still ask."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    # Playwright's own event loop would make Django refuse the database in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    server.let_requests_end()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def only_tab(browser):
    """One tab for all tests, since opening one takes as long as five pages; and what the browser complained of."""
    context, complaints = browser.new_context(no_viewport=True), []

    def listen(message):  # to the console, which also tells of every answer that is a refusal
        if message.type == "error":
            complaints.append(f"{message.text} {message.location['url']}")

    context.on("console", listen)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.clock.install()  # so that no test waits for what happens after some seconds: page.clock.run_for(3000)
    return context.new_page(), complaints


@pytest.fixture(scope="session")
def first_tab(start_chromium):
    """For those who work on a page: a click waits for the picture of what it hits."""
    browser = start_chromium()
    yield only_tab(browser)
    browser.close()


@pytest.fixture(scope="session")
def unpainted_tab(start_chromium):
    """For those who measure pages: except in CI the shell paints nothing there, which is quicker."""
    browser = start_chromium(*([] if PAINTS else ["--enable-begin-frame-control"]))
    yield only_tab(browser)
    browser.close()


@pytest.fixture(scope="module")
def emptied_tab(first_tab):
    """The tab without the pages it kept, for the next file has others at the same addresses."""
    page, _ = first_tab
    devtools(page).send("Network.clearBrowserCache")


@pytest.fixture
def complaints(first_tab):
    """What the browser has complained of; whatever is left of it fails the test."""
    return first_tab[1]


@pytest.fixture
def tab(first_tab, emptied_tab, complaints, server):
    """The tab as if it had just been opened, by nobody who is signed in."""
    page, _ = first_tab
    complaints.clear()
    resize(page, 1280)
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference", forced_colors="none")
    yield page
    page.goto(server.url + QUIET)  # what a page sends as it is left is sent now
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    server.let_requests_end()
    assert complaints == []


@pytest.fixture
def open_page(tab):
    """Open an address: `open_page(url, width=360, reduced_motion="reduce")`; what is complained of fails the test."""

    def open_it(url, width=1280, **media):
        resize(tab, width)
        tab.emulate_media(**media)
        tab.goto(url)
        return tab

    return open_it


@pytest.fixture
def sign_in(tab, server):
    """Let the tab be that of somebody else: `sign_in(make_user("editor", "Editors"))`."""

    def sign_in(user):
        tab.context.clear_cookies()
        tab.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": server.url}])

    return sign_in

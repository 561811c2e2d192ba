"""A real Chromium for the tests that need eyes. Without one they are skipped, and say so."""

import os
import shutil
import threading

import pytest

# The shell is the same browser without the windows that nobody sees, and takes a quarter less time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """Debian’s Chromium, started once; it ends before the database does, which its pages still ask."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    # Playwright's own event loop would make Django refuse the database in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
    let_requests_end()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def let_requests_end():
    """Wait until the server has seen the browser go, for PostgreSQL empties no table that a request still reads."""
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join(timeout=5)


@pytest.fixture
def open_page(chromium):
    """Open an address: `open_page(url, width=360, scheme="dark")`; what the console complains of fails the test."""
    contexts, complaints = [], []

    def open_it(url, width=1280, scheme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        context.clock.install()  # so that no test waits for what happens after some seconds: page.clock.run_for(3000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        return page

    yield open_it
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # what a page sends as it is left is sent now
        context.close()
    let_requests_end()
    assert complaints == []

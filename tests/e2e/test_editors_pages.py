"""What an editor sees in a real browser: every page of ours in the admin fits, is accessible, and is in the guide."""

import base64
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from temsisite.publishing import actions
from temsisite.publishing.models import WorkingCopy
from tests.e2e.editors_site import make_site
from tests.e2e.looking import bring_axe, devtools, is_too_wide, resize, violations
from tests.factories import make_drug, make_trial, propose, withdraw

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
IN_CI = os.environ.get("CI") == "true"

# Every page of ours in the admin, by who opens it. {…} stands for the key of a record of the site below.
PAGES = {
    "/admin/": "reviewer",
    "/admin/guide/": "editor",
    "/admin/trials/finding/": "editor",
    "/admin/trials/finding/add/": "editor",
    "/admin/trials/finding/{draft}/change/": "editor",
    "/admin/trials/finding/{finding}/change/": "editor",
    "/admin/trials/finding/{finding}/withdrawal/": "editor",
    "/admin/trials/finding/{finding}/reviewed/": "editor",
    "/admin/trials/finding/{finding}/history/": "editor",
    "/admin/trials/trial/{trial}/change/": "editor",
    "/admin/drugs/drug/{drug}/change/": "editor",
    "/admin/drugs/drug/{withdrawn}/restoration/": "editor",
    "/admin/evidence/source/{source}/change/": "editor",
    "/admin/trials/finding/import/": "editor",
    "/admin/trials/finding/results-table/{trial}/": "editor",
    "/admin/trials/trial/": "editor",
    "/admin/trials/trial/{trial}/history/": "editor",
    "/admin/evidence/source/": "editor",
    "/admin/evidence/source/import/": "editor",
    "/admin/publishing/proposal/{stale}/rebase/": "editor",
    "/admin/publishing/proposal/{stale}/change/": "reviewer",
    "/admin/publishing/proposal/": "reviewer",
    "/admin/publishing/proposal/{proposal}/change/": "reviewer",
    "/admin/publishing/publication/": "editor",
    "/admin/publishing/publication/1/change/": "editor",
}
# Elsewhere than in CI it is enough to look at these by axe.
ALWAYS = ["/admin/", "/admin/guide/", "/admin/publishing/proposal/{proposal}/change/", "/admin/trials/finding/add/"]

# What axe finds in Django's own widgets and inlines: the rule, and the pages where it does.
CHOOSERS = [
    "/admin/trials/finding/add/",
    "/admin/trials/finding/{draft}/change/",
    "/admin/trials/finding/{finding}/change/",
    "/admin/trials/trial/{trial}/change/",
    "/admin/drugs/drug/{drug}/change/",
]
DJANGOS_OWN = {
    "aria-input-field-name": CHOOSERS,  # select2 gives its boxes no name
    "label": CHOOSERS,  # nor the field to search in
    "list": ["/admin/trials/trial/{trial}/change/"],  # and puts this field between the chosen items
    "empty-table-header": ["/admin/trials/trial/{trial}/change/", "/admin/drugs/drug/{drug}/change/"],
}

# The pictures of the guide, light, of the top of a page: make pictures.
PICTURES = {
    "desk": "/admin/",
    "review": "/admin/publishing/proposal/{proposal}/change/",
    "finding": "/admin/trials/finding/{draft}/change/",
    "table": "/admin/trials/finding/results-table/{trial}/",
    "rebase": "/admin/publishing/proposal/{stale}/rebase/",
    "import": "/admin/trials/finding/import/",
}
FOLDER = Path(settings.BASE_DIR) / "temsisite/static/temsisite/guide"
WIDTH, HEIGHT = 1000, 620


@pytest.fixture(scope="module")
def first_tab(unpainted_tab):
    """These tests look and click nothing, so that nothing need be painted for them; in CI it is."""
    return unpainted_tab


@pytest.fixture
def site(server):
    """A small site in the middle of its work: `site("/admin/")` is an address there."""
    return make_site(server.url)


@pytest.fixture
def desk_of(site, tab, sign_in):
    """The tab of somebody who is signed in: `desk_of("editor")`; what the browser complains of fails the test."""
    tab.emulate_media(reduced_motion="reduce")

    def open_it(name):
        sign_in(site.people[name])
        return tab

    return open_it


def found_by_axe(page, schemes):
    """The names of the rules that a page breaks, and where it does first."""
    found = {}
    bring_axe(page)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for rule in violations(page):
            found.setdefault(rule["id"], (scheme, rule["nodes"][0]["target"]))
    return found


def too_wide(page):
    return [width for width in (1280, 360) if is_too_wide(page, width)]


def test_no_button_of_the_login_is_shouted_on_a_phone(server, open_page):
    page = open_page(f"{server.url}/admin/login/", width=360)

    assert page.get_by_role("button", name="Log in").evaluate("it => getComputedStyle(it).textTransform") == "none"


def test_every_page_fits_and_is_accessible(site, desk_of):
    wrong = {}
    for path, name in PAGES.items():
        page = desk_of(name)
        page.goto(site(path))
        rules = found_by_axe(page, ["light", "dark"] if IN_CI else ["light"]) if IN_CI or path in ALWAYS else {}
        new = {rule: where for rule, where in rules.items() if path not in DJANGOS_OWN.get(rule, [])}
        if new or (wide := too_wide(page)):
            wrong[path] = new or f"too wide at {wide}"

    assert wrong == {}


def test_a_table_whose_trial_was_withdrawn_fits_and_is_accessible(site, desk_of):
    trial = make_trial(brief_title="Temsirolimus in leiomyosarcoma")
    page = desk_of("editor")
    page.goto(site(f"/admin/trials/finding/results-table/{trial.pk}/"))
    with page.expect_response("**/keep/*"):
        page.locator(".counted input").first.fill("33")
        page.clock.run_for(4000)
    withdraw(trial)

    page.goto(site(f"/admin/trials/finding/results-table/{trial.pk}/"))

    assert page.get_by_role("button", name="discard it").is_visible()
    assert (found_by_axe(page, ["light"]), too_wide(page)) == ({}, [])


def test_a_title_without_a_space_leaves_the_desk_as_wide_as_its_window(site, desk_of):
    reviewer = User.objects.get(username="reviewer")
    WorkingCopy.objects.keep(author=reviewer, copy=uuid4(), saves=0, data={}, kind="statement", title="m" * 300)
    proposal = propose(make_drug(inn="m" * 80), reviewer, developer="Pfizer")
    actions.return_(proposal=proposal, by=User.objects.get(username="editor"), reason="m" * 300)
    page = desk_of("reviewer")

    page.goto(site("/admin/"))

    assert page.locator("#unfinished").get_by_role("link").inner_text() == f"{'m' * 79}…"
    assert too_wide(page) == []


@pytest.mark.skipif("PICTURES" not in os.environ, reason="Takes the pictures of the guide: make pictures")
def test_takes_the_pictures_of_the_guide(site, desk_of):
    for name, path in PICTURES.items():
        page = desk_of(PAGES[path])
        resize(page, 1280, 800)
        page.goto(site(path))
        box = page.locator("#content").bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["width"] * HEIGHT / WIDTH}
        taken = devtools(page).send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": 60, "clip": clip | {"scale": WIDTH / box["width"]}},
        )
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))

"""What an editor sees in a real browser: every page of ours in the admin fits, is accessible, and is in the guide."""

import base64
import os
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal, WorkingCopy
from tests.factories import make_approval, make_drug, make_finding, make_source, make_trial, make_user, withdraw
from trials.models import Finding

pytestmark = pytest.mark.e2e
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

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, "preload": False}

# What it takes to publish one finding, from the page of its trial; templates/admin/guide.html says so.
MEASURED = {"fields": 5}

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


@pytest.fixture
def site(live_server, transactional_db):
    """The address of a small site in the middle of its work, and the keys of what lies there."""
    editor, reviewer = make_user("editor", "Editors"), make_user("reviewer", "Editors", "Reviewers")
    label = make_source(title="Torisel prescribing information", slug="label", type="LABEL")
    paper = make_source(title="Temsirolimus in carcinoma of the cervix", slug="tinker-2013", standing="SECONDARY")
    drug = make_drug(inn="temsirolimus", summary="The first mTOR inhibitor approved against cancer.")
    trial = make_trial(
        brief_title="Temsirolimus in cancer of the cervix",
        nct_id="NCT01026792",
        overall_status="RECRUITING",
        last_reviewed_on="2025-01-15",
        arms=[{"title": "temsirolimus 25 mg weekly", "drugs": [drug]}],
        sources=[paper],
    )
    share = {"measure": "STABLE_DISEASE", "value": "57.6", "unit": "PERCENT", "source": paper, "trial": trial}
    finding = make_finding(statement="Of 33 women 19 had stable disease.", last_reviewed_on="2023-01-15", **share)
    draft = make_finding(
        statement="The disease of 57.6 % of the women did not progress.",
        **share,
        locator="Results, paragraph 2",
        publish=False,
        created_by=editor,
    )
    approval = make_approval(drug=drug, source=label, statement="The FDA approved temsirolimus in May 2007.")
    withdrawn = withdraw(make_drug(inn="tamsilimus"))
    _propose(approval, editor, holder="Wyeth Pharmaceuticals", indication="Advanced renal cell carcinoma.")
    proposal = Proposal.objects.open().get()
    back = _propose(drug, editor, developer="Pfizer")
    actions.return_(proposal=back, by=reviewer, reason="Which label says so? The one of 2007 names Wyeth.")
    stale = _propose(drug, editor, summary="The first mTOR inhibitor approved in oncology.")
    faster = _propose(drug, reviewer, summary="It was the first mTOR inhibitor approved against cancer.")
    actions.accept(proposal=faster, by=editor)
    _propose(trial, reviewer, acronym="IND.199")
    type(label).objects.filter(pk=label.pk).update(retraction="EXPRESSION_OF_CONCERN")
    keys = {"draft": draft, "finding": finding, "trial": trial, "drug": drug, "withdrawn": withdrawn, "source": paper}
    keys = {name: record.pk for name, record in keys.items()} | {"proposal": proposal.pk, "stale": stale.pk}
    sessions = {user.username: _session_of(user) for user in (editor, reviewer)}
    return Site(live_server.url, keys, sessions)


class Site(NamedTuple):
    """Where it is, what lies there, and the sessions of those who are signed in."""

    url: str
    keys: dict
    sessions: dict

    def __call__(self, path):
        return self.url + path.format(**self.keys)


def _session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def _propose(record, by, **fields):
    def edit():
        type(record).objects.filter(pk=record.pk).update(**fields)

    return actions.propose_change(record=record, by=by, edit=edit, note="As the label of 2007 has it.")


@pytest.fixture
def desk_of(chromium, site):
    """A tab of somebody who is signed in: `desk_of("editor")`; what its console complains of fails the test."""
    contexts, complaints = [], []

    def open_it(name, **options):
        context = chromium.new_context(reduced_motion="reduce", **options)
        context.add_cookies([{"name": "sessionid", "value": site.sessions[name], "url": site.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def found_by_axe(page, schemes):
    """The names of the rules that a page breaks, and where it does first."""
    found = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for rule in Axe().run(page, options=RULES).response["violations"]:
            found.setdefault(rule["id"], (scheme, rule["nodes"][0]["target"]))
    return found


def too_wide(page):
    widths = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            widths.append(width)
    return widths


def test_no_button_of_the_login_is_shouted_on_a_phone(site, open_page):
    page = open_page(site("/admin/login/"), width=360)

    assert page.get_by_role("button", name="Log in").evaluate("it => getComputedStyle(it).textTransform") == "none"


def test_every_page_fits_and_is_accessible(site, desk_of):
    tabs, wrong = {name: desk_of(name) for name in sorted(set(PAGES.values()))}, {}
    for path, name in PAGES.items():
        page = tabs[name]
        page.goto(site(path))
        rules = found_by_axe(page, ["light", "dark"] if IN_CI else ["light"]) if IN_CI or path in ALWAYS else {}
        new = {rule: where for rule, where in rules.items() if path not in DJANGOS_OWN.get(rule, [])}
        if new or (wide := too_wide(page)):
            wrong[path] = new or f"too wide at {wide}"

    assert wrong == {}


def test_a_table_whose_trial_was_withdrawn_fits_and_is_accessible(site, desk_of):
    trial = make_trial(brief_title="Temsirolimus in leiomyosarcoma")
    page = desk_of("editor")
    page.clock.install()
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
    proposal = _propose(make_drug(inn="m" * 80), reviewer, developer="Pfizer")
    actions.return_(proposal=proposal, by=User.objects.get(username="editor"), reason="m" * 300)
    page = desk_of("reviewer")

    page.goto(site("/admin/"))

    assert page.locator("#unfinished").get_by_role("link").inner_text() == f"{'m' * 79}…"
    assert too_wide(page) == []


@pytest.mark.skipif("PICTURES" not in os.environ, reason="Takes the pictures of the guide: make pictures")
def test_takes_the_pictures_of_the_guide(site, desk_of):
    for name, path in PICTURES.items():
        page = desk_of(PAGES[path], viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(site(path))
        box = page.locator("#content").bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["width"] * HEIGHT / WIDTH}
        camera = page.context.new_cdp_session(page)
        taken = camera.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": 60, "clip": clip | {"scale": WIDTH / box["width"]}},
        )
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


class Hand:
    """Works on a page and counts: pages loaded, clicks, fields filled in."""

    def __init__(self, page):
        self.page, self.loads, self.clicks, self.fields = page, 0, 0, []
        page.on("load", self._loaded)

    def _loaded(self):
        self.loads += 1

    def click(self, words, role="link"):
        self.clicks += 1
        self.page.get_by_role(role, name=words).first.click()
        self.page.wait_for_load_state()

    def fill(self, name, value):
        self.fields.append(name)
        control = self.page.locator(f"[name={name}]")
        control.select_option(value) if control.evaluate("e => e.tagName") == "SELECT" else control.fill(value)


def test_one_finding_takes_its_editor_two_pages_and_its_reviewer_two_clicks(site, desk_of):
    page = desk_of("editor")
    page.goto(site("/admin/trials/trial/{trial}/change/"))
    editor = Hand(page)

    editor.click("Add finding")
    editor.fill("measure", "DISEASE_CONTROL")
    editor.fill("numerator", "20")
    editor.fill("denominator", "33")
    editor.fill("denominator_counts", "RESPONSE_EVALUABLE")
    editor.fill("value", "60.6")
    editor.click("Take it as the statement", role="button")
    editor.click("Submit for review", role="button")

    page = desk_of("reviewer")
    page.goto(site("/admin/"))
    reviewer = Hand(page)
    reviewer.click("new record")
    reviewer.click("Accept and publish", role="button")

    finding = Finding.objects.get(measure="DISEASE_CONTROL")
    assert finding.is_public
    assert (finding.source.slug, finding.unit, finding.figure) == ("tinker-2013", "PERCENT", "60.6 %, 20/33")
    assert (editor.loads, len(editor.fields), len(set(editor.fields))) == (2, MEASURED["fields"], MEASURED["fields"])
    assert (reviewer.loads, reviewer.clicks) == (2, 2)

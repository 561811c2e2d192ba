"""How an editor adds findings in a real browser: by the measure, with the server's remarks beside the numbers."""

import pytest

from tests.e2e.editors_site import make_site
from tests.factories import make_source, make_trial, make_user
from trials.models import Finding

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# What it takes to publish one finding, from the page of its trial; templates/admin/guide.html says so.
MEASURED = {"fields": 5}


@pytest.fixture
def trial():
    """One arm, one paper: what an editor has before her."""
    paper = make_source(title="Temsirolimus in cancer of the cervix")
    return make_trial(slug="ind-199", arms=[{"title": "temsirolimus 25 mg weekly"}], sources=[paper])


@pytest.fixture
def desk(server, sign_in, open_page):
    """Open an address of the desk as an editor: `desk("/admin/")`."""

    def open_it(path):
        sign_in(make_user("editor", "Editors"))
        return open_page(server.url + path)

    return open_it


def test_the_measure_decides_what_is_asked_and_the_server_speaks_beside_the_numbers(trial, desk):
    page = desk(f"/admin/trials/finding/add/?trial={trial.pk}&grade_band=ANY")
    shown = page.locator("[name=event_term], [name=time_frame], [name=numerator], [name=grade_band]")

    def visible():
        return [control.get_attribute("name") for control in shown.all() if control.is_visible()]

    page.select_option("[name=measure]", "OVERALL_SURVIVAL")
    assert visible() == ["numerator", "time_frame", "grade_band"]  # what holds something is never hidden
    assert page.text_content("label[for=id_time_frame]") == "Time frame: needed"
    page.select_option("[name=measure]", "DISEASE_CONTROL")
    page.fill("[name=numerator]", "20")
    page.fill("[name=denominator]", "33")
    page.clock.run_for(1000)
    page.wait_for_selector("text=Computed from n and N, not printed: 60.6 %.")
    page.fill("[name=value]", "61.6")
    page.clock.run_for(1000)
    page.wait_for_selector(".amiss >> text=20/33 is 60.6 %, not 61.6 %.")


def test_a_results_table_is_typed_row_by_row(trial, desk):
    page = desk(f"/admin/trials/finding/results-table/{trial.pk}/")
    arm = trial.arms.get().pk

    page.click("text=More rows")
    page.select_option("[name=rows-4-measure]", "ADVERSE_EVENT")
    page.fill("[name=rows-4-event_term]", "mucositis")
    page.fill(f"[name=rows-4-v-{arm}]", "12")
    assert not page.is_visible("[name=rows-0-event_term]")
    page.click("text=Save and submit for review")

    assert "In the arm “temsirolimus 25 mg weekly”, 12 % of the people had mucositis." in page.inner_text("#content")
    assert Finding.objects.get(measure="ADVERSE_EVENT").status == Finding.Status.IN_REVIEW


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


def test_one_finding_takes_its_editor_two_pages_and_its_reviewer_two_clicks(server, sign_in, open_page):
    site = make_site(server.url)
    sign_in(site.people["editor"])
    page = open_page(site("/admin/trials/trial/{trial}/change/"))
    editor = Hand(page)

    editor.click("Add finding")
    editor.fill("measure", "DISEASE_CONTROL")
    editor.fill("numerator", "20")
    editor.fill("denominator", "33")
    editor.fill("denominator_counts", "RESPONSE_EVALUABLE")
    editor.fill("value", "60.6")
    page.clock.run_for(1000)
    editor.click("Take it as the statement", role="button")
    editor.click("Submit for review", role="button")
    page.wait_for_selector("text=The record waits for somebody else to review it")
    assert (editor.loads, len(editor.fields), len(set(editor.fields))) == (2, MEASURED["fields"], MEASURED["fields"])

    sign_in(site.people["reviewer"])
    page.goto(site("/admin/"))
    reviewer = Hand(page)
    reviewer.click("new record")
    reviewer.click("Accept and publish", role="button")

    finding = Finding.objects.get(measure="DISEASE_CONTROL")
    assert finding.is_public
    assert (finding.source.slug, finding.unit, finding.figure) == ("tinker-2013", "PERCENT", "60.6 %, 20/33")
    people = "20 of 33 people had their disease under control (60.6 %)"
    assert finding.statement == f"In the arm “temsirolimus 25 mg weekly”, {people}."
    assert (reviewer.loads, reviewer.clicks) == (2, 2)

"""How an editor adds findings in a real browser: by the measure, with the server's remarks beside the numbers."""

import pytest

from tests.editors.conftest import signed_in
from tests.factories import make_source, make_trial, make_user
from trials.models import Finding

pytestmark = pytest.mark.e2e


@pytest.fixture
def trial(transactional_db):
    """One arm, one paper: what an editor has before her."""
    paper = make_source(title="Temsirolimus in cancer of the cervix")
    return make_trial(slug="ind-199", arms=[{"title": "temsirolimus 25 mg weekly"}], sources=[paper])


@pytest.fixture
def desk(live_server, open_page):
    """Open an address of the desk as an editor: `desk("/admin/")`."""
    cookie = signed_in(make_user("editor", "Editors")).cookies["sessionid"]

    def open_it(path):
        page = open_page("about:blank")
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return open_it


def test_one_figure_takes_two_page_loads_and_five_fields(trial, desk):
    page, loads = desk(f"/admin/trials/trial/{trial.pk}/change/"), []
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))

    page.click("text=Add finding")
    page.select_option("[name=measure]", "STABLE_DISEASE")
    page.fill("[name=numerator]", "19")
    page.fill("[name=denominator]", "33")
    page.select_option("[name=denominator_counts]", "RESPONSE_EVALUABLE")
    page.fill("[name=value]", "57.6")
    page.click("text=Take it as the statement")
    page.click("text=Submit for review")
    page.wait_for_selector("text=The record waits for somebody else to review it")

    finding = Finding.objects.get(measure="STABLE_DISEASE")
    assert finding.status == Finding.Status.IN_REVIEW
    assert finding.statement == "In the arm “temsirolimus 25 mg weekly”, 19 of 33 people had stable disease (57.6 %)."
    assert (finding.unit, finding.source.title) == ("PERCENT", "Temsirolimus in cancer of the cervix")
    assert len(loads) == 2


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
    page.wait_for_selector("text=Computed from n and N, not printed: 60.6 %.")
    page.fill("[name=value]", "61.6")
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

"""The page of a trial."""

import pytest

from tests.factories import make_drug, make_finding, make_source, make_trial, make_user, withdraw
from tests.reading import facts, links, read, rows, tree, words

pytestmark = pytest.mark.django_db


def test_leads_from_the_registry_number_to_the_trial(client):
    make_trial(slug="ind-199", nct_id="NCT01026792")

    assert client.get("/trials/NCT01026792/").url == "/trials/ind-199/"
    assert client.get("/trials/nct01026792/").url == "/trials/ind-199/"


def test_leads_no_registry_number_to_a_draft(client):
    make_trial(slug="ind-199", nct_id="NCT01026792", publish=False)

    assert client.get("/trials/NCT01026792/").status_code == 404


def test_tells_why_a_trial_stopped_in_the_words_of_the_registry(client):
    make_trial(
        slug="erlotinib",
        overall_status="TERMINATED",
        overall_status_label="Terminated early",
        why_stopped="High patient withdrawal rate",
    )

    table = facts(client.get("/trials/erlotinib/"))

    assert table["Why stopped"] == "High patient withdrawal rate"
    assert table["Status"] == "terminated as printed: Terminated early"


def test_does_not_ask_why_a_completed_trial_stopped(client):
    make_trial(slug="ind-199", overall_status="COMPLETED")

    assert "Why stopped" not in client.get("/trials/ind-199/").text


def test_leads_to_the_registry(client):
    make_trial(slug="ind-199", nct_id="NCT01026792")

    assert '<a href="https://clinicaltrials.gov/study/NCT01026792">' in client.get("/trials/ind-199/").text


def test_shows_the_arms_with_drugs_and_doses(client):
    drug = make_drug(inn="temsirolimus")
    make_trial(slug="ind-199", arms=[{"title": "weekly", "regimen": "25 mg once a week", "drugs": [drug]}])

    page = client.get("/trials/ind-199/")

    [arm] = rows(page)
    assert (arm["Arm"], arm["Doses"]) == ("weekly", "25 mg once a week")
    assert links(page, ".//td[@data-label='Drugs']") == {"temsirolimus": "/drugs/temsirolimus/"}


@pytest.fixture
def arcc():
    """A trial of two arms with a hazard ratio between them, and with survival from two sources."""
    trial = make_trial(slug="arcc", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}])
    interferon, temsirolimus = trial.arms.order_by("number")
    paper = make_source(title="Global ARCC")
    review = make_source(title="Review of mTOR inhibitors", type="REVIEW", standing="SECONDARY")
    survival = {"trial": trial, "measure": "OVERALL_SURVIVAL", "unit": "MONTHS"}
    make_finding(arm=temsirolimus, source=review, value="10.8", **survival)
    make_finding(arm=temsirolimus, source=paper, value="10.9", slug="hudes-temsirolimus", **survival)
    make_finding(arm=interferon, source=paper, value="7.3", **survival)
    ratio = {"measure": "HAZARD_RATIO_DEATH", "value": "0.73", "unit": "RATIO"}
    make_finding(trial=trial, source=paper, arm=temsirolimus, compared_with=interferon, **ratio)
    return trial


def test_puts_the_arms_side_by_side(client, arcc):
    [table] = tree(client.get("/trials/arcc/")).iterfind(".//section[@id='findings']/table")

    assert words(table.find("caption")) == "Survival and progression"
    columns = [words(column) for column in table.iterfind("thead/tr/th")]
    assert columns == ["Measure", "interferon alfa", "temsirolimus"]
    survival, _ = table.iterfind("tbody/tr[th]")
    values = [[words(value) for value in cell.iterfind(".//a/strong")] for cell in survival.iterfind("td")]
    assert values == [["7.3 months"], ["10.9 months", "10.8 months"]]


def test_says_which_of_two_sources_is_preferred_and_why(client, arcc):
    page = client.get("/trials/arcc/").text

    assert "10.9 months against 10.8 months, a difference of 0.1 months, as computed here." in page
    assert (
        "Global ARCC is preferred: its source is primary or official, that of the other review or secondary." in page
    )


def test_leads_from_every_figure_to_its_claim(client, arcc):
    assert (
        '<a href="/findings/hudes-temsirolimus/"><strong>10.9 months</strong></a>' in client.get("/trials/arcc/").text
    )


def test_says_in_words_why_a_cell_has_no_figure(client, arcc):
    make_finding(trial=arcc, arm=arcc.arms.first(), measure="PROGRESSION_FREE_SURVIVAL", value="3.1", unit="MONTHS")

    page = client.get("/trials/arcc/")

    assert read(page, ".//section[@id='findings']//caption") == ["Survival and progression"]
    progression, _, hazard = [row for row in rows(page) if "Measure" in row]
    assert progression["temsirolimus"] == "not recorded"
    assert hazard["interferon alfa"] == "the others are compared with it"


def test_gives_the_whole_trial_its_own_column_only_beside_several_arms(client, arcc):
    make_finding(trial=arcc, measure="ENROLLMENT", value="626", unit="PATIENTS")
    make_finding(trial=make_trial(slug="ind-199", arms=[{"title": "weekly"}]), measure="TOLERABILITY")

    columns = ".//section[@id='findings']/table[1]/thead/tr/th"
    several, one = (read(client.get(f"/trials/{slug}/"), columns) for slug in ("arcc", "ind-199"))

    assert several == ["Measure", "The whole trial", "interferon alfa", "temsirolimus"]
    assert one == ["Measure", "weekly"]


def test_names_a_table_by_what_it_holds(client):
    trial = make_trial(slug="ind-199")
    make_finding(trial=trial, measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS")
    make_finding(trial=trial, measure="ADVERSE_EVENT", event_term="mucositis", value="5", unit="PERCENT")
    make_finding(trial=trial, measure="EARLY_STOP")

    captions = read(client.get("/trials/ind-199/"), ".//section[@id='findings']//caption")

    assert captions == ["Survival and progression", "Safety and discontinuation"]


def test_asks_for_the_status_again_while_a_trial_goes_on(client):
    make_trial(slug="going-on", overall_status="RECRUITING")
    make_trial(slug="over", overall_status="COMPLETED")

    assert "Status to be checked again by" in client.get("/trials/going-on/").text
    assert "Status to be checked again by" not in client.get("/trials/over/").text


def test_shows_a_discrepancy_instead_of_mending_it(client):
    trial = make_trial(slug="dunn", enrollment=36, enrollment_type="ACTUAL")
    make_finding(
        trial=trial,
        measure="STABLE_DISEASE",
        value="52.3",
        unit="PERCENT",
        numerator=19,
        denominator=36,
        denominator_counts="NOT_STATED",
        discrepancy_note="The source prints 52.3%; 19/36 is 52.8%.",
    )

    page = client.get("/trials/dunn/").text

    assert "<strong>52.3 %</strong>" in page
    assert "The source prints 52.3%; 19/36 is 52.8%." in page


def test_never_shows_a_contradicted_finding_without_what_the_literature_says(client):
    make_finding(trial=make_trial(slug="md"), verdict="CONTRADICTED", verdict_note="The 21% had stable tumors.")

    assert "The 21% had stable tumors." in client.get("/trials/md/").text


def test_leaves_out_findings_that_are_not_public(client):
    trial = make_trial(slug="ind-199")
    make_finding(trial=trial, statement="Nobody has reviewed this.", publish=False)

    assert "Nobody has reviewed this." not in client.get("/trials/ind-199/").text


def test_shows_an_editor_a_draft_under_a_banner(client):
    make_trial(slug="ind-199", publish=False)
    assert client.get("/trials/ind-199/").status_code == 404

    client.force_login(make_user("Ada", "Editors"))
    assert "This is a preview for editors." in client.get("/trials/ind-199/").text


def test_says_why_a_trial_was_withdrawn(client):
    withdraw(make_trial(slug="ind-199"), reason="It was recorded twice.")

    assert client.get("/trials/ind-199/").status_code == 410


def test_asks_as_often_for_six_findings_as_for_one(client, django_assert_num_queries, count_queries):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    _add_finding(trial)
    once = count_queries("/trials/arcc/")
    for _ in range(5):
        _add_finding(trial)

    with django_assert_num_queries(once):
        client.get("/trials/arcc/")


def _add_finding(trial):
    arm, other = trial.arms.all()
    make_finding(trial=trial, arm=arm, compared_with=other, measure="HAZARD_RATIO_DEATH", verdict="REFINED")


def test_asks_nine_times_at_most(client, django_assert_max_num_queries):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    _add_finding(trial)

    # the newest line, the trial, what it names (5), its findings, what decides them
    with django_assert_max_num_queries(9):
        client.get("/trials/arcc/")

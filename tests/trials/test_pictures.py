"""The plot of shares of the people on the pages of trials, drugs and diseases."""

import pytest

from tests.factories import make_disease, make_drug, make_finding, make_source, make_trial
from tests.reading import read, tree, words
from trials import pictures

pytestmark = pytest.mark.django_db


def make_share(**fields):
    """19 of 33 women with stable disease, unless a test says otherwise."""
    counted = {"numerator": 19, "denominator": 33, "denominator_counts": "RESPONSE_EVALUABLE"}
    return make_uncounted_share(**counted | fields)


def make_uncounted_share(**fields):
    return make_finding(**{"measure": "STABLE_DISEASE", "value": "57.6", "unit": "PERCENT"} | fields)


def read_rows(client, address="/trials/ind-199/"):
    return tree(client.get(address)).findall(".//table[@class='forest-panel']/tbody/tr[th][td]")


def test_puts_a_share_at_its_place_on_the_axis(client):
    make_share(slug="stable", trial=make_trial(slug="ind-199"))

    page = client.get("/trials/ind-199/").text

    assert '<svg class="mark verdict-not_assessed" x="57.60%"' in page
    assert '<a href="/findings/stable/">Stable disease</a>' in page


def test_computes_an_interval_from_n_of_n_and_says_so(client):
    make_share(trial=make_trial(slug="ind-199"))

    page = client.get("/trials/ind-199/").text

    assert '<line class="interval" x1="40.81%" x2="72.76%"' in page
    assert "95 % interval 40.8–72.8, computed by this site (Wilson) from 19 of 33" in page


def test_shows_a_printed_interval_instead_of_computing_one(client):
    survival = {"measure": "PROGRESSION_FREE_SURVIVAL", "time_frame": "at 6 months", "value": "28"}
    interval = {"lower": "14", "upper": "43", "interval_type": "CONFIDENCE", "interval_level": 95}
    make_uncounted_share(trial=make_trial(slug="ind-199"), **survival, **interval)

    [row] = read_rows(client)

    line, strokes = row.find(".//line[@class='interval']"), row.iterfind(".//path[@class='interval']/..")
    assert (line.get("x1"), line.get("x2")) == ("14.00%", "43.00%")
    assert [stroke.get("x") for stroke in strokes] == ["14.00%", "43.00%"]
    assert "95 % confidence interval 14–43, as printed" in client.get("/trials/ind-199/").text


def test_says_that_it_computed_a_share_that_is_printed_as_a_count(client):
    make_share(trial=make_trial(slug="ind-199"), value="4", unit="PATIENTS", numerator=4, denominator=6)

    [row] = read_rows(client)

    assert row.find(".//svg[@class='mark verdict-not_assessed']").get("x") == "66.67%"
    assert "66.7 %, computed by this site" in client.get("/trials/ind-199/").text


def test_draws_no_interval_without_n_of_n(client):
    make_uncounted_share(trial=make_trial(slug="ind-199"))

    [row] = read_rows(client)

    assert row.find(".//*[@class='interval']") is None
    assert "n/N not given" in client.get("/trials/ind-199/").text


def test_crosses_a_contradicted_share_and_computes_nothing_from_it(client):
    note = "The 21 % had stable tumors."
    make_share(trial=make_trial(slug="ind-199"), verdict="CONTRADICTED", verdict_note=note)

    page = client.get("/trials/ind-199/").text

    assert '<svg class="mark verdict-contradicted"' in page
    assert "<s>57.6 % 19/33</s>" in page
    assert page.count(note) == 2  # under the plot's row and in the table of findings
    assert "Wilson) from" not in page


def test_marks_a_share_whose_source_was_retracted(client):
    source = make_source(retraction="RETRACTED", retracted_on="2015")
    make_share(trial=make_trial(slug="ind-199"), source=source)

    page = client.get("/trials/ind-199/").text

    assert ">retracted</text>" in page
    assert "Wilson) from" not in page


def test_tells_two_sources_on_one_share_apart(client):
    trial = make_trial(slug="ind-199")
    make_share(trial=trial, source=make_source(title="Temsirolimus, a long-lived drug", standing="WEAK"))
    make_share(trial=trial, source=make_source(title="Phase II study"))

    rows = read_rows(client)

    sources = [(words(row.find("td[@data-label='Source']//a")), row.get("class")) for row in rows]
    assert sources == [("Phase II study", None), ("Temsirolimus, a long-lived drug", "is-further")]


def test_leaves_out_what_is_no_share_of_the_people(client):
    trial = make_trial(slug="ind-199")
    make_finding(trial=trial, measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS", time_frame="median")
    make_finding(trial=trial, measure="OVERALL_SURVIVAL", value="140", unit="PERCENT", time_frame="at 2 years")
    make_finding(trial=trial, measure="ADVERSE_EVENT", event_term="mucositis", value="5", unit="PERCENT")
    make_share(trial=trial, publish=False)

    answer = client.get("/trials/ind-199/")

    assert read(answer, ".//table[@class='forest-panel']") == []
    assert "Response, stable disease" not in answer.text
    assert "pictures.css" not in answer.text


def test_puts_arms_and_trials_in_their_own_order_not_by_effect(client):
    drug = make_drug(inn="temsirolimus")
    older = make_trial(brief_title="Older", start_date="2003", arms=[{"title": "second line", "drugs": [drug]}])
    doses = [{"title": dose, "drugs": [drug]} for dose in ("low", "high")]
    newer = make_trial(brief_title="Newer", start_date="2009", arms=doses)
    make_share(trial=older, arm=older.arms.get(), value="90", numerator=9, denominator=10)
    for arm, n in zip(newer.arms.all(), (1, 8), strict=True):
        make_share(trial=newer, arm=arm, value=f"{n}0", numerator=n, denominator=10)

    panels = tree(client.get("/drugs/temsirolimus/")).iterfind(".//table[@class='forest-panel']")

    order = [(words(panel.find("caption/a")), _arms(panel)) for panel in panels]
    assert order == [("Newer", ["low", "high"]), ("Older", ["second line"])]


def _arms(panel):
    return [words(arm) for arm in panel.iterfind("tbody/tr[@class='forest-arm']/th")]


def test_shows_of_a_drug_only_people_who_got_it(client):
    drug = make_drug(inn="temsirolimus")
    arcc = make_trial(slug="arcc", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus", "drugs": [drug]}])
    for arm in (None, *arcc.arms.all()):
        make_share(trial=arcc, arm=arm)
    everybody = make_trial(arms=[{"drugs": [drug]}, {"drugs": [drug]}])
    make_share(trial=everybody, slug="whole")

    page = client.get("/drugs/temsirolimus/")

    panels = tree(page).iterfind(".//table[@class='forest-panel']")
    assert sorted(_arms(panel) for panel in panels) == [["The whole trial"], ["temsirolimus"]]
    assert "Response, stable disease and survival with temsirolimus" in read(page, ".//section[@id='shares']/h2")


def test_says_that_a_trial_took_several_diseases(client):
    cervical, head_and_neck = make_disease(slug="cervical-cancer"), make_disease()
    make_share(trial=make_trial(diseases=[cervical]))
    assert "This trial took several diseases" not in client.get("/diseases/cervical-cancer/").text

    make_share(trial=make_trial(diseases=[cervical, head_and_neck]))

    page = client.get("/diseases/cervical-cancer/").text
    assert page.count("This trial took several diseases, so a share is of them all unless its line names one.") == 1


def test_says_beside_each_trial_in_what_it_differs(client):
    disease = make_disease(slug="cervical-cancer")
    trial = make_trial(diseases=[disease], population="At most one earlier chemotherapy.")
    make_share(trial=trial, criteria="RECIST_1_1")

    page = client.get("/diseases/cervical-cancer/").text

    assert "At most one earlier chemotherapy. Response criteria: RECIST 1.1. Assessor: not recorded." in page
    assert "Trials differ in whom they took" in page
    assert "pictures.css" in page


def test_names_the_list_when_there_are_more_shares_than_it_draws(client, monkeypatch):
    monkeypatch.setattr(pictures, "SHOWN", 1)
    drug = make_drug(inn="temsirolimus")
    trial = make_trial(slug="ind-199", arms=[{"drugs": [drug]}])
    make_share(trial=trial)
    make_share(trial=trial)

    assert len(read_rows(client)) == 1
    assert (
        '<a href="/findings/?trial=ind-199">the list of findings has the rest</a>'
        in client.get("/trials/ind-199/").text
    )
    assert '<a href="/findings/?drug=temsirolimus">' in client.get("/drugs/temsirolimus/").text


def test_asks_as_often_for_many_shares_as_for_one(client, django_assert_num_queries, count_queries):
    trial = make_trial(arms=[{"drugs": [make_drug(inn="temsirolimus")]}], diseases=[make_disease()])
    make_share(trial=trial, arm=trial.arms.get(), verdict="REFINED")
    once = count_queries("/drugs/temsirolimus/")
    for _ in range(3):
        make_share(trial=trial, arm=trial.arms.get(), verdict="REFINED")

    with django_assert_num_queries(once):
        client.get("/drugs/temsirolimus/")


def test_draws_the_same_shares_for_a_trial_as_for_its_drug(client):
    drug = make_drug(slug="temsirolimus")
    trial = make_trial(slug="ind-199", arms=[{"drugs": [drug]}])
    make_share(trial=trial)
    make_share(trial=trial, value=None)
    make_uncounted_share(trial=trial, measure="OVERALL_SURVIVAL", time_frame="at 1 year")
    make_uncounted_share(trial=trial, measure="OVERALL_SURVIVAL", time_frame="at 2 years", value="-3")
    make_finding(trial=trial, measure="STABLE_DISEASE_DURATION", value="6", unit="MONTHS")
    make_share(trial=trial, measure="ADVERSE_EVENT", event_term="mucositis", criteria="")

    drawn = [words(row.find("th")) for row in read_rows(client)]

    assert len(drawn) == 3
    assert drawn == [words(row.find("th")) for row in read_rows(client, "/drugs/temsirolimus/")]

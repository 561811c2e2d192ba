"""The table on a drug's page: what the drug was tried with, and in which diseases."""

import pytest

from tests.factories import make_disease, make_drug, make_finding, make_trial
from tests.reading import read, rows
from trials import combinations

pytestmark = pytest.mark.django_db


def make_response(**fields):
    """A partial response in 1 of 33."""
    counted = {"numerator": 1, "denominator": 33, "denominator_counts": "RESPONSE_EVALUABLE"}
    return make_finding(measure="PARTIAL_RESPONSE", value="3.0", unit="PERCENT", **counted, **fields)


@pytest.fixture
def temsirolimus():
    return make_drug(inn="temsirolimus")


def read_table(page):
    return [row for row in rows(page) if "Given" in row]


def read_outcomes(page):
    return read(page, ".//span[@class='combination-outcome']")


def test_has_a_row_for_each_combination_the_drug_alone_first(client, temsirolimus):
    together = [temsirolimus, make_drug(inn="bevacizumab")]
    make_trial(arms=[{"drugs": together}, {"drugs": [make_drug(inn="interferon alfa", slug="interferon")]}])
    make_trial(arms=[{"drugs": [temsirolimus]}])

    given = [row["Given"] for row in read_table(client.get("/drugs/temsirolimus/"))]

    assert given == ["temsirolimus alone", "temsirolimus + bevacizumab"]


def test_puts_a_trial_under_its_disease_with_what_was_counted(client, temsirolimus):
    cervix, kidney = make_disease(name="cervical cancer"), make_disease(name="renal cell carcinoma")
    trial = make_trial(
        acronym="IND.199",
        brief_title="Second line",
        enrollment=38,
        enrollment_type="ACTUAL",
        diseases=[cervix],
        arms=[{"drugs": [temsirolimus]}],
    )
    make_trial(diseases=[kidney], arms=[{"drugs": [temsirolimus]}])
    make_response(trial=trial, arm=trial.arms.get())

    page = client.get("/drugs/temsirolimus/")

    headings = read(page, ".//section[@id='combinations']//thead/tr/th")
    assert headings == ["Given", "Cervical cancer", "Renal cell carcinoma"]
    [row] = read_table(page)
    cell = "IND.199: Second line, phase 2, 38 people partial response: 1/33 1 finding of Second line"
    assert row["Cervical cancer"] == cell


def test_tells_survival_where_no_response_was_counted(client, temsirolimus):
    trial = make_trial(arms=[{"drugs": [temsirolimus]}])
    make_finding(trial=trial, measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS", time_frame="median")

    assert "overall survival, median: 10.9 months" in client.get("/drugs/temsirolimus/").text


def test_leaves_contradicted_figures_to_where_their_note_has_room(client, temsirolimus):
    trial = make_trial(brief_title="Second line", arms=[{"drugs": [temsirolimus]}])
    make_response(trial=trial, verdict="CONTRADICTED")

    page = client.get("/drugs/temsirolimus/")

    assert read_outcomes(page) == []
    assert read(page, ".//a[@class='combination-rest']") == ["1 finding of Second line"]


def test_does_not_give_one_arm_what_another_found(client, temsirolimus):
    trial = make_trial(brief_title="Second line", arms=[{"drugs": [temsirolimus]}, {"title": "placebo"}])
    make_response(trial=trial, arm=trial.arms.last())
    make_response(trial=trial)

    page = client.get("/drugs/temsirolimus/")

    assert read_outcomes(page) == []
    assert read(page, ".//a[@class='combination-rest']") == ["2 findings of Second line"]


def test_tells_two_doses_of_one_combination_apart(client, temsirolimus):
    low, high = {"title": "15 mg", "drugs": [temsirolimus]}, {"title": "25 mg", "drugs": [temsirolimus]}
    trial = make_trial(arms=[low, high])
    for arm in trial.arms.all():
        make_response(trial=trial, arm=arm)

    outcomes = read_outcomes(client.get("/drugs/temsirolimus/"))

    assert outcomes == ["15 mg: partial response: 1/33", "25 mg: partial response: 1/33"]


def test_says_what_it_leaves_out(client, temsirolimus, monkeypatch):
    monkeypatch.setattr(combinations, "DISEASES_SHOWN", 1)
    monkeypatch.setattr(combinations, "TRIALS_SHOWN", 1)
    make_trial(start_date="2009", diseases=[make_disease(), make_disease()], arms=[{"drugs": [temsirolimus]}])
    make_trial(start_date="2003", arms=[{"drugs": [temsirolimus]}])

    assert "Left out: 1 disease; trials older than the newest 1." in client.get("/drugs/temsirolimus/").text


def test_asks_as_often_for_many_trials_as_for_one(client, temsirolimus, django_assert_num_queries, count_queries):
    _add_trial(temsirolimus)
    once = count_queries("/drugs/temsirolimus/")
    for _ in range(3):
        _add_trial(temsirolimus)

    with django_assert_num_queries(once):
        client.get("/drugs/temsirolimus/")


def _add_trial(drug):
    trial = make_trial(diseases=[make_disease()], arms=[{"drugs": [drug]}])
    make_response(trial=trial, arm=trial.arms.get())

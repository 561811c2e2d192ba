"""The list of trials."""

import pytest

from tests.factories import make_disease, make_drug, make_trial
from tests.reading import links, listed, rows

pytestmark = pytest.mark.django_db


def test_shows_a_trial_with_what_a_reader_compares(client):
    make_trial(
        slug="ind-199",
        brief_title="Temsirolimus in cancer of the cervix",
        nct_id="NCT01026792",
        overall_status="COMPLETED",
        enrollment=38,
        enrollment_type="ACTUAL",
        start_date="2009-12",
        diseases=[make_disease(name="cervical cancer")],
        arms=[{"drugs": [make_drug(inn="temsirolimus")]}],
    )

    page = client.get("/trials/")

    [row] = rows(page)
    assert row == {
        "Trial": "Temsirolimus in cancer of the cervix NCT01026792",
        "Phase": "phase 2",
        "Status": "completed",
        "Enrolled": "38",
        "Diseases": "cervical cancer",
        "Drugs": "temsirolimus",
        "Started": "December 2009",
    }
    assert links(page, ".//tbody") == {
        "Temsirolimus in cancer of the cervix": "/trials/ind-199/",
        "cervical cancer": "/diseases/cervical-cancer/",
        "temsirolimus": "/drugs/temsirolimus/",
    }


def test_tells_planned_from_counted_people(client):
    make_trial(enrollment=206, enrollment_type="ESTIMATED")

    [row] = rows(client.get("/trials/"))

    assert row["Enrolled"] == "206 planned"


def test_counts_a_trial_of_two_phases_under_both(client):
    make_trial(phase="PHASE1_PHASE2")
    make_trial(phase="PHASE3")

    [row] = rows(client.get("/trials/?phase=PHASE2"))

    assert row["Phase"] == "phase 1/2"


def test_chooses_trials_by_drug_and_status(client):
    arms = [{"drugs": [make_drug(inn="temsirolimus")]}]
    make_trial(overall_status="TERMINATED", arms=arms, slug="temsirolimus-erlotinib")
    make_trial(overall_status="COMPLETED", arms=arms)
    make_trial(overall_status="TERMINATED")

    page = client.get("/trials/?drug=temsirolimus&overall_status=TERMINATED")

    assert listed(page) == ["/trials/temsirolimus-erlotinib/"]


def test_refuses_a_phase_that_does_not_exist(client):
    response = client.get("/trials/?phase=PHASE9")

    assert response.status_code == 400
    assert "“PHASE9” is no choice of “Phase”. Choose one of those offered." in response.text


def test_leaves_out_drafts(client):
    make_trial(publish=False)

    assert rows(client.get("/trials/")) == []


def test_asks_as_often_for_six_trials_as_for_one(client, django_assert_num_queries, count_queries):
    _add_trial()
    once = count_queries("/trials/")
    for _ in range(5):
        _add_trial()

    with django_assert_num_queries(once):
        client.get("/trials/")


def _add_trial():
    make_trial(diseases=[make_disease()], arms=[{"drugs": [make_drug()]}, {"drugs": [make_drug()]}])

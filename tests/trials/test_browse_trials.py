"""The list of trials."""

import pytest

from tests.factories import make_disease, make_drug, make_trial

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

    [row] = client.get("/trials/").context["rows"]

    assert row == {
        "title": "Temsirolimus in cancer of the cervix",
        "url": "/trials/ind-199/",
        "nct_id": "NCT01026792",
        "phase": "phase 2",
        "status": "completed",
        "enrollment": "38",
        "diseases": [{"title": "cervical cancer", "url": "/diseases/cervical-cancer/"}],
        "drugs": [{"title": "temsirolimus", "url": "/drugs/temsirolimus/"}],
        "start": "December 2009",
    }


def test_tells_planned_from_counted_people(client):
    make_trial(enrollment=206, enrollment_type="ESTIMATED")

    [row] = client.get("/trials/").context["rows"]

    assert row["enrollment"] == "206 planned"


def test_counts_a_trial_of_two_phases_under_both(client):
    make_trial(phase="PHASE1_PHASE2")
    make_trial(phase="PHASE3")

    [row] = client.get("/trials/?phase=PHASE2").context["rows"]

    assert row["phase"] == "phase 1/2"


def test_chooses_trials_by_drug_and_status(client):
    arms = [{"drugs": [make_drug(inn="temsirolimus")]}]
    make_trial(overall_status="TERMINATED", arms=arms, slug="temsirolimus-erlotinib")
    make_trial(overall_status="COMPLETED", arms=arms)
    make_trial(overall_status="TERMINATED")

    [row] = client.get("/trials/?drug=temsirolimus&overall_status=TERMINATED").context["rows"]

    assert row["url"] == "/trials/temsirolimus-erlotinib/"


def test_refuses_a_phase_that_does_not_exist(client):
    response = client.get("/trials/?phase=PHASE9")

    assert response.status_code == 400
    assert "PHASE9 is not one of the available choices" in response.text


def test_leaves_out_drafts(client):
    make_trial(publish=False)

    assert client.get("/trials/").context["rows"] == []


def test_asks_as_often_for_six_trials_as_for_one(client, django_assert_num_queries, count_queries):
    _add_trial()
    once = count_queries("/trials/")
    for _ in range(5):
        _add_trial()

    with django_assert_num_queries(once):
        client.get("/trials/")


def _add_trial():
    make_trial(diseases=[make_disease()], arms=[{"drugs": [make_drug()]}, {"drugs": [make_drug()]}])

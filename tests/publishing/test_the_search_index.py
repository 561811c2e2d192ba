"""The search knows a record by what is public of it, and by the names of what it is about."""

from io import StringIO

import pytest
from django.core.management import call_command

from temsisite.publishing.models import SearchDocument
from tests.factories import (
    make_disease,
    make_drug,
    make_finding,
    make_source,
    make_statement,
    make_trial,
    withdraw,
)
from tests.publishing.searching import find, titles

pytestmark = pytest.mark.django_db


def test_does_not_find_a_claim_by_the_source_that_it_cites(client):
    label = make_source(slug="us-label-torisel", title="Torisel: prescribing information")
    make_statement(slug="us-label-torisel-vein", source=label, statement="Temsirolimus is given into a vein.")

    assert titles(client, "torisel") == ["Torisel: prescribing information"]


def test_finds_a_finding_by_the_names_of_its_trial_and_of_what_was_tried_in_it(client):
    cervical = make_disease(name="cervical cancer")
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    trial = make_trial(
        brief_title="Women’s trial", acronym="IND.199", diseases=[cervical], arms=[{"drugs": [drug], "title": "all"}]
    )
    make_finding(trial=trial, statement="One woman of 33 had a partial response.")

    for query in ("cervical", "ind.199 response", "torisel partial"):
        assert "One woman of 33 had a partial response." in titles(client, query)
    assert "About Women’s trial" in find(client, "cervical")


def test_a_claim_is_found_by_the_new_name_of_what_it_is_about(client, revise):
    drug = make_drug(inn="rapamycin", slug="sirolimus")
    trial = make_trial(brief_title="Women’s trial", arms=[{"drugs": [drug], "title": "all"}])
    make_finding(trial=trial, statement="Few responded.")
    make_statement(drug=drug, statement="It was found on Easter Island.")

    revise(drug, inn="sirolimus")

    assert titles(client, "sirolimus") == [
        "Sirolimus",
        "Women’s trial",
        "It was found on Easter Island.",
        "Few responded.",
    ]
    assert titles(client, "rapamycin") == []


def test_does_not_find_drafts_or_what_was_withdrawn(client):
    make_source(title="A paper in preparation", publish=False)
    withdraw(make_source(title="A paper taken back"))

    assert "No record has" in find(client, "paper")


def test_the_index_can_be_written_anew(client):
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    make_statement(drug=drug, statement="It is an ester.")
    before = list(SearchDocument.objects.order_by("pk").values())
    SearchDocument.objects.update(names="", about="", text="", keys="")
    assert titles(client, "torisel") == []

    call_command("rebuild_search", stdout=(said := StringIO()))

    assert said.getvalue().startswith("3 records can be found.")
    assert list(SearchDocument.objects.order_by("pk").values()) == before
    assert titles(client, "torisel") == ["Temsirolimus", "It is an ester."]

"""The OpenAPI description is valid and true: stored documents are what it says they are."""

import json

import jsonschema
import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from temsisite.publishing.kinds import kinds, plural
from temsisite.publishing.models import Publication
from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_statement,
    make_trial,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_description_has_no_warnings(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_every_kind_has_a_list_and_single_documents(schema):
    for kind in kinds():
        assert f"/api/v1/{plural(kind)}/" in schema["paths"]
        assert f"/api/v1/{plural(kind)}/{{slug}}/" in schema["paths"]


def test_stored_documents_are_as_described(schema):
    drug = make_drug(synonyms=[{"name": "Torisel"}], identifiers=[{"scheme": "CHEBI", "value": "CHEBI:79699"}])
    trial = make_trial(nct_id="NCT01026792", arms=[{"drugs": [drug]}], diseases=[make_disease()])
    make_finding(trial=trial, arm=trial.arms.get(), value="57.6", unit="PERCENT", verdict="REFINED")
    make_statement(drug=drug)
    make_approval(drug=drug)
    make_mechanism(drug=drug)
    make_regulation()

    for line in Publication.objects.all():
        document = json.loads(line.document)
        component = schema["components"]["schemas"][line.kind.capitalize()]
        described = component | {"components": schema["components"]}
        jsonschema.validate(document, described, cls=jsonschema.Draft202012Validator)
        assert set(document) == set(component["properties"]), line.kind
        assert list(document) == sorted(document)


def test_tells_partners_first_how_to_mirror_the_site_and_what_each_operation_gives(schema):
    assert "load `/api/v1/export.ndjson` once and keep its header `X-Sequence`" in schema["info"]["description"]
    assert schema["info"]["license"]["name"] == "CC BY 4.0"
    summary = schema["paths"]["/api/v1/findings/{slug}/"]["get"]["summary"]
    assert summary == "Get one document: the current version, or the one asked for."


def test_promises_the_same_bytes_for_ever_only_of_json(schema):
    said = schema["paths"]["/api/v1/export.{form}"]["get"]["description"]

    assert "As JSON and NDJSON these are the same bytes for ever." in said


def test_the_description_and_its_pages_are_served_from_here(client):
    schema, docs = client.get("/api/v1/schema/"), client.get("/api/v1/docs/")

    assert schema.status_code == docs.status_code == 200
    assert "http://" not in docs.content.decode().replace("http://testserver", "")
    assert "https://" not in docs.content.decode()

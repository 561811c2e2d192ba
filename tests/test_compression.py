"""Public pages travel compressed; an editor's do not, for the length of a compressed page can betray a secret."""

import gzip

import pytest

from tests.factories import make_drug, make_user

pytestmark = pytest.mark.django_db

GZIP = {"Accept-Encoding": "gzip"}


def test_a_public_page_travels_compressed(client):
    make_drug(inn="temsirolimus")

    plain, packed = client.get("/drugs/"), client.get("/drugs/", headers=GZIP)

    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == plain.content


def test_a_compressed_copy_is_validated_too(client):
    etag = client.get("/drugs/", headers=GZIP)["ETag"]

    assert client.get("/drugs/", headers=GZIP | {"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_caches_keep_the_compressed_copy_apart_whatever_the_answer(client, headers):
    whole = client.get("/drugs/", headers=headers)

    unchanged = client.get("/drugs/", headers=headers | {"If-None-Match": f"W/{whole['ETag'].removeprefix('W/')}"})

    assert (whole.status_code, unchanged.status_code) == (200, 304)
    assert whole["Vary"] == unchanged["Vary"] == "Accept-Encoding"


def test_partners_get_their_data_compressed(client):
    make_drug(inn="temsirolimus", summary="The first mTOR inhibitor approved against cancer. " * 5)

    export = client.get("/api/v1/export.ndjson", headers=GZIP)

    assert b"temsirolimus" in gzip.decompress(b"".join(export.streaming_content))


def test_the_same_page_is_the_same_bytes(client):
    assert client.get("/drugs/", headers=GZIP).content == client.get("/drugs/", headers=GZIP).content


@pytest.mark.parametrize("address", ["/admin/", "/drugs/temsirolimus/"])
def test_what_only_editors_see_is_not_compressed(client, address):
    make_drug(inn="temsirolimus", publish=False)
    client.force_login(make_user("ada", is_superuser=True))

    response = client.get(address, headers=GZIP)

    assert response.status_code == 200
    assert not response.has_header("Content-Encoding")

"""Whatever a partner asks, the answer names the parameter and the way out; nothing is a server error."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.factories import make_drug, make_trial

pytestmark = pytest.mark.django_db
THIRTY_DIGITS = "9" * 30


@pytest.mark.parametrize(
    ("url", "parameter", "sentence"),
    [
        ("/api/v1/drugs/?colour=red", "colour", "There is no filter of this name. There are: q, molecule_type"),
        ("/api/v1/drugs/?page=2", "page", "There is no filter of this name"),
        ("/api/v1/drugs/?origin=MARTIAN", "origin", "“MARTIAN” is no choice of “Origin”."),
        ("/api/v1/drugs/?page_size=0", "page_size", "not a whole number from 1 to 500"),
        ("/api/v1/drugs/?page_size=many", "page_size", "not a whole number from 1 to 500"),
        (f"/api/v1/drugs/?page_size={THIRTY_DIGITS}", "page_size", "not a whole number from 1 to 500"),
        ("/api/v1/drugs/?page_size=²", "page_size", "not a whole number from 1 to 500"),
        ("/api/v1/drugs/?ordering=effect", "ordering", "One can order by slug, -slug, sequence, -sequence"),
        ("/api/v1/drugs/?cursor=cD1zaXJvbGlt", "cursor", "This cursor is damaged"),
        ("/api/v1/drugs/?cursor=", "cursor", "This cursor is damaged"),
        ("/api/v1/drugs/?cursor=bz05OTk5OTk5OTk5", "cursor", "This cursor is damaged"),
        ("/api/v1/drugs/?ordering=sequence&cursor=cD1hYmM%3D", "cursor", "This cursor is damaged"),
        ("/api/v1/findings/?trial=nowhere", "trial", "There is no published trial of this name"),
        (f"/api/v1/findings/?trial={THIRTY_DIGITS}", "trial", "There is no published trial of this name"),
        ("/api/v1/findings/?trial=%00", "trial", "Null characters are not allowed"),
        ("/api/v1/findings/?q=%00", "q", "Null characters are not allowed"),
        ("/api/v1/drugs/temsirolimus/?version=0", "version", "not a whole number"),
        (f"/api/v1/drugs/temsirolimus/?version={THIRTY_DIGITS}", "version", "not a whole number"),
        ("/api/v1/drugs/temsirolimus/?v=1", "v", "There is no such parameter here. There are: version"),
        ("/api/v1/changes/?since=-1", "since", "not a whole number"),
        (f"/api/v1/changes/?since={THIRTY_DIGITS}", "since", "not a whole number"),
        ("/api/v1/export.ndjson?as_of=2", "as_of", "not a whole number from 0 to 1"),
        ("/api/v1/export.ndjson?kind=potion", "kind", "There is no such kind"),
        ("/api/v1/version/?x", "x", "There is no such parameter here"),
        ("/api/v1/drugs/?origin=NATURAL&origin=SYNTHETIC", "origin", "This stands in the address more than once"),
        ("/api/v1/export.ndjson?kind=drug&kind=trial", "kind", "This stands in the address more than once"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(client, url, parameter, sentence):
    make_drug(inn="temsirolimus")

    response = client.get(url)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    error = response.json()["errors"][0]
    assert error["parameter"] == parameter
    assert sentence in error["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/drugs/nowhere/",
        "/api/v1/drugs/temsirolimus/?version=7",
        f"/api/v1/drugs/{THIRTY_DIGITS}/",
        "/api/v1/nowhere/",
        "/api/v1/drugs/%00/",
        "/api/v1/export.xml",
    ],
)
def test_what_does_not_exist_is_a_problem_document(client, url):
    make_drug(inn="temsirolimus")

    response = client.get(url)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"].endswith((".", "is 1."))


def test_a_draft_does_not_exist_for_a_filter(client):
    make_trial(slug="arcc", publish=False)

    assert client.get("/api/v1/findings/?trial=arcc").status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_partners_read_only(client, method):
    response = getattr(client, method)("/api/v1/drugs/")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "other",
    [
        "/api/v1/drugs/?ordering=sequence",
        "/api/v1/drugs/?ordering=-slug",
        "/api/v1/drugs/?q=limus",
        "/api/v1/targets/?page_size=1",
    ],
)
def test_a_cursor_of_another_list_is_refused(client, other):
    for _ in range(3):
        make_drug()
    cursor = parse_qs(urlsplit(client.get("/api/v1/drugs/?page_size=1").json()["next"]).query)["cursor"][0]

    response = client.get(f"{other}&cursor={quote(cursor)}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "cursor"


def test_a_cursor_goes_on_with_another_page_size(client):
    slugs = sorted(make_drug().slug for _ in range(3))
    following = client.get("/api/v1/drugs/?page_size=1").json()["next"]

    rest = client.get(following.replace("page_size=1", "page_size=5")).json()["results"]

    assert [document["slug"] for document in rest] == slugs[1:]

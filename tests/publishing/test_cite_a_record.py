import pytest
import rispy
from pybtex.database import parse_string

from temsisite.publishing import citations
from temsisite.publishing.citations import Work
from temsisite.publishing.models import Publication
from tests.factories import make_drug, make_finding, make_source, make_trial, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def survival():
    trial = make_trial(slug="arcc", brief_title="Temsirolimus, interferon alfa or both")
    return make_finding(slug="survival", trial=trial, statement="Half lived longer than 10.9 months.")


@pytest.fixture
def cite(client):
    """The text of a citation file: `cite("/drugs/temsirolimus/v1/cite.bib")`."""
    return lambda address: client.get(address).content.decode()


def test_offers_the_citation_in_words_and_as_files(client, survival):
    content = client.get("/findings/survival/").content.decode()

    day = survival.publication.published_at
    assert "Cite this record" in content
    assert "temsisite, “Half lived longer than 10.9 months”, finding on “Temsirolimus, interferon alfa" in content
    assert f"version 1, {day.day} {day:%B %Y}, http://testserver/findings/survival/v1/, sha256" in content
    assert f"http://testserver/findings/survival/v1/, sha256 {survival.publication.sha256}." in content
    for ending in ("bib", "ris", "json"):
        assert f'href="/findings/survival/v1/cite.{ending}"' in content


def test_cites_an_old_version_as_it_was(client, cite, revise, survival):
    before = cite("/findings/survival/v1/cite.ris")
    revise(survival, statement="Half lived longer than 10.8 months.")
    revise(survival.trial, brief_title="Global ARCC")

    assert cite("/findings/survival/v1/cite.ris") == before
    assert "10.8 months\r\n" in cite("/findings/survival/v2/cite.ris")
    assert (
        "finding on “Temsirolimus, interferon alfa or both”" in client.get("/findings/survival/v1/").content.decode()
    )


def test_writes_bibtex_that_parses(cite, survival):
    entry = parse_string(cite("/findings/survival/v1/cite.bib"), "bibtex").entries["temsisite-finding-survival-v1"]

    assert entry.type == "misc"
    assert entry.fields["title"] == "{Half lived longer than 10.9 months}"
    assert entry.fields["url"] == "http://testserver/findings/survival/v1/"
    assert entry.fields["year"] == str(survival.publication.published_at.year)
    assert entry.fields["publisher"] == "temsisite"
    assert survival.publication.sha256 in entry.fields["note"]


def test_writes_ris_that_parses(client, survival):
    response = client.get("/findings/survival/v1/cite.ris")

    (entry,) = rispy.loads(response.content.decode())
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="temsisite-finding-survival-v1.ris"'
    assert response.content.count(b"\r\n") == response.content.count(b"\n")
    assert (entry["type_of_reference"], entry["title"]) == ("DATA", "Half lived longer than 10.9 months")
    assert (entry["authors"], entry["urls"]) == (["temsisite"], ["http://testserver/findings/survival/v1/"])


def test_writes_csl_json_with_what_it_demands(client, survival):
    (item,) = client.get("/findings/survival/v1/cite.json").json()

    day = survival.publication.published_at
    assert (item["id"], item["type"]) == ("temsisite-finding-survival-v1", "dataset")
    assert item["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert (item["version"], item["URL"]) == ("1", "http://testserver/findings/survival/v1/")


def test_answers_410_for_a_citation_of_what_was_withdrawn(client):
    withdraw(make_drug(inn="tamsilimus"))
    withdraw(make_source(slug="taken-back", title="Zaunkönig"))

    for address in ("/drugs/tamsilimus/v1/cite.bib", "/sources/taken-back/v1/source.ris"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Zaunkönig" not in response.content.decode()


@pytest.mark.parametrize("address", ["v1/cite.doc", "v2/cite.bib", f"v{'9' * 30}/cite.bib", "v1/source.bib"])
def test_answers_404_for_a_citation_that_does_not_exist(client, address):
    make_drug(inn="temsirolimus")

    assert client.get(f"/drugs/temsirolimus/{address}").status_code == 404


def test_names_the_endings_there_are(client):
    make_drug(inn="temsirolimus")

    content = client.get("/drugs/temsirolimus/v1/cite.doc").content.decode()

    assert "A citation comes with the endings bib, ris, json; there is none with “doc”." in content


def test_names_the_host_it_was_asked_by(client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    make_drug(inn="temsirolimus")

    for host in settings.ALLOWED_HOSTS:
        answer = client.get("/drugs/temsirolimus/v1/cite.ris", headers={"host": host})
        assert f"UR  - http://{host}/drugs/temsirolimus/v1/" in answer.content.decode()


def test_asks_once_more_for_the_trial_of_a_finding_however_many_there_are(count_queries, survival):
    few = count_queries("/findings/survival/v1/cite.bib")
    for _ in range(5):
        make_finding(trial=survival.trial)

    assert count_queries("/findings/survival/v1/cite.bib") == few


# The source itself


@pytest.fixture
def paper():
    return make_source(
        slug="hudes-2007",
        title="Temsirolimus & interferon: 100 % {better}?",
        authors="Hudes G, Carducci M, et al.",
        container="N Engl J Med",
        volume_and_pages="356(22):2271–2281",
        issued="2007-05-31",
        doi="10.1056/NEJMoa066838",
        pmid="17538086",
    )


def test_tells_the_source_from_its_record(client, paper):
    content = client.get("/sources/hudes-2007/").content.decode()

    assert content.index("Cite this record") < content.index("Cite the source")
    assert "source record, version 1" in content
    assert "Hudes G, Carducci M, et al., “Temsirolimus &amp; interferon: 100 % {better}?”, N Engl J Med" in content
    assert 'href="/sources/hudes-2007/v1/cite.bib"' in content
    assert 'href="/sources/hudes-2007/v1/source.bib"' in content


def test_cites_the_source_in_bibtex(cite, paper):
    text = cite("/sources/hudes-2007/v1/source.bib")

    entry = parse_string(text, "bibtex").entries["hudes-2007"]
    assert entry.type == "article"
    assert r"{{Temsirolimus \& interferon: 100 \% \textbraceleft{}better\textbraceright{}?}}" in text
    assert [str(person) for person in entry.persons["author"]] == ["Hudes, G", "Carducci, M", "others"]
    assert entry.fields["journal"] == "N Engl J Med"
    assert (entry.fields["volume"], entry.fields["number"], entry.fields["pages"]) == ("356", "22", "2271--2281")
    assert (entry.fields["doi"], entry.fields["month"]) == ("10.1056/NEJMoa066838", "May")


def test_keeps_a_family_name_with_and_in_bibtex_whole(cite):
    make_source(slug="eli", authors="Eli Lilly and Company J, Others A, Hudes G")

    entry = parse_string(cite("/sources/eli/v1/source.bib"), "bibtex").entries["eli"]

    assert [str(person) for person in entry.persons["author"]] == [
        "{Eli Lilly and Company}, J",
        "{Others}, A",
        "Hudes, G",
    ]


def test_keeps_the_comma_in_the_name_of_a_company(cite, client):
    names = "Wyeth Pharmaceuticals, Inc., Piha-Paul SA, Wyeth LLC"
    make_source(slug="label", title="Torisel", authors=names, issued="2007-05")

    entry = parse_string(cite("/sources/label/v1/source.bib"), "bibtex").entries["label"]

    authors = [str(person) for person in entry.persons["author"]]
    assert authors == ["{Wyeth Pharmaceuticals, Inc.}", "Piha-Paul, SA", "{Wyeth LLC}"]
    assert "Wyeth Pharmaceuticals, Inc. et al." in client.get("/sources/").content.decode()


def test_cites_the_source_in_ris(cite, paper):
    (entry,) = rispy.loads(cite("/sources/hudes-2007/v1/source.ris"))

    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == "Temsirolimus & interferon: 100 % {better}?"
    assert entry["authors"] == ["Hudes, G", "Carducci, M", "et al."]
    assert (entry["start_page"], entry["end_page"]) == ("2271", "2281")
    assert (entry["doi"], entry["year"], entry["secondary_title"]) == ("10.1056/NEJMoa066838", "2007", "N Engl J Med")


def test_cites_the_source_in_csl_json(client, paper):
    (item,) = client.get("/sources/hudes-2007/v1/source.json").json()

    assert item["author"][:2] == [{"family": "Hudes", "given": "G"}, {"family": "Carducci", "given": "M"}]
    assert (item["type"], item["container-title"], item["page"]) == ("article-journal", "N Engl J Med", "2271–2281")
    assert item["issued"] == {"date-parts": [[2007, 5, 31]]}


def test_says_in_the_citation_that_a_source_was_retracted(client):
    make_source(slug="taken-back", retraction="RETRACTED", retracted_on="2012-05", issued="2010")

    (item,) = client.get("/sources/taken-back/v1/source.json").json()

    assert item["note"] == "Retracted 2012-05"
    assert item["issued"] == {"date-parts": [[2010]]}


def test_invents_nothing_that_was_not_recorded(client):
    make_source(slug="leaflet", type="LABEL", title="Torisel", volume_and_pages="revised")

    (item,) = client.get("/sources/leaflet/v1/source.json").json()

    assert item == {"id": "leaflet", "type": "report", "title": "Torisel", "note": "revised"}


# Whatever a title holds


def test_no_title_breaks_out_of_its_field():
    title = "A {brace, 100% of $5 & more_\\x #1 ~^\r\nER  - \n  year = {1900}, “α” 😀"
    work = Work(key="odd", type="dataset", title=title, issued="2026", url="https://example.org/{a}\\b")

    (entry,) = rispy.loads(citations.ris(work))
    fields = parse_string(citations.bibtex(work), "bibtex").entries["odd"].fields

    assert entry["title"] == " ".join(title.split())
    assert (entry["year"], fields["year"]) == ("2026", "2026")
    assert fields["url"] == "https://example.org/%7Ba%7D%5Cb"
    assert "“α” 😀" in fields["title"]


def test_a_citation_follows_the_log_and_not_the_rows(cite, survival):
    type(survival.trial).objects.update(brief_title="Something else")

    assert "Something else" not in cite("/findings/survival/v1/cite.json")
    assert Publication.objects.filter(kind="finding").count() == 1

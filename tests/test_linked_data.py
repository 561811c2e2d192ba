"""What pages say in the words of schema.org, read by a JSON-LD processor without a network."""

import json
import re

import pytest
from pyld import jsonld

from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
)

pytestmark = pytest.mark.django_db

SCHEMA = "http://schema.org/"
ADDRESSES = ["url", "item", "sameAs", "license", "contentUrl", "status"]
CONTEXT = {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in ADDRESSES}}
TYPES = """
    Article BreadcrumbList Chapter Claim ClaimReview CreativeWork DataDownload Dataset Drug DrugClass ListItem
    MedicalCondition MedicalTrial Organization Periodical Person PropertyValue Protein Rating ScholarlyArticle
"""
PROPERTIES = """
    about administrationRoute alternateName appearance author citation claimReviewed contentUrl creativeWorkStatus
    creator dateModified datePublished description distribution drugClass encodingFormat healthCondition identifier
    isAccessibleForFree isPartOf item itemListElement itemReviewed license name nonProprietaryName position propertyID
    proprietaryName publisher ratingExplanation relatedDrug reviewRating sameAs sponsor status studySubject subjectOf
    text url value version
"""
PAGES = {
    "/": "Dataset",
    "/drugs/temsirolimus/": "Drug",
    "/targets/mtor/": "Protein",
    "/diseases/kidney-cancer/": "MedicalCondition",
    "/trials/arcc/": "MedicalTrial",
    "/sources/hudes-2007/": "ScholarlyArticle",
    "/sources/article/": "Article",
    "/approvals/torisel/": "Claim",
    "/mechanisms/inhibits-mtor/": "Claim",
    "/regulations/mtor-4e-bp1/": "ClaimReview",
    "/statements/developer/": "Claim",
    "/findings/survival/": "Claim",
}


@pytest.fixture(scope="module", autouse=True)
def _small_site(shared_data):
    paper = make_source(
        slug="hudes-2007",
        title="Temsirolimus </script><b>& interferon",
        doi="10.1056/NEJMoa066838",
        authors="Hudes G, Carducci M, et al.",
        container="N Engl J Med",
        issued="2007-05-31",
        retraction="RETRACTED",
    )
    article = make_source(slug="article", type="ARTICLE", title="A long-lived drug", container="The Pharma Letter")
    drug = make_drug(
        inn="temsirolimus",
        drug_class="mTOR kinase inhibitor",
        route="INTRAVENOUS",
        derived_from=make_drug(inn="sirolimus"),
        synonyms=[{"name": "Torisel", "type": "BRAND"}, {"name": "CCI-779", "type": "CODE"}],
        identifiers=[{"scheme": "ATC", "value": "L01EG01"}],
        sources=[paper],
    )
    mtor = make_target(slug="mtor", gene_symbol="MTOR", name="mTOR", synonyms=[{"name": "FRAP1"}])
    kidney = make_disease(slug="kidney-cancer", name="kidney cancer")
    trial = make_trial(
        slug="arcc",
        nct_id="NCT00065468",
        overall_status="COMPLETED",
        lead_sponsor="Wyeth",
        diseases=[kidney],
        arms=[{"drugs": [drug]}],
    )
    make_approval(slug="torisel", drug=drug, disease=kidney, source=paper)
    make_mechanism(slug="inhibits-mtor", drug=drug, target=mtor, source=paper)
    make_regulation(
        slug="mtor-4e-bp1",
        regulator=mtor,
        process="cell growth",
        source=article,
        statement="mTOR switches on 4E-BP1.",
        verdict="CONTRADICTED",
        verdict_note="mTOR switches it off.",
        verdict_sources=[paper],
    )
    make_statement(slug="developer", drug=drug, source=paper)
    make_finding(slug="survival", trial=trial, source=paper)


def schema_org(url, options):
    assert url.rstrip("/") == "https://schema.org", url
    document = {"@context": CONTEXT}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


@pytest.fixture(scope="module")
def kept():
    """The linked data of each page; the site does not change while these tests look at it."""
    return {}


@pytest.fixture
def read(client, kept):
    """The linked data of a page as it stands there."""

    def data(address):
        if address not in kept:
            html = client.get(address).content.decode()
            (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
            kept[address] = json.loads(text)
        return kept[address]

    return data


@pytest.fixture
def expand(read):
    """The linked data of a page as a JSON-LD processor understands it."""
    return lambda address: jsonld.expand(read(address), {"documentLoader": schema_org})


def walk(value):
    """Every object in an expanded document."""
    for item in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from walk(item)
    if isinstance(value, dict):
        yield value


@pytest.mark.parametrize(("address", "type"), PAGES.items())
def test_a_page_says_what_it_is_about(expand, address, type):
    main = expand(address)[0]

    assert main["@id"] == f"http://testserver{address}"
    assert main["@type"] == [SCHEMA + type]
    assert main[f"{SCHEMA}name"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_uses_only_words_of_schema_org(expand, address):
    objects = list(walk(expand(address)))

    types = {name for each in objects for name in each.get("@type", []) if isinstance(each.get("@type"), list)}
    names = {name for each in objects for name in each if not name.startswith("@")}
    assert {name.removeprefix(SCHEMA) for name in types} <= set(TYPES.split())
    assert {name.removeprefix(SCHEMA) for name in names} <= set(PROPERTIES.split())


def test_every_address_on_this_site_leads_somewhere(client, expand):
    named = {each["@id"] for address in PAGES for each in walk(expand(address)) if "@id" in each}
    here = {address.removeprefix("http://testserver") for address in named if address.startswith("http://testserver")}

    assert here >= {"/drugs/sirolimus/", "/sources/hudes-2007/", "/drugs/", "/api/v1/export.ndjson"}
    assert [address for address in here - set(PAGES) if client.head(address).status_code != 200] == []


def test_a_verdict_of_an_article_is_a_claim_review(read):
    review = read("/regulations/mtor-4e-bp1/")["@graph"][0]

    assert review["claimReviewed"] == "mTOR switches on 4E-BP1."
    assert review["itemReviewed"]["appearance"]["@id"] == "http://testserver/sources/article/"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Contradicted",
        "ratingExplanation": "mTOR switches it off.",
    }
    assert review["author"]["name"] == "temsisite"
    assert review["datePublished"] == "2026-01-15"


def test_a_title_does_not_end_the_script_it_stands_in(client, expand):
    html = client.get("/sources/hudes-2007/").content.decode()

    assert "\\u003C/script\\u003E\\u003Cb\\u003E\\u0026 interferon" in html
    assert expand("/sources/hudes-2007/")[0][f"{SCHEMA}name"] == [{"@value": "Temsirolimus </script><b>& interferon"}]


def test_a_drug_is_told_by_its_names(read):
    drug = read("/drugs/temsirolimus/")["@graph"][0]

    assert (drug["nonProprietaryName"], drug["proprietaryName"]) == ("temsirolimus", ["Torisel"])
    assert drug["alternateName"] == ["CCI-779"]
    assert drug["drugClass"] == {"@type": "DrugClass", "name": "mTOR kinase inhibitor"}


def test_a_trial_has_no_phase_in_the_words_of_schema_org(read):
    trial = read("/trials/arcc/")["@graph"][0]

    assert (trial["status"], trial["sponsor"]["name"]) == ("https://schema.org/Completed", "Wyeth")
    assert "phase" not in json.dumps(trial).lower()

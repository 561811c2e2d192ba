import datetime

import pytest
from django.utils import timezone

from temsisite.publishing import actions
from temsisite.publishing.models import Publication
from temsisite.publishing.presenters import document_facts, history_rows
from tests.factories import make_drug, make_finding, make_source, make_target, make_trial, make_user, withdraw
from tests.reading import read, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def temsirolimus():
    return make_drug(inn="temsirolimus", developer="Hara Wyeth", synonyms=[{"name": "Torisel", "type": "BRAND"}])


def test_lists_the_versions_with_what_changed(client, temsirolimus, revise):
    revise(temsirolimus, developer="Wyeth Research")

    content = client.get("/drugs/temsirolimus/history/").content.decode()

    assert content.index("Version 2, revised") < content.index("Version 1, published")
    assert "<del>Hara </del>Wyeth" in content
    assert "Wyeth <ins>Research</ins>" in content


def test_says_which_part_came(client, temsirolimus):
    def edit():
        temsirolimus.synonyms.create(name="CCI-779", type="CODE")

    note = "As the label has it."
    proposal = actions.propose_change(record=temsirolimus, by=make_user("editor"), edit=edit, note=note)
    actions.accept(proposal=proposal, by=make_user("reviewer"))

    told = rows(client.get("/drugs/temsirolimus/history/"))

    assert [row["Field"] for row in told] == ["Synonym CCI-779 added"]


def test_compares_a_restored_version_with_the_one_before_the_withdrawal(temsirolimus):
    withdraw(temsirolimus, reason="Under review.")
    proposal = actions.propose_restoration(record=temsirolimus, by=make_user("editor"))
    actions.accept(proposal=proposal, by=make_user("reviewer"))

    restored, withdrawn, first = history_rows(list(temsirolimus.log().with_titles()))

    assert (restored["action"], restored["difference"]) == ("restored", [])
    assert (withdrawn["action"], withdrawn["note"], withdrawn["version_url"]) == ("withdrawn", "Under review.", "")
    assert (first["action"], first["is_first"]) == ("published", True)


def test_keeps_the_history_of_what_was_withdrawn(client, temsirolimus):
    withdraw(temsirolimus, reason="The article misspells it.")

    response = client.get("/drugs/temsirolimus/history/")

    assert response.status_code == 200
    assert "The article misspells it." in response.content.decode()
    assert 'href="/drugs/temsirolimus/v1/"' not in response.content.decode()


def test_has_no_history_of_a_draft_or_of_an_unknown_kind(client):
    make_drug(inn="temsirolimus", publish=False)

    assert client.get("/drugs/temsirolimus/history/").status_code == 404
    assert client.get("/potions/temsirolimus/history/").status_code == 404


def test_shows_an_old_version_as_it_was_published(client, temsirolimus, revise):
    revise(temsirolimus, developer="Wyeth")

    content = client.get("/drugs/temsirolimus/v1/").content.decode()

    assert "Hara Wyeth" in content
    assert "Torisel" in content
    assert "An older version" in content
    assert 'href="/drugs/temsirolimus/"' in content
    assert 'href="/api/v1/drugs/temsirolimus/?version=1"' in content


def test_says_that_a_version_is_the_current_one(client, temsirolimus):
    assert "The current version" in client.get("/drugs/temsirolimus/v1/").content.decode()


def test_names_the_records_that_a_version_refers_to_beside_what_it_holds(client):
    label = make_source(slug="us-label", title="Torisel: US prescribing information")
    make_drug(inn="temsirolimus", derived_from=make_drug(inn="sirolimus"), sources=[label])

    content = client.get("/drugs/temsirolimus/v1/").content.decode()

    assert '<a href="/drugs/sirolimus/">sirolimus</a>\n' in content
    named = '<a href="/sources/us-label/">Torisel: US prescribing information</a> <span class="stored">us-label</span>'
    assert named in content


def test_names_the_arm_that_a_version_numbers(client):
    trial = make_trial(slug="ind-199", brief_title="Temsirolimus in cancer of the cervix", arms=[{"title": "weekly"}])
    make_finding(slug="stable-disease", trial=trial, arm=trial.arms.get())

    page = client.get("/findings/stable-disease/v1/")

    told = dict(zip(read(page, ".//dl/div/dt"), read(page, ".//dl/div/dd"), strict=True))
    assert (told["Trial"], told["Arm"]) == ("Temsirolimus in cancer of the cervix ind-199", "weekly 1")


def test_leaves_the_slug_of_what_is_no_longer_public(client, revise):
    sirolimus = make_drug(inn="rapamycin, once public", slug="sirolimus")
    revise(make_drug(inn="temsirolimus", derived_from=sirolimus), derived_from=None)
    withdraw(sirolimus)

    content = client.get("/drugs/temsirolimus/v1/").content.decode()

    assert '<a href="/drugs/sirolimus/">sirolimus</a>' in content
    assert "once public" not in content


def test_tells_by_name_what_a_version_refers_to_instead_of_another(client, revise):
    drug = make_drug(inn="temsirolimus", derived_from=make_drug(inn="rapamycin", slug="rapa"))

    revise(drug, derived_from=make_drug(inn="sirolimus"))

    content = client.get("/drugs/temsirolimus/history/").content.decode()
    assert '<del><a href="/drugs/rapa/">rapamycin</a></del>' in content
    assert '<ins><a href="/drugs/sirolimus/">sirolimus</a></ins>' in content


def test_tells_a_version_by_its_document_and_not_by_the_rows(client, temsirolimus):
    type(temsirolimus).objects.filter(pk=temsirolimus.pk).update(developer="Somebody else")

    assert "Somebody else" not in client.get("/drugs/temsirolimus/v1/").content.decode()


def test_answers_404_for_a_version_that_does_not_exist(client, temsirolimus):
    response = client.get("/drugs/temsirolimus/v7/")

    assert response.status_code == 404
    assert "There is no version 7 to show; the newest is 1." in response.content.decode()


def test_answers_410_for_a_version_of_what_was_withdrawn(client, temsirolimus):
    withdraw(temsirolimus)

    assert client.get("/drugs/temsirolimus/v1/").status_code == 410


def test_asks_the_database_no_more_for_many_versions(client, revise, count_queries):
    target = make_target(gene_symbol="MTOR", name="mTOR", slug="mtor")
    few = count_queries("/targets/mtor/history/")
    for number in range(10):
        revise(target, summary=f"Summary {number}")

    assert count_queries("/targets/mtor/history/") == few


def test_makes_a_document_readable():
    document = {
        "kind": "drug",
        "slug": "temsirolimus",
        "inn": "temsirolimus",
        "origin": "SEMI_SYNTHETIC",
        "smiles": None,
        "identifiers": [
            {"scheme": "ATC", "value": "L01EG01", "note": None, "url": "https://atcddd.fhi.no/"},
        ],
    }

    facts, empty = document_facts(document)

    assert facts == [
        {"term": "INN", "links": [], "value": "temsirolimus"},
        {"term": "Origin", "links": [], "value": "semi-synthetic"},
        {
            "term": "Identifiers",
            "table": {
                "head": ["Scheme", "Value"],
                "rows": [
                    [
                        {"label": "Scheme", "links": [], "value": "ATC (WHO)"},
                        {
                            "label": "Value",
                            "links": [{"title": "L01EG01", "url": "https://atcddd.fhi.no/"}],
                            "value": "L01EG01",
                        },
                    ]
                ],
            },
        },
    ]
    assert empty == ["SMILES"]


def test_shows_the_versions_of_one_day_with_their_time(client, temsirolimus):
    Publication.objects.update(
        published_at=datetime.datetime(2026, 11, 23, 9, 5, tzinfo=timezone.get_current_timezone())
    )

    assert "23 November 2026, 09:05" in client.get("/drugs/temsirolimus/history/").content.decode()


def test_a_long_history_has_pages_and_reads_no_more_than_it_shows(client, temsirolimus, revise, count_queries):
    for number in range(25):
        revise(temsirolimus, developer=f"Wyeth {number}")
    few = count_queries("/drugs/temsirolimus/history/")
    revise(temsirolimus, developer="Pfizer")

    last_page = client.get("/drugs/temsirolimus/history/?page=2").content.decode()

    assert count_queries("/drugs/temsirolimus/history/") == few
    assert "Version 2, revised" in last_page
    assert "<del>Hara </del>Wyeth" in last_page


@pytest.mark.parametrize("number", ["9", "99999999999999999999"])
def test_a_version_that_never_was_is_not_found(client, temsirolimus, number):
    assert client.get(f"/drugs/temsirolimus/v{number}/").status_code == 404

"""What was found stands under its kind, the best first; a reader narrows it to a kind and a verdict."""

import pytest

from temsisite.publishing.search import results
from tests.factories import make_drug, make_source, make_statement, make_target
from tests.publishing.searching import find, titles

pytestmark = pytest.mark.django_db


def test_puts_what_was_found_under_its_kind(client):
    make_target(gene_symbol="MTOR", name="mTOR")

    assert '<h2 id="target-results">Targets <span class="result-count">1</span></h2>' in find(client, "mtor")


def test_puts_the_record_of_this_name_first_and_things_before_claims(client):
    label = make_source(title="Prescribing information of temsirolimus")
    make_drug(inn="temsirolimus-like", summary="Temsirolimus, temsirolimus, temsirolimus.")
    temsirolimus = make_drug(inn="temsirolimus")
    make_statement(drug=temsirolimus, source=label, statement="It is given into a vein.")
    make_statement(drug=temsirolimus, source=label, statement="Temsirolimus is an ester.")

    assert titles(client, "temsirolimus") == [
        "Temsirolimus",
        "Temsirolimus-like",
        "Temsirolimus is an ester.",
        "It is given into a vein.",
        "Prescribing information of temsirolimus",
    ]


def test_lists_the_kind_first_that_has_a_record_of_this_name(client):
    make_drug(inn="temsirolimus", summary="Also called the Torisel label.")
    make_source(title="Torisel label")

    assert titles(client, "torisel label") == ["Torisel label", "Temsirolimus"]


def test_narrows_to_a_kind_and_to_a_verdict(client):
    make_drug(inn="temsirolimus")
    make_statement(statement="Temsirolimus is an ester.", verdict="SUPPORTED")
    make_statement(statement="Temsirolimus is a protein.", verdict="CONTRADICTED")

    content = find(client, "temsirolimus", kind="statement")

    assert '<a href="?q=temsirolimus&amp;kind=statement" aria-current="true">Statements' in content
    assert 'Statements <span class="result-count">2</span>' in content
    assert 'Drugs <span class="result-count">1</span>' in content
    assert titles(client, "temsirolimus", verdict="CONTRADICTED") == ["Temsirolimus is a protein."]


def test_leads_back_to_all_where_the_kind_or_the_verdict_leaves_nothing(client):
    make_drug(inn="temsirolimus")

    of_kind = find(client, "temsirolimus", kind="trial")
    with_verdict = find(client, "temsirolimus", verdict="REFINED")

    assert "No record of this kind has “temsirolimus”" in of_kind
    assert "No record with this verdict has “temsirolimus”" in with_verdict
    for content in (of_kind, with_verdict):
        assert '<a href="?q=temsirolimus">look in records of every kind, with any verdict</a>' in content


def test_refuses_a_kind_or_a_filter_that_there_is_not_and_says_so(client):
    make_drug(inn="temsirolimus")

    response = client.get("/search/?q=temsirolimus&kind=tablet&color=red")

    assert response.status_code == 400
    assert "There is no kind of record called “tablet”. Choose one of these." in response.content.decode()
    assert "<code>color</code>: There is no filter of this name." in response.content.decode()
    assert "/drugs/temsirolimus/" not in response.content.decode()


def test_asks_the_database_no_more_for_many_results(client, count_queries):
    make_source(title="Temsirolimus")
    few = count_queries("/search/?q=temsirolimus")
    for _ in range(12):
        make_source()

    assert len(titles(client, "temsirolimus")) == 13
    assert count_queries("/search/?q=temsirolimus") == few


def test_lists_the_best_of_each_kind_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.search.presenters.PAGE_SIZE", 2)
    monkeypatch.setattr("temsisite.publishing.search.presenters.OF_EACH_KIND", 1)
    make_drug(inn="temsirolimus")
    for title in ("On temsirolimus", "More on temsirolimus", "Most on temsirolimus"):
        make_source(title=title)

    content = find(client, "temsirolimus")

    assert len(titles(client, "temsirolimus")) == 2
    assert '<a href="?q=temsirolimus&amp;kind=source">All 3 sources</a>' in content
    narrowed = find(client, "temsirolimus", kind="source")
    assert "1–2 of 3" in narrowed
    assert 'href="?q=temsirolimus&amp;kind=source&amp;page=2"' in narrowed


def test_stops_counting_and_says_so(client, monkeypatch):
    monkeypatch.setattr(results, "COUNTED", 3)
    monkeypatch.setattr("temsisite.publishing.search.presenters.COUNTED", 3)
    for _ in range(4):
        make_source()

    content = find(client, "temsirolimus practice")

    assert "More than 2 records with" in content


def test_ranks_the_newest_only_but_always_the_record_of_this_name(client, monkeypatch):
    monkeypatch.setattr(results, "RANKED", 6)
    monkeypatch.setattr(results, "COUNTED", 4)
    make_drug(inn="temsirolimus")
    for name in ("temsirolimus-a", "temsirolimus-b", "temsirolimus-c"):
        make_drug(inn=name)

    assert titles(client, "temsirolimus") == ["Temsirolimus", "Temsirolimus-c", "Temsirolimus-b"]


def test_lists_as_many_of_a_kind_as_it_counts(client, monkeypatch):
    monkeypatch.setattr(results, "RANKED", 3)
    monkeypatch.setattr(results, "COUNTED", 6)
    for _ in range(5):
        make_source()

    content = find(client, "temsirolimus practice", kind="source")

    assert "5 records with" in content
    assert len(titles(client, "temsirolimus practice", kind="source")) == 5

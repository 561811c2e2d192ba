"""A reader narrows a list choice by choice, sees beforehand what is left, orders it, and passes the address on."""

import re

import pytest

from tests.factories import make_disease, make_drug, make_finding, make_source, make_statement, make_trial
from tests.reading import links, listed, rows, tree, words

pytestmark = pytest.mark.django_db


def facets(page):
    """The facets beside a list, by their names."""
    found = tree(page).iterfind(".//details[@class='facet']")
    return {words(facet.find("summary")).partition(":")[0]: facet for facet in found}


def choices(page, name):
    """What one facet offers: [("Supported", "2"), …]."""
    return [(words(choice.find("a")), choice.findtext("span")) for choice in facets(page)[name].iterfind("ul/li")]


def test_says_how_many_records_each_choice_gives(client):
    make_finding(verdict="SUPPORTED")
    make_finding(verdict="SUPPORTED")
    make_finding(verdict="REFINED")

    assert choices(client.get("/findings/"), "Verdict") == [("Supported", "2"), ("Refined", "1")]


def test_counts_a_choice_given_all_other_choices_but_not_its_own(client):
    make_statement(verdict="SUPPORTED", topic="ORIGIN")
    make_statement(verdict="REFINED", topic="ORIGIN")
    make_statement(verdict="REFINED", topic="HISTORY")

    page = client.get("/statements/?topic=ORIGIN")

    assert choices(page, "Verdict") == [("Supported", "1"), ("Refined", "1")]
    assert choices(page, "Topic") == [("Origin", "2"), ("History", "1")]


def test_every_number_is_what_its_link_leads_to(client):
    drug = make_drug(inn="temsirolimus")
    make_trial(phase="PHASE1_PHASE2", overall_status="COMPLETED", arms=[{"drugs": [drug]}, {"drugs": [drug]}])
    make_trial(phase="PHASE2", arms=[{"drugs": [drug, make_drug(inn="erlotinib")]}])
    make_trial(phase="PHASE3")

    offered = facets(client.get("/trials/"))

    assert list(offered) == ["Phase", "Status", "Drug", "Order"]
    for name in offered.keys() - {"Order"}:
        for choice in offered[name].iterfind("ul/li"):
            found = listed(client.get(f"/trials/{choice.find('a').get('href')}"))
            assert choice.findtext("span") == str(len(found)), (name, words(choice))


def test_a_choice_without_records_stays_only_when_chosen(client):
    make_statement(topic="ORIGIN")

    page = client.get("/statements/?verdict=SUPPORTED")

    assert choices(page, "Verdict") == [("Supported", "0"), ("Primary source or not assessed yet", "1")]


def test_the_chosen_one_is_marked_and_can_be_taken_back(client):
    make_statement(topic="ORIGIN", verdict="REFINED")

    page = client.get("/statements/?verdict=REFINED&topic=ORIGIN").text

    assert '<a href="?verdict=REFINED" aria-current="true"' in page
    assert 'Topic: <strong>origin</strong> <a href="?verdict=REFINED"' in page


def test_offers_only_the_records_chosen_by_most(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.facets.OFFERED", 1)
    label = make_source(title="Torisel: US prescribing information", slug="label")
    for source in (label, label, make_source(title="Rapalogs then and now")):
        make_statement(source=source)

    response = client.get("/statements/")

    assert choices(response, "Source") == [("Torisel: US prescribing information", "2")]
    assert "Rapalogs" not in response.text.split("</form>")[0]
    assert "These are the most frequent. Another, by name or the end of its address" in response.text


def test_offers_the_first_by_address_of_many_with_the_same_number(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.counting.LOOKED_UP", 1)
    monkeypatch.setattr("temsisite.publishing.facets.OFFERED", 2)
    ind, arcc, cervix = (make_trial(slug=slug, brief_title=slug) for slug in ("ind-199", "arcc", "cervix"))
    for trial in (ind, cervix, arcc, cervix):
        make_finding(trial=trial)

    assert choices(client.get("/findings/"), "Trial") == [("cervix", "2"), ("arcc", "1")]


def test_counts_each_finding_once_for_a_drug_in_two_arms(client):
    given = [make_drug(inn="temsirolimus")]
    trial = make_trial(arms=[{"drugs": given}, {"drugs": [*given, make_drug(inn="sirolimus")]}])
    for _ in range(2):
        make_finding(trial=trial)

    assert choices(client.get("/findings/"), "Drug") == [("sirolimus", "2"), ("temsirolimus", "2")]


def test_finds_a_record_to_choose_by_its_name(client):
    make_statement(drug=make_drug(inn="temsirolimus", slug="cci-779"))
    make_statement(drug=make_drug(inn="sirolimus"))

    response = client.get("/statements/?drug=Temsirolimus")

    assert [row["About"] for row in rows(response)] == ["temsirolimus"]
    assert 'href="/api/v1/statements/?drug=cci-779"' in response.text


def test_a_name_that_two_records_have_is_not_understood(client):
    for slug in ("label-us", "label-eu"):
        make_source(title="Torisel: label", slug=slug)

    assert client.get("/statements/?source=Torisel: label").status_code == 400


@pytest.mark.parametrize("drug", ["%00", "9" * 30, "t" * 60_000, "💊", "%25_", "' OR 1=1 --"])
def test_what_is_no_name_is_refused_beside_its_field(client, drug):
    make_statement()

    response = client.get(f"/statements/?drug={drug}&topic=HISTORY")

    assert response.status_code == 400
    assert facets(response)["Drug"].findtext(".//ul[@class='errorlist']/li")
    assert rows(response) == []


def test_a_long_list_is_counted_only_so_far(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.counting.COUNTED", 2)
    for _ in range(4):
        make_drug(route="ORAL")

    whole, chosen = client.get("/drugs/"), client.get("/drugs/?route=ORAL")

    assert "4 in all" in whole.text
    assert "<p>More than 2. These pages end here" in chosen.text
    assert ("Oral", "at least 3") in choices(whole, "Route")


def test_a_number_from_a_part_of_the_list_is_said_to_be_one(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.counting.COUNTED", 1)
    label, review = (make_source(title=title) for title in ("Label", "Review"))
    for source in (label, review, label):
        make_statement(source=source)

    assert all(number == "at least 1" for _, number in choices(client.get("/statements/"), "Source"))


def test_an_address_holds_only_what_was_chosen(client):
    make_drug(inn="temsirolimus", route="ORAL")

    response = client.get("/drugs/?q=&route=ORAL&page=")

    assert (response.status_code, response["Location"]) == (302, "/drugs/?route=ORAL")


def test_parameters_stand_in_the_same_order_however_they_were_chosen(client):
    make_statement(topic="ORIGIN", verdict="REFINED")

    one = links(client.get("/statements/?topic=ORIGIN&verdict=REFINED"), ".//p[@class='take-away']")
    other = links(client.get("/statements/?verdict=REFINED&topic=ORIGIN"), ".//p[@class='take-away']")

    assert one == other
    assert one["a table (CSV)"] == "/api/v1/statements.csv?verdict=REFINED&topic=ORIGIN"


def test_an_empty_list_offers_to_leave_out_each_filter(client):
    make_statement(topic="ORIGIN")

    page = client.get("/statements/?q=aspirin&topic=ORIGIN").text

    assert 'Containing: “aspirin” (<a href="?topic=ORIGIN"' in page
    assert 'Topic: origin (<a href="?q=aspirin"' in page


def test_a_column_orders_the_list_and_says_so(client):
    make_drug(inn="everolimus")
    make_drug(inn="temsirolimus")

    response = client.get("/drugs/?ordering=-inn")

    assert [row["Drug"] for row in rows(response)] == ["temsirolimus", "everolimus"]
    assert re.search(r'aria-sort="descending"><a href="\?ordering=inn"[^>]*>Drug</a>', response.text)


def test_a_list_says_its_usual_order_too(client):
    make_trial(start_date="2009-12")

    assert re.search(
        r'aria-sort="descending"><a href="\?ordering=start_date"[^>]*>Started</a>', client.get("/trials/").text
    )


def test_the_order_is_kept_while_filters_change(client):
    make_drug(inn="temsirolimus", route="ORAL")

    page = client.get("/drugs/?ordering=-inn").text

    assert 'href="?route=ORAL&amp;ordering=-inn"' in page
    assert '<input type="hidden" name="ordering" value="-inn">' in page


@pytest.mark.parametrize("ordering", ["value", "-value", "numerator", "effect", "--slug", "inn", "💊", "%00"])
def test_no_list_of_findings_is_ordered_by_results(client, ordering):
    for address in ("/findings/", "/api/v1/findings/"):
        response = client.get(f"{address}?ordering={ordering}")
        assert response.status_code == 400
        assert "One can order by slug, -slug, sequence, -sequence, trial, -trial" in response.content.decode()


@pytest.mark.parametrize("ordering", ["start_date", "-start_date"])
def test_partners_follow_an_order_in_which_many_stand_at_one_place(client, ordering):
    for date in ("2009", "2009", "2009", "2010", ""):
        make_trial(start_date=date)

    found, url = [], f"/api/v1/trials/?page_size=2&ordering={ordering}"
    while url:
        page = client.get(url).json()
        found += page["results"]
        url, last = page["next"], page
    back = client.get(last["previous"]).json()["results"]

    dates = [document["start_date"] or "" for document in found]
    assert dates == sorted(["2009", "2009", "2009", "2010", ""], reverse=ordering[0] == "-")
    assert len({document["slug"] for document in found}) == 5
    assert back == found[2:4]


@pytest.mark.parametrize(("address", "queries"), [("/drugs/?q=limus", 5), ("/findings/?verdict=REFINED", 10)])
def test_facets_share_what_they_read(client, django_assert_num_queries, address, queries):
    for _ in range(3):
        make_finding(verdict="REFINED", source=make_source(), trial=make_trial(arms=[{"drugs": [make_drug()]}]))

    with django_assert_num_queries(queries):
        client.get(address)


def test_facets_are_counted_once_until_something_is_published(client, django_assert_num_queries):
    make_finding(verdict="REFINED")
    client.get("/findings/?verdict=REFINED")

    with django_assert_num_queries(3):  # the newest line, the keys, the rows
        client.get("/findings/?verdict=REFINED&page=1")
    make_finding(verdict="REFINED")

    assert choices(client.get("/findings/?verdict=REFINED&page=1"), "Verdict") == [("Refined", "2")]


@pytest.mark.parametrize("query", ["q=limus", "drug=Sirolimus", "drug=", "ordering=inn", "x=1", "drug=no"])
def test_nothing_is_kept_of_what_somebody_typed(client, query, monkeypatch):
    make_statement(drug=make_drug(inn="sirolimus"))
    kept = []
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.set", lambda *args, **kwargs: kept.append(args))

    client.get(f"/statements/?{query}")

    assert kept == []


def test_many_links_are_followed_in_the_order_of_the_list(client, monkeypatch):
    monkeypatch.setattr("temsisite.publishing.models.records.RecordQuerySet.GATHERED", 1)
    drug, disease = make_drug(inn="sirolimus"), make_disease(name="glioma")
    for start, slug in [("2009", "first"), ("2011", "third"), ("2010", "second")]:
        trial = make_trial(slug=slug, start_date=start, diseases=[disease], arms=[{"drugs": [drug]}])
        make_finding(trial=trial, slug=f"{slug}-finding")
    make_trial()

    for choice in ("drug=sirolimus", "disease=glioma"):
        assert listed(client.get(f"/trials/?{choice}")) == ["/trials/third/", "/trials/second/", "/trials/first/"]
        assert len(listed(client.get(f"/findings/?{choice}"))) == 3

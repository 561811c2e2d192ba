"""The page of a drug."""

import pytest

from tests.factories import (
    make_approval,
    make_drug,
    make_finding,
    make_mechanism,
    make_source,
    make_statement,
    make_trial,
    make_user,
    withdraw,
)
from tests.reading import claims, read, tree, words

pytestmark = pytest.mark.django_db


def test_begins_with_what_the_drug_is(client):
    make_drug(inn="temsirolimus", summary="A cancer drug given into a vein.", synonyms=[{"name": "Torisel"}])

    page = client.get("/drugs/temsirolimus/").text

    assert "<h1>Temsirolimus</h1>" in page
    assert "Also known as Torisel" in page
    assert "A cancer drug given into a vein." in page


def test_leads_from_an_identifier_to_its_authority(client):
    make_drug(inn="temsirolimus", identifiers=[{"scheme": "CHEBI", "value": "CHEBI:79699"}])

    page = client.get("/drugs/temsirolimus/").text

    assert '<a href="https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:79699">CHEBI:79699</a>' in page


def test_says_what_is_not_recorded(client):
    make_drug(inn="temsirolimus")

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//div[dt='Developer']/dd/span[@class='absent']") == ["not recorded"]


def test_names_the_sources_of_its_facts(client):
    make_drug(inn="temsirolimus", sources=[make_source(title="Torisel: US prescribing information", slug="us-label")])

    assert (
        '<a href="/sources/us-label/">Torisel: US prescribing information</a>'
        in client.get("/drugs/temsirolimus/").text
    )


def test_gathers_statements_by_topic(client):
    drug = make_drug(inn="temsirolimus")
    make_statement(drug=drug, topic="OUTLOOK", statement="It may lengthen life.")
    make_statement(drug=drug, topic="ORIGIN", statement="It is made from sirolimus.")

    page = client.get("/drugs/temsirolimus/")

    assert read(page, ".//section[@id='statements']/h3") == ["Origin", "Outlook and opinion"]
    assert claims(page, "statements", "div[1]") == ["It is made from sirolimus."]
    assert claims(page, "statements", "div[2]") == ["It may lengthen life."]


def test_shows_approvals_and_mechanisms(client):
    drug = make_drug(inn="temsirolimus")
    make_approval(drug=drug, indication="Advanced renal cell carcinoma.")
    make_mechanism(drug=drug, statement="Temsirolimus inhibits mTOR.")

    page = client.get("/drugs/temsirolimus/").text

    assert "Advanced renal cell carcinoma." in page
    assert "Temsirolimus inhibits mTOR." in page


def test_shows_its_trials_with_what_came_out(client):
    drug = make_drug(inn="temsirolimus")
    trial = make_trial(brief_title="Temsirolimus in cancer of the cervix", slug="ind-199", arms=[{"drugs": [drug]}])
    make_finding(
        trial=trial,
        measure="PARTIAL_RESPONSE",
        value="3.0",
        unit="PERCENT",
        numerator=1,
        denominator=33,
        denominator_counts="RESPONSE_EVALUABLE",
    )

    page = client.get("/drugs/temsirolimus/").text

    assert '<a href="/trials/ind-199/">Temsirolimus in cancer of the cervix</a>' in page
    assert "partial response: 3.0 %, 1/33" in page


def test_names_the_arm_of_every_figure_when_there_are_several(client):
    drug = make_drug(inn="temsirolimus")
    trial = make_trial(arms=[{"title": "interferon alfa"}, {"title": "temsirolimus 25 mg", "drugs": [drug]}])
    for arm, months in zip(trial.arms.all(), ("7.3", "10.9"), strict=True):
        make_finding(trial=trial, arm=arm, measure="OVERALL_SURVIVAL", value=months, unit="MONTHS")

    assert read(client.get("/drugs/temsirolimus/"), ".//ul[@class='outcomes']/li") == [
        "interferon alfa: overall survival, median: 7.3 months Primary source",
        "temsirolimus 25 mg: overall survival, median: 10.9 months Primary source",
    ]


def test_leaves_out_what_is_not_public(client):
    drug = make_drug(inn="temsirolimus")
    make_statement(drug=drug, statement="Nobody has reviewed this.", publish=False)
    withdraw(make_statement(drug=drug, statement="This was withdrawn."))
    make_trial(brief_title="A trial in draft", arms=[{"drugs": [drug]}], publish=False)

    page = client.get("/drugs/temsirolimus/").text

    assert "Nobody has reviewed this." not in page
    assert "This was withdrawn." not in page
    assert "A trial in draft" not in page


def test_flags_a_retracted_source(client):
    source = make_source(retraction="RETRACTED", retracted_on="2015")
    make_statement(drug=make_drug(inn="temsirolimus"), source=source)

    assert '<strong class="retracted">' in client.get("/drugs/temsirolimus/").text


def test_leads_to_its_version_history_and_json(client):
    make_drug(inn="temsirolimus")

    page = client.get("/drugs/temsirolimus/").text

    assert 'href="/drugs/temsirolimus/v1/"' in page
    assert 'href="/drugs/temsirolimus/history/"' in page
    assert '<link rel="alternate" type="application/json" href="/api/v1/drugs/temsirolimus/">' in page


def test_hides_a_draft_from_the_public(client):
    make_drug(inn="ridaforolimus", publish=False)

    assert client.get("/drugs/ridaforolimus/").status_code == 404


def test_shows_an_editor_a_draft_under_a_banner(client):
    make_drug(inn="ridaforolimus", publish=False)
    client.force_login(make_user("Ada", "Editors"))

    response = client.get("/drugs/ridaforolimus/")

    assert "This is a preview for editors." in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert "/history/" not in response.text


def test_says_why_a_drug_was_withdrawn(client):
    withdraw(make_drug(inn="ridaforolimus"), reason="It was recorded under two names.")

    response = client.get("/drugs/ridaforolimus/")

    assert response.status_code == 410
    assert "It was recorded under two names." in response.text


def test_asks_as_often_for_six_trials_as_for_one(client, django_assert_num_queries, count_queries):
    drug = make_drug(inn="temsirolimus")
    _add_evidence(drug)
    once = count_queries("/drugs/temsirolimus/")
    for _ in range(5):
        _add_evidence(drug)

    with django_assert_num_queries(once):
        client.get("/drugs/temsirolimus/")


def _add_evidence(drug):
    make_finding(trial=make_trial(arms=[{"drugs": [drug]}]), verdict="REFINED")
    for make in (make_approval, make_mechanism, make_statement):
        make(drug=drug, verdict="REFINED")


def test_names_the_list_when_there_are_more_trials_than_are_shown(client, monkeypatch):
    monkeypatch.setattr("trials.presenters.TRIALS_SHOWN", 1)
    drug = make_drug(inn="temsirolimus")
    make_trial(arms=[{"drugs": [drug]}], start_date="2003", brief_title="Older")
    assert "the list has the rest" not in client.get("/drugs/temsirolimus/").text

    make_trial(arms=[{"drugs": [drug]}], start_date="2009", brief_title="Newer")

    section = tree(client.get("/drugs/temsirolimus/")).find(".//section[@id='trials']")
    assert [words(title) for title in section.iterfind(".//tbody/tr/th/a")] == ["Newer"]
    assert "Only the newest 1 are shown; the list has the rest." in words(section)


@pytest.mark.parametrize("debug", [True, False])
def test_says_that_there_is_no_such_drug_while_somebody_tries_the_site_too(client, settings, debug):
    settings.DEBUG = debug

    response = client.get("/drugs/aspirin/")

    assert response.status_code == 404
    assert "There is no drug “aspirin”." in response.text
    assert "You can search from the top of this page" in response.text


def test_lists_the_newest_approval_first_and_what_has_no_date_last(client):
    drug = make_drug(inn="temsirolimus")
    make_approval(drug=drug, action_date="", action_date_absence="NOT_REPORTED")
    for date in ("1999-09-15", "2007-05-30"):
        make_approval(drug=drug, action_date=date)

    page = client.get("/drugs/temsirolimus/")

    dates = read(page, ".//section[@id='approvals']//td[@data-label='Date']")
    assert dates == ["30 May 2007", "15 September 1999", "the source does not state it"]


def test_leads_to_the_side_effects_that_its_trials_reported(client):
    drug = make_drug(inn="temsirolimus")
    trial = make_trial(arms=[{"drugs": [drug]}])
    make_finding(trial=trial, measure="ADVERSE_EVENT", event_term="anemia", statement="Anemia was common.")
    make_finding(trial=trial, measure="OVERALL_SURVIVAL")

    address = "/findings/?drug=temsirolimus&amp;measure=ADVERSE_EVENT"
    assert f'<a href="{address}">Side effects reported in them</a>' in client.get("/drugs/temsirolimus/").text
    listed = read(client.get(address.replace("&amp;", "&")), ".//main//tbody/tr/th")
    assert listed == ["Adverse event: anemia"]

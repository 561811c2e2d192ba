"""The lists of the desk: read on a phone, searched, narrowed; many rows are no reason to wait."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from temsisite.publishing.admin import FewRecords
from temsisite.publishing.models import Proposal
from tests.editors.proposing import changed
from tests.factories import make_drug, make_finding, make_mechanism, make_source, make_trial
from tests.reading import links, read, rows, text

pytestmark = pytest.mark.django_db
FINDINGS, TRIALS, LOG = "/admin/trials/finding/", "/admin/trials/trial/", "/admin/publishing/publication/"
FILTERS = ".//nav[@id='changelist-filter']"


def titles(page):
    return read(page, ".//tbody/tr/th/a")


# Read


def test_each_cell_names_its_column_for_where_a_row_is_a_card(editor):
    make_finding(
        statement="Of 33 people 19 had stable disease.", measure="STABLE_DISEASE", value="57.6", unit="PERCENT"
    )

    (row,) = rows(editor.get(FINDINGS))

    assert row["Statement"] == "Of 33 people 19 had stable disease."
    assert (row["Measure"], row["Figure"], row["Status"]) == ("stable disease", "57.6 %", "published")


def test_the_columns_can_be_ordered_by(editor):
    make_drug(inn="temsirolimus")
    make_drug(inn="everolimus")

    assert titles(editor.get("/admin/drugs/drug/?o=-0")) == ["temsirolimus", "everolimus"]


def test_the_log_names_its_records_and_has_the_dates_of_the_other_pages(editor):
    make_drug(inn="temsirolimus", slug="cci-779")

    (row,) = rows(editor.get(LOG))

    assert (row["Title"], row["Kind"], row["Action"]) == ("temsirolimus", "drug", "published")
    assert row["Published at"].endswith(" UTC")


def test_the_queue_says_how_long_ago_each_change_was_proposed(reviewer):
    drug = make_drug(inn="temsirolimus")
    changed(drug, developer="Wyeth")
    Proposal.objects.update(created_at=timezone.now() - datetime.timedelta(hours=3))
    changed(drug, developer="Pfizer")

    waiting = [row["Proposed"] for row in rows(reviewer.get("/admin/publishing/proposal/?state__exact=OPEN"))]

    assert waiting == ["3 hours ago", "just now"]


# Search


def test_every_word_is_looked_for_in_a_claim_and_in_what_it_is_about(editor):
    trial = make_trial(brief_title="Temsirolimus in cancer of the cervix")
    source = make_source(title="Gynecologic Oncology, 2013")
    make_finding(statement="Of 33 women 19 had stable disease.", trial=trial, source=source)
    make_finding(statement="The disease of two women progressed.", source=source)

    assert titles(editor.get(f"{FINDINGS}?q=stable+cervix")) == ["Of 33 women 19 had stable disease."]
    assert len(titles(editor.get(f"{FINDINGS}?q=women+gynecologic"))) == 2
    assert titles(editor.get(f"{FINDINGS}?q=%22women+19%22")) == ["Of 33 women 19 had stable disease."]
    assert titles(editor.get(f"{FINDINGS}?q=stable+mucositis")) == []


def test_a_record_of_two_fitting_names_is_found_once(editor):
    synonyms = [{"name": "CCI-779", "type": "CODE"}, {"name": "CCI 779", "type": "CODE"}]
    make_drug(inn="temsirolimus", synonyms=synonyms)

    assert titles(editor.get("/admin/drugs/drug/?q=cci")) == ["temsirolimus"]


def asked_in_a_search(editor):
    """How many questions a search asks the database."""
    editor.get(f"{FINDINGS}?q=cervix")  # what is asked once only
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(f"{FINDINGS}?q=cervix").status_code == 200
    return len(queries)


def test_a_search_that_finds_many_asks_no_more_than_one_that_finds_few(editor):
    for _ in range(2):
        make_finding(trial=make_trial(brief_title="Temsirolimus in cancer of the cervix"))
    few = asked_in_a_search(editor)
    for _ in range(6):
        make_finding(trial=make_trial(brief_title="Temsirolimus in cancer of the cervix"))

    assert asked_in_a_search(editor) == few


def test_a_whole_page_of_words_is_no_server_error(editor):
    make_finding(statement="Of 33 women 19 had stable disease.")

    for pasted in ("stable disease " * 1_000, "disease" * 10_000, '"stable' + "\\" * 600):
        assert editor.get(FINDINGS, {"q": pasted}).status_code == 200


@pytest.mark.parametrize(
    ("search", "is_cut"), [("disease " * 20, False), ("disease " * 21, True), ("d" * 500, False), ("d" * 501, True)]
)
def test_whoever_looks_for_too_many_words_is_told(editor, search, is_cut):
    page = editor.get(FINDINGS, {"q": search})

    assert ("Only the first 20 words, at most 500 characters, were looked for." in text(page)) == is_cut


# Narrowed


def test_few_trials_are_offered_to_narrow_the_list_by(editor):
    trial = make_trial(brief_title="Temsirolimus in cancer of the cervix")
    make_finding(statement="Of 33 women 19 had stable disease.", trial=trial)
    make_finding(statement="The trial was closed early.", trial=make_trial(brief_title="With erlotinib"))

    page = editor.get(FINDINGS)

    assert "Temsirolimus in cancer of the cervix" in links(page, FILTERS)
    narrowed = editor.get(FINDINGS + links(page, FILTERS)["With erlotinib"])
    assert titles(narrowed) == ["The trial was closed early."]


def test_of_many_trials_only_the_chosen_one_is_offered(editor, monkeypatch):
    monkeypatch.setattr(FewRecords, "MOST", 1)
    make_trial(brief_title="With erlotinib")
    trial = make_trial(brief_title="Temsirolimus in cancer of the cervix")

    assert "With erlotinib" not in text(editor.get(FINDINGS))
    offered = links(editor.get(f"{FINDINGS}?trial__id__exact={trial.pk}"), FILTERS)
    assert "Temsirolimus in cancer of the cervix" in offered
    assert "With erlotinib" not in offered


@pytest.mark.parametrize("key", ["999999", "9" * 30])
def test_of_many_trials_one_that_is_not_there_has_no_findings(editor, monkeypatch, key):
    monkeypatch.setattr(FewRecords, "MOST", 1)
    make_finding(trial=make_trial())
    make_finding(trial=make_trial())

    assert titles(editor.get(f"{FINDINGS}?trial__id__exact={key}")) == []


def test_a_question_that_cannot_be_read_is_answered_by_a_sentence_and_the_whole_list(editor, monkeypatch):
    monkeypatch.setattr(FewRecords, "MOST", 1)
    make_finding(statement="Of 33 women 19 had stable disease.", trial=make_trial())
    make_trial()

    page = editor.get(f"{FINDINGS}?trial__id__exact=abc", follow=True)

    assert "This list cannot be narrowed as that address asks, so here is all of it." in text(page)
    assert titles(page) == ["Of 33 women 19 had stable disease."]


def test_a_trial_leads_to_its_findings(editor):
    trial = make_trial(brief_title="Temsirolimus in cancer of the cervix")
    make_finding(statement="Of 33 women 19 had stable disease.", trial=trial)
    make_finding(statement="The trial was closed early.", trial=make_trial())

    form = editor.get(f"{TRIALS}{trial.pk}/change/")
    page = editor.get(links(form, ".//ul[@class='object-tools']")["Its findings"])

    assert titles(page) == ["Of 33 women 19 had stable disease."]


def test_facets_are_counted_where_there_are_not_too_many_rows(editor, monkeypatch):
    make_mechanism()
    assert "published (1)" in text(editor.get("/admin/drugs/mechanism/?_facets=True"))

    monkeypatch.setattr("temsisite.publishing.admin.listing.COUNTED", 0)

    page = editor.get("/admin/drugs/mechanism/?_facets=True")
    assert "published (1)" not in text(page)
    assert "Hide counts" not in text(page)

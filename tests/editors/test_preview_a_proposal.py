"""The public page as it would be, before anything is published."""

import pytest
from django.apps import apps
from django.core import serializers
from django.core.cache import cache
from django.db import connection

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.proposing import changed
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
    make_user,
    publish,
    withdraw,
)
from tests.reading import links, read, text

pytestmark = pytest.mark.django_db
MAKERS = [
    make_source,
    make_drug,
    make_target,
    make_disease,
    make_approval,
    make_mechanism,
    make_regulation,
    make_statement,
    make_trial,
    make_finding,
]


def submitted(record):
    return actions.submit(record=record, by=make_user("another editor", "Editors"))


def preview(client, proposal, **options):
    return client.get(f"/admin/publishing/proposal/{proposal.pk}/preview/", **options)


def everything():
    """Every row of every table, the search index and the cache included."""
    rows = [row for model in apps.get_models() for row in model.objects.order_by("pk") if model._meta.managed]
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "search" in name]
        index = []
        for name in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            index.append(sorted(map(repr, cursor.fetchall())))
    return serializers.serialize("json", rows), index, kept()


def kept():
    """What the cache holds."""
    values = {key: cache.get(key.split(":", 2)[2]) for key in cache._cache}
    return {key: getattr(value, "content", value) for key, value in values.items()}


def test_shows_a_change_on_the_public_page(reviewer):
    proposal = changed(make_drug(inn="temsirolimus", developer="Wyeth"), developer="Pfizer")

    page = preview(reviewer, proposal)

    assert read(page, ".//h1") == ["Temsirolimus"]
    assert "Pfizer" in text(page)
    assert ", version 2, published" in text(page)


def test_says_above_that_nothing_of_it_is_published_and_leads_back(reviewer):
    proposal = changed(make_drug(inn="temsirolimus"), developer="Pfizer")

    page = preview(reviewer, proposal)

    assert "Readers would see this if the proposal by ada were accepted." in text(page)
    back = links(page, ".//p[@class='status-banner']")
    assert back == {"Back to the proposal": f"/admin/publishing/proposal/{proposal.pk}/change/"}


def test_no_public_page_has_the_banner(client):
    make_drug(inn="temsirolimus")

    assert b"status-banner" not in client.get("/drugs/temsirolimus/").content


@pytest.mark.parametrize("make", MAKERS)
def test_shows_a_new_record_of_any_kind(reviewer, make):
    record = make(publish=False)

    page = preview(reviewer, submitted(record))

    assert page.status_code == 200
    assert ", version 1, published" in text(page)
    assert "This is a preview for editors." not in text(page)


def test_shows_in_place_of_what_is_withdrawn_the_reason(reviewer):
    drug = make_drug(inn="temsirolimus")
    proposal = actions.propose_withdrawal(record=drug, by=make_user("another editor"), reason="Recorded twice.")

    page = preview(reviewer, proposal)

    assert "410 · Withdrawn" in text(page)
    assert "The editors’ reason: Recorded twice." in text(page)


def test_shows_what_is_restored(reviewer):
    drug = withdraw(make_drug(inn="temsirolimus", developer="Wyeth"))
    proposal = actions.propose_restoration(record=drug, by=make_user("another editor"), note="It was not.")

    assert "Wyeth" in text(preview(reviewer, proposal))


def test_says_what_must_be_published_first_in_place_of_a_preview(reviewer):
    trial = make_trial(slug="cervix-phase-2", publish=False)
    proposal = submitted(make_finding(trial=trial, publish=False))

    page = preview(reviewer, proposal)

    assert "Publish first: trial “cervix-phase-2”." in text(page)
    assert f"/admin/publishing/proposal/{proposal.pk}/change/" in page.content.decode()


def test_says_what_keeps_a_withdrawal_from_being_carried_out(reviewer):
    drug = make_drug(inn="temsirolimus")
    proposal = actions.propose_withdrawal(record=drug, by=make_user("another editor"), reason="Recorded twice.")
    make_statement(drug=drug, slug="first-approved-in-2007")

    assert "Withdraw or change first: statement “first-approved-in-2007”." in text(preview(reviewer, proposal))


def test_leads_from_a_decided_proposal_to_what_was_published(reviewer):
    proposal = changed(make_drug(inn="temsirolimus"), developer="Pfizer")
    actions.accept(proposal=proposal, by=reviewer.user)

    page = preview(reviewer, proposal)

    assert "This proposal has been accepted already." in text(page)
    assert 'href="/drugs/temsirolimus/v2/"' in page.content.decode()


def test_an_author_previews_their_own(editor):
    proposal = actions.submit(record=make_drug(inn="temsirolimus", publish=False), by=editor.user)

    assert read(preview(editor, proposal), ".//h1") == ["Temsirolimus"]


@pytest.mark.parametrize("make", MAKERS)
def test_leaves_nothing_behind(reviewer, client, make):
    record = publish(make(publish=False))
    proposal = changed(record, slug=record.slug, **{TEXTS[record.kind()]: "Something else"})
    client.get(record.get_absolute_url())
    reviewer.get("/admin/")
    before = everything()

    assert "Something else" in text(preview(reviewer, proposal))

    assert everything() == before


@pytest.mark.parametrize("action", ["new", "withdrawal", "restoration"])
def test_leaves_nothing_behind_of_what_comes_or_goes(reviewer, action):
    drug, by = make_drug(inn="temsirolimus", publish=action != "new"), make_user("another editor")
    if action == "withdrawal":
        proposal = actions.propose_withdrawal(record=drug, by=by, reason="Recorded twice.")
    elif action == "restoration":
        proposal = actions.propose_restoration(record=withdraw(drug), by=by)
    else:
        proposal = actions.submit(record=drug, by=by)
    before = everything()

    preview(reviewer, proposal)

    assert everything() == before
    assert Proposal.objects.open().get() == proposal


def test_the_next_line_of_the_log_is_not_answered_with_what_was_previewed(reviewer, client):
    drug, other = make_drug(inn="temsirolimus", developer="Wyeth"), make_drug(inn="sirolimus")
    proposal = changed(drug, developer="Pfizer")
    preview(reviewer, proposal)

    actions.accept(proposal=changed(other, developer="Ayerst"), by=reviewer.user)

    assert "Pfizer" not in text(client.get("/drugs/temsirolimus/"))
    assert "Pfizer" not in text(client.get("/drugs/"))


def test_shows_the_proposal_even_where_the_page_is_kept(reviewer, client):
    proposal = changed(make_drug(inn="temsirolimus", developer="Wyeth"), developer="Pfizer")
    client.get("/drugs/temsirolimus/")

    assert "Pfizer" in text(preview(reviewer, proposal))
    assert "Pfizer" not in text(client.get("/drugs/temsirolimus/"))


def test_is_stored_nowhere_and_never_answered_conditionally(reviewer, client):
    proposal = changed(make_drug(inn="temsirolimus"), developer="Pfizer")
    validator = client.get("/drugs/temsirolimus/")["ETag"]

    page = preview(reviewer, proposal, headers={"if-none-match": f"{validator}, *"})

    assert (page.status_code, page.has_header("ETag")) == (200, False)
    assert "no-store" in page["Cache-Control"]


def test_nothing_is_kept_while_something_is_rehearsed(client):
    make_drug(inn="temsirolimus", molecule_type="SMALL_MOLECULE")
    with actions.rehearsal():
        Drug.objects.update(developer="Pfizer")
        for address in ("/", "/drugs/", "/drugs/?molecule_type=SMALL_MOLECULE", "/changes/", "/sitemap.xml"):
            client.get(address)

    assert kept() == {}


TEXTS = {
    "source": "container",
    "drug": "developer",
    "target": "summary",
    "disease": "summary",
    "approval": "statement",
    "mechanism": "statement",
    "regulation": "statement",
    "statement": "statement",
    "trial": "summary",
    "finding": "statement",
}

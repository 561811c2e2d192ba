"""Every address of the admin, for everybody, read and forged."""

from itertools import product

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver

from temsisite.publishing import actions
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Publication
from tests.editors.conftest import signed_in
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
    withdraw,
)

pytestmark = pytest.mark.django_db
MAKERS = {
    "source": make_source,
    "drug": make_drug,
    "target": make_target,
    "disease": make_disease,
    "approval": make_approval,
    "mechanism": make_mechanism,
    "regulation": make_regulation,
    "statement": make_statement,
    "trial": make_trial,
    "finding": make_finding,
}
ROW_VIEWS = ["change", "delete", "history", "withdrawal", "restoration"]
PROPOSAL_VIEWS = ["preview", "rebase"]


def anonymous():
    return Client()


def reader():
    return signed_in(make_user("reader", is_staff=False))


def outsider():
    """Staff, but in none of the groups."""
    return signed_in(make_user("outsider"))


def an_editor():
    return signed_in(make_user("ada", "Editors"))


def a_reviewer():
    return signed_in(make_user("grace", "Editors", "Reviewers"))


def superuser():
    return signed_in(User.objects.create_superuser("root"))


def stem(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/"


def addresses(record):
    """The admin's addresses of one record."""
    return [f"{stem(record)}{record.pk}/{view}/" for view in ROW_VIEWS]


def all_addresses(record):
    """Those, and the list and the empty form of its kind."""
    return [*addresses(record), stem(record), f"{stem(record)}add/"]


def test_every_kind_of_record_has_a_form():
    assert set(kinds().values()) <= set(site._registry)
    assert set(MAKERS) == set(kinds())


def test_no_view_of_the_admin_is_unknown_to_these_tests():
    views = {
        pattern.pattern._route.split("/")[-2]
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "admin/"
        for inner in resolver.url_patterns
        for pattern in getattr(inner, "url_patterns", [])
        if pattern.pattern._route.startswith("<path:object_id>/")
    }

    assert views == {*ROW_VIEWS, *PROPOSAL_VIEWS, "<path:object_id>"}


@pytest.mark.parametrize("kind", MAKERS)
def test_who_is_not_staff_gets_nowhere(kind):
    record, people = MAKERS[kind](publish=False), [anonymous(), reader()]

    for client, address in product(people, [*all_addresses(record), "/admin/", "/admin/autocomplete/"]):
        for response in (client.get(address), client.post(address, {"post": "yes", "slug": "forged"})):
            assert response.status_code == 302, address
            assert response["Location"].startswith("/admin/login/")
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("kind", MAKERS)
def test_staff_without_a_group_get_nowhere(kind):
    client, record = outsider(), MAKERS[kind](publish=False)

    for address in all_addresses(record):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"post": "yes"}).status_code == 403, address
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("kind", MAKERS)
def test_editors_reach_every_page_of_a_draft(kind):
    client, record = an_editor(), MAKERS[kind](publish=False)

    for address in all_addresses(record):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("who", [a_reviewer, superuser])
def test_who_may_more_than_an_editor_reaches_them_too(who):
    client, record = who(), make_finding(publish=False)

    assert client.user.get_all_permissions() > an_editor().user.get_all_permissions()
    for address in all_addresses(record):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("kind", MAKERS)
def test_nobody_changes_or_deletes_a_public_record(kind):
    record = MAKERS[kind]()
    before = snapshot(record)

    for client in (an_editor(), a_reviewer(), superuser()):
        for address in addresses(record):
            client.post(address, {"post": "yes", "slug": "forged", "status": "DRAFT", "publication": "", "_save": "1"})
        assert snapshot(record) == before, client.user
        assert client.post(addresses(record)[1], {"post": "yes"}).status_code == 403, client.user


@pytest.mark.parametrize("who", [an_editor, a_reviewer, superuser])
def test_nobody_changes_or_deletes_a_withdrawn_record(who):
    client, record = who(), withdraw(make_drug(inn="temsirolimus"))

    answers = [
        client.post(address, {"post": "yes", "inn": "Torisel"}).status_code for address in addresses(record)[:2]
    ]

    assert answers == [403, 403]


@pytest.mark.parametrize("who", [an_editor, a_reviewer, superuser])
@pytest.mark.parametrize("model", ["proposal", "publication"])
def test_proposals_and_the_log_are_looked_at_and_never_edited(who, model):
    client, drug = who(), make_drug(inn="temsirolimus")
    row = {"proposal": Proposal, "publication": Publication}[model].objects.get()

    assert client.get(stem(row)).status_code == 200
    assert client.get(f"{stem(row)}{row.pk}/change/").status_code == 200
    for address in (f"{stem(row)}add/", f"{stem(row)}{row.pk}/delete/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403
    client.post(f"{stem(row)}{row.pk}/change/", {"note": "forged", "state": "OPEN", "document": "{}"})
    client.post(stem(row), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert type(row).objects.get().__dict__.items() >= {"note": row.note, "document": row.document}.items()
    assert drug.publication == Publication.objects.get()


@pytest.mark.parametrize("view", PROPOSAL_VIEWS)
@pytest.mark.parametrize(("who", "status"), [(anonymous, 302), (reader, 302), (outsider, 403)])
def test_who_is_no_editor_neither_previews_nor_rebases(who, status, view):
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("another editor"))
    client, address = who(), f"/admin/publishing/proposal/{proposal.pk}/{view}/"

    assert client.get(address).status_code == status
    assert client.post(address, {"onto": "1"}).status_code == status


@pytest.mark.parametrize("who", [an_editor, a_reviewer, superuser])
def test_editors_preview_but_only_its_author_rebases(who):
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("another editor"))
    client, address = who(), f"/admin/publishing/proposal/{proposal.pk}"

    assert client.get(f"{address}/preview/").status_code == 200
    assert client.post(f"{address}/preview/").status_code == 405
    assert client.get(f"{address}/rebase/").status_code == 200
    assert client.post(f"{address}/rebase/", {"onto": "1"}).status_code == 403


@pytest.mark.parametrize("who", [anonymous, reader, outsider, an_editor])
@pytest.mark.parametrize("button", ["_accept", "_return"])
def test_only_reviewers_decide(who, button):
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("another editor"))

    response = who().post(
        f"/admin/publishing/proposal/{proposal.pk}/change/", {button: "1", "sha256": proposal.sha256, "reason": "No."}
    )

    proposal.refresh_from_db()
    assert response.status_code in {302, 403}
    assert proposal.is_open


@pytest.mark.parametrize("who", [a_reviewer, superuser])
def test_reviewers_decide(who):
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("another editor"))

    who().post(f"/admin/publishing/proposal/{proposal.pk}/change/", {"_accept": "1", "sha256": proposal.sha256})

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.ACCEPTED


def test_every_form_asks_for_the_token_of_its_page(editor):
    drug = make_drug(publish=False)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor.user)

    answers = {browser.post(address, {"post": "yes"}).status_code for address in addresses(drug)}

    assert answers == {403}
    assert type(drug).objects.exists()


@pytest.mark.parametrize("who", [an_editor, a_reviewer])
def test_people_and_groups_are_the_superusers_matter(who):
    client = who()

    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def snapshot(record):
    """The record's row and the rows of its parts, as stored."""
    fresh = type(record).objects.get(pk=record.pk)
    rows = [fresh, *fresh.parts()]
    return [{name: value for name, value in vars(row).items() if name != "_state"} for row in rows]

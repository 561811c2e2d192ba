"""Public pages are the same for everybody; a link on each leads those who may to the form of its record."""

import pytest
from django.test import Client

from tests.editors.conftest import signed_in
from tests.factories import make_drug, make_finding, make_user, withdraw
from tests.reading import links, text, tree

pytestmark = pytest.mark.django_db
EDIT = "/admin/edit/finding/arcc-survival/"


@pytest.fixture
def finding(db):
    return make_finding(slug="arcc-survival")


def form_of(finding):
    return f"/admin/trials/finding/{finding.pk}/change/"


def test_the_page_of_a_record_leads_its_editor_to_the_form(editor, finding):
    page = editor.get("/findings/arcc-survival/")

    link = links(page, ".//footer[@class='record-links']")["Edit"]

    assert link == EDIT
    assert editor.get(link, follow=True).redirect_chain == [(form_of(finding), 302)]


def test_the_page_is_the_same_for_an_editor_and_a_stranger(editor, finding):
    pages = [browser.get("/findings/arcc-survival/") for browser in (Client(), editor)]

    assert pages[0].content == pages[1].content
    assert tree(pages[0]).find(".//li[@class='edit-link']/a").get("rel") == "nofollow"


def test_who_is_not_signed_in_is_asked_to_and_then_led_there(client, finding):
    editor = make_user("ada", "Editors")
    editor.set_password("rapa-nui-1964")
    editor.save()

    login = client.get(EDIT)["Location"]
    response = client.post(login, {"username": "ada", "password": "rapa-nui-1964", "next": EDIT}, follow=True)

    assert login == f"/admin/login/?next={EDIT}"
    assert response.redirect_chain == [(EDIT, 302), (form_of(finding), 302)]


def test_who_may_see_no_findings_is_refused_whether_there_is_one_or_not(finding):
    outsider = signed_in(make_user("otto"))

    assert [outsider.get(address).status_code for address in (EDIT, "/admin/edit/finding/none/")] == [403, 403]


def test_what_was_withdrawn_still_has_its_form(editor):
    drug = withdraw(make_drug(inn="tamsilimus"))

    assert editor.get("/admin/edit/drug/tamsilimus/")["Location"] == f"/admin/drugs/drug/{drug.pk}/change/"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/admin/edit/potion/felix/", "There is no kind of record called “potion”."),
        ("/admin/edit/finding/felix/", "There is no finding called “felix”."),
    ],
)
def test_what_is_not_there_is_named(editor, address, sentence):
    page = editor.get(address)

    assert page.status_code == 404
    assert sentence in text(page)


def test_nothing_can_be_sent_there(editor, finding):
    assert editor.post(EDIT).status_code == 405

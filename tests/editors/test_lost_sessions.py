"""A session that ended while somebody typed costs no word, with and without a script."""

import re

import pytest
from django.test import Client

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import ADD, opened, shown
from tests.editors.conftest import signed_in
from tests.editors.proposing import accept, changed, page_of, says, waiting
from tests.factories import make_drug, make_user
from tests.reading import read, text, tree

pytestmark = pytest.mark.django_db
DRUG = "/admin/drugs/drug/add/"
PASSWORD = "rapa-nui-1964"


@pytest.fixture(autouse=True)
def _password(editor):
    editor.user.set_password(PASSWORD)
    editor.user.save()
    editor.force_login(editor.user)


def sent_signed_out(editor, address, **typed):
    """What a browser gets that sends a form after its session has ended."""
    return Client().post(address, opened(editor, address) | typed | {"_save": "1", "csrfmiddlewaretoken": "x"})


def sign_in(client, page, password=PASSWORD, username="editor"):
    """Fill in the login page as it stands, with what it carries."""
    hidden = [control for control in tree(page).iter("input") if control.get("type") == "hidden"]
    carried = {control.get("name"): control.get("value") for control in hidden}
    return client.post("/admin/login/", carried | {"username": username, "password": password})


def test_the_login_says_that_nothing_is_lost(editor):
    page = sent_signed_out(editor, DRUG, inn="temsirolimus")

    assert "What you typed is not lost" in text(page)
    assert [form.get("action") for form in tree(page).iter("form")] == ["/admin/login/"]
    assert not WorkingCopy.objects.exists()


def test_the_login_leads_nowhere_else_while_it_carries_what_was_typed(editor):
    page = sent_signed_out(editor, DRUG, inn="temsirolimus")

    assert "How to" not in text(page)


def test_after_the_login_the_form_is_as_it_was_typed(editor):
    page, browser = sent_signed_out(editor, DRUG, inn="temsirolimus", summary="Given by vein."), Client()

    response = sign_in(browser, page)

    assert response["Location"].startswith("/admin/drugs/drug/add/?copy=")
    form = browser.get(response["Location"])
    assert "What you typed is all here, but not saved yet" in text(form)
    assert shown(form).items() >= {"inn": "temsirolimus", "summary": "Given by vein."}.items()


def test_a_draft_is_gone_on_with_after_the_login(editor):
    drug, browser = make_drug(inn="temsirolimus", publish=False), Client()
    address = f"/admin/drugs/drug/{drug.pk}/change/"

    response = sign_in(browser, sent_signed_out(editor, address, developer="Wyeth"))
    browser.post(response["Location"], shown(browser.get(response["Location"])) | {"_save": "1"})

    assert Drug.objects.get().developer == "Wyeth"
    assert not WorkingCopy.objects.exists()


def test_a_wrong_password_loses_nothing(editor):
    page, browser = sent_signed_out(editor, DRUG, inn="temsirolimus"), Client()

    again = sign_in(browser, page, password="rapa-nui")
    response = sign_in(browser, again)

    assert "Please enter the correct username and password" in text(again)
    assert shown(browser.get(response["Location"]))["inn"] == "temsirolimus"


def test_a_megabyte_goes_through_the_login(editor):
    page, browser = sent_signed_out(editor, ADD, statement="µ" * 1_000_000), Client()

    response = sign_in(browser, page)

    assert len(shown(browser.get(response["Location"]))["statement"]) == 1_000_000


def test_more_than_can_be_kept_is_given_back_to_copy(editor):
    page = sent_signed_out(editor, ADD, statement="a" * 2_000_001)

    assert len(max(read(page, ".//dl[@class='typed']//pre"), key=len)) == 2_000_001


@pytest.mark.parametrize("name", ["outsider", "reader"])
def test_who_may_not_change_it_gets_back_what_was_typed(editor, name):
    user = make_user(name, is_staff=name == "outsider")
    user.set_password(PASSWORD)
    user.save()
    page = sent_signed_out(editor, DRUG, inn="temsirolimus")

    response = sign_in(Client(), page, username=name)

    assert "temsirolimus" in text(response) or 'name="typed"' in response.content.decode()
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("typed", ["forged", "\x00", "a:b:c", "9" * 30])
def test_what_nobody_signed_is_not_taken_in(editor, typed):
    response = Client().post("/admin/login/", {"username": "editor", "password": PASSWORD, "typed": typed})

    assert response["Location"] == "/accounts/profile/" or response["Location"].startswith("/admin/")
    assert not WorkingCopy.objects.exists()


def test_the_reason_of_a_withdrawal_is_given_back_after_the_login(editor):
    address = f"/admin/drugs/drug/{make_drug().pk}/withdrawal/"
    page = Client().post(address, {"note": "It was recorded twice.", "csrfmiddlewaretoken": "x"})

    response = sign_in(Client(), page)

    assert "This form was not sent" in text(response)
    assert read(response, ".//dl[@class='typed']//pre") == ["It was recorded twice."]
    assert f'href="{address}"' in response.content.decode()
    assert not Proposal.objects.filter(action="WITHDRAWAL").exists()


def test_what_was_chosen_between_two_changes_is_there_again_after_the_login(editor):
    drug, browser = make_drug(inn="temsirolimus", summary="By vein."), Client()
    mine = changed(drug, by="editor", summary="Weekly.")
    accept(changed(drug, summary="By vein, slowly."))
    address = page_of(mine, "rebase")
    written = {"choose summary": "other", "text summary": "By vein, weekly.", "csrfmiddlewaretoken": "x"}
    page = Client().post(address, shown(editor.get(address)) | written)

    form = browser.get(sign_in(browser, page)["Location"])

    assert "What you chose and wrote is here, but not sent yet." in text(form)
    browser.post(address, shown(form))
    assert says(waiting())["summary"] == "By vein, weekly."


def test_the_reason_of_a_reviewer_is_given_back_when_the_token_is_older(reviewer):
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("another editor"))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reviewer.user)
    decision = {"_return": "1", "reason": "Which label?", "sha256": proposal.sha256, "csrfmiddlewaretoken": "x"}

    page = browser.post(f"/admin/publishing/proposal/{proposal.pk}/change/", decision)

    assert page.status_code == 403
    assert read(page, ".//dl[@class='typed']//pre") == ["Which label?"]


def test_what_is_no_form_of_the_desk_goes_to_the_login_as_ever(client):
    addresses = ("/admin/", "/admin/drugs/drug/keep/", "/admin/drugs/drug/1/delete/", "/admin/auth/user/add/")
    form = {"copy": "b44c0ba1-a2d2-4392-a0d0-5ab469ac4346", "password1": PASSWORD, "csrfmiddlewaretoken": "x"}

    for address in addresses:
        response = client.post(address, form)
        assert response["Location"].startswith("/admin/login/")


def test_a_token_of_an_older_login_gives_back_what_was_typed(editor):
    odd = {f"synonyms-{'9' * 900}-name": "a", "synonyms-²-name": "b", "\x00": "c"}
    form = (
        opened(editor, DRUG)
        | odd
        | {"csrfmiddlewaretoken": "x", "inn": "temsirolimus", "summary": "<b>By vein.</b>", "_save": "1"}
    )
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor.user)

    page = browser.post(DRUG, form)

    assert page.status_code == 403
    assert "temsirolimus" in read(page, ".//dl[@class='typed']//pre")
    assert "&lt;b&gt;By vein.&lt;/b&gt;" in page.content.decode()
    assert not re.search(r"<(form|input|button)[^>]*(post|submit)", page.content.decode())
    assert not Drug.objects.exists()


def test_no_password_is_ever_given_back():
    browser = Client(enforce_csrf_checks=True)

    page = browser.post(
        "/admin/login/", {"username": "editor", "password": PASSWORD, "copy": "x", "csrfmiddlewaretoken": "x"}
    )

    assert page.status_code == 403
    assert PASSWORD not in page.content.decode()


def test_a_script_is_sent_to_the_login_and_can_tell(editor):
    response = Client().post("/admin/drugs/drug/keep/", {"inn": "temsirolimus"})

    assert response.status_code == 302
    assert signed_in(editor.user).post("/admin/drugs/drug/keep/", {"inn": "temsirolimus"}).status_code == 200

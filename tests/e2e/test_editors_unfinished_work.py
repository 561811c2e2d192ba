"""Unfinished work in a real browser: kept while it is typed, and there again after whatever happened."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories import make_user

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "rapa-nui-1964"
SOME_SECONDS = 4000  # after so long what was typed has been kept


@pytest.fixture
def editor():
    editor = make_user("editor", "Editors")
    editor.set_password(PASSWORD)
    editor.save()
    return editor


@pytest.fixture
def form(editor, server, sign_in, open_page):
    """The form of a new drug, open in front of an editor."""
    sign_in(editor)
    return open_page(f"{server.url}/admin/drugs/drug/add/")


def test_a_closed_tab_loses_nothing(form):
    closed = form.context.new_page()
    closed.goto(form.url)
    closed.fill("#id_developer", "Wyeth")
    closed.clock.run_for(SOME_SECONDS)
    expect(closed.locator(".keeping")).to_contain_text("2 things still missing or wrong.")
    closed.close()

    form.reload()
    form.get_by_text("continue it").click()

    expect(form.locator("#id_developer")).to_have_value("Wyeth")
    expect(form.locator(".problems")).to_contain_text("INN: The INN is missing.")


def test_a_page_that_is_left_in_the_middle_of_a_word_loses_nothing(form, server):
    form.fill("#id_inn", "ridaforol")
    form.goto(f"{server.url}/admin/")
    expect(form.locator(".desk")).to_be_visible()
    form.reload()  # what was sent last may arrive after the next page was asked for

    form.get_by_role("link", name="ridaforol").click()

    expect(form.locator("#id_inn")).to_have_value("ridaforol")


def test_a_session_that_ends_while_somebody_types_loses_nothing(form, editor, sign_in):
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form.fill("#id_inn", "everolimus")
    form.clock.run_for(SOME_SECONDS)
    expect(form.locator(".keeping")).to_contain_text("You are no longer signed in. Sign in in another tab")

    sign_in(editor)
    form.reload()
    form.get_by_role("button", name="Continue it").click()

    expect(form.locator("#id_inn")).to_have_value("everolimus")
    expect(form.locator(".held")).to_contain_text("Unfinished draft.")


def test_a_form_sent_without_a_session_goes_through_the_login(form):
    form.fill("#id_inn", "sirolimus")
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form.get_by_role("button", name="Save draft").click()

    form.fill("#id_username", "editor")
    form.fill("#id_password", PASSWORD)
    form.get_by_role("button", name="Log in").click()

    expect(form.locator("#id_inn")).to_have_value("sirolimus")
    assert form.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('temsisite'))") == []

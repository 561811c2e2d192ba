import pytest
from django.test import Client

from tests.factories import SESSIONS, make_user, session_of


@pytest.fixture
def editor(db):
    """The browser of an editor."""
    return browser_of(make_user("editor", "Editors"), SESSIONS["editor"])


@pytest.fixture
def reviewer(db):
    """The browser of an editor who reviews as well."""
    return browser_of(make_user("reviewer", "Editors", "Reviewers"), SESSIONS["reviewer"])


def signed_in(user):
    """The browser of somebody who signs in now."""
    return browser_of(user, session_of(user))


def browser_of(user, session):
    client = Client()
    client.cookies["sessionid"] = session
    client.user = user
    return client

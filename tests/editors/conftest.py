import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def editor(db):
    """The browser of an editor."""
    return signed_in(make_user("editor", "Editors"))


@pytest.fixture
def reviewer(db):
    """The browser of an editor who reviews as well."""
    return signed_in(make_user("reviewer", "Editors", "Reviewers"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client

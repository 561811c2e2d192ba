"""Requests that leave nothing behind: what somebody is answered, what it did, and what the server asked its form."""

import copy
import logging
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.template.base import Template
from django.test import override_settings

from temsisite.publishing.typed import typed_in
from tests.editors.deeds import state, table_of

WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')
# What is noted where the server goes through a form as a whole.
EVERYTHING, BUT_BUTTONS = "everything", "everything but its buttons"


@dataclass
class Answer:
    """“login”, “no”, “in”, or None where nobody is let in in this way; and the rows afterwards, if any changed."""

    outcome: str | None
    after: dict | None
    read: set[str]
    response: HttpResponse


def ask(client, method, path, data=None, before=None):
    """What an address answers, when everything that it did is undone again."""
    cookies, written = client.cookies.copy(), set()
    sent = [urlencode(data, doseq=True), "application/x-www-form-urlencoded"] if data else []

    def watch(execute, sql, params, many, context):
        if change := WRITES.match(sql):
            written.add(change["table"])
        return execute(sql, params, many, context)

    SentForm.read.clear()
    with transaction.atomic():
        with connection.execute_wrapper(watch):
            response = getattr(client, method)(path, *sent)
        after = state(written, before) if before and written & {table_of(model) for model in before} else None
        transaction.set_rollback(True)
    client.cookies = cookies
    assert response.status_code < 500, path
    return Answer(_outcome(response), after, set(SentForm.read), response)


def _outcome(response):
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    if response.status_code == 405:  # nobody is answered in this way, whatever they may do
        return None
    return "no" if response.status_code == 403 else "in"


class SentForm(QueryDict):
    """A form as the server has it, which notes what the server reads of it: the names, or that it went through all."""

    read = set()

    def __init__(self, *args, **kwargs):
        before = self.read.copy()
        super().__init__(*args, **kwargs)  # reads itself while it is filled
        self.read.intersection_update(before)

    def __contains__(self, name):
        self.read.add(name)
        return super().__contains__(name)

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.read.add(name)
        return super().getlist(name, default)

    def __iter__(self):
        self.read.add(EVERYTHING)
        return super().__iter__()

    def keys(self):
        self.read.add(EVERYTHING)
        return super().keys()

    def items(self):
        self.read.add(EVERYTHING)
        return super().items()

    def lists(self):
        by = sys._getframe(1).f_code
        self.read.add(BUT_BUTTONS if by is typed_in.__code__ else EVERYTHING)  # that it leaves them out is tested
        return super().lists()


class Remembering(ModelBackend):
    """Reads each person and what their groups allow them once, not once for every request."""

    people = {}

    def get_user(self, user_id):
        if user_id not in self.people:
            self.people[user_id] = super().get_user(user_id)
            self.people[user_id].get_all_permissions()
        return copy.copy(self.people[user_id])


@contextmanager
def remembering():
    """Sessions in their cookie, and people who are read once: nearly half of all questions were about them."""
    backend = f"{__name__}.{Remembering.__name__}"
    sessions = "django.contrib.sessions.backends.signed_cookies"
    with override_settings(SESSION_ENGINE=sessions, AUTHENTICATION_BACKENDS=[backend]):
        yield
    Remembering.people.clear()


@contextmanager
def mute():
    """Hundreds of answers, of which nobody reads a page, its list of all that one may open, or the server's log."""
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context: "")
        patch.setattr(AdminSite, "get_app_list", _once_for_everybody(AdminSite.get_app_list))
        patch.setattr("django.http.request.QueryDict", SentForm)
        yield
    logging.disable(logging.NOTSET)


def _once_for_everybody(get_app_list):
    """The same list for a person on every page: only their permissions decide about it."""
    known = {}

    def remembered(self, request, app_label=None):
        key = request.user.pk, app_label
        if key not in known:
            known[key] = get_app_list(self, request, app_label)
        return known[key]

    return remembered

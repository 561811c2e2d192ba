import gc
import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.template.base import Template
from django.test.utils import CaptureQueriesContext

from temsisite.publishing import actions
from tests.factories import hire, make_user, propose

# Hundreds of tests leave few cycles behind; looking for them less often saves a tenth of the time.
gc.set_threshold(100_000, 50, 100)

PLAIN_RENDER = Template._render

# What takes longest, first; the rest follow as they are found. One process takes one file at a time.
LONGEST = [
    "tests/editors/test_permission_matrix.py",
    "tests/e2e/test_readers_pages.py",
    "tests/e2e/",
    "tests/editors/test_bad_input_is_named.py",
    "tests/editors/test_keep_unfinished_work.py",
    "tests/test_the_seed.py",
    "tests/test_what_the_seed_says.py",
    "tests/editors/",
]


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that no process works alone at the end.

    Shared data needs the test database, and pytest-django makes it only for tests that are marked: without the mark
    these would write to the developer's own.
    """
    for item in items:
        if "shared_data" in item.fixturenames:
            item.add_marker("django_db")
    items.sort(key=_turn)


def _with_room(function, *args):
    """Call a function beneath a frame so large that Python has room for all calls from there on."""
    return function(*args)


# Else CPython asks the system for 16 kB whenever calls go deeper, and returns them at once: a tenth of the time.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=140_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run a test as pytest does, with room for all its calls."""
    run = item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol
    return _with_room(run, item, nextitem)


def _turn(item):
    return next((turn for turn, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database that every test begins with: empty, but for the two who publish what tests need.

    PostgreSQL drops none that anybody is connected to, and a browser's last request may still hold one.
    """
    with django_db_blocker.unblock():
        hire()
    post_migrate.connect(hire, sender=apps.get_app_config("trials"))  # a test that empties the database sends it
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT query, pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            for query, _ in cursor.fetchall():
                print(f"A connection was left open. It asked last: {query}")


@pytest.fixture(scope="session", autouse=True)
def _plain_templates(django_test_environment):
    """Tests read pages; keeping the context of every template for them would take a tenth of their time."""
    Template._render = PLAIN_RENDER


@pytest.fixture(autouse=True)
def _empty_cache():
    """Pages are kept under the newest sequence, and every test begins its log anew."""
    cache.clear()


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def shared_data(django_db_setup, django_db_blocker):
    """Let the tests of a file share what its own module fixture writes, where writing it for each takes too long."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def _seeded(shared_data):
    call_command("seed", stdout=StringIO())


@pytest.fixture
def seeded(_seeded, db):
    """The site as `make run` shows it."""


@pytest.fixture
def documents(seeded, client):
    """Every record of the sample content, as partners copy it."""
    lines = b"".join(client.get("/api/v1/export.ndjson").streaming_content).splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def revise():
    """Publish a change of a public record: `revise(drug, developer="Wyeth")`."""

    def change(record, **fields):
        return actions.accept(proposal=propose(record, make_user("editor"), **fields), by=make_user("reviewer"))

    return change


@pytest.fixture
def count_queries(client):
    """How often a page asks the database: `count_queries("/drugs/")`."""

    def count(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count

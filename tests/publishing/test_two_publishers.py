"""Publishing under pressure: two people at once, and a crash in the middle of a publication."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import connection, connections

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Counter, Proposal, Publication, Record, SearchDocument
from tests.factories import make_drug, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# Accept the one proposal in a process that is killed when the log line is written and the record not yet moved.
ACCEPT_AND_DIE = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.contrib.auth.models import User
from temsisite.publishing import actions, search
from temsisite.publishing.models import Proposal

search.replace = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
actions.accept(proposal=Proposal.objects.get(), by=User.objects.get(username="reviewer"))
"""


def start(work):
    """Run `work` in a thread with a database connection of its own."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_crash_in_the_middle_of_a_publication_leaves_nothing_half_done():
    reviewer = make_user("reviewer")
    actions.submit(record=make_drug(inn="temsirolimus", publish=False), by=make_user("editor"))
    command = [sys.executable, "-c", ACCEPT_AND_DIE, str(connection.settings_dict["NAME"])]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "temsisite.settings"}
    killed = subprocess.run(command, cwd=settings.BASE_DIR, env=env, timeout=60, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert not Publication.objects.exists()
    assert not SearchDocument.objects.exists()
    assert not Counter.objects.filter(last_sequence__gt=0).exists()
    assert Proposal.objects.get().state == Proposal.State.OPEN
    assert Drug.objects.get().status == Record.Status.IN_REVIEW
    publication = actions.accept(proposal=Proposal.objects.get(), by=reviewer)
    assert (publication.sequence, publication.version) == (1, 1)


def test_two_publishers_at_once_never_show_a_reader_a_gap():
    editor, reviewer = make_user("editor"), make_user("reviewer")
    drafts = [make_drug(inn=f"{name}limus", publish=False) for name in "abcdefghijklmnop"]
    proposals = [actions.submit(record=draft, by=editor) for draft in drafts]
    seen, finished = [], threading.Event()

    def publish(share):
        return lambda: [actions.accept(proposal=proposal, by=reviewer) for proposal in share]

    def follow():
        """Read the log as a mirror does: only what is newer than the last line it has."""
        last_round = False
        while not last_round:
            last_round = finished.wait(0.001)  # not a busy loop, which would keep the publishers from their turn
            seen.extend(line.sequence for line in Publication.objects.since(seen[-1] if seen else 0))

    reader = start(follow)
    publishers = [start(publish(proposals[0::2])), start(publish(proposals[1::2]))]
    for publisher in publishers:
        publisher.join(timeout=60)
    finished.set()
    reader.join(timeout=60)

    assert seen == list(range(1, 17))


def test_two_submissions_at_once_leave_one_waiting():
    editor = make_user("editor")
    make_drug(inn="temsirolimus", publish=False)

    submissions = [start(lambda: actions.submit(record=Drug.objects.get(), by=editor)) for _ in range(2)]
    for submission in submissions:
        submission.join(timeout=60)

    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["OPEN", "SUPERSEDED"]


def test_nothing_is_published_between_what_is_proposed_and_the_version_it_starts_from():
    editor, reviewer = make_user("editor"), make_user("reviewer")
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    def buy():
        Drug.objects.update(developer="Pfizer")

    def edit():
        slow = Drug.objects.get()
        accepting.append(start(lambda: actions.accept(proposal=first, by=reviewer)))
        accepting[0].join(timeout=0.5)
        slow.summary = "An ester of sirolimus."
        slow.save()

    accepting, first = [], actions.propose_change(record=drug, by=editor, edit=buy, note="Wyeth was bought.")
    second = actions.propose_change(record=drug, by=editor, edit=edit, note="For readers new to it.")
    accepting[0].join(timeout=60)

    assert list(Proposal.objects.stale()) == [second]

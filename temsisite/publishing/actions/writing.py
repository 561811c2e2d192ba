"""What every decision writes: the decision itself, a line of the log, and where the record stands from now on."""

import json

from django.utils import timezone

from temsisite.publishing import documents, search
from temsisite.publishing.models import Proposal, Publication, Record


def decide(proposal, state, *, by, reason=""):
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.reason = (
        state,
        by,
        timezone.now(),
        reason,
    )
    proposal.save()


def append(record, proposal, *, by, counter):
    """Append one line to the log and let the record point at it."""
    withdrawing = proposal.action == Proposal.Action.WITHDRAWAL
    before = record.log().only("version").last() if proposal.base_version else None  # none stands before the first
    counter.last_sequence += 1
    counter.save()
    version, now = before.version + 1 if before else 1, timezone.now().replace(microsecond=0)
    stamp = {"version": version, "sequence": counter.last_sequence, "published_at": now}
    text = "" if withdrawing else documents.stamped(json.loads(proposal.document), **stamp)
    if before:
        Publication.objects.filter(pk=before.pk).update(ended_at_sequence=counter.last_sequence)
    publication = Publication.objects.create(
        kind=proposal.kind,
        slug=proposal.slug,
        action=proposal.logged_as,
        document=text,
        sha256=documents.digest(text) if text else "",
        note=proposal.note,
        published_by=by,
        proposal=proposal,
        **stamp,
    )
    search.replace(before, publication, title=proposal.title)
    if withdrawing:
        move(record, Record.Status.WITHDRAWN, publication=None)
    else:
        move(record, Record.Status.PUBLISHED, publication=publication)
    return publication


def move(record, status, **fields):
    """Set a record's place in its life without touching anything else of it."""
    fields |= {"status": status, "changed_at": timezone.now()}
    type(record).objects.filter(pk=record.pk).update(**fields)
    for name, value in fields.items():
        setattr(record, name, value)

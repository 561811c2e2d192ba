"""The verbs of those who write: submit a draft, propose what is to become of something published."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from temsisite.publishing import documents, versions
from temsisite.publishing.actions.holding import held_whole, hold, hold_proposals
from temsisite.publishing.actions.writing import move
from temsisite.publishing.models import Proposal, Record
from temsisite.publishing.rehearsals import rehearsal
from temsisite.publishing.rules import Refused, check, name_of, refuse_if_needed


@transaction.atomic
def submit(*, record, by, note="", origin=""):
    """Put a draft before a reviewer; an earlier submission of the same draft is superseded."""
    draft = draft_of(record, by=by)
    proposal = propose(draft, Proposal.Action.NEW, by=by, note=note, origin=origin, content=content_of(draft))
    move(record, Record.Status.IN_REVIEW)
    return proposal


@transaction.atomic
def take_back(*, record, by):
    """Make a submitted draft a draft again, because somebody goes on working on it."""
    hold(record)
    _supersede_submissions(record, by=by)
    if record.status == Record.Status.IN_REVIEW:
        move(record, Record.Status.DRAFT)


@transaction.atomic
def propose_change(*, record, by, edit, note="", origin=""):
    """Propose what `edit()` does to a published record and its parts; the record itself stays as it is."""
    record = hold(record)  # or another version might come between what is proposed and where it starts from
    if not record.is_public:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what is published can be changed.")
    model, pk = type(record), record.pk
    with rehearsal():
        edit()
        edited = model.stored(pk)
        check(edited)
        content, title = content_of(edited), title_of(edited)
    if content["sha256"] == documents.digest(documents.unstamped(model.stored(pk))):
        raise Refused(f"Nothing changed in {name_of(record)}, so there is nothing to propose.")
    if not note.strip():
        raise Refused({"note": "Say what changes and why: the public log shows it beside the new version."})
    return propose(record, Proposal.Action.CHANGE, by=by, note=note, origin=origin, content=content, title=title)


@transaction.atomic
def propose_withdrawal(*, record, by, reason, origin=""):
    """Propose to take a record off the site; its published versions remain in the log."""
    record = hold(record)
    if not record.is_public:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what is published can be withdrawn.")
    if not reason.strip():
        raise Refused("A withdrawal needs a reason: readers will be shown it in place of the record.")
    refuse_if_needed(record)
    return propose(record, Proposal.Action.WITHDRAWAL, by=by, note=reason, origin=origin)


@transaction.atomic
def propose_restoration(*, record, by, note="", origin="", version=None):
    """Propose to bring a withdrawn record back as it was, or as it was in an earlier version."""
    record = hold(record)
    if not record.is_withdrawn:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what was withdrawn can be restored.")
    snapshot = versions.content_to_bring_back(record, version) if version else documents.snapshot(record)
    return propose_restored(record, snapshot, by=by, note=note, origin=origin)


@transaction.atomic
def propose_version(*, record, version, by, note, origin=""):
    """Propose that a record says again what it said in an earlier version."""
    if record.is_withdrawn:
        return propose_restoration(record=record, by=by, note=note, origin=origin, version=version)
    snapshot = versions.content_to_bring_back(record, version)
    edit = partial(versions.written, snapshot, record)
    return propose_change(record=record, by=by, edit=edit, note=note, origin=origin)


def propose_restored(record, snapshot, **proposal):
    with rehearsal():
        restored = versions.written(snapshot, record)
        check(restored)
        content, title = content_of(restored), title_of(restored)
    return propose(record, Proposal.Action.RESTORE, content=content, title=title, **proposal)


def draft_of(record, *, by):
    """A draft that may be submitted, in place of what was submitted of it before; held, and as it is now."""
    hold_proposals(record)
    draft = held_whole(record)
    if draft.has_been_public:
        raise Refused(f"{name_of(draft)} is {draft.get_status_display()}: propose a change instead.")
    check(draft)
    if draft.status == Record.Status.IN_REVIEW:  # what is submitted is, and nothing else
        _supersede_submissions(draft, by=by)
    return draft


def _supersede_submissions(record, *, by):
    decision = {"state": Proposal.State.SUPERSEDED, "decided_by": by, "decided_at": timezone.now()}
    Proposal.objects.about(record).open().filter(action=Proposal.Action.NEW).update(**decision)


def propose(record, action, **fields):
    proposal = proposal_about(record, action, **fields)
    proposal.save()
    return proposal


def proposal_about(record, action, *, by, note, origin, content=None, title=None):
    """A proposal about a record, not saved."""
    base = None if action == Proposal.Action.NEW else record.log().last().version
    return Proposal(
        action=action,
        kind=record.kind(),
        slug=record.slug,
        title=title or title_of(record),
        base_version=base,
        note=note,
        origin=origin,
        author=by,
        **(content or {}),
    )


def content_of(record):
    document = documents.unstamped(record)
    return {
        "snapshot": documents.snapshot(record),
        "document": document,
        "sha256": documents.digest(document),
    }


def title_of(record):
    return str(record)[:300]

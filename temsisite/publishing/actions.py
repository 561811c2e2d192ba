"""The verbs of a record's life, and the only writer of the publication log.

The admin, the importers, the seed and the shell all go through here, so all obey the same rules: author is not
reviewer, a return and a withdrawal have a reason, a decision binds to the document that was reviewed, and nothing is
published that refers to something the public cannot see.
"""

import json
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from temsisite.publishing import documents, search, versions
from temsisite.publishing.kinds import kinds
from temsisite.publishing.merging import resolve, rows_of, snapshot_of, undecided
from temsisite.publishing.models import Counter, Proposal, Publication, Record
from temsisite.publishing.rehearsals import rehearsal
from temsisite.publishing.rules import Refused, check, missing_references, name_of, refuse_if_missing, refuse_if_needed

RESTORED = "As it was to be restored."  # the note where a restoration without a note becomes a change


@contextmanager
def rehearsed(proposal):
    """Let the site be looked at as it would be once `proposal` is accepted, then undo it all."""
    with rehearsal():
        counter = _lock()
        yield _carry_out(_open_proposal(proposal), by=proposal.author, counter=counter)


def missing_for(proposal):
    """What must be published before `proposal` can be accepted; `Refused` if it never can be."""
    if proposal.action == Proposal.Action.WITHDRAWAL:
        return []
    record = _record_of(proposal)
    _refuse_if_moved(proposal, record)
    with rehearsal():
        return missing_references(_proposed(proposal, record))


def hold(record):
    """Let nobody else decide about the record until this transaction ends, and return it as it is now."""
    _hold_proposals(record)
    return _held(type(record)).get(pk=record.pk)


# Proposing


@transaction.atomic
def submit(*, record, by, note="", origin=""):
    """Put a draft before a reviewer; an earlier submission of the same draft is superseded."""
    draft = _draft(record, by=by)
    proposal = _propose(draft, Proposal.Action.NEW, by=by, note=note, origin=origin, content=_content(draft))
    _move(record, Record.Status.IN_REVIEW)
    return proposal


@transaction.atomic
def take_back(*, record, by):
    """Make a submitted draft a draft again, because somebody goes on working on it."""
    hold(record)
    _supersede_submissions(record, by=by)
    if record.status == Record.Status.IN_REVIEW:
        _move(record, Record.Status.DRAFT)


@transaction.atomic
def propose_change(*, record, by, edit, note="", origin=""):
    """Propose what `edit()` does to a published record and its parts; the record itself stays as it is."""
    if not record.is_public:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what is published can be changed.")
    model, pk = type(record), record.pk
    with rehearsal():
        edit()
        edited = model.objects.whole().get(pk=pk)
        check(edited)
        content, title = _content(edited), _title(edited)
    if content["sha256"] == documents.digest(documents.unstamped(model.objects.whole().get(pk=pk))):
        raise Refused(f"Nothing changed in {name_of(record)}, so there is nothing to propose.")
    if not note.strip():
        raise Refused({"note": "Say what changes and why: the public log shows it beside the new version."})
    return _propose(record, Proposal.Action.CHANGE, by=by, note=note, origin=origin, content=content, title=title)


@transaction.atomic
def propose_withdrawal(*, record, by, reason, origin=""):
    """Propose to take a record off the site; its published versions remain in the log."""
    if not record.is_public:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what is published can be withdrawn.")
    if not reason.strip():
        raise Refused("A withdrawal needs a reason: readers will be shown it in place of the record.")
    refuse_if_needed(record)
    return _propose(record, Proposal.Action.WITHDRAWAL, by=by, note=reason, origin=origin)


@transaction.atomic
def propose_restoration(*, record, by, note="", origin="", version=None):
    """Propose to bring a withdrawn record back as it was, or as it was in an earlier version."""
    if not record.is_withdrawn:
        raise Refused(f"{name_of(record)} is {record.get_status_display()}: only what was withdrawn can be restored.")
    snapshot = versions.content_to_bring_back(record, version) if version else documents.snapshot(record)
    return _propose_restored(record, snapshot, by=by, note=note, origin=origin)


def _propose_restored(record, snapshot, **proposal):
    with rehearsal():
        restored = versions.written(snapshot, record)
        check(restored)
        content, title = _content(restored), _title(restored)
    return _propose(record, Proposal.Action.RESTORE, content=content, title=title, **proposal)


@transaction.atomic
def propose_version(*, record, version, by, note, origin=""):
    """Propose that a record says again what it said in an earlier version."""
    if record.is_withdrawn:
        return propose_restoration(record=record, by=by, note=note, origin=origin, version=version)
    snapshot = versions.content_to_bring_back(record, version)
    edit = partial(versions.written, snapshot, record)
    return propose_change(record=record, by=by, edit=edit, note=note, origin=origin)


@transaction.atomic
def rebase(*, proposal, by, chosen=None, texts=None, onto=None):
    """Propose the same anew from the newest version, which is `onto` if it is the one that the author looked at.

    What only one side changed is taken; where both did, `chosen` says by its key what stands (see `merging`).
    """
    record = hold(_subject(proposal))
    proposal = _open_proposal(proposal)
    newest = record.log().last().version
    if proposal.author != by:
        raise Refused("Only its author can propose it anew; a reviewer returns it with a reason.")
    if newest == proposal.base_version:
        raise Refused(f"It starts from version {newest}, which is the newest: there is nothing to bring together.")
    if onto not in (None, newest):
        raise Refused(f"Version {newest} has been published since you opened this page: look at it again.")
    anew = _proposed_anew(proposal, record, chosen or {}, texts or {})
    _decide(proposal, Proposal.State.SUPERSEDED, by=by, reason=f"Proposed anew from version {newest}.")
    return anew


def _proposed_anew(proposal, record, chosen, texts):
    same = {"by": proposal.author, "origin": proposal.origin}
    if proposal.action == Proposal.Action.WITHDRAWAL:
        return propose_withdrawal(record=record, reason=proposal.note, **same)
    merged = versions.merge_of(proposal, record)
    if left := undecided(merged, chosen):
        raise Refused({conflict.key: "Both changed this: choose what is to stand." for conflict in left})
    rows = resolve(merged, chosen, texts)
    if rows == rows_of(documents.snapshot(record)):
        raise Refused(f"{name_of(record)} says already what was proposed: take the proposal back.")
    snapshot = snapshot_of(rows, record._meta.label_lower)
    if record.is_withdrawn:
        return _propose_restored(record, snapshot, note=proposal.note, **same)
    edit = partial(versions.written, snapshot, record)
    return propose_change(record=record, edit=edit, note=proposal.note or RESTORED, **same)


# Deciding


@transaction.atomic
def accept(*, proposal, by, sha256=None):
    """Publish what `proposal` asks for. `sha256` names the document that the reviewer looked at."""
    counter = _lock()  # first: decisions queue here, so that everything checked below still holds at the end
    proposal = _open_proposal(proposal)
    _refuse_own(proposal, by)
    if sha256 is not None and sha256 != proposal.sha256:
        raise Refused("The proposal is not the one you were shown: look at it again before you decide.")
    return _carry_out(proposal, by=by, counter=counter)


def _carry_out(proposal, *, by, counter):
    """Check all that publication demands, and publish."""
    record = _record_of(proposal)
    _refuse_if_moved(proposal, record)
    record = _proposed(proposal, record)
    if proposal.action == Proposal.Action.WITHDRAWAL:
        refuse_if_needed(record)
    else:
        check(record)
        if documents.digest(documents.unstamped(record)) != proposal.sha256:
            raise Refused(f"{name_of(record)} has moved since it was proposed: return the proposal and ask anew.")
        refuse_if_missing(record)
    _decide(proposal, Proposal.State.ACCEPTED, by=by)
    return _publish(record, proposal, by=by, counter=counter)


@transaction.atomic
def return_(*, proposal, by, reason):
    """Give a proposal back to its author, saying why."""
    if not reason.strip():
        raise Refused("A returned proposal needs a reason: its author will read it.")
    proposal = _open_proposal(proposal)
    _decide(proposal, Proposal.State.RETURNED, by=by, reason=reason)
    record = kinds()[proposal.kind].objects.filter(slug=proposal.slug).first()
    if record and record.status == Record.Status.IN_REVIEW:
        _move(record, Record.Status.DRAFT)
    return proposal


@transaction.atomic
def retract(*, proposal, by):
    """Take back an own proposal that nobody has decided yet."""
    proposal = _open_proposal(proposal)
    if proposal.author != by:
        raise Refused("Only its author can take a proposal back; a reviewer returns it with a reason.")
    if proposal.action == Proposal.Action.NEW:
        take_back(record=_record_of(proposal), by=by)
    else:
        _decide(proposal, Proposal.State.SUPERSEDED, by=by)


@transaction.atomic
def publish_without_review(*, record, by, reviewer, note="", origin=""):
    """Submit and accept in one step, for people who have reviewed a whole set elsewhere: the seed does."""
    counter = _lock()
    draft = _draft(record, by=by)
    refuse_if_missing(draft)
    proposal = _proposal(draft, Proposal.Action.NEW, by=by, note=note, origin=origin, content=_content(draft))
    _refuse_own(proposal, reviewer)
    _decide(proposal, Proposal.State.ACCEPTED, by=reviewer)
    return _publish(record, proposal, by=reviewer, counter=counter)


# The log


def _lock():
    """Hold the one row that gives out sequences until this transaction ends."""
    return Counter.objects.select_for_update().get_or_create(pk=1)[0]


def _publish(record, proposal, *, by, counter):
    """Append one line to the log and let the record point at it."""
    withdrawing = proposal.action == Proposal.Action.WITHDRAWAL
    before = Publication.objects.of(proposal.kind, proposal.slug).only("version").last()
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
        _move(record, Record.Status.WITHDRAWN, publication=None)
    else:
        _move(record, Record.Status.PUBLISHED, publication=publication)
    return publication


# Small steps


def _refuse_own(proposal, by):
    if settings.PUBLISHING_FOUR_EYES and proposal.author_id == by.pk:
        raise Refused("You wrote this proposal, so somebody else has to review it.")


def _hold_proposals(record):
    """Hold the proposals about a record; always before the record itself, as decisions do."""
    if connection.features.has_select_for_update:  # SQLite lets only one write at a time
        list(Proposal.objects.about(record).open().select_for_update().values_list("pk"))


def _held(model):
    return model.objects.select_for_update(of=("self",))


def _draft(record, *, by):
    """A draft that may be submitted, in place of what was submitted of it before; held, and as it is now."""
    _hold_proposals(record)
    draft = _held(type(record)).whole().get(pk=record.pk)
    if draft.has_been_public:
        raise Refused(f"{name_of(draft)} is {draft.get_status_display()}: propose a change instead.")
    check(draft)
    _supersede_submissions(draft, by=by)
    return draft


def _supersede_submissions(record, *, by):
    decision = {"state": Proposal.State.SUPERSEDED, "decided_by": by, "decided_at": timezone.now()}
    Proposal.objects.about(record).open().filter(action=Proposal.Action.NEW).update(**decision)


def _content(record):
    document = documents.unstamped(record)
    return {
        "snapshot": documents.snapshot(record),
        "document": document,
        "sha256": documents.digest(document),
    }


def _propose(record, action, **fields):
    proposal = _proposal(record, action, **fields)
    proposal.save()
    return proposal


def _proposal(record, action, *, by, note, origin, content=None, title=None):
    """A proposal about a record, not saved."""
    base = None if action == Proposal.Action.NEW else record.log().last().version
    return Proposal(
        action=action,
        kind=record.kind(),
        slug=record.slug,
        title=title or _title(record),
        base_version=base,
        note=note,
        origin=origin,
        author=by,
        **(content or {}),
    )


def _open_proposal(proposal):
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not proposal.is_open:
        raise Refused(f"This proposal has been {proposal.get_state_display()} already.")
    return proposal


def _decide(proposal, state, *, by, reason=""):
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.reason = (
        state,
        by,
        timezone.now(),
        reason,
    )
    proposal.save()


def _record_of(proposal):
    return _subject(proposal, _held)


def _subject(proposal, rows=lambda model: model.objects):
    """The record that a proposal is about."""
    model = kinds()[proposal.kind]
    record = rows(model).whole().filter(slug=proposal.slug).first()
    if record is None:
        raise Refused(f"The {model._meta.verbose_name} “{proposal.slug}” is gone: return the proposal.")
    return record


def _proposed(proposal, record):
    """The record with what is proposed written to it."""
    if proposal.action in {Proposal.Action.CHANGE, Proposal.Action.RESTORE}:
        return versions.written(proposal.snapshot, record)
    return record


def _refuse_if_moved(proposal, record):
    newest = record.log().last()
    if (newest.version if newest else None) != proposal.base_version:
        raise Refused(
            f"{name_of(record)} has a newer version than the one this proposal starts from: its author "
            "can propose it anew from there, with nothing lost."
        )


def _move(record, status, **fields):
    """Set a record's place in its life without touching anything else of it."""
    fields |= {"status": status, "changed_at": timezone.now()}
    type(record).objects.filter(pk=record.pk).update(**fields)
    for name, value in fields.items():
        setattr(record, name, value)


def _title(record):
    return str(record)[:300]

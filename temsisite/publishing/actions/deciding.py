"""The verbs of those who decide: accept, return, take back; and what an acceptance would do, tried and undone."""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from temsisite.publishing import documents, versions
from temsisite.publishing.actions.holding import lock_log, open_proposal, record_of, subject
from temsisite.publishing.actions.proposing import content_of, draft_of, proposal_about, take_back
from temsisite.publishing.actions.writing import append, decide, move
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Record
from temsisite.publishing.rehearsals import rehearsal
from temsisite.publishing.rules import Refused, check, missing_references, name_of, refuse_if_missing, refuse_if_needed


@transaction.atomic
def accept(*, proposal, by, sha256=None):
    """Publish what `proposal` asks for. `sha256` names the document that the reviewer looked at."""
    counter = lock_log()  # first: decisions queue here, so that everything checked below still holds at the end
    proposal = open_proposal(proposal)
    _refuse_own(proposal, by)
    if sha256 is not None and sha256 != proposal.sha256:
        raise Refused("The proposal is not the one you were shown: look at it again before you decide.")
    return _carry_out(proposal, by=by, counter=counter)


@transaction.atomic
def return_(*, proposal, by, reason):
    """Give a proposal back to its author, saying why."""
    if not reason.strip():
        raise Refused("A returned proposal needs a reason: its author will read it.")
    proposal = open_proposal(proposal)
    decide(proposal, Proposal.State.RETURNED, by=by, reason=reason)
    record = kinds()[proposal.kind].objects.filter(slug=proposal.slug).first()
    if record and record.status == Record.Status.IN_REVIEW:
        move(record, Record.Status.DRAFT)
    return proposal


@transaction.atomic
def retract(*, proposal, by):
    """Take back an own proposal that nobody has decided yet."""
    proposal = open_proposal(proposal)
    if proposal.author != by:
        raise Refused("Only its author can take a proposal back; a reviewer returns it with a reason.")
    if proposal.action == Proposal.Action.NEW:
        take_back(record=record_of(proposal), by=by)
    else:
        decide(proposal, Proposal.State.SUPERSEDED, by=by)


@transaction.atomic
def publish_without_review(*, record, by, reviewer, note="", origin=""):
    """Submit and accept in one step, for people who have reviewed a whole set elsewhere: the seed does."""
    counter = lock_log()
    draft = draft_of(record, by=by)
    refuse_if_missing(draft)
    proposal = proposal_about(draft, Proposal.Action.NEW, by=by, note=note, origin=origin, content=content_of(draft))
    _refuse_own(proposal, reviewer)
    decide(proposal, Proposal.State.ACCEPTED, by=reviewer)
    return append(record, proposal, by=reviewer, counter=counter)


@contextmanager
def rehearsed(proposal):
    """Let the site be looked at as it would be once `proposal` is accepted, then undo it all."""
    with rehearsal():
        counter = lock_log()
        yield _carry_out(open_proposal(proposal), by=proposal.author, counter=counter)


def missing_for(proposal):
    """What must be published before `proposal` can be accepted; `Refused` if it never can be."""
    if proposal.action == Proposal.Action.WITHDRAWAL:
        return []
    record = subject(proposal)
    _refuse_if_moved(proposal, record)
    with rehearsal():
        return missing_references(_proposed(proposal, record))


def _carry_out(proposal, *, by, counter):
    """Check all that publication demands, and publish."""
    record = record_of(proposal)
    _refuse_if_moved(proposal, record)
    record = _proposed(proposal, record)
    if proposal.action == Proposal.Action.WITHDRAWAL:
        refuse_if_needed(record)
    else:
        check(record)
        if documents.digest(documents.unstamped(record)) != proposal.sha256:
            raise Refused(f"{name_of(record)} has moved since it was proposed: return the proposal and ask anew.")
        refuse_if_missing(record)
    decide(proposal, Proposal.State.ACCEPTED, by=by)
    return append(record, proposal, by=by, counter=counter)


def _proposed(proposal, record):
    """The record with what is proposed written to it."""
    if proposal.action in {Proposal.Action.CHANGE, Proposal.Action.RESTORE}:
        return versions.written(proposal.snapshot, record)
    return record


def _refuse_own(proposal, by):
    if settings.PUBLISHING_FOUR_EYES and proposal.author_id == by.pk:
        raise Refused("You wrote this proposal, so somebody else has to review it.")


def _refuse_if_moved(proposal, record):
    newest = record.log().last()
    if (newest.version if newest else None) != proposal.base_version:
        raise Refused(
            f"{name_of(record)} has a newer version than the one this proposal starts from: its author "
            "can propose it anew from there, with nothing lost."
        )

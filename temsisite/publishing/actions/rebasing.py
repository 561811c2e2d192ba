"""The verb of authors whom somebody preceded: propose the same anew from the newest version."""

from functools import partial

from django.db import transaction

from temsisite.publishing import documents, versions
from temsisite.publishing.actions.holding import hold, open_proposal, subject
from temsisite.publishing.actions.proposing import propose_change, propose_restored, propose_withdrawal
from temsisite.publishing.actions.writing import decide
from temsisite.publishing.merging import resolve, rows_of, snapshot_of, undecided
from temsisite.publishing.models import Proposal
from temsisite.publishing.rules import Refused, name_of

RESTORED = "As it was to be restored."  # the note where a restoration without a note becomes a change


@transaction.atomic
def rebase(*, proposal, by, chosen=None, texts=None, onto=None):
    """Propose the same anew from the newest version, which is `onto` if it is the one that the author looked at.

    What only one side changed is taken; where both did, `chosen` says by its key what stands (see `merging`).
    """
    record = hold(subject(proposal))
    proposal = open_proposal(proposal)
    newest = record.log().last().version
    if proposal.author != by:
        raise Refused("Only its author can propose it anew; a reviewer returns it with a reason.")
    if newest == proposal.base_version:
        raise Refused(f"It starts from version {newest}, which is the newest: there is nothing to bring together.")
    if onto not in (None, newest):
        raise Refused(f"Version {newest} has been published since you opened this page: look at it again.")
    anew = _proposed_anew(proposal, record, chosen or {}, texts or {})
    decide(proposal, Proposal.State.SUPERSEDED, by=by, reason=f"Proposed anew from version {newest}.")
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
        return propose_restored(record, snapshot, note=proposal.note, **same)
    edit = partial(versions.written, snapshot, record)
    return propose_change(record=record, edit=edit, note=proposal.note or RESTORED, **same)

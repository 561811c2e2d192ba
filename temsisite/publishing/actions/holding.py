"""The rows that a verb holds until its transaction ends, always in this order: the log, proposals, the record."""

from django.db import connection

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Counter, Proposal
from temsisite.publishing.prepared import Prepared
from temsisite.publishing.rules import Refused, name_of

COUNTER = Prepared(lambda pk: Counter.objects.select_for_update().filter(pk=pk))


def lock_log():
    """Hold the one row that gives out sequences until this transaction ends."""
    for counter in COUNTER(1):
        return counter
    return Counter.objects.select_for_update().get_or_create(pk=1)[0]


def hold(record):
    """Let nobody else decide about the record until this ends; as it is now, or `Refused` if it is gone."""
    hold_proposals(record)
    now = held(type(record)).filter(pk=record.pk).first()
    if now is None:
        raise Refused(f"{name_of(record)} is gone: somebody deleted it just now.")
    return now


def hold_proposals(record):
    """Hold the proposals about a record; always before the record itself, as decisions do."""
    if connection.features.has_select_for_update:  # SQLite lets only one write at a time
        list(Proposal.objects.about(record).open().select_for_update().values_list("pk"))


def held(model):
    """The rows of a model, to be held as they are read."""
    return model.objects.select_for_update(of=("self",))


def held_whole(record):
    """The record with its parts as it is now, held."""
    if connection.features.has_select_for_update:
        held(type(record)).get(pk=record.pk)
    return type(record).stored(record.pk)


def open_proposal(proposal):
    """The proposal, held, as it is now; `Refused` if somebody has decided it."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not proposal.is_open:
        raise Refused(f"This proposal has been {proposal.get_state_display()} already.")
    return proposal


def record_of(proposal):
    """The record that a proposal is about, held."""
    return subject(proposal, held)


def subject(proposal, rows=lambda model: model.objects):
    """The record that a proposal is about, with its parts; `Refused` if it is gone."""
    model = kinds()[proposal.kind]
    try:
        return model.stored(rows(model).only("pk").get(slug=proposal.slug).pk)
    except model.DoesNotExist:  # or somebody deleted it between these two questions
        gone = f"The {model._meta.verbose_name} “{proposal.slug}” is gone: return the proposal."
        raise Refused(gone) from None

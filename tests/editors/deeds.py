"""What a forged request did: the rows before and after it, and what became of them in words."""

from django.contrib.auth.models import Group, User
from django.db.models import F

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Publication, Record

PEOPLE_AND_GROUPS = [
    User,
    Group,
    User.groups.through,
    User.user_permissions.through,
    Group.permissions.through,
]


def state(written=None, before=None):
    """The rows that a forged request could have changed, by model: those of `before` where no table was written."""
    return {
        model: {row["pk"]: row for row in model.objects.values(*_told(model), pk=F("pk"))}
        if written is None or table_of(model) in written
        else before[model]
        for model in (*kinds().values(), Proposal, Publication, *PEOPLE_AND_GROUPS)
    }


def _told(model):
    """The fields that are compared: what a proposal would publish is not."""
    return ["state", "action", "author_id", "slug"] if model is Proposal else [f.attname for f in model._meta.fields]


def table_of(model):
    return model._meta.db_table


def _records(rows):
    return {(model, key): row for model in kinds().values() for key, row in rows[model].items()}


def deeds(before, after, by):
    """What was done, in the words of DEEDS."""
    decided = set(_decisions(before, after, by))
    return {*decided, *_edits(before, after), *_log(before, after, decided)} | (
        {"changes people or groups"} if any(before[model] != after[model] for model in PEOPLE_AND_GROUPS) else set()
    )


def _decisions(before, after, by):
    for key, proposal in after[Proposal].items():
        was = before[Proposal].get(key)
        own = proposal["author_id"] == by.pk
        if was is None:
            yield "submits a draft" if proposal["action"] == "NEW" else "proposes about what is public"
        elif was["state"] != proposal["state"]:
            verb = {"ACCEPTED": "accepts", "RETURNED": "returns", "SUPERSEDED": "takes back"}[proposal["state"]]
            if own:
                yield "accepts an own proposal" if verb == "accepts" else "takes back an own proposal"
            elif verb != "takes back" or not _is_edited(before, after, proposal["slug"]):
                yield f"{verb} what another wrote"


def _is_edited(before, after, slug):
    """Whether somebody went on working on a submitted draft, which takes its submission back."""
    one, other = (
        [_content(row) for row in _records(rows).values() if row["slug"] == slug] for rows in (before, after)
    )
    return one != other


def _content(row):
    return {name: value for name, value in row.items() if name not in {"status", "changed_at"}}


def _edits(before, after):
    old, new = _records(before), _records(after)
    for key, row in new.items():
        was = old.get(key)
        if was is None:
            yield "adds a draft"
        elif was["publication_id"] == row["publication_id"] and _content(was) != _content(row):
            yield "changes what has been public" if _been_public(was) else "changes a draft"
            if _waiting(before, row) & _waiting(after, row):
                yield "changes what waits for review"
    for key in old.keys() - new.keys():
        yield "deletes what has been public" if _been_public(old[key]) else "deletes a draft"


def _waiting(rows, row):
    """The keys of the open proposals to publish a draft."""
    told = (row["slug"], "NEW", "OPEN")
    return {key for key, made in rows[Proposal].items() if (made["slug"], made["action"], made["state"]) == told}


def _been_public(row):
    return row["status"] in {Record.Status.PUBLISHED, Record.Status.WITHDRAWN}


def _log(before, after, decided):
    for sequence, line in before[Publication].items():
        now = after[Publication].get(sequence)
        if now is None or now | {"ended_at_sequence": None} != line | {"ended_at_sequence": None}:
            yield "rewrites the log"
    if len(after[Publication]) > len(before[Publication]) and not any(deed.startswith("accepts") for deed in decided):
        yield "publishes without a proposal"

"""Two people in one record: who changed what since the form was opened, and what of it goes into the form.

The form carries, signed, how the record stood when it was opened. So what somebody else saved meanwhile can be told
apart from what was typed: what only they changed is taken over, and what both changed is shown beside one's own.
"""

import datetime
import hashlib
import json
import re
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.utils import timezone
from django.utils.text import capfirst

from temsisite.publishing import actions, documents, versions
from temsisite.publishing.comparing import field_sides, pieces
from temsisite.publishing.differences import text_sides
from temsisite.publishing.models import Proposal
from temsisite.publishing.naming import Names, named_in_documents
from temsisite.publishing.shape import Shape
from temsisite.publishing.typed import as_opened

SALT = "temsisite.publishing.admin.conflicts"
SHORT = 80  # of a longer text only the digest is carried: it has to be told from another, not read
PART = re.compile(r"^(?P<prefix>\w+)-(?P<number>[0-9]{1,4})-(?P<name>\w+)$")


@dataclass
class Conflict:
    """What somebody else saved while a form was open: who and when, what, and the form with it taken over."""

    sentence: str
    rows: list[dict] | None  # None if it is not known how the record stood
    merged: dict


def opened(admin, request, record, shown=None):
    """How the record stands, for its form to carry; signed, so that nobody is told a tale.

    `shown` are its form and those of its parts, where the page has them and nobody has typed into them yet.
    """
    record = type(record).stored(record.pk)
    form, formsets = shown or (_form(admin, request, record), _formsets(admin, request, record))
    state = {
        "about": [record.kind(), record.pk],
        "document": json.loads(documents.unstamped(record)),
        "form": {name: _digested(values) for name, values in _values(form).items()},
        "parts": {
            prefix: {key: {name: _digested(values) for name, values in row.items()} for key, row in rows.items()}
            for prefix, rows in _parts(formsets).items()
        },
    }
    return signing.dumps(state, salt=SALT, compress=True)


def is_stale(record, data):
    """Whether the record has been changed since the form that holds `data` was opened."""
    seen = _first(data, "seen")
    return bool(seen) and seen != record.changed_at.isoformat()


def find(admin, request, record, data):
    """What stands between what was typed and the record as it is now, or None."""
    if not is_stale(record, data):
        return None
    sentence, now = newest_change(record, data, request.user), {"seen": [record.changed_at.isoformat()]}
    state = _loaded(record, data)
    if state is None:
        return Conflict(sentence, None, data | now)
    request = as_opened(request)
    form = _form(admin, request, record)
    theirs, parts = _values(form), _parts(_formsets(admin, request, record))
    taken, both = _merge(data, state["form"], theirs)
    merged = data | now | taken
    changed = [name for name, values in theirs.items() if _digested(values) != state["form"].get(name)]
    for prefix, rows in parts.items():
        before = state["parts"].get(prefix, {})
        if {key: {name: _digested(values) for name, values in row.items()} for key, row in rows.items()} == before:
            continue
        changed.append(prefix)
        merged, clash = _merge_parts(merged, prefix, before, rows)
        both += [prefix] * clash
    new = json.loads(documents.unstamped(record))
    names = Names(named_in_documents(state["document"], new))
    rows = [_row(key, form, state, new, theirs, data if key in both else None, names) for key in changed]
    return Conflict(sentence, rows, merged)


def newest_change(record, data, user):
    """Who changed the record last since the form was opened, and when: a sentence."""
    try:
        since = datetime.datetime.fromisoformat(_first(data, "seen"))
        since = since if timezone.is_aware(since) else since.replace(tzinfo=datetime.UTC)
        since = max(since, record.created_at)
    except ValueError:
        since = record.created_at
    events = [*_saves(record, since), *_decisions(record, since)]
    if not events:
        return "Somebody else changed this record while you were writing."
    moment, who, what = max(events, key=lambda event: event[0])
    name = "You" if who == user else str(who)
    where = ", in another tab or window" if who == user else ""
    return f"{name} {what} at {moment:%H:%M} UTC on {moment:%-d %B}, while you were writing{where}."


def _saves(record, since):
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk), action_time__gte=since
    )
    newest = entries.select_related("user").order_by("-action_time")[:1]
    return [(entry.action_time, entry.user, "changed this record") for entry in newest]


def _decisions(record, since):
    about = Proposal.objects.about(record).select_related("author", "decided_by")
    said = {
        Proposal.State.ACCEPTED: "published a change of this record",
        Proposal.State.RETURNED: "returned this record",
    }
    for proposal in about.filter(decided_at__gte=since, state__in=said).order_by("-decided_at")[:1]:
        yield proposal.decided_at, proposal.decided_by, said[proposal.state]
    for proposal in about.filter(created_at__gte=since, action=Proposal.Action.NEW).order_by("-created_at")[:1]:
        yield proposal.created_at, proposal.author, "submitted this record for review"


# How a record stands, as its form would send it


def _form(admin, request, record):
    return admin.get_form(request, record, change=True)(instance=record)


def _formsets(admin, request, record):
    return admin._create_formsets(request, record, change=True)[0]


def _parts(formsets, whole=False):
    """{"arms": {"7": {"title": ["placebo"], …}}}, by the key of each part; `whole` with what is fixed in them."""
    return {
        formset.prefix: {
            str(form.instance.pk): _values(form, whole) | _belonging(formset, form) for form in formset.initial_forms
        }
        for formset in formsets
    }


def _belonging(formset, form):
    return {"id": [str(form.instance.pk)], formset.fk.name: [str(formset.instance.pk)]}


def _values(form, whole=False):
    """What a browser would send of the fields, were nothing typed."""
    return {
        name: _shown(form, name)
        for name, field in form.fields.items()
        if not ((field.disabled and not whole) or field.widget.is_hidden or name in {"DELETE", "note", "id"})
    }


def _shown(form, name):
    field = form.fields[name]
    widget = getattr(field.widget, "widget", field.widget)  # without the links to add another record
    value = widget.format_value(field.prepare_value(form.get_initial_for_field(field, name)))
    return _told(value if isinstance(value, (list, tuple)) else [value])


def _told(values):
    """Values that mean the same are the same: without empty ones, with line ends of one kind, in one order."""
    return sorted(re.sub(r"\r\n?", "\n", str(value)) for value in values if value not in (None, ""))


def _digested(values):
    text = "\n".join(values)
    return values if len(text) <= SHORT else [hashlib.sha256(text.encode()).hexdigest()]


def _loaded(record, data):
    try:
        state = signing.loads(_first(data, "base"), salt=SALT)
    except signing.BadSignature:
        return None
    return state if state["about"] == [record.kind(), record.pk] else None


def _first(data, name):
    return next(iter(data.get(name, [])), "")


def proposed(admin, request, record, snapshot):
    """The form of the record as a browser would send it, had somebody typed what a snapshot holds."""
    request = as_opened(request)
    now = _parts(_formsets(admin, request, record))
    with actions.rehearsal():
        there = versions.written(snapshot, record)
        data, parts = _values(_form(admin, request, there)), _parts(_formsets(admin, request, there), whole=True)
    for prefix, rows in parts.items():
        kept = [rows.get(key, row | {"DELETE": ["on"]}) for key, row in now[prefix].items()]
        new = [row | {"id": [""]} for key, row in rows.items() if key not in now[prefix]]
        data |= _numbered(prefix, kept, new)
    return data


# Taking over


def _merge(mine, base, theirs):
    """What only they changed, by name; and the names of what both changed."""
    taken, both = {}, []
    for name, values in theirs.items():
        own = _told(mine.get(name, []))
        if _digested(values) == base.get(name) or own == values:
            continue
        if _digested(own) == base.get(name):
            taken[name] = values
        else:
            both.append(name)
    return taken, both


def _merge_parts(data, prefix, base, theirs):
    """The same for parts, whose rows are told apart by their keys: rows came, went or changed. Whether both did."""
    rows, clash = _rows(data, prefix), False
    kept, new = [], []
    for row in rows:
        key = _first(row, "id")
        if not key:
            new.append(row)
        elif key in theirs:
            taken, both = _merge(row, base.get(key, {}), theirs[key])
            clash = clash or bool(both) or (bool(taken) and "DELETE" in row)
            kept.append(row | taken)
        elif "DELETE" not in row and (key not in base or _is_touched(row, base[key])):
            clash = True  # they removed what is being changed here: it comes back as a new row
            new.append({name: values for name, values in row.items() if name != "id"})
    known = {_first(row, "id") for row in rows} | set(base)
    kept += [row for key, row in theirs.items() if key not in known]
    data = {name: values for name, values in data.items() if not name.startswith(f"{prefix}-") or not PART.match(name)}
    return data | _numbered(prefix, kept, new), clash


def _numbered(prefix, kept, new):
    """The rows of parts as a form sends them: those that are stored come first."""
    data = {f"{prefix}-TOTAL_FORMS": [str(len(kept + new))], f"{prefix}-INITIAL_FORMS": [str(len(kept))]}
    for number, row in enumerate(kept + new):
        data |= {f"{prefix}-{number}-{name}": values for name, values in row.items()}
    return data


def _is_touched(row, base):
    return any(_digested(_told(row.get(name, []))) != values for name, values in base.items())


def _rows(data, prefix):
    rows = {}
    for name, values in data.items():
        if (found := PART.match(name)) and found["prefix"] == prefix:
            rows.setdefault(int(found["number"]), {})[found["name"]] = values
    return [rows[number] for number in sorted(rows)]


# Telling


def _row(key, form, state, new, theirs, mine, names):
    """One field as it was, as they saved it, and as it was typed if both changed it."""
    old, shape = state["document"], Shape.of(new)
    label = shape.label(key)
    if old.get(key) != new.get(key):
        sides = field_sides(shape, key, old.get(key), new.get(key), (old, new), names)
    else:  # a document does not say it, or not under this name
        before, after = ("\n".join(values) for values in (state["form"].get(key, []), theirs.get(key, [])))
        label = capfirst(form.fields[key].label) if key in form.fields else label
        sides = map(pieces, text_sides(before[:SHORT], after))
    return dict(zip(("old", "new"), sides, strict=True)) | {
        "field": label,
        "id": f"id_{key}" if key in form.fields else f"{key}-group",
        "is_both": mine is not None,
        "yours": None if mine is None else _yours(key, shape, mine),
    }


def _yours(key, shape, mine):
    """What was typed, in words; parts are many fields, which stand in the form."""
    values = mine.get(key, [])
    if model := shape.record_model(key) or shape.part_model(key):
        keys = [value for value in values if value.isascii() and value.isdigit() and len(value) < 19]
        return "\n".join(str(record) for record in model.objects.filter(pk__in=keys))
    return "\n".join(shape.text(key, value) for value in values)

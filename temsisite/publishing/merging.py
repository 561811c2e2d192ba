"""The three-way merge of snapshots: what only one side changed is taken, and where both did, somebody has to choose.

Pure functions. A snapshot is read as rows by their keys, {(): {"inn": …}, ("trials.arm", 1): {"title": …}}: the record
itself, then its parts by what tells them from their siblings. A value is as Django serializes it: a list of lists
holds the natural keys of several records, in no order.
"""

import json
from dataclasses import dataclass, field

from django.apps import apps

Row = dict[str, object]
Rows = dict[tuple, Row]

MISSING = object()  # a row or a field that one of the snapshots does not have
THEIRS, MINE, BOTH, OTHER = "theirs", "mine", "both", "other"


@dataclass(frozen=True)
class Conflict:
    """What both sides changed, and not to the same: a field, or a whole part if `name` is empty."""

    row: tuple
    name: str
    base: object
    theirs: object
    mine: object

    @property
    def key(self):
        """How a choice names it: “developer”, “title trials.arm 1”, “- trials.arm 3”."""
        return " ".join([self.name or "-", *map(str, self.row)])

    @property
    def has_both(self):
        """Whether both can stand: several links side by side, or a part that both added, under another number."""
        if self.name:
            return is_many(self.theirs) and is_many(self.mine)
        return MISSING not in (self.theirs, self.mine) and isinstance(self.row[-1], int)


@dataclass
class Merge:
    """The rows as far as they are clear, and what is not. Until it is chosen, theirs stands."""

    rows: Rows = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def rows_of(snapshot: str) -> Rows:
    """A snapshot by its rows."""
    record, *parts = json.loads(snapshot)
    rows = {(): record["fields"]}
    for part in parts:
        own_key = apps.get_model(part["model"]).own_key
        rows[part["model"], *(part["fields"][name] for name in own_key)] = part["fields"]
    return rows


def snapshot_of(rows: Rows, model: str) -> str:
    """Rows as a snapshot of a record of this model, such as “drugs.drug”."""
    listed = [{"model": key[0] if key else model, "fields": fields} for key, fields in rows.items()]
    return json.dumps(listed, ensure_ascii=False)


def is_many(value):
    """Whether a value names several records."""
    return isinstance(value, list) and all(isinstance(item, list) for item in value)


def merge(base: Rows, theirs: Rows, mine: Rows) -> Merge:
    """Bring two descendants of one snapshot together."""
    merged = Merge()
    for key in dict.fromkeys([*theirs, *base, *mine]):
        sides = [rows.get(key, MISSING) for rows in (base, theirs, mine)]
        if MISSING in sides:
            _merge_presence(merged, key, *sides)
        else:
            _merge_fields(merged, key, *sides)
    return merged


def resolve(merged: Merge, chosen: dict[str, str], texts: dict[str, str] | None = None) -> Rows:
    """The rows with every conflict decided: by its key THEIRS, MINE, BOTH, or OTHER, which `texts` then holds."""
    rows = {key: dict(fields) for key, fields in merged.rows.items()}
    for conflict in merged.conflicts:
        choice = chosen[conflict.key]
        if conflict.name:
            rows[conflict.row][conflict.name] = _decided(conflict, choice, texts or {})
        elif choice == BOTH:
            rows[conflict.row] = conflict.theirs
            _add_beside(rows, conflict)
        elif (row := conflict.mine if choice == MINE else conflict.theirs) is MISSING:
            rows.pop(conflict.row, None)
        else:
            rows[conflict.row] = row
    return rows


def undecided(merged: Merge, chosen: dict[str, str]) -> list[Conflict]:
    """The conflicts about which nothing that can be was chosen."""
    return [conflict for conflict in merged.conflicts if chosen.get(conflict.key) not in choices(conflict)]


def choices(conflict: Conflict) -> list[str]:
    """What may be chosen: a text can be written anew, several links may stand side by side."""
    is_text = conflict.name and isinstance(conflict.theirs, str) and isinstance(conflict.mine, str)
    return [THEIRS, MINE, *[BOTH] * conflict.has_both, *[OTHER] * bool(is_text)]


def united(base, theirs, mine):
    """Links of which either side may have added and removed some."""
    removed = [item for item in base if item not in theirs or item not in mine] if is_many(base) else []
    together = theirs + [item for item in mine if item not in theirs]
    return [item for item in together if item not in removed]


def _merge_fields(merged, key, base, theirs, mine):
    """A row that all three have. A field that my snapshot does not know yet is as it is now."""
    row = merged.rows[key] = dict(theirs)
    for name, now in theirs.items():
        before, wanted = base.get(name, MISSING), mine.get(name, MISSING)
        if wanted is MISSING or _same(wanted, now) or _same(wanted, before):
            continue
        row[name] = wanted if _same(now, before) else now
        if not _same(now, before):
            merged.conflicts.append(Conflict(key, name, before, now, wanted))


def _merge_presence(merged, key, base, theirs, mine):
    """A part that came or went on some side."""
    if theirs is not MISSING:
        merged.rows[key] = theirs
    if _same_row(theirs, mine) or _same_row(mine, base):
        return
    if _same_row(theirs, base):
        merged.rows.pop(key, None)
        if mine is not MISSING:
            merged.rows[key] = mine
    else:
        merged.conflicts.append(Conflict(key, "", base, theirs, mine))


def _decided(conflict, choice, texts):
    if choice == BOTH:
        return united(conflict.base, conflict.theirs, conflict.mine)
    if choice == OTHER:
        return texts.get(conflict.key, "")
    return conflict.mine if choice == MINE else conflict.theirs


def _add_beside(rows, conflict):
    """Give my new part the next number, as another has its own."""
    *kind, number = conflict.row
    while (*kind, number) in rows:
        number += 1
    own_key = apps.get_model(conflict.row[0]).own_key
    rows[*kind, number] = conflict.mine | {own_key[-1]: number}


def _same(one, other):
    if is_many(one) and is_many(other):
        return sorted(map(json.dumps, one)) == sorted(map(json.dumps, other))
    return one == other


def _same_row(one, other):
    if MISSING in (one, other):
        return one is other
    return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)

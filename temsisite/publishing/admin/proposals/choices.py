"""What both sides of a merge changed, as a form in which the author chooses."""

from collections import defaultdict

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from temsisite.publishing.admin.forms import LONGEST_TEXT
from temsisite.publishing.comparing import piece, pieces, reference_sides
from temsisite.publishing.differences import text_sides
from temsisite.publishing.merging import BOTH, MINE, MISSING, OTHER, THEIRS, choices, united
from temsisite.publishing.naming import Names, named_by_field
from temsisite.publishing.shape import ABSENT

COMPARED = 100_000  # characters; comparing the words of longer texts would take seconds

LABELS = {
    THEIRS: "As it is now",
    MINE: "As you proposed it",
    BOTH: "Both together",
    OTHER: "In other words, which you write here",
}


def conflict_rows(conflicts, model, sent, problems):
    """What the page asks about each conflict; `sent` is what was chosen before, `problems` what was wrong with it."""
    names = Names(_named(conflicts, model))
    return [_row(conflict, _owner(conflict, model), names, sent, problems) for conflict in conflicts]


def _row(conflict, owner, names, sent, problems):
    theirs, mine = _sides(owner, conflict.name, conflict.theirs, conflict.mine, names)
    shown = {THEIRS: theirs, MINE: mine, BOTH: _both(conflict, owner, names)}
    chosen = sent.get(f"choose {conflict.key}")
    offered = [choice for choice in choices(conflict) if choice != OTHER or _is_written(conflict, owner)]
    return {
        "key": conflict.key,
        "label": _label(conflict, owner),
        "before": _alone(owner, conflict.name, conflict.base, names),
        "options": [
            {"value": choice, "label": LABELS[choice], "side": shown.get(choice), "is_chosen": choice == chosen}
            for choice in offered
        ],
        "text": sent.get(f"text {conflict.key}", conflict.mine) if OTHER in offered else "",
        "is_line": OTHER in offered and not isinstance(owner._meta.get_field(conflict.name), models.TextField),
        "problems": problems.get(conflict.key, []),
    }


def _is_written(conflict, owner):
    """Whether people write such a value, and not too long a one, rather than choose it."""
    field = owner._meta.get_field(conflict.name)
    longest = max(len(conflict.theirs), len(conflict.mine))
    return isinstance(field, models.CharField | models.TextField) and not field.flatchoices and longest <= LONGEST_TEXT


def _label(conflict, owner):
    if not conflict.row:
        return _field_label(owner, conflict.name)
    own_key = zip(owner.own_key, conflict.row[1:], strict=True)
    part = capfirst(" ".join([owner._meta.verbose_name, *(_text(owner, name, value) for name, value in own_key)]))
    return f"{part}: {_field_label(owner, conflict.name)}" if conflict.name else part


def _sides(owner, name, theirs, mine, names):
    """Both values as `_diff_side.html` shows them, the words in which they differ marked."""
    if not name:
        return [_whole(owner, theirs, names), _whole(owner, mine, names)]
    theirs, mine = (None if value is MISSING else value for value in (theirs, mine))
    named = named_by_field(owner, name, theirs), named_by_field(owner, name, mine)
    if any(named):
        return map(_marked, reference_sides(*named, names))
    texts = _text(owner, name, theirs), _text(owner, name, mine)
    return map(_marked, map(pieces, texts if max(map(len, texts)) > COMPARED else text_sides(*texts)))


def _alone(owner, name, value, names):
    """A value as `_diff_side.html` shows it, with nothing to compare it with."""
    return next(iter(_sides(owner, name, value, MISSING, names)))


def _marked(side):
    """What the other side does not have is marked and not struck out: either may be chosen."""
    return [piece | {"op": "same" if piece["op"] == "same" else "mark"} for piece in side]


def _both(conflict, owner, names):
    """The links side by side; of two parts that bear one number, that mine gets another."""
    if not conflict.has_both:
        return []
    if conflict.name:
        together = united(conflict.base, conflict.theirs, conflict.mine)
        return _alone(owner, conflict.name, together, names)
    return [piece("The one you proposed gets the next free number.")]


def _whole(owner, row, names):
    """All that a part says, a field a line; nothing of one that was removed."""
    side = []
    for name, value in {} if row is MISSING else row.items():
        if name == owner.whole or value in ABSENT:
            continue
        said = _alone(owner, name, value, names)
        side += [piece("\n" * bool(side) + f"{_field_label(owner, name)}: "), *said]
    return side


def _named(conflicts, model):
    keys = defaultdict(set)
    for conflict in conflicts:
        owner = _owner(conflict, model)
        for value in (conflict.base, conflict.theirs, conflict.mine):
            fields = {conflict.name: value} if conflict.name else value
            for name, inner in {} if MISSING in (value, fields) else fields.items():
                for related, key in named_by_field(owner, name, inner):
                    keys[related].add(key)
    return keys


def _owner(conflict, model):
    return apps.get_model(conflict.row[0]) if conflict.row else model


def _field_label(owner, name):
    label = owner._meta.get_field(name).verbose_name
    return label if len(label) == 1 else capfirst(label)


def _text(owner, name, value):
    return "" if value in ABSENT else str(dict(owner._meta.get_field(name).flatchoices).get(value, value))

"""The difference of two documents as editors read it: each part by its own fields, references by name and linked.

A side is a list of pieces, each {"op": "same", "del" or "ins", "text", "url", "warning"}; joined they give the text.
Nothing here asks the database: `Names` has asked for all documents at once.
"""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from temsisite.publishing.differences import line_sides, text_sides
from temsisite.publishing.kinds import kinds
from temsisite.publishing.naming import is_parts, references
from temsisite.publishing.shape import ABSENT, ENVELOPE, Shape


def compared(old: dict | None, new: dict | None, names) -> list[dict]:
    """The fields and parts in which two documents differ: [{"field": "Arm 1: Title", "part": "", "old", "new"}].

    `part` says of a part that it was added or removed; None stands for no document at all.
    """
    documents = old or {}, new or {}
    shape = Shape.of(new or old or {})
    rows = []
    for key in shape.keys(*documents):
        before, after = (document.get(key) for document in documents)
        if key in ENVELOPE or before == after or (before in ABSENT and after in ABSENT):
            continue
        if is_parts(before or after):
            rows += _part_rows(shape, key, before or [], after or [], documents, names)
        else:
            rows.append(difference(shape.label(key), field_sides(shape, key, before, after, documents, names)))
    return rows


def told_together(old: dict | None, new: dict | None) -> list[dict]:
    """What fields say together, as rows like the others, where one of them changed and alone tells too little."""
    model = kinds().get((new or {}).get("kind"))
    if not (old and model):
        return []
    rows = []
    for name, fields in model.TOLD_TOGETHER.items():
        before, after = (_in_words(model, name, fields, document) for document in (old, new))
        if before != after and None not in (before, after):
            rows.append(difference(f"The {name}", text_pieces(before, after), "put together from its fields"))
    return rows


def _in_words(model, name, fields, document):
    """What the property of this name says of a document; None if it holds what today's code does not know."""
    known = [model._meta.get_field(field) for field in fields if document.get(field) not in ABSENT]
    try:
        return getattr(model(**{field.name: field.to_python(document[field.name]) for field in known}), name)
    except (ValueError, ValidationError):
        return None


def fields_of(rows):
    """What the rows are about, each once and in their order: ["Developer", "Arm 1: Title"]."""
    return list(dict.fromkeys(row["field"] for row in rows))


def piece(text, op="same", url="", warning=""):
    return {"op": op, "text": text, "url": url, "warning": warning}


def difference(field, sides, part=""):
    """What a page shows of one difference, out of what stood there before and what stands there now."""
    old, new = sides
    return {"field": field, "part": part, "old": old, "new": new}


def pieces(side):
    """A side of `text_sides` or `line_sides` as pieces."""
    if not side:
        return []
    return [piece(side)] if isinstance(side, str) else [piece(text, op) for op, text in side]


def text_pieces(before, after):
    """Both texts as sides, with the words marked that differ."""
    return [pieces(side) for side in text_sides(before, after)]


def reference_sides(before, after, names):
    """What two lists of references name, a line each; marked is what stands only on one side."""
    return _named(before, after, "del", names), _named(after, before, "ins", names)


def field_sides(shape, key, before, after, documents, names):
    """Both values of one field, the first as the first document has it; references by name."""
    named = [
        references(shape, key, value, document) for value, document in zip((before, after), documents, strict=True)
    ]
    if any(named):
        return reference_sides(*named, names)
    compare = line_sides if isinstance(before or after, list) else text_sides
    return map(pieces, compare(shape.text(key, before), shape.text(key, after)))


def _named(these, others, op, names):
    side = []
    for model, key in these:
        told = names.title(model, key), names.url(model, key), getattr(names.get(model, key), "warning", "")
        title, url, warning = told
        marked = op if others and (model, key) not in others else "same"
        side += [piece("\n")] * bool(side) + [piece(title, marked, url, warning)]
    return side


def _part_rows(shape, key, before, after, documents, names):
    part = shape.part(key)
    old, new = _by_own_key(part, before), _by_own_key(part, after)
    rows = []
    for own in [*old, *(own for own in new if own not in old)]:
        was, becomes = old.get(own), new.get(own)
        label = _called(part, own, shape.label(key))
        if was and becomes:
            names_of_fields = [name for name in part.keys(was, becomes) if name != "url"]
            rows += [
                difference(
                    f"{label}: {part.label(name)}",
                    field_sides(part, name, was.get(name), becomes.get(name), documents, names),
                )
                for name in names_of_fields
                if was.get(name) != becomes.get(name)
            ]
        else:
            whole = [
                _whole(part, row, document, names) for row, document in zip((was, becomes), documents, strict=True)
            ]
            rows.append(difference(label, whole, "added" if becomes else "removed"))
    return rows


def _by_own_key(part, rows):
    """Parts by what tells them from their siblings; of a kind that is no longer known, by all they say."""
    if part.model is None:
        return {str(row): row for row in rows}
    return {tuple(row.get(name) for name in part.model.own_key): row for row in rows}


def _called(part, own, plural):
    if part.model is None:
        return plural
    own_key = [part.text(name, value) for name, value in zip(part.model.own_key, own, strict=True)]
    return capfirst(" ".join([part.model._meta.verbose_name, *own_key]))


def _whole(part, row, document, names):
    """All that a part says, a field a line."""
    side = []
    for name in part.keys(row or {}):
        if name == "url" or row[name] in ABSENT:
            continue
        said = field_sides(part, name, None, row[name], ({}, document), names)
        side += [piece("\n" * bool(side) + f"{part.label(name)}: "), *list(said)[1]]
    return side

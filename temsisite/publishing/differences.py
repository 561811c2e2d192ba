"""The difference of two documents, field by field and, within a text, word by word. Nothing here asks the database."""

import re
from difflib import SequenceMatcher

from temsisite.publishing.shape import ABSENT, ENVELOPE, Shape

ALIKE = 0.35  # below this share of common words two texts read better as one struck out and one put in its place

Segments = list[tuple[str, str]]  # [("same", "It was stopped "), ("del", "early.")]


def document_rows(old: dict | None, new: dict | None) -> list[dict]:
    """The fields in which two documents differ: [{"field": "Title", "old": …, "new": …}].

    `old` and `new` are text, or segments where both have some; None stands for no document at all, as before the
    first version and after a withdrawal.
    """
    old, new = old or {}, new or {}
    shape = Shape.of(new or old)
    rows = []
    for key in shape.keys(old, new):
        before, after = old.get(key), new.get(key)
        if key in ENVELOPE or before == after or (before in ABSENT and after in ABSENT):
            continue
        compare = line_sides if isinstance(before or after, list) else text_sides
        sides = compare(shape.text(key, before), shape.text(key, after))
        rows.append({"field": shape.label(key)} | dict(zip(("old", "new"), sides, strict=True)))
    return rows


def text_sides(old: str, new: str) -> tuple[str | Segments, str | Segments]:
    """Both texts with their changed words marked; plain where there is nothing to compare with."""
    if not old or not new:
        return old, new
    old_words, new_words = _words(old), _words(new)
    matcher = SequenceMatcher(None, [word.strip() for word in old_words], [word.strip() for word in new_words])
    if matcher.ratio() < ALIKE:
        return [("del", old)], [("ins", new)]
    before, after = [], []
    for operation, i, j, k, m in matcher.get_opcodes():
        _append(before, "same" if operation == "equal" else "del", "".join(old_words[i:j]))
        _append(after, "same" if operation == "equal" else "ins", "".join(new_words[k:m]))
    return before, after


def line_sides(old: str, new: str) -> tuple[str | Segments, str | Segments]:
    """Both lists, an item a line, with the items marked that came, went, or changed."""
    if not old or not new:
        return old, new
    old_lines, new_lines = ([f"{line}\n" for line in text.split("\n")] for text in (old, new))
    before, after = [], []
    for operation, i, j, k, m in SequenceMatcher(None, old_lines, new_lines).get_opcodes():
        removed, added = "".join(old_lines[i:j]), "".join(new_lines[k:m])
        if operation == "replace":
            removed_words, added_words = text_sides(removed, added)
            before += removed_words
            after += added_words
        else:
            _append(before, "same" if operation == "equal" else "del", removed)
            _append(after, "same" if operation == "equal" else "ins", added)
    return before, after


def _words(text):
    """The words of a text, each with the space that follows it, so that joined they give the text again."""
    return re.findall(r"\s*\S+\s*", text)


def _append(segments, operation, text):
    if text:
        segments.append((operation, text))

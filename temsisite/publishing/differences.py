"""The difference of two texts, word by word or line by line."""

import re
from difflib import SequenceMatcher

ALIKE = 0.35  # below this share of common words two texts read better as one struck out and one put in its place

Segments = list[tuple[str, str]]  # [("same", "It was stopped "), ("del", "early.")]


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

"""Quotations, held against the stored text of their source: word for word, blind only to white space."""

import re
from bisect import bisect_right
from functools import lru_cache

REACH = 600  # so many characters around a quotation are searched for the ends of sentences
SHOWN = 400  # of its own sentence on either side, which may be a table without a full stop
SHOWN_ASIDE = 120  # of the sentences before and after
GOES_ON = 60  # characters told of how the text goes on
END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])")
ABBREVIATED = re.compile(
    r"(?:^|[\s(\[])(?:[A-Za-z]|al|vs|e\.g|i\.e|cf|ca|approx|resp|figs?|refs?|tab|eq|no|nos|dr|prof|st|inc|ltd|co)\.$",
    re.IGNORECASE,
)
# What differs only in print: read as the same to say so, never to accept it.
LOOK_ALIKE = str.maketrans("‘’‚“”„«»‐‑‒–—−", '\'\'\'"""""------')


def folded(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


_folded_source = lru_cache(maxsize=4)(folded)  # a source is long, and many claims quote it


def occurs(quotation: str, text: str) -> bool:
    """Whether the words stand in the text, wherever its lines break."""
    return folded(quotation) in _folded_source(text)


def in_its_sentence(quotation: str, text: str) -> dict | None:
    """The sentence of the text in which the words first stand, in pieces, with clipped neighbors; None if nowhere.

    {"lead": the end of the sentence before, "start", "words", "end": the sentence, "next": how it goes on, "times"}
    """
    words, text = folded(quotation), _folded_source(text)
    at = text.find(words) if words else -1
    if at < 0:
        return None
    begins, ends = _sentence_around(text, at, at + len(words))
    return {
        "lead": _clipped_before(text[max(0, begins - REACH) : begins].rstrip()),
        "start": _clipped_before(text[begins:at], longest=SHOWN),
        "words": words,
        "end": _clipped_after(text[at + len(words) : ends], longest=SHOWN),
        "next": _clipped_after(text[ends : ends + REACH].lstrip()),
        "times": text.count(words),
    }


def shown(quotation: str, source) -> dict:
    """What editors are shown of a quotation: its sentence, or why there is none."""
    text = source.text if source and quotation else ""
    place = in_its_sentence(quotation, text) if text else None
    refused = complaint(quotation, text) if text and not place else ""
    return {"quotation": quotation, "source": source, "place": place, "complaint": refused}


def complaint(quotation: str, text: str) -> str:
    """Why a quotation is refused, with what of it does stand in the text."""
    refused = "These words do not occur in the text of the source."
    words, source = folded(quotation).split(" "), _folded_source(text)
    if printed := _alike(" ".join(words), source):
        return f"{refused} It has “{printed}”, with other capitals, dashes or quotation marks: quote it as it stands."
    count, end = _matching(words, source)
    if not count:
        return f"{refused} Not even the first of them does: “{words[0]}”."
    known, others = " ".join(words[:count]), " ".join(words[count:])
    after = _clipped_after(source[end:].lstrip(), longest=GOES_ON)
    goes_on = f"but goes on with “{after}”, not with “{others}”" if after else f"but ends there, without “{others}”"
    return f"{refused} It has “{known}”, {goes_on}."


def _matching(words, source):
    """How many of the words, from the first on, stand together in the source as whole words, and where they end."""
    count = bisect_right(range(1, len(words)), False, key=lambda count: " ".join(words[:count]) not in source)
    for fewer in range(count, 0, -1):  # the last of them may be only the beginning of a longer word
        if found := re.search(rf"{re.escape(' '.join(words[:fewer]))}(?!\w)", source):
            return fewer, found.end()
    return 0, 0


def _alike(words, source):
    """The words as the source prints them, if they differ only in what LOOK_ALIKE and lower case make the same."""
    plain, plain_source = (text.translate(LOOK_ALIKE).lower() for text in (words, source))
    at = plain_source.find(plain)
    same_length = len(plain_source) == len(source) and len(plain) == len(words)
    return source[at : at + len(words)] if at >= 0 and same_length else ""


def _sentence_around(text, start, end):
    """Where the sentence begins that holds the start, and where the one ends that holds the end."""
    first = max(0, start - REACH)
    begins = [found for found in _ends(text, first, start + 1) if found <= start]
    finishes = [found for found in _ends(text, max(start, end - 1), end + REACH) if found >= end]
    return begins[-1] if begins else first, finishes[0] if finishes else min(len(text), end + REACH)


def _ends(text, first, last):
    """Where sentences end between two places: each the beginning of the next."""
    window = text[first : last + 1]
    for found in END.finditer(window):
        if not ABBREVIATED.search(window[: found.start() + 1][-12:]):
            yield first + found.end()


def _clipped_before(text, longest=SHOWN_ASIDE):
    """The end of a text, from a word on."""
    return text if len(text) <= longest else f"… {text[-longest:].partition(' ')[2]}"


def _clipped_after(text, longest=SHOWN_ASIDE):
    """The beginning of a text, up to a word."""
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0]} …"

"""What a reader asks for: words, all of which must occur, each in one of the ways in which it may be written."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from temsisite.publishing.search.words import COMPOUND, atoms, compact, folds, joined

LONGEST, MOST_WORDS = 200, 20
# Readers say side effect, trials say adverse event: unless quoted, each is found by the other's words.
HARMS = ("side effect", "side effects", "adverse event", "adverse events")
QUOTED_OR_WORD = re.compile(rf'["“„]([^"“”„]+)["“”]|((?:{"|".join(HARMS)})\b|[^\s"“”„]+)', re.IGNORECASE)
# Words that stand in nearly every sentence: to ask for them is to ask for everything.
PASSED_OVER = frozenset(
    "a an and are as at by for from in is of on or that the to was were with".split()  # noqa: SIM905
)
SHORTEST_BEGINNING = 3  # a last word of fewer letters must stand there whole


@dataclass(frozen=True)
class Phrase:
    """Words that must follow each other; the last may be only a beginning."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Question:
    """`text` as it was typed; `terms` has the ways of writing it for each word that must occur."""

    text: str
    terms: list[list[Phrase]] = field(compare=False)
    is_cut: bool = False  # whether it was longer than what is looked for
    words: tuple[str, ...] = field(default=(), compare=False)  # each of them as it was typed

    @classmethod
    def of(cls, text):
        asked = text.replace("\x00", " ").strip()
        text = " ".join(asked[:LONGEST].split())
        found = [(quoted or word, bool(quoted)) for quoted, word in QUOTED_OR_WORD.findall(text)]
        words = [(chunk, is_quoted) for chunk, is_quoted in found if _is_asked(chunk)]
        kept = words[:MOST_WORDS]
        is_cut = len(asked) > LONGEST or len(words) > MOST_WORDS
        terms = [_ways(kept, place) for place in range(len(kept))]
        return cls(text, terms, is_cut, tuple(f'"{chunk}"' if is_quoted else chunk for chunk, is_quoted in kept))

    def __bool__(self):
        return bool(self.terms or self.name)

    def without_beginnings(self):
        """The same question with a last word that must stand there whole."""
        return replace(self, terms=[[replace(phrase, is_open=False) for phrase in term] for term in self.terms])

    @property
    def name(self):
        """All of it as one word, for a record that has this very name."""
        return compact(self.text)

    @cached_property
    def _marks(self):
        phrases = [phrase for term in self.terms for phrase in term]
        whole = frozenset(word for phrase in phrases for word in phrase.words)
        return whole, tuple(phrase.words[-1] for phrase in phrases if phrase.is_open)

    def marked(self, text):
        """A text in pieces, those asked for apart: [(False, "Temsirolimus ("), (True, "Torisel"), (False, ")")]."""
        pieces, end = [], 0
        for start, stop in self._places(text):
            pieces += [(False, text[end:start]), (True, text[start:stop])]
            end = stop
        return [(found, piece) for found, piece in [*pieces, (False, text[end:])] if piece]

    def first(self, text):
        """Where the first word asked for begins in a text, or None."""
        return next((start for start, _ in self._places(text)), None)

    def held(self, text):
        """How many different words asked for stand in a text."""
        words = set(COMPOUND.findall(text))
        return len({word[start:stop].casefold() for word in words for start, stop in self._places_within(word)})

    def _places(self, text):
        for compound in COMPOUND.finditer(text):
            if places := self._places_within(compound.group()):
                yield from ((compound.start() + start, compound.start() + stop) for start, stop in places)

    def _places_within(self, compound):
        """The places in a word or a hyphenated name. They are kept, for the same words come again and again."""
        if compound not in self._known:
            whole, parts = folds(compound)
            own = [(0, len(compound))] if self._asks_for(whole) else []
            self._known[compound] = own or [place for place, words in parts if self._asks_for(words)]
        return self._known[compound]

    @cached_property
    def _known(self):
        return {}

    def _asks_for(self, words):
        whole, beginnings = self._marks
        return any(word in whole or (beginnings and word.startswith(beginnings)) for word in words)


def _is_asked(chunk):
    words = atoms(chunk)
    return bool(words) and not (len(words) == 1 and words[0] in PASSED_OVER)


def _ways(chunks, place):
    """The ways to write one word: as it stands, joined, apart before its number, and as one with a neighbor."""
    chunk, is_quoted = chunks[place]
    if not is_quoted and " ".join(atoms(chunk)) in HARMS:
        return [Phrase(tuple(harm.split())) for harm in HARMS]
    last = len(chunks) - 1
    ways = [(tuple(atoms(chunk)), place == last and not is_quoted)]
    if not is_quoted:
        if COMPOUND.fullmatch(chunk):
            ways += [((word,), place == last) for word in joined(chunk)]
        if code := re.fullmatch(r"([^\W\d_]{2,})(\d+)", compact(chunk)):
            ways.append((code.groups(), place == last))
        if place > 0:
            ways += [((word,), place == last) for word in _as_one(chunks[place - 1 : place + 1])]
        ways += [((word,), place + 1 == last) for word in _as_one(chunks[place : place + 2])]
    return list(dict.fromkeys(Phrase(words, is_open and _is_beginning(words[-1])) for words, is_open in ways))


def _as_one(chunks):
    """CCI 779 may be written CCI-779; only names with a number are."""
    name = "-".join(chunk for chunk, is_quoted in chunks if not is_quoted)
    return joined(name) if re.search(r"-.*\d|\d.*-", name) and COMPOUND.fullmatch(name) else []


def _is_beginning(word):
    return len(word) >= SHORTEST_BEGINNING and not word.isdigit()

"""Where no record has every word that is asked for: what has the most telling of them."""

import re
from typing import NamedTuple

from temsisite.publishing.search import matches
from temsisite.publishing.search.questions import Question
from temsisite.publishing.search.words import atoms

# Words that ask and say nothing of what is asked for: “what are the side effects” is about side effects.
ASKING = frozenset(
    atoms(
        "about all am any been being but can could did do does doesn don had has have he her his how i if isn it its "
        "me much my no not or our please she should so some t tell than their them then there these they this those "
        "us was we what when where which who whom whose why will would you your"
    )
)
TELLING = 1001  # words that stand in more rows than this are equally common


class Nearest(NamedTuple):
    """Fewer words than were asked for, all of which stand in some record, and those that stand in none."""

    question: Question
    unknown: list[str]


def nearest(question):
    """The question without words that ask; else as many of its words as stand together, the most telling first.

    The name of a record tells most, then the rarest word. Nothing if no record has any of them.
    """
    told = [*dict.fromkeys(_bare(word) for word in question.words if not ASKING.issuperset(atoms(word)))]
    if not told:
        return None
    last = _bare(question.words[-1])
    if _occur([_of(told, last)], 1) == [1]:
        return Nearest(_of(told, last), [])
    alone = [_of([word], last) for word in told]
    often = dict(zip(told, _occur(alone, TELLING), strict=True))
    named = dict(zip(told, _occur(alone, 1, only="name"), strict=True))
    kept = []
    for word in sorted(filter(often.get, told), key=lambda word: (not named[word], often[word])):
        more = [other for other in told if other in {*kept, word}]
        if _occur([_of(more, last)], 1) == [1]:
            kept = more
    return Nearest(_of(kept, last), [word for word in told if not often[word]]) if kept else None


def _of(words, last):
    """The question of these words. Only the word that was typed last may be the beginning of one."""
    question = Question.of(" ".join(words))
    return question if words[-1] == last else question.without_beginnings()


def _occur(questions, limit, only=""):
    """How many records each question finds, at most `limit`; all in one question to the database."""
    return matches.counts([matches.expression(question, only=only) for question in questions], limit)


def _bare(word):
    """A word without the marks around it: “cancer?” is cancer; quoted words stay so."""
    return word if word.startswith('"') else re.sub(r"^\W+|\W+$", "", word)

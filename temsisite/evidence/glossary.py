"""The glossary in the order of its page; where a text uses a word of it, and which word a reader asks for."""

import re
from functools import cache, lru_cache
from html import escape
from itertools import dropwhile, groupby
from operator import itemgetter

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from temsisite.evidence.models import Verdict
from temsisite.evidence.presenters import MEANINGS
from temsisite.evidence.terms import DRUGS, EVIDENCE, NUMBERS, OURS, RESULTS, TRIALS, Term
from temsisite.publishing.search.answers import Answer
from temsisite.publishing.search.nearest import ASKING
from temsisite.publishing.search.questions import PASSED_OVER
from temsisite.publishing.search.words import atoms

# Verdicts are everyday words too, so a text is never searched for them; badges lead to them.
VERDICTS = [Term(verdict.label, MEANINGS[verdict], OURS) for verdict in Verdict]

SECTIONS = {
    "Claims and verdicts": [*EVIDENCE, *VERDICTS],
    "Trials": TRIALS,
    "What is measured": RESULTS,
    "How it is counted": NUMBERS,
    "Drugs and targets": DRUGS,
}

MEANING = {"mean", "means", "meaning", "define", "definition"}
ASKED_BY = ASKING | PASSED_OVER | MEANING  # what may stand before a term: “what is a”

_SOUGHT = {word: term for term in [*EVIDENCE, *TRIALS, *RESULTS, *NUMBERS, *DRUGS] for word in term.spellings}


def _any_of(words):
    """A pattern for any of the words, the longest that fits; by first letters, for most are told apart by these."""
    by_letter = groupby(sorted(words, key=lambda word: (word[0], -len(word))), key=itemgetter(0))
    rests = {letter: "|".join(re.escape(word[1:]) for word in same) for letter, same in by_letter}
    return "|".join(f"{re.escape(letter)}(?:{rest})" for letter, rest in rests.items())


_PATTERN = re.compile(rf"(?<![\w-])(?:{_any_of(_SOUGHT)})(?![\w-])")


def link_terms(text, seen):
    """Plain text as HTML, with a link at the first use of each term that is not in `seen`, which is kept up."""
    places, escaped = _places(text)
    if not places:
        return escaped
    pieces, end = [], 0
    for place, words in places:
        term = _SOUGHT[words]
        if term.slug in seen:
            continue
        seen.add(term.slug)
        pieces += [escape(text[end:place]), _link(words)]
        end = place + len(words)
    return mark_safe("".join([*pieces, escape(text[end:])]))


@lru_cache(maxsize=1000)
def _places(text):
    """Where a text has which terms, and the text as HTML. Kept, for all pages of a kind have the same labels."""
    return [(match.start(), match[0]) for match in _PATTERN.finditer(text)], mark_safe(escape(text))


@cache
def _link(words):
    return format_html('<a class="term" href="{}">{}</a>', _SOUGHT[words].url, words)


def definition(question):
    """What a word means, for a reader who asks for nothing else: “hazard ratio”, “what does PFS mean?”."""
    term = _asked_for().get(_key(question.text))
    if term is None:
        return None
    return Answer(f"{term.title} ({term.short})" if term.short else term.title, term.url, term.definition)


@cache
def _asked_for():
    """The terms by how they may be asked for. Verdicts count here: to ask for one alone is to ask what it means."""
    terms = [term for terms in SECTIONS.values() for term in terms]
    return {_key(spelling): term for term in terms for spelling in term.spellings}


def _key(text):
    """The words of a text, folded, without those around them that only ask."""
    words = dropwhile(ASKED_BY.__contains__, atoms(text))
    return tuple(word for word in words if word not in MEANING)

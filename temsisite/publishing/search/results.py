"""What was found: how many of each kind, and the best of them first."""

from functools import cache, cached_property

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import SearchDocument
from temsisite.publishing.search import matches
from temsisite.publishing.search.nearest import nearest
from temsisite.publishing.search.questions import Question
from temsisite.publishing.search.rows import is_thing

COUNTED = 1001  # counting stops here; what is listed stops one before
RANKED = 2000  # no more are ranked, the newest; of a kind that is listed alone, as many as are counted
EXACT, IN_NAMES, ANYWHERE = range(3)


def matching(text):
    """The public records that hold every word of `text`, as rows of the index."""
    question = Question.of(text)
    return matches.rows(matches.expression(question)) if question else SearchDocument.objects.none()


class Found:
    """The answer to one question, narrowed to a kind or a verdict if these are given.

    However much there is, it asks the database six times: three times for the counts, for the candidates, for their
    scores, and for the rows that are shown. `instead` asks a few times more, at most once per word.
    """

    def __init__(self, question, *, kind="", verdict=""):
        self.question, self.kind, self.verdict = question, kind, verdict

    @cached_property
    def by_kind(self):
        """How many there are of each kind that has any, things first; 1,001 is more than a thousand."""
        return self._counts({kind: {"kind": kind} for kind in in_order()})

    @cached_property
    def by_verdict(self):
        return self._counts({verdict: {"kind": self.kind, "verdict": verdict} for verdict, _ in verdicts()})

    def _counts(self, narrowings):
        """How many there are by each of these ways to narrow, without those by which there are none."""
        asked = {name: self._narrowed(**narrowed) for name, narrowed in narrowings.items()} if self.question else {}
        counted = zip(asked, matches.counts([*asked.values()], COUNTED), strict=True)
        return {name: number for name, number in counted if number}

    @cached_property
    def is_too_narrow(self):
        """Whether only records of another kind or with another verdict have every word."""
        if self.count:
            return False
        return bool(Found(self.question).by_kind if self.verdict else self.by_kind)

    def instead(self):
        """Where no record has every word: what has fewer of them, narrowed alike, and the words that none has."""
        fewer = None if self.by_kind or self.is_too_narrow else nearest(self.question)
        return (Found(fewer.question, kind=self.kind, verdict=self.verdict), fewer.unknown) if fewer else (None, [])

    @property
    def count(self):
        """How many there are in all, after narrowing; at most a thousand and one."""
        shown = [self.by_kind.get(self.kind, 0)] if self.kind else self.by_kind.values()
        return min(sum(shown), COUNTED)

    @cached_property
    def best(self):
        """The keys of the rows found by kind, best first; the kind that has a record of this very name leads."""
        shown = [kind for kind in self.by_kind if kind == (self.kind or kind)]
        tiers = [("name", EXACT), ("names", IN_NAMES), ("", ANYWHERE)]
        asked = [
            (kind, tier, self._narrowed(kind=kind, only=only))
            for kind in shown
            for only, tier in tiers
            if (self.question.name if tier == EXACT else self.question.terms)
        ]
        each = max(RANKED // max(len(asked), 1), COUNTED - 1 if len(shown) == 1 else 0)
        found = [[] for _ in asked]
        for place, row in matches.newest([expression for _, _, expression in asked], each):
            found[place].append(row)
        tiers_of = {kind: {} for kind in shown}
        for (kind, tier, _), rows in zip(reversed(asked), reversed(found), strict=True):  # the best tier comes last
            tiers_of[kind] |= dict.fromkeys(rows, tier)
        scores = matches.scores(self._narrowed(kind=self.kind), RANKED) if shown else {}
        leading = sorted(shown, key=lambda kind: EXACT not in tiers_of[kind].values())
        return {kind: _best_first(tiers_of[kind], scores)[: COUNTED - 1] for kind in leading}

    @cached_property
    def _question(self):
        return completed(self.question)

    @cached_property
    def _words(self):
        """What is asked for everywhere, in names, and as a name; it is narrowed in many ways."""
        return {only: matches.words(self._question, only) for only in ("", "names", "name")}

    def _narrowed(self, kind="", verdict=None, only=""):
        return matches.narrowed(self._words[only], kind, self.verdict if verdict is None else verdict)


def completed(question):
    """The question; its last word is completed only while it is not itself found a thousand times.

    To complete a word takes long where many rows hold it.
    """
    whole = question.without_beginnings()
    often = whole.terms and matches.counts([matches.expression(whole)], COUNTED) == [COUNTED]
    return whole if often else question


def _best_first(tiers, scores):
    """Rows by tier, then by score, then the newest; what has no score is older than all that have."""
    return [-row for _, _, row in sorted((tier, scores.get(row, 0), -row) for row, tier in tiers.items())]


@cache
def in_order():
    """The kinds as results list them: things, then claims about them, then what is neither: sources."""
    claims = {kind for kind, model in kinds().items() if _verdict_field(model)}
    return sorted(kinds(), key=lambda kind: 0 if is_thing(kind) else 1 if kind in claims else 2)


@cache
def verdicts():
    """The verdicts that claims may have, as one chooses by them: pairs of value and label."""
    return next((model.VERDICTS for model in kinds().values() if _verdict_field(model)), [])


def _verdict_field(model):
    return next((field for field in model._meta.fields if field.name == "verdict"), None)

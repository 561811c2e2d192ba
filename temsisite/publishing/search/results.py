"""What was found: how many of each kind, and the best of them first."""

from functools import cached_property

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import SearchDocument
from temsisite.publishing.search import matches
from temsisite.publishing.search.questions import Question
from temsisite.publishing.search.rows import is_thing

COUNTED = 1001  # counting stops here; what is listed stops one before
RANKED = 2000  # no more are ranked, the newest
EXACT, IN_NAMES, ANYWHERE = range(3)


def matching(text):
    """The public records that hold every word of `text`, as rows of the index."""
    question = Question.of(text)
    return matches.rows(matches.expression(question)) if question else SearchDocument.objects.none()


class Found:
    """The answer to one question, narrowed to a kind or a verdict if these are given.

    It asks the database once for the counts, once for the candidates and once for the rows that are shown.
    """

    def __init__(self, question, *, kind="", verdict=""):
        self.question, self.kind, self.verdict = question, kind, verdict

    @cached_property
    def _counts(self):
        of_kinds = [(kind, {"kind": kind, "verdict": self.verdict}) for kind in in_order()]
        of_verdicts = [(verdict, {"kind": self.kind, "verdict": verdict}) for verdict, _ in verdicts()]
        every = [*of_kinds, *of_verdicts] if self.question else []
        asked = [matches.expression(self.question, **narrowed) for _, narrowed in every]
        return dict(zip([name for name, _ in every], matches.counts(asked, COUNTED), strict=True))

    @property
    def by_kind(self):
        """How many there are of each kind that has any, things first; 1,001 is more than a thousand."""
        return {kind: self._counts[kind] for kind in in_order() if self._counts.get(kind)}

    @property
    def by_verdict(self):
        return {verdict: self._counts[verdict] for verdict, _ in verdicts() if self._counts.get(verdict)}

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
            (kind, tier, matches.expression(self.question, kind=kind, verdict=self.verdict, only=only))
            for kind in shown
            for only, tier in tiers
            if (self.question.name if tier == EXACT else self.question.terms)
        ]
        each = RANKED // len(asked) if asked else 0
        ranks = {kind: {} for kind in shown}
        for place, pk, score in matches.newest([expression for _, _, expression in asked], each):
            kind, tier, _ = asked[place]
            ranks[kind][pk] = min(ranks[kind].get(pk, (tier, score)), (tier, score))
        leading = sorted(shown, key=lambda kind: min(ranks[kind].values())[0] != EXACT)
        return {kind: sorted(ranks[kind], key=lambda pk: (*ranks[kind][pk], -pk))[: COUNTED - 1] for kind in leading}


def rows_of(keys):
    """The rows of these keys in their order, each with its publication."""
    found = SearchDocument.objects.select_related("publication").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def in_order():
    """The kinds as results list them: things, then claims about them, then what is neither: sources."""
    claims = {kind for kind, model in kinds().items() if _verdict_field(model)}
    return sorted(kinds(), key=lambda kind: 0 if is_thing(kind) else 1 if kind in claims else 2)


def verdicts():
    """The verdicts that claims may have: pairs of value and label."""
    return next((field.choices for field in map(_verdict_field, kinds().values()) if field), [])


def _verdict_field(model):
    return next((field for field in model._meta.fields if field.name == "verdict"), None)

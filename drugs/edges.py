"""The edges of a pathway: what is said of two ends of it, each with all published claims that say so."""

from dataclasses import dataclass, field

from drugs.models import Mechanism, Regulation, Target
from temsisite.evidence.models import Verdict

SIGNS = {
    Mechanism.Action.ACTS_ON: "acts on",
    Mechanism.Action.BINDS: "binds",
    Mechanism.Action.INHIBITS: "inhibits",
    Mechanism.Action.ACTIVATES: "activates",
    Regulation.Effect.ACTIVATES: "activates",
    Regulation.Effect.INACTIVATES: "inhibits",
    Regulation.Effect.REGULATES: "acts on",
}
CONFIRMED = {Verdict.SUPPORTED, Verdict.REFINED}


@dataclass
class Edge:
    """One thing that is said, such as “temsirolimus inhibits mTOR”, with all the claims that say it."""

    start: object
    goal: object  # a record, or the name of a process
    sign: str
    actors: list = field(default_factory=list)  # who acts together with `start`, where a claim says so
    claims: list = field(default_factory=list)

    @property
    def verdicts(self):
        """The verdicts reached on its claims, each once, in their order."""
        return [verdict for verdict in Verdict if verdict != Verdict.NOT_ASSESSED and verdict in self._reached]

    @property
    def is_contradicted(self):
        return Verdict.CONTRADICTED in self._reached and not self._reached & CONFIRMED

    @property
    def _reached(self):
        """The verdicts on the claims that say all of it; one that says less bears out no direction."""
        return {Verdict(claim.verdict) for claim in self.claims if self.sign in ("joins", SIGNS[verb_of(claim)])}

    @property
    def words(self):
        who = name_of(self.start)
        if self.actors:
            who = f"{' or '.join(sorted(map(name_of, self.actors)))} with {who}"
        verb = "inactivates" if self.sign == "inhibits" and not self.actors and is_target(self.start) else self.sign
        return f"{who} {verb} {name_of(self.goal)}"


def edges_of(claims) -> list[Edge]:
    """One edge for each thing that is said, with all who say it; what says less joins what says it more exactly.

    What the literature contradicts says nothing more exactly for others.
    """
    parts = [(claim, *ends_of(claim), SIGNS[verb_of(claim)]) for claim in claims]
    exact, together = {}, {}
    for claim, actor, goal, sign in parts:
        if claim.verdict == Verdict.CONTRADICTED:
            continue
        if sign in ("activates", "inhibits"):
            exact.setdefault((key_of(actor), key_of(goal)), set()).add(sign)
        if getattr(claim, "through", None):
            together.setdefault((key_of(actor), key_of(goal), sign), claim.through)
    edges = {}
    for claim, actor, goal, sign in parts:
        signs = exact.get((key_of(actor), key_of(goal)), ())
        sign = next(iter(signs)) if sign == "acts on" and len(signs) == 1 else sign
        start = getattr(claim, "through", None) or together.get((key_of(actor), key_of(goal), sign)) or actor
        edge = edges.setdefault((key_of(start), key_of(goal), sign), Edge(start, goal, sign))
        edge.claims.append(claim)
        if start != actor and actor not in edge.actors:
            edge.actors.append(actor)
    for edge in [edge for edge in edges.values() if edge.actors]:
        for actor in edge.actors:
            if not any(other.start == actor and other.goal == edge.start for other in edges.values()):
                claims = [c for c in edge.claims if ends_of(c)[0] == actor and getattr(c, "through", None)]
                edges[key_of(actor), key_of(edge.start), "joins"] = Edge(actor, edge.start, "joins", claims=claims)
    return list(edges.values())


def ends_of(claim):
    """What acts and what it acts on: two records, or a record and the name of a process."""
    if isinstance(claim, Mechanism):
        return claim.drug, claim.target
    return claim.regulator, claim.target or claim.process


def verb_of(claim):
    return claim.action if isinstance(claim, Mechanism) else claim.effect


def has_public_ends(claim):
    """Whether readers may see all that the claim names."""
    ends = [*ends_of(claim), getattr(claim, "through", None)]
    return all(end.is_public for end in ends if end and not isinstance(end, str))


def is_target(end):
    return isinstance(end, Target)


def key_of(end):
    """What tells one end from another, whatever words it was written in."""
    if isinstance(end, str):
        return "process", end.casefold()
    return end.kind(), end.slug


def name_of(end):
    """What the picture calls it."""
    if isinstance(end, str):
        return end
    return end.name if is_target(end) else end.inn

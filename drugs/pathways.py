"""How a drug works as a graph, out of the published mechanisms and regulations: what is drawn, and what is listed."""

from dataclasses import dataclass, field

from drugs.models import Drug, Mechanism, Regulation, Target
from drugs.pictures import draw, too_many
from temsisite.evidence.models import Verdict
from temsisite.evidence.presenters import claim_card

HOPS = 3  # how far from the drug's targets the picture follows the regulations
CLAIMS = 80  # how many claims of one hop it takes
PROCESSES = 6  # how many processes are drawn; the table lists all
REGULATORS = 2  # of how many proteins the processes are drawn
LETTERS, LINE_LETTERS = 16, 36  # how much of a name a box and a line have room for

SIGNS = {
    Mechanism.Action.ACTS_ON: "acts on",
    Mechanism.Action.BINDS: "binds",
    Mechanism.Action.INHIBITS: "inhibits",
    Mechanism.Action.ACTIVATES: "activates",
    Regulation.Effect.ACTIVATES: "activates",
    Regulation.Effect.INACTIVATES: "inhibits",
    Regulation.Effect.REGULATES: "acts on",
}
KEY = {
    "activates": "activates",
    "inhibits": "inhibits or inactivates",
    "binds": "binds",
    "joins": "acts together with",
    "acts on": "acts on; how is not said",
}
CONFIRMED = {Verdict.SUPPORTED, Verdict.REFINED}


def pathway_of_drug(drug):
    """The picture of how a drug works: what it acts on, and three steps up and down from there. None without any."""
    mechanisms = list(_fetched(drug.mechanisms.public()))
    if not mechanisms:
        return None
    targets = {pk for mechanism in mechanisms for pk in (mechanism.target_id, mechanism.through_id) if pk}
    return _picture(f"How {drug} works", mechanisms, _around(targets))


def pathway_of_target(target):
    """The picture of what acts on a target and what it acts on itself. None if nothing is known of it."""
    mechanisms = list(_fetched(Mechanism.objects.public().touching([target.pk])))
    throughs = {mechanism.through_id for mechanism in mechanisms if mechanism.through_id}
    if throughs - {target.pk}:
        drugs = {mechanism.drug_id for mechanism in mechanisms}
        mechanisms += _fetched(Mechanism.objects.public().filter(target__in=throughs - {target.pk}, drug__in=drugs))
    regulations = list(_fetched(Regulation.objects.public().touching([target.pk])))
    return _picture(f"{target.name} among its neighbors", mechanisms, regulations)


def _fetched(claims):
    """The claims with what they are drawn with, at most `CLAIMS`, the same ones every time."""
    names = [name for name in ("drug", "target", "through", "regulator") if hasattr(claims.model, name)]
    return claims.select_related(*names).with_sources().order_by("slug")[:CLAIMS]


def _around(targets):
    """The regulations at most `HOPS` steps from the targets."""
    found, reached, edge = {}, set(), set(targets)
    for _ in range(HOPS):
        if not edge:
            break
        found |= {claim.pk: claim for claim in _fetched(Regulation.objects.public().touching(edge))}
        reached |= edge
        edge = {pk for claim in found.values() for pk in (claim.regulator_id, claim.target_id) if pk} - reached
    return list(found.values())


@dataclass
class _Edge:
    """One drawn edge, with all the claims that say it."""

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
        return {Verdict(claim.verdict) for claim in self.claims if self.sign in ("joins", SIGNS[_verb(claim)])}

    @property
    def words(self):
        who = _name(self.start)
        if self.actors:
            who = f"{' or '.join(sorted(map(_name, self.actors)))} with {who}"
        verb = "inactivates" if self.sign == "inhibits" and not self.actors and _is_target(self.start) else self.sign
        return f"{who} {verb} {_name(self.goal)}"


def _picture(title, mechanisms, regulations):
    edges = _edges([claim for claim in [*mechanisms, *regulations] if _is_public(claim)])
    if not edges:
        return None
    steps, processes = _split(edges)
    nodes = {_key(end): end for edge in steps for end in (edge.start, edge.goal)}
    nodes |= {_key(edge.start): edge.start for edge in processes}
    links = [(_key(edge.start), _key(edge.goal)) for edge in steps]
    gone = set(too_many(list(nodes), links, _weights(nodes, steps, mechanisms)))
    drawn = [edge for edge in steps if not {_key(edge.start), _key(edge.goal)} & gone]
    trunks = _trunks([edge for edge in processes if _key(edge.start) not in gone])
    shown = [*drawn, *[edge for trunk in trunks for edge in trunk]]
    nodes = {key: nodes[key] for key in nodes if key not in gone and _touched(key, shown)}
    if not shown:
        return None
    rows = _numbered(shown, [edge for edge in edges if edge not in shown])
    return {
        "title": title,
        "sentence": " ".join(f"{edge.words}." for edge in shown if not edge.is_contradicted),
        "drawings": _drawings(nodes, drawn, trunks, rows),
        "edges": rows,
        "is_joint": any(edge.actors for edge in shown),
        "wrong": [row for row in rows if row["corrections"]],
        "key": [{"sign": sign, "meaning": text} for sign, text in KEY.items() if any(e.sign == sign for e in shown)],
        "verdicts": [
            {"verdict": verdict.value, "label": verdict.label}
            for verdict in Verdict
            if any(verdict in edge.verdicts for edge in shown)
        ],
        "left_out": len(rows) - len(shown),
        "limit": CLAIMS if max(len(mechanisms), len(regulations)) >= CLAIMS else None,
    }


# From claims to edges


def _edges(claims):
    """One edge for each thing that is said, with all who say it; what says less joins what says it more exactly.

    What the literature contradicts says nothing more exactly for others.
    """
    parts = [(claim, *_ends(claim), SIGNS[_verb(claim)]) for claim in claims]
    exact, together = {}, {}
    for claim, actor, goal, sign in parts:
        if claim.verdict == Verdict.CONTRADICTED:
            continue
        if sign in ("activates", "inhibits"):
            exact.setdefault((_key(actor), _key(goal)), set()).add(sign)
        if getattr(claim, "through", None):
            together.setdefault((_key(actor), _key(goal), sign), claim.through)
    edges = {}
    for claim, actor, goal, sign in parts:
        signs = exact.get((_key(actor), _key(goal)), ())
        sign = next(iter(signs)) if sign == "acts on" and len(signs) == 1 else sign
        start = getattr(claim, "through", None) or together.get((_key(actor), _key(goal), sign)) or actor
        edge = edges.setdefault((_key(start), _key(goal), sign), _Edge(start, goal, sign))
        edge.claims.append(claim)
        if start != actor and actor not in edge.actors:
            edge.actors.append(actor)
    for edge in [edge for edge in edges.values() if edge.actors]:
        for actor in edge.actors:
            if not any(other.start == actor and other.goal == edge.start for other in edges.values()):
                claims = [c for c in edge.claims if _ends(c)[0] == actor and getattr(c, "through", None)]
                edges[_key(actor), _key(edge.start), "joins"] = _Edge(actor, edge.start, "joins", claims=claims)
    return list(edges.values())


def _ends(claim):
    if isinstance(claim, Mechanism):
        return claim.drug, claim.target
    return claim.regulator, claim.target or claim.process


def _verb(claim):
    return claim.action if isinstance(claim, Mechanism) else claim.effect


def _is_public(claim):
    ends = [*_ends(claim), getattr(claim, "through", None)]
    return all(end.is_public for end in ends if end and not isinstance(end, str))


def _is_target(end):
    return isinstance(end, Target)


def _key(end):
    if isinstance(end, str):
        return "process", end.casefold()
    return end.kind(), end.slug


def _name(end):
    if isinstance(end, str):
        return end
    return end.name if _is_target(end) else end.inn


# What is drawn of it


def _split(edges):
    """Edges from one record to another, and those that lead to a process; what acts on itself has no layer below."""
    steps = [edge for edge in edges if not isinstance(edge.goal, str) and edge.start != edge.goal]
    return steps, [edge for edge in edges if isinstance(edge.goal, str)]


def _weights(nodes, steps, mechanisms):
    """How much a node matters: the drug's own targets first, then by how many claims touch it."""
    own = {_key(end) for claim in mechanisms for end in (claim.drug, claim.target, claim.through) if end}
    touched = {
        key: sum(len(edge.claims) for edge in steps if key in (_key(edge.start), _key(edge.goal))) for key in nodes
    }
    return {key: (key in own, touched[key]) for key in nodes}


def _trunks(processes):
    """Processes by the protein that steers them: those that were judged first, then those that more sources name."""
    groups = {}
    for edge in sorted(processes, key=lambda e: (not e.verdicts, -len(e.claims), _name(e.goal))):
        groups.setdefault(_key(edge.start), []).append(edge)
    chosen = sorted(groups.values(), key=len, reverse=True)[:REGULATORS]
    return [group[: PROCESSES // len(chosen)] for group in chosen]


def _touched(key, edges):
    return any(key in (_key(edge.start), _key(edge.goal)) for edge in edges)


def _drawings(nodes, drawn, trunks, rows):
    """The picture standing, for narrow columns, and lying, for wide pages."""
    labels = {key: _short(_name(end)) for key, end in nodes.items()}
    lines = [
        {"start": _key(e.start), "goal": _key(e.goal), "sign": e.sign, "verdicts": len(e.verdicts)} for e in drawn
    ]
    lists = [
        {
            "start": _key(trunk[0].start),
            "lines": [_short(_name(edge.goal), LINE_LETTERS) for edge in trunk],
            "signs": [edge.sign for edge in trunk],
        }
        for trunk in trunks
    ]
    drawings = [draw(labels, lines, lists, lying=lying) for lying in (False, True)]
    return [_finished(drawing, nodes, labels, trunks, rows) for drawing in drawings if drawing]


def _finished(drawing, nodes, labels, trunks, rows):
    """The drawing with its words and links."""
    spots = [
        box | {"label": labels[key], "url": nodes[key].get_absolute_url(), "is_drug": isinstance(nodes[key], Drug)}
        for key, box in drawing["nodes"].items()
    ]
    drawn = len(drawing["edges"])
    edges = [_marked(row, line) for row, line in zip(rows[:drawn], drawing["edges"], strict=True)]
    rest = rows[drawn:]
    for trunk, placed in zip(trunks, drawing["lists"], strict=True):
        own, rest = rest[: len(trunk)], rest[len(trunk) :]
        room = 16 * max(len(edge.verdicts) for edge in trunk)
        placed["lines"] = [
            row | line | {"label": _short(_name(edge.goal), LINE_LETTERS), "text_x": line["x"] + room}
            for edge, row, line in zip(trunk, own, placed["lines"], strict=True)
        ]
        for line in placed["lines"]:
            number = len(line["verdicts"])
            shapes = [{"x": line["text_x"] - 16 * (number - place), "y": line["y"] - 6} for place in range(number)]
            line["shapes"] = [a | b for a, b in zip(line["verdicts"], shapes, strict=True)]
    return drawing | {"nodes": spots, "edges": edges}


def _marked(row, line):
    shapes = [verdict | spot for verdict, spot in zip(row["verdicts"], line["shapes"], strict=True)]
    return row | line | {"shapes": shapes}


def _numbered(shown, left_out):
    """The rows of the table: the drawn edges with their numbers, then those that found no room."""
    return [_row(edge, number) for number, edge in enumerate(shown, start=1)] + [_row(edge, None) for edge in left_out]


def _row(edge, number):
    cards = [claim_card(claim) for claim in edge.claims]
    return {
        "number": number,
        "words": edge.words,
        "sign": edge.sign,
        "is_joint": bool(edge.actors),
        "is_contradicted": edge.is_contradicted,
        "verdicts": [{"verdict": verdict.value, "label": verdict.label} for verdict in edge.verdicts],
        "claims": cards,
        "url": cards[0]["url"] if len(cards) == 1 else f"#edge-{number}",
        "corrections": [card for card in cards if card["is_contradicted"]],
    }


def _short(name, letters=LETTERS):
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"

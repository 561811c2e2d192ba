"""How a drug works as a graph, out of the published mechanisms and regulations: what is drawn, and what is listed."""

from drugs.edges import edges_of, has_public_ends, key_of, name_of
from drugs.models import Drug, Mechanism, Regulation
from drugs.pictures import draw, too_many
from temsisite.evidence.models import Verdict
from temsisite.evidence.presenters import claim_card

HOPS = 3  # how far from the drug's targets the picture follows the regulations
CLAIMS = 80  # how many claims of one hop it takes
PROCESSES = 6  # how many processes are drawn; the table lists all
REGULATORS = 2  # of how many proteins the processes are drawn
LETTERS, LINE_LETTERS = 16, 36  # how much of a name a box and a line have room for

KEY = {
    "activates": "activates",
    "inhibits": "inhibits or inactivates",
    "binds": "binds",
    "joins": "acts together with",
    "acts on": "acts on; how is not said",
}


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


def _picture(title, mechanisms, regulations):
    edges = edges_of([claim for claim in [*mechanisms, *regulations] if has_public_ends(claim)])
    if not edges:
        return None
    steps, processes = _split(edges)
    nodes = {key_of(end): end for edge in steps for end in (edge.start, edge.goal)}
    nodes |= {key_of(edge.start): edge.start for edge in processes}
    links = [(key_of(edge.start), key_of(edge.goal)) for edge in steps]
    gone = set(too_many(list(nodes), links, _weights(nodes, steps, mechanisms)))
    drawn = [edge for edge in steps if not {key_of(edge.start), key_of(edge.goal)} & gone]
    trunks = _trunks([edge for edge in processes if key_of(edge.start) not in gone])
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


# What is drawn of it


def _split(edges):
    """Edges from one record to another, and those that lead to a process; what acts on itself has no layer below."""
    steps = [edge for edge in edges if not isinstance(edge.goal, str) and edge.start != edge.goal]
    return steps, [edge for edge in edges if isinstance(edge.goal, str)]


def _weights(nodes, steps, mechanisms):
    """How much a node matters: the drug's own targets first, then by how many claims touch it."""
    own = {key_of(end) for claim in mechanisms for end in (claim.drug, claim.target, claim.through) if end}
    touched = {
        key: sum(len(edge.claims) for edge in steps if key in (key_of(edge.start), key_of(edge.goal))) for key in nodes
    }
    return {key: (key in own, touched[key]) for key in nodes}


def _trunks(processes):
    """Processes by the protein that steers them: those that were judged first, then those that more sources name."""
    groups = {}
    for edge in sorted(processes, key=lambda e: (not e.verdicts, -len(e.claims), name_of(e.goal))):
        groups.setdefault(key_of(edge.start), []).append(edge)
    chosen = sorted(groups.values(), key=len, reverse=True)[:REGULATORS]
    return [group[: PROCESSES // len(chosen)] for group in chosen]


def _touched(key, edges):
    return any(key in (key_of(edge.start), key_of(edge.goal)) for edge in edges)


def _drawings(nodes, drawn, trunks, rows):
    """The picture standing, for narrow columns, and lying, for wide pages."""
    labels = {key: _short(name_of(end)) for key, end in nodes.items()}
    lines = [
        {"start": key_of(e.start), "goal": key_of(e.goal), "sign": e.sign, "verdicts": len(e.verdicts)} for e in drawn
    ]
    lists = [
        {
            "start": key_of(trunk[0].start),
            "lines": [_short(name_of(edge.goal), LINE_LETTERS) for edge in trunk],
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
            row | line | {"label": _short(name_of(edge.goal), LINE_LETTERS), "text_x": line["x"] + room}
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

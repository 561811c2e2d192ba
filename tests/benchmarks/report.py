"""The table of goals, as Markdown."""

import platform

from django.db import connection

from tests.benchmarks.goals import GOALS
from tests.benchmarks.measuring import TURNS

PREFACE = """\
# How fast the site is

Written by `make bench`. “×” is against what the line names, or else an empty view. The two run in turn, {turns}
times in each of {rounds} rounds over all lines; compared are medians of processor time. Absolute times are of one
small machine: read the ratios. Goals marked ° were set beside those that the site was planned by.

Python {python}, {database}."""


def write(results, rounds):
    sizes = list(results)
    head = ["Operation", "Goal", *(f"{size:,} trials" for size in sizes), "Verdict"]
    rows = [row(goal, [results[size][goal] for size in sizes]) for goal in GOALS if goal in results[sizes[0]]]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])
    return f"{preface(rounds)}\n\n{table}\n"


def preface(rounds):
    version = ".".join(map(str, connection.get_database_version()))
    return PREFACE.format(
        rounds=rounds, turns=TURNS, python=platform.python_version(), database=f"{connection.display_name} {version}"
    )


def row(goal, measured):
    shown, passes = zip(*(judged(goal, *pair) for pair in measured), strict=True)
    return [goal.name, f"{said(goal)}{' °' * goal.is_own}", *shown, "pass" if all(passes) else "**falls short**"]


def said(goal):
    if goal.milliseconds:
        return f"≤ {goal.milliseconds:g} ms"
    return f"≥ {goal.times:g}× as fast" if goal.at_least else f"≤ {goal.times:g}×"


def judged(goal, own, other):
    """What was measured, and whether that reaches the goal."""
    if goal.milliseconds:
        return f"{own * 1000:.1f} ms", own * 1000 <= goal.milliseconds
    if goal.at_least:
        return f"{other / own:.1f}×", other / own >= goal.times
    return f"{own / other:.1f}× ({own * 1000:.1f} ms)", own / other <= goal.times

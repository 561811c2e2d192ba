"""Interleaved rounds and their medians."""

import gc
import time
from statistics import median

from django.db import connection

TURNS = 5  # after the first, neither of a pair is charged for what the others left in the processor's caches


def measure(door, goals, rounds):
    """Run each goal's operation and what it is held against in turn; return {goal: (median, the other's)}."""
    goals = [goal for goal in goals if connection.vendor == "sqlite" or not goal.sqlite_only]
    pairs = {goal: (goal.operation(door), goal.against(door)) for goal in goals}
    times = {goal: ([], []) for goal in goals}
    for pair in pairs.values():  # the first time compiles templates
        [run() for run in pair]
    gc.disable()
    for number in range(rounds):
        for goal, pair in pairs.items():
            if number % goal.every == 0:
                for _ in range(TURNS):
                    [found.append(_seconds(run)) for run, found in zip(pair, times[goal], strict=True)]
        gc.collect()
    gc.enable()
    return {goal: tuple(map(median, pair)) for goal, pair in times.items()}


def _seconds(run):
    began = time.process_time()
    run()
    return time.process_time() - began

"""Fill a database of its own, measure, write the table: at the end, so that a run that fails leaves the last one."""

import argparse
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from tests.benchmarks.goals import GOALS, Door
from tests.benchmarks.measuring import measure
from tests.benchmarks.report import write
from tests.benchmarks.synthesis import Site

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(what):
    parser = argparse.ArgumentParser(prog="make bench", description=what)
    parser.add_argument("--trials", type=int, nargs="+", default=[1000, 50_000], help="Sizes of the site, growing.")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    connection.creation.create_test_db(verbosity=0)
    try:
        results = {}
        site = Site()
        for size in options.trials:
            site.grow(size)
            sys.stderr.write(f"Measuring {size} trials\n")
            results[size] = measure(Door(site), GOALS, options.rounds)
        table = write(results, options.rounds)
        RESULTS.write_text(table, encoding="utf-8")
        sys.stdout.write(table)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)

"""Measure the site against its goals: `make bench`.

Every operation is a request through the WSGI door, or the one function named. In each round it runs in turn with what
it is held against, so that a busy machine slows both; compared are medians of processor time.
"""

import os

import django


def start():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    from tests.benchmarks.run import main

    main(__doc__)


start()

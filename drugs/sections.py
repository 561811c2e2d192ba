"""Room on the pages of drugs and diseases for what the floors above know about them.

Trials point at drugs and diseases, never the other way round, so the app `trials` registers here what it has to tell.
"""

from collections import defaultdict

_presenters = defaultdict(list)


def register(model, presenter):
    """Let `presenter(record)` add a section to the pages of `model`: {"template": …, "rows": …, …}."""
    if presenter not in _presenters[model]:
        _presenters[model].append(presenter)


def sections(record):
    """The sections that were registered for records of this kind, finished for the template."""
    return [presenter(record) for presenter in _presenters[type(record)]]

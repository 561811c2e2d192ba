"""Room on the pages of drugs and diseases for what the floors above know about them.

Trials point at drugs and diseases, never the other way round, so the app `trials` registers here what it has to tell.
"""

from collections import defaultdict

_presenters = defaultdict(list)


def register(model, presenter):
    """Let `presenter(record)` add a section to the pages of `model`: {"template": …, "rows": …, "stylesheet": …}."""
    if presenter not in _presenters[model]:
        _presenters[model].append(presenter)


def sections(record):
    """The sections that were registered for records of this kind, finished for the template."""
    return [presenter(record) for presenter in _presenters[type(record)]]


def stylesheets(sections):
    """What the pages of these sections load beside the site's own style, each once and only for what is shown."""
    return sorted({section["stylesheet"] for section in sections if section["rows"] and "stylesheet" in section})

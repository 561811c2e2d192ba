"""What the search page says before it lists records: what a word means, which page answers the question.

The floors above know such answers, so they register here how to give them.
"""

from dataclasses import dataclass

_givers = []


@dataclass(frozen=True)
class Answer:
    """A link to where the answer stands and, where it is short, the answer itself."""

    title: str
    url: str
    text: str = ""


def register(giver):
    """Let `giver(question)` give an `Answer`, or None where it knows none."""
    if giver not in _givers:
        _givers.append(giver)


def answers(question):
    return [answer for giver in _givers if (answer := giver(question))]

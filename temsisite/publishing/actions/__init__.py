"""The verbs of a record's life, and the only writer of the publication log.

The admin, the importers, the seed and the shell all go through here, so all obey the same rules: author is not
reviewer, a return and a withdrawal have a reason, a decision binds to the document that was reviewed, and nothing is
published that refers to something the public cannot see.
"""

from temsisite.publishing.actions.deciding import (
    accept,
    missing_for,
    publish_without_review,
    rehearsed,
    retract,
    return_,
)
from temsisite.publishing.actions.holding import hold
from temsisite.publishing.actions.proposing import (
    propose_change,
    propose_restoration,
    propose_version,
    propose_withdrawal,
    submit,
    take_back,
)
from temsisite.publishing.actions.rebasing import rebase
from temsisite.publishing.rehearsals import rehearsal
from temsisite.publishing.rules import check

__all__ = [
    "accept",
    "check",
    "hold",
    "missing_for",
    "propose_change",
    "propose_restoration",
    "propose_version",
    "propose_withdrawal",
    "publish_without_review",
    "rebase",
    "rehearsal",
    "rehearsed",
    "retract",
    "return_",
    "submit",
    "take_back",
]

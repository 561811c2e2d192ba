"""What the desk shows of a proposal: what it changes, what it rests on, what competes with it, how it would look."""

from temsisite.publishing.admin.proposals.preview import Preview
from temsisite.publishing.admin.proposals.reading import difference, what_is_proposed
from temsisite.publishing.admin.proposals.rebasing import Rebasing

__all__ = ["Preview", "Rebasing", "difference", "what_is_proposed"]

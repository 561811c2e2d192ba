"""The life of a record: draft, proposal, publication.

What the public sees is a line of the publication log. Records are the rows editors work on; `actions` is the
only place that moves a record through its life and the only place that writes the log.
"""

from temsisite.publishing.models.checks import all_of
from temsisite.publishing.models.log import Counter, Publication, PublicationQuerySet
from temsisite.publishing.models.proposals import Proposal, ProposalQuerySet
from temsisite.publishing.models.records import Part, PartQuerySet, Record, RecordQuerySet, listing, stands_once
from temsisite.publishing.models.search import SearchDocument
from temsisite.publishing.models.working_copies import LONGEST, WorkingCopy, WorkingCopyQuerySet

__all__ = [
    "LONGEST",
    "Counter",
    "Part",
    "PartQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "Publication",
    "PublicationQuerySet",
    "Record",
    "RecordQuerySet",
    "SearchDocument",
    "WorkingCopy",
    "WorkingCopyQuerySet",
    "all_of",
    "listing",
    "stands_once",
]

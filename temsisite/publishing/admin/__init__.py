"""The editors' desk in Django's admin: forms of records, the review queue, the log to look at."""

from temsisite.publishing.admin.adding import AddingAnother, Prefilled
from temsisite.publishing.admin.listing import FewRecords
from temsisite.publishing.admin.log import PublicationAdmin
from temsisite.publishing.admin.records import PartAdmin, PartInline, RecordAdmin
from temsisite.publishing.admin.review import ProposalAdmin

__all__ = [
    "AddingAnother",
    "FewRecords",
    "PartAdmin",
    "PartInline",
    "Prefilled",
    "ProposalAdmin",
    "PublicationAdmin",
    "RecordAdmin",
]

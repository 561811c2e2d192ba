"""Records in bulk: as tables for a spreadsheet, and from tables back to drafts and proposals."""

from temsisite.publishing.bulk.report import Report, Row
from temsisite.publishing.bulk.resources import RecordResource

__all__ = ["RecordResource", "Report", "Row"]

"""Import and export of records as tables. A table is tried first; nothing is written until it is confirmed."""

from temsisite.publishing.admin.bulk.views import Bulk

__all__ = ["Bulk"]

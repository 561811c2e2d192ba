"""What trials lay on the editors' desk: results tables that were begun."""

from django.urls import reverse

from temsisite.publishing.desk import ROWS, Heap, ago, counted, may
from temsisite.publishing.models import WorkingCopy
from trials.models import Finding, Trial

TABLE = "results table"  # which is no kind of record, and kept as if it were one; what it names is its trial


def begun_tables(user):
    """Results tables that the person has begun and not sent, the last touched first; nothing where there is none."""
    if not may(user, "add", Finding):
        return None
    begun = WorkingCopy.objects.of(user).filter(kind=TABLE, record__in=Trial.objects.values("pk"))
    rows = [
        {"title": str(copy), "url": table_url(copy), "meta": f"results table, {ago(copy.saved_at)}"}
        for copy in begun.defer("data")[:ROWS]
    ]
    return Heap("tables", "Results tables begun", "", rows, counted(begun)) if rows else None


def table_url(copy):
    """Where a table is gone on with."""
    return reverse("admin:trials_finding_results_table", args=[copy.record], query={"copy": copy.copy})

"""Sources in bulk."""

from temsisite.evidence.models import Source
from temsisite.publishing.bulk import RecordResource


class SourceResource(RecordResource):
    """All of a source but its text, which is longer than a cell of a spreadsheet and stays on its form."""

    title_column = "title"

    class Meta:
        model = Source
        fields = [
            "slug",
            "type",
            "title",
            "authors",
            "container",
            "volume_and_pages",
            "issued",
            "doi",
            "pmid",
            "nct_id",
            "url",
            "accessed_on",
            "standing",
            "access_note",
            "retraction",
            "retracted_on",
        ]

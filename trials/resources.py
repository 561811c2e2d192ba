"""Findings in bulk. The columns are named and ordered as the keys of a finding's document."""

from temsisite.publishing.bulk import RecordResource
from trials import remarks
from trials.api import FINDING_FIELDS
from trials.models import Finding


class FindingResource(RecordResource):
    title_column = "statement"

    class Meta:
        model = Finding
        fields = ["slug", *FINDING_FIELDS]

    def remark_on(self, finding):
        alike = [f"“{other}” ({other.slug})" for other in remarks.likenesses(finding)]
        return f"It looks like what is recorded already: {', '.join(alike)}." if alike else ""

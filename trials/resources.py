"""Findings in bulk. The columns are named and ordered as the keys of a finding's document."""

from temsisite.evidence.api import CLAIM_FIELDS, QUANTITY_FIELDS
from temsisite.publishing.bulk import RecordResource
from trials import remarks
from trials.models import Finding


class FindingResource(RecordResource):
    class Meta:
        model = Finding
        fields = [
            "slug",
            "trial",
            "arm",
            "compared_with",
            "measure",
            *QUANTITY_FIELDS,
            "value_absence",
            "numerator",
            "denominator",
            "denominator_counts",
            "interval_type",
            "interval_level",
            "p_value",
            "time_frame",
            "population",
            "criteria",
            "assessor",
            "event_term",
            "grade_band",
            "ctcae_version",
            "discrepancy_note",
            *CLAIM_FIELDS,
        ]

    def remark_on(self, finding):
        alike = [f"“{other.slug}”" for other in remarks.likenesses(finding)]
        return f"It looks like what is recorded already: {', '.join(alike)}." if alike else ""

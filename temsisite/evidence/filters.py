from temsisite.evidence.models import Claim, Source
from temsisite.publishing.filters import RecordFilter, RecordFilterSet, choice_filter


class SourceFilterSet(RecordFilterSet):
    orderings = RecordFilterSet.orderings | {"title": "title", "issued": "issued", "type": "type"}

    type = choice_filter(Source.Type.choices, "Type")
    standing = choice_filter(Source.Standing.choices, "Standing")
    retraction = choice_filter(Source.Retraction.choices, "Retraction")

    class Meta:
        model = Source
        fields = ["q", "type", "standing", "retraction"]


class ClaimFilterSet(RecordFilterSet):
    """The filters that every kind of claim has."""

    source = RecordFilter(Source)
    verdict = choice_filter(Claim.VERDICTS, "Verdict")


CLAIM_FILTERS = ["q", "verdict", "source"]

"""What is done to many findings at once. One finding goes through the verbs of `temsisite.publishing`."""

from django.core.exceptions import ValidationError
from django.db import transaction

from temsisite.publishing import actions

ORIGIN = "results table"  # tells a reviewer that the sentences were put together, not written


@transaction.atomic
def record_results(*, findings, by):
    """Save the findings of one results table as drafts: all of them, or none."""
    for finding in findings:
        finding.created_by = by
        finding.save()


@transaction.atomic
def submit_results(*, findings, by) -> dict:
    """Put before a reviewer what may be published; tell of the rest why not: {finding: refusal}."""
    refused = {}
    for finding in findings:
        try:
            with transaction.atomic():
                actions.submit(record=finding, by=by, origin=ORIGIN)
        except ValidationError as refusal:
            refused[finding] = refusal
    return refused

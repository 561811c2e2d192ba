"""Sources, and what a claim is: one statement from one source, with its place in it and the editors' verdict."""

from temsisite.evidence.models.ageing import AgeingQuerySet
from temsisite.evidence.models.claims import AbsenceReason, Claim, ClaimQuerySet, Verdict
from temsisite.evidence.models.quantities import Comparator, Quantity, Unit, as_number
from temsisite.evidence.models.sources import Source, SourceQuerySet

__all__ = [
    "AbsenceReason",
    "AgeingQuerySet",
    "Claim",
    "ClaimQuerySet",
    "Comparator",
    "Quantity",
    "Source",
    "SourceQuerySet",
    "Unit",
    "Verdict",
    "as_number",
]

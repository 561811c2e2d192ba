"""Drugs, their targets and the diseases they are for; and four kinds of claim about them."""

from drugs.models.claims import FIRST_APPROVALS, Approval, Mechanism, Regulation, Statement
from drugs.models.records import (
    Disease,
    DiseaseIdentifier,
    DiseaseSynonym,
    Drug,
    DrugIdentifier,
    DrugSynonym,
    Synonym,
    Target,
    TargetIdentifier,
    TargetSynonym,
)

__all__ = [
    "FIRST_APPROVALS",
    "Approval",
    "Disease",
    "DiseaseIdentifier",
    "DiseaseSynonym",
    "Drug",
    "DrugIdentifier",
    "DrugSynonym",
    "Mechanism",
    "Regulation",
    "Statement",
    "Synonym",
    "Target",
    "TargetIdentifier",
    "TargetSynonym",
]

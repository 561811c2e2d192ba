"""Clinical trials, their arms, and what was found in them."""

from trials.models.findings import Finding
from trials.models.questions import FindingQuerySet
from trials.models.trials import Arm, Trial, TrialIdentifier, TrialQuerySet

__all__ = ["Arm", "Finding", "FindingQuerySet", "Trial", "TrialIdentifier", "TrialQuerySet"]

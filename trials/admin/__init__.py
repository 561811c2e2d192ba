"""The desk of trials and of what was found in them."""

from trials.admin.findings import FindingAdmin
from trials.admin.trials import ArmAdmin, TrialAdmin

__all__ = ["ArmAdmin", "FindingAdmin", "TrialAdmin"]

"""What templates need of claims and sources: finished rows, so that a template asks no questions."""

from temsisite.evidence.presenters.claims import (
    MEANINGS,
    claim_card,
    claim_line,
    claim_models,
    claim_page,
    matter_cards,
    tally,
    tally_sentence,
    verdict_badge,
    verdict_shape,
    warning,
)
from temsisite.evidence.presenters.sources import (
    STANDINGS,
    claims_of,
    decided_by,
    facts_from,
    original_citation,
    source_facts,
    source_row,
    verdicts_on,
    with_claim_counts,
)

__all__ = [
    "MEANINGS",
    "STANDINGS",
    "claim_card",
    "claim_line",
    "claim_models",
    "claim_page",
    "claims_of",
    "decided_by",
    "facts_from",
    "matter_cards",
    "original_citation",
    "source_facts",
    "source_row",
    "tally",
    "tally_sentence",
    "verdict_badge",
    "verdict_shape",
    "verdicts_on",
    "warning",
    "with_claim_counts",
]

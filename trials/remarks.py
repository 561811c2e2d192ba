"""What the site says of a finding while it is written: what its figures give, what could be taken from them."""

from temsisite.evidence.models import Unit
from trials import measures
from trials.arithmetic import percent
from trials.wording import sentence_of

LIKENESSES = 5  # are named at most


def on_people(finding) -> list[str]:
    """That n counts more people than there are, which no note explains."""
    n, total = finding.numerator, finding.denominator
    is_too_many = None not in (n, total) and n > total
    return ["n is above N: n counts some of the N people."] if is_too_many else []


def on_figures(finding) -> list[str]:
    """What arithmetic says of n, N and the value, in sentences; a contradiction is among them."""
    n, total, value = finding.numerator, finding.denominator, finding.value
    if on_people(finding):
        return []
    disagreements = finding.disagreements()
    said = list(disagreements.values())
    if n is not None and total and "value" not in disagreements:
        exact = finding.unit == Unit.PERCENT and value is not None
        said.append(f"{n}/{total} is {percent(n, total, places=_decimals(value) if exact else 1)} %.")
    return said


def computed_value(finding) -> str:
    """The percentage that n/N gives, where nothing was typed and a percentage may stand: “57.6”, or nothing."""
    n, total = finding.numerator, finding.denominator
    telling = measures.BY_MEASURE.get(finding.measure)
    may_be_percent = finding.unit in ("", Unit.PERCENT) and telling and Unit.PERCENT in (telling.units or Unit)
    if finding.value is not None or n is None or not total or n > total or not may_be_percent:
        return ""
    return percent(n, total, places=1)


def likenesses(finding) -> list:
    """Findings and drafts that look like this one, with their sources; the first few."""
    if not (finding.trial_id and finding.measure):
        return []
    alike = type(finding).objects.resembling(finding).select_related("source").defer("source__text")
    return list(alike.order_by("-changed_at")[:LIKENESSES])


def suggested_sentence(finding) -> str:
    return "" if finding.statement else sentence_of(finding)


def _decimals(value):
    return max(-value.as_tuple().exponent, 0)

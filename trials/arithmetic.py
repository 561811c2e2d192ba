"""Arithmetic on printed figures. What is computed here is a check, never a correction."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal


def percent_disagreement(value: Decimal | None, n: int | None, total: int | None) -> str:
    """Say how a printed percentage disagrees with n/N at its own precision; the empty string if it agrees.

    Both roundings of a half are taken as agreement, for sources use either.
    """
    if value is None or n is None or not total:
        return ""
    exact = Decimal(n) * 100 / Decimal(total)
    step = Decimal(1).scaleb(min(value.as_tuple().exponent, 0))
    rounded = {exact.quantize(step, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    if value in rounded:
        return ""
    return f"{n}/{total} is {max(rounded)} %, not {value} %."

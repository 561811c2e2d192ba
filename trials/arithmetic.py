"""Arithmetic on printed figures. What is computed here is a check, never a correction."""

import operator
from decimal import Decimal
from fractions import Fraction
from math import floor

from temsisite.evidence.models import Comparator

BOUNDS = {
    Comparator.LESS: operator.lt,
    Comparator.AT_MOST: operator.le,
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE: operator.gt,
}


def percent_disagreement(
    value: Decimal | None, n: int | None, total: int | None, *, comparator: str = Comparator.EXACTLY
) -> str:
    """Say how a printed percentage disagrees with n/N; the empty string if it agrees, or if there is no telling.

    What is printed as exact is compared at its own precision, and both roundings of a half are taken as agreement,
    for sources use either. A bound is compared with n/N itself; “about” says too little to be wrong.
    """
    if value is None or n is None or not total or n > total or comparator == Comparator.ABOUT:
        return ""  # n above N has a rule of its own
    exact = Fraction(100 * n, total)
    places = max(-value.as_tuple().exponent, 0)
    if comparator in BOUNDS:
        if BOUNDS[comparator](exact, Fraction(value)):
            return ""
        # With two digits more, for at the bound's own precision n/N may look like the bound.
        return f"{n}/{total} is {_rounded(exact, places + 2)} %, not {comparator} {value:f} %."
    if abs(exact - Fraction(value)) <= Fraction(1, 2 * 10**places):
        return ""
    return f"{n}/{total} is {_rounded(exact, places)} %, not {value:f} %."


def _rounded(number, places):
    """A number with so many decimal places, a half rounded up."""
    return format(Decimal(f"{floor(number * 10**places + Fraction(1, 2))}E-{places}"), "f")

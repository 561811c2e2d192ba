"""Arithmetic on printed figures. What is computed here is a check, never a correction."""

import operator
from decimal import Decimal
from fractions import Fraction
from math import floor, sqrt
from statistics import NormalDist

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


def count_disagreement(value: Decimal | None, n: int | None, *, comparator: str = Comparator.EXACTLY) -> str:
    """Say how a printed number of people disagrees with n; the empty string if it agrees or there is no telling."""
    if value is None or value < 0 or n is None or comparator == Comparator.ABOUT:
        return ""  # a value below 0 has a rule of its own
    if BOUNDS.get(comparator, operator.eq)(n, value):
        return ""
    bound = f"{comparator} " if comparator in BOUNDS else ""
    return f"n is {n}, but the value says {bound}{value:f} people."


def percent(n: int, total: int, *, places: int) -> str:
    """What n of N is in percent, with so many decimal places: 57.6."""
    return _rounded(Fraction(100 * n, total), places)


def wilson_interval(n: int, total: int, *, level: int = 95) -> tuple[float, float]:
    """Between which shares, in percent, the true one plausibly lies when n of N people had something.

    The score interval of Wilson (J Am Stat Assoc 1927;22:209–212), without continuity correction. Newcombe (Stat Med
    1998;17:857–872, method 3) recommends it; it stays within 0 to 100 % and says something even of 0 of N.
    """
    z = NormalDist().inv_cdf((1 + level / 100) / 2)
    share = n / total
    middle = share + z**2 / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    ends = [100 * (middle + way * reach) / (1 + z**2 / total) for way in (-1, 1)]
    return max(ends[0], 0.0), min(ends[1], 100.0)


def _rounded(number, places):
    """A number with so many decimal places, a half rounded up."""
    return format(Decimal(f"{floor(number * 10**places + Fraction(1, 2))}E-{places}"), "f")

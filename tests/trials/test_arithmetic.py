"""The arithmetic of shares, held against published tables."""

import pytest

from trials.arithmetic import wilson_interval

# Newcombe, Stat Med 1998;17:857–872, table I, method 3, in percent.
PUBLISHED = {(81, 263): (25.53, 36.62), (15, 148): (6.24, 16.05), (0, 20): (0.0, 16.11), (1, 29): (0.61, 17.18)}


@pytest.mark.parametrize("people", PUBLISHED)
def test_gives_the_intervals_that_newcombe_prints(people):
    assert wilson_interval(*people) == pytest.approx(PUBLISHED[people], abs=0.005)


def test_gives_an_interval_for_19_of_33():
    assert wilson_interval(19, 33) == pytest.approx((40.81, 72.76), abs=0.005)


def test_says_something_of_none_and_of_all():
    assert wilson_interval(0, 10) == pytest.approx((0.0, 27.75), abs=0.005)
    assert wilson_interval(10, 10) == pytest.approx((72.25, 100.0), abs=0.005)


def test_never_leaves_0_to_100_percent():
    ends = [end for n in range(8) for end in wilson_interval(n, 7)]

    assert min(ends) >= 0
    assert max(ends) <= 100


def test_is_wider_at_a_higher_level():
    lower, upper = wilson_interval(19, 33)
    lower_99, upper_99 = wilson_interval(19, 33, level=99)

    assert lower_99 < lower < upper < upper_99

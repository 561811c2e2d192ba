"""Time to scale: where dates, known to the day or only to the year, stand on a line."""

import datetime

from temsisite.evidence.fields import first_day, last_day

STEPS = (1, 2, 5, 10, 20, 50, 100, 1000)  # how many years may lie between two that are named


def scale(spans):
    """A share of the line for every span (first, last) of partial dates, and the years that are named on it.

    A date known to the year covers its year. Shares are percents of the line.
    """
    moments = [(_moment(first_day(start)), _moment(last_day(end or start))) for start, end in spans]
    first, last = int(min(start for start, _ in moments)), int(max(stop for _, stop in moments))
    step = next((step for step in STEPS if (last + 1 - first) / step <= 7), STEPS[-1])
    begin, end = first // step * step, -(-(last + 1) // step) * step

    def share(moment):
        return round(100 * (moment - begin) / (end - begin), 2)

    return {
        "years": [{"year": year, "x": share(year)} for year in range(begin, end + 1, step)],
        "spans": [
            {
                "x": share(start),
                "width": round(share(stop) - share(start), 2),
                "end": share(stop),
                "open_to": min(100, share(stop) + 8),
                "is_moment": share(stop) - share(start) < 0.5,
            }
            for start, stop in moments
        ],
    }


def _moment(day):
    """A day as a share of the calendar: 1 July 2007 lies about halfway between 2007 and 2008."""
    day = datetime.date.fromisoformat(day)
    return day.year + (day.timetuple().tm_yday - 1) / 366

"""Time to scale: where dates, known to the day or only to the year, stand on a line."""

import calendar
import datetime


def scale(spans):
    """A share of the line for every span (first, last) of partial dates, and the years that are named on it.

    A date known to the year covers its year. Shares are percents of the line.
    """
    days = [(_first(start), _last(end or start)) for start, end in spans]
    first, last = min(day for day, _ in days).year, max(day for _, day in days).year
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last + 1 - first) / step <= 7 or step == 100)
    begin, end = first // step * step, -(-(last + 1) // step) * step

    def share(day):
        whole = datetime.date(end, 1, 1).toordinal() - datetime.date(begin, 1, 1).toordinal()
        return round(100 * (day.toordinal() - datetime.date(begin, 1, 1).toordinal()) / whole, 2)

    return {
        "years": [{"year": year, "x": share(datetime.date(year, 1, 1))} for year in range(begin, end + 1, step)],
        "spans": [
            {
                "x": share(start),
                "width": round(share(stop) - share(start), 2),
                "end": share(stop),
                "open_to": min(100, share(stop) + 8),
                "is_moment": share(stop) - share(start) < 0.5,
            }
            for start, stop in days
        ],
    }


def _first(date):
    return datetime.date.fromisoformat(date + "-01" * (2 - date.count("-")))


def _last(date):
    if date.count("-") == 2:
        return datetime.date.fromisoformat(date)
    if date.count("-") == 1:
        year, month = map(int, date.split("-"))
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date(int(date), 12, 31)

"""The lines of a drawing: their course, what stands at their ends, and room for what stands on them."""

from itertools import pairwise
from math import hypot


def path(points):
    """A line through the points, its corners rounded."""
    (x, y), *rest = points
    text = f"M{rounded(x)} {rounded(y)}"
    for corner, after in pairwise(rest):
        middle = (corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2
        text += f"Q{rounded(corner[0])} {rounded(corner[1])} {rounded(middle[0])} {rounded(middle[1])}"
    return text + f"L{rounded(rest[-1][0])} {rounded(rest[-1][1])}"


def head(sign, before, end):
    """What stands at the end of a line: an arrow activates, a bar inhibits, a dot binds, nothing says nothing."""
    length = hypot(end[0] - before[0], end[1] - before[1]) or 1
    dx, dy = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    x, y = end

    def at(along, beside):
        return f"{rounded(x + along * dx - beside * dy)} {rounded(y + along * dy + beside * dx)}"

    if sign == "activates":
        return f"M{at(-8, -4.5)}L{at(0, 0)}L{at(-8, 4.5)}"
    if sign == "inhibits":
        return f"M{at(0, -7)}L{at(0, 7)}"
    if sign == "binds":
        return f"M{at(-3.5, 0)}a3.5 3.5 0 1 1 0 .01z"
    return ""


def mark(verdicts, points, taken):
    """Room for the number and the verdicts of an edge, on its line and clear of what already stands there."""
    wide = 18 + 15 * verdicts
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8):
        x, y = point_at(points, share)
        room = (x - wide / 2, y - 8, x + wide / 2, y + 8)
        if not any(room[0] < b[2] and b[0] < room[2] and room[1] < b[3] and b[1] < room[3] for b in taken):
            break
    else:
        x, y = point_at(points, 0.5)
    taken.append((x - wide / 2, y - 8, x + wide / 2, y + 8))
    left = rounded(x - wide / 2)
    return {
        "ground": {"x": left, "y": rounded(y - 8), "width": wide},
        "hit": {"x": rounded(x - max(wide, 24) / 2), "y": rounded(y - 12), "width": max(wide, 24)},
        "number_x": left + 9,
        "number_y": rounded(y + 4.5),
        "shapes": [{"x": left + 17 + 15 * place, "y": rounded(y - 6)} for place in range(verdicts)],
    }


def point_at(points, share):
    """The point at a share of a line's length."""
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            return a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length
        left -= length
    return points[-1]


def rounded(number):
    return round(number * 2) / 2

"""Numbers for drawings of claims: where things stand on the paper, in percents of its width."""

LABEL = 15  # what a sign and a count of up to three digits take on the narrowest screen


def segments(counts):
    """Where the parts of a bar begin, how wide they are, and where their labels stand without touching another."""
    total = sum(counts)
    if not total:
        return [{"x": 0, "width": 0, "label_x": 0, "middle": 0, "is_moved": False} for _ in counts]
    shown = [100 * count / total for count in counts]
    begins = [sum(shown[:place]) for place in range(len(counts))]
    labels, room = {}, 100
    for place in reversed([place for place, count in enumerate(counts) if count]):
        room = labels[place] = min(begins[place], room - LABEL)
    return [
        {
            "x": round(begin, 2),
            "width": round(width, 2),
            "label_x": round(max(0, labels.get(place, begin)), 2),
            "middle": round(begin + width / 2, 2),
            "is_moved": abs(labels.get(place, begin) - begin) > 1,
        }
        for place, (begin, width) in enumerate(zip(begins, shown, strict=True))
    ]

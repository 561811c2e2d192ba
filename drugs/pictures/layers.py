"""Which layer of a drawing a node belongs to, and which nodes find no room."""

LAYER, ALL = 3, 24  # no more than so many nodes side by side, and in the whole drawing


def layers(keys, links):
    """A layer for each key: below all that act on it, yet as close as can be above what it acts on."""
    links = _without_circles(keys, links)
    place = dict.fromkeys(keys, 0)
    for _ in keys:
        for start, goal in links:
            place[goal] = max(place[goal], place[start] + 1)
    for _ in keys:
        for key in keys:
            below = [place[goal] for start, goal in links if start == key]
            place[key] = min(below) - 1 if below else place[key]
    return place


def too_many(keys, links, weight):
    """The keys for which a layer has no room; of those that must go the lightest goes first."""
    heaviest = set(sorted(keys, key=lambda key: (weight[key], key), reverse=True)[:ALL])
    kept, gone = [key for key in keys if key in heaviest], [key for key in keys if key not in heaviest]
    while True:
        place = layers(kept, [link for link in links if set(link) <= set(kept)])
        full = next((level for level in sorted(set(place.values())) if _number(place, level) > LAYER), None)
        if full is None:
            return gone
        lightest = min((key for key in kept if place[key] == full), key=lambda key: (weight[key], key))
        kept.remove(lightest)
        gone.append(lightest)


def _number(place, level):
    return sum(1 for other in place.values() if other == level)


def _without_circles(keys, links):
    """The links, with those turned round that lead back to where one came from."""
    straight, state = [], {}

    def visit(key):
        state[key] = "on the way"
        for goal in dict.fromkeys(goal for start, goal in links if start == key):
            back = state.get(goal) == "on the way"
            straight.append((goal, key) if back else (key, goal))
            if goal not in state:
                visit(goal)
        state[key] = "done"

    for key in keys:
        if key not in state:
            visit(key)
    return straight

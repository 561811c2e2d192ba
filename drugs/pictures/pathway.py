"""The layered drawing of a small graph: from what acts to what is acted upon, lying or standing.

Sugiyama's method: give every node a layer, order the layers by barycentre sweeps so that few lines cross, place the
nodes, draw the lines. It is our own because a browser's library would need scripts and Graphviz a program on every
server, and neither knows our lists, marks and two shapes of paper. The same graph always gives the same drawing.
`along` runs with the arrows, `across` beside them.
"""

from itertools import pairwise

from drugs.pictures.layers import layers
from drugs.pictures.lines import head, mark, path, rounded

PAGE, PHONE = 932, 316  # how wide a drawing may be where it lies, and where it stands
BOX, LINE = 30, 26  # how high a node is, and a line of a list
SIGN = 23  # how far the ends of two lines stay apart at one node
LETTER = 8.1  # an average letter of 15 px, generously
# Measured on 150 random graphs of up to 16 nodes:
ORDERING = 12  # sweeps, every other one back; the sixth was the last that saved a crossing
PLACING = 30  # sweeps; later ones moved no node by a whole pixel


def draw(nodes, edges, lists=(), lying=False):
    """Place nodes, edges and lists; None if a lying drawing would be wider than the page.

    `nodes`: {key: label}; `edges`: rows with start, goal, sign and the number of verdicts on it;
    `lists`: rows with start and lines, what one node does to many things that need no place of their own.
    """
    graph = _Graph(nodes, edges, lists, lying)
    return graph.drawing() if graph.fits else None


class _Graph:
    """The drawing while it is made, a step of the method after the other."""

    def __init__(self, nodes, edges, lists, lying):
        self.lying, self.edges, self.lists, self.labels = lying, edges, lists, nodes
        self.heads = {("list", number): each for number, each in enumerate(lists)}
        self.place = layers(list(nodes), [(edge["start"], edge["goal"]) for edge in edges])
        lines = [(edge["start"], edge["goal"]) for edge in edges]
        if not lying:
            last = max(self.place.values(), default=0) + 1
            self.place |= {head: last + number for number, head in enumerate(self.heads)}
            lines += [(each["start"], head) for head, each in self.heads.items()]
        self.ways = [self._way(start, goal, number) for number, (start, goal) in enumerate(lines)]
        self.size = {key: self._size(key) for key in self.place}
        self.rows = self._ordered()
        self._stand_along()
        self._stand_across()

    @property
    def fits(self):
        return not self.lying or (self.length <= PAGE and len(self.heads) < 2)

    def _way(self, start, goal, number):
        """The nodes that a line passes: its ends, and a bend of its own in every layer between them."""
        low, high = self.place[start], self.place[goal]
        step = 1 if high > low else -1
        bends = [("bend", number, level) for level in range(low + step, high, step)]
        self.place |= {bend: bend[2] for bend in bends}
        return [start, *bends, goal]

    def _size(self, key):
        """How much room a node takes (along, across)."""
        if key[0] == "bend":
            return 0, 18 if self._lane(key) else 24
        if key in self.heads:
            return len(self.heads[key]["lines"]) * LINE, 24
        wide = len(self.labels[key]) * LETTER + 22
        ports = max(sum(way[0] == key for way in self.ways), sum(way[-1] == key for way in self.ways))
        room = ports * SIGN + 8
        return (wide, max(BOX, room)) if self.lying else (BOX, max(wide, room))

    def _ordered(self):
        """The layers as lists of keys, put in order by the barycentre of their neighbours; the best order seen."""
        rows = [[key for key in self.place if self.place[key] == level] for level in range(self._last + 1)]
        best, fewest = [list(row) for row in rows], self._crossings(rows)
        for sweep in range(ORDERING):
            down = sweep % 2 == 0
            for row in rows if down else reversed(rows):
                spot = {key: number / len(other) for other in rows for number, key in enumerate(other)}
                wish = {key: self._middle(key, spot, above=down) for key in row}
                row.sort(key=lambda key, wish=wish: wish[key])
            crossings = self._crossings(rows)
            if crossings < fewest:
                best, fewest = [list(row) for row in rows], crossings
        owners = [each["start"] for each in self.heads.values()] if self.lying else []
        return [sorted(row, key=lambda key: (self._lane(key) or PHONE, key in owners)) for row in best]

    def _lane(self, key):
        """Where the way to a list runs down the left edge of a standing drawing; None for all other keys."""
        number = key[1] - len(self.edges) if key[0] == "bend" else key[1] if key[0] == "list" else -1
        return None if number < 0 else 10 + 18 * (len(self.heads) - 1 - number)

    @property
    def _last(self):
        return max(self.place.values())

    def _neighbours(self, key):
        return [b if a == key else a for way in self.ways for a, b in pairwise(way) if key in (a, b)]

    def _middle(self, key, spot, above):
        side = [n for n in self._neighbours(key) if (self.place[n] < self.place[key]) == above]
        return sum(spot[n] for n in side) / len(side) if side else spot[key]

    def _crossings(self, rows):
        spot = {key: number for row in rows for number, key in enumerate(row)}
        steps = [sorted(step, key=self.place.get) for way in self.ways for step in pairwise(way)]
        return sum(
            self.place[a] == self.place[c] and (spot[a] - spot[c]) * (spot[b] - spot[d]) < 0
            for number, (a, b) in enumerate(steps)
            for c, d in steps[:number]
        )

    def _stand_along(self):
        """Where every layer begins and ends with the arrows."""
        deep = [max((self.size[key][0] for key in row), default=0) for row in self.rows]
        gap = 46
        if self.lying and len(deep) > 1:
            gap = max(44, min(100, (PAGE - sum(deep)) / (len(deep) - 1)))
        self.along, at = [], 0
        for size in deep:
            self.along.append((at, at + size))
            at += size + gap
        self.length = at - gap

    def _stand_across(self):
        """Let every node stand among its neighbours, without touching the next one in its layer."""
        self.across = {}
        breadth = [sum(self.size[key][1] + 14 for key in row) for row in self.rows]
        self.breadth = max([*breadth, 60]) if self.lying else PHONE
        for row, wide in zip(self.rows, breadth, strict=True):
            at = (self.breadth - wide) / 2
            for key in row:
                self.across[key] = at + self.size[key][1] / 2 + 7
                at += self.size[key][1] + 14
        for sweep in range(PLACING):
            for row in self.rows if sweep % 2 == 0 else reversed(self.rows):
                for key in row:
                    others = [self.across[n] for n in self._neighbours(key)]
                    if others:
                        self.across[key] = sum(others) / len(others)
                    if self._lane(key):
                        self.across[key] = self._lane(key)
                self._part(row)

    def _part(self, row):
        """Move the nodes of a layer apart until each has its room, and back onto the paper."""
        at = 0
        for key in row:
            half = self.size[key][1] / 2
            self.across[key] = max(self.across[key], at + half)
            at = self.across[key] + half + 14
        at = self.breadth
        for key in reversed(row):
            half = self.size[key][1] / 2
            self.across[key] = min(self.across[key], at - half)
            at = self.across[key] - half - 14

    def _point(self, along, across):
        return (along, across) if self.lying else (across, along)

    def _box(self, key):
        """x, y, width, height of a node."""
        begin, end = self.along[self.place[key]]
        deep, wide = self.size[key]
        x, y = self._point((begin + end - deep) / 2, self.across[key] - wide / 2)
        width, height = self._point(deep, wide)
        return {"x": x, "y": y, "width": width, "height": height}

    def _ports(self):
        """Where each line leaves and reaches its nodes: side by side, in the order in which they come."""
        ports = {}
        for end in (0, -1):
            beside = 1 if end == 0 else -2
            for key in self.place:
                ends = [n for n, way in enumerate(self.ways) if way[end] == key]
                ends.sort(key=lambda n: (self.across[self.ways[n][beside]], n))
                for spot, number in enumerate(ends):
                    ports[number, end] = self.across[key] + (spot - (len(ends) - 1) / 2) * SIGN
        return ports

    def _lines(self):
        """The points of every line, from the edge of one node to the edge of the other."""
        ports, lines = self._ports(), []
        for number, way in enumerate(self.ways):
            forth = self.place[way[0]] < self.place[way[-1]]
            start, goal = way[0], way[-1]
            first = self._edge_of(start, after=forth) + (1 if forth else -1) * 3
            last = self._edge_of(goal, after=not forth) - (1 if forth else -1) * (6 if goal not in self.heads else 0)
            points = [self._point(first, ports[number, 0])]
            for bend in way[1:-1]:
                begin, end = self.along[self.place[bend]]
                for at in (begin, end) if forth else (end, begin):
                    points.append(self._point(at, self.across[bend]))
            points.append(self._point(last, ports[number, -1]))
            lines.append(points)
        return lines

    def _edge_of(self, key, after):
        begin, end = self.along[self.place[key]]
        deep = self.size[key][0]
        middle = (begin + end) / 2
        return middle + deep / 2 if after else middle - deep / 2

    def drawing(self):
        lines = self._lines()
        boxes = {key: self._box(key) for key in self.labels}
        taken = [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in boxes.values()]
        drawn = []
        for edge, points in zip(self.edges, lines, strict=False):
            drawn.append(
                {"path": path(points), "head": head(edge["sign"], *points[-2:])}
                | mark(edge["verdicts"], points, taken)
            )
        width, height = self._point(self.length, self.breadth)
        trunks = [self._list(number, key, boxes, lines) for number, key in enumerate(self.heads)]
        foot = max([height, *[row["y"] + 12 for trunk in trunks for row in trunk["lines"]]])
        return {
            "lies": self.lying,
            "width": rounded(width) + 4,
            "height": rounded(foot) + 4,
            "nodes": {
                key: {name: rounded(value) for name, value in box.items()}
                | {"text_x": rounded(box["x"] + box["width"] / 2), "text_y": rounded(box["y"] + box["height"] / 2 + 5)}
                for key, box in boxes.items()
            },
            "edges": drawn,
            "lists": trunks,
        }

    def _list(self, number, key, boxes, lines):
        """A trunk with a branch to each line of its list; where the drawing lies, it hangs below its node."""
        each = self.heads[key]
        if self.lying:
            box = boxes[each["start"]]
            x, top = box["x"] + box["width"] / 2, self.breadth + 8
            trunk = f"M{rounded(x)} {rounded(box['y'] + box['height'] + 3)}"
        else:
            points = lines[len(self.edges) + number]
            x, top = points[-1]
            trunk = path(points)
        rows = [top + (number + 0.5) * LINE for number in range(len(each["lines"]))]
        tick = 16 + 18 * number
        return {
            "path": f"{trunk}V{rounded(rows[-1])}",
            "lines": [
                {
                    "x": rounded(x + tick + 8),
                    "y": rounded(y),
                    "text_y": rounded(y + 5),
                    "path": f"M{rounded(x)} {rounded(y)}H{rounded(x + tick)}",
                    "head": head(sign, (x, y), (x + tick, y)),
                }
                for y, sign in zip(rows, each["signs"], strict=True)
            ],
        }

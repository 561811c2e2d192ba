"""What a reader sees of a page. Paths are those of ElementTree: `read(page, ".//nav//a")`."""

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import TreeBuilder

WITHOUT_END = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class _TreeParser(HTMLParser):
    """Only a page whose every tag ends where it should has a tree."""

    def __init__(self):
        super().__init__()
        self.builder = TreeBuilder()

    def handle_starttag(self, tag, attributes):
        self.builder.start(tag, {name: value or "" for name, value in attributes})
        if tag in WITHOUT_END:
            self.builder.end(tag)

    def handle_endtag(self, tag):
        if tag not in WITHOUT_END:
            ended = self.builder.end(tag).tag
            assert ended == tag, f"</{tag}> ends <{ended}> in line {self.getpos()[0]}"

    def handle_data(self, data):
        self.builder.data(data)


def tree(page):
    """The elements of a page; a test may ask for them often."""
    if not hasattr(page, "elements"):
        parser = _TreeParser()
        parser.feed(page.content.decode())
        parser.close()
        page.elements = parser.builder.close()
    return page.elements


def words(element):
    """What an element says."""
    return " ".join("".join(element.itertext()).split())


def read(page, path):
    """What each element on this path says."""
    return [words(element) for element in tree(page).iterfind(path)]


def text(page):
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def rows(page):
    """What stands in the rows of the tables: by the heading of the first column, then by the labels of the cells."""
    return [
        {words(table.find("thead/tr/th")): words(row.find("th"))}
        | {cell.get("data-label"): words(cell) for cell in row.iterfind("td")}
        for table in tree(page).iter("table")
        for row in table.iterfind("tbody/tr[th]")
    ]


def links(page, path):
    """Where the links within an element lead, by their words."""
    return {words(link): link.get("href") for link in tree(page).iterfind(f"{path}//a")}


def listed(page):
    """Where the rows of the tables lead."""
    return [link.get("href") for link in tree(page).iterfind(".//tbody/tr/th/a")]


def facts(page):
    """The table of facts: what is said under each term."""
    return {
        words(fact.find("dt")): words(fact.find("dd"))
        for fact in tree(page).iterfind(".//dl[@class='fact-table']/div")
    }


def claims(page, section=None, group="."):
    """What the claims of a page say, or those of one section, or of a group of it: `claims(page, "mechanisms")`."""
    within = f".//section[@id='{section}']/{group}" if section else "."
    return read(page, f"{within}//p[@class='claim-statement']")

"""What a reader types into the search, and what is then listed."""

import re


def find(client, query, **narrowed):
    return client.get("/search/", {"q": query} | narrowed).content.decode()


def titles(client, query, **narrowed):
    """What is listed, from top to bottom."""
    found = re.findall(r'<li>\s*<p><a href="[^"]*">(.*?)</a>', find(client, query, **narrowed), re.S)
    return [re.sub("</?mark>", "", title).strip() for title in found]

"""The printed names of those who wrote a source: people, groups, and companies whose own names hold a comma."""

import re

COMPANY = re.compile(r"\b(?:AG|Co|Corp|GmbH|Inc|Limited|LLC|LP|Ltd|PLC|SA)\b\.?$")
BETWEEN = re.compile(r",(?!\s*(?:Co|Corp|Inc|LLC|LP|Ltd|PLC)\b\.?\s*(?:,|$))")


def authors(printed: str) -> list[str]:
    """The names of a printed list: “Hudes G, Pfizer, Inc., et al.” → three, the last of them “et al.”"""
    return [name for name in (" ".join(name.split()) for name in BETWEEN.split(printed)) if name]


def is_company(name: str) -> bool:
    return bool(COMPANY.search(name))

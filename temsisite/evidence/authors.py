"""The printed names of those who wrote a source: people, groups, and companies whose own names hold a comma."""

import re
from functools import lru_cache

# Not AG, LP or SA, which are the initials of people as well.
AFTER_COMMA = "Co|Corp|Inc|LLC|Ltd|PLC"
COMPANY = re.compile(rf"\b(?:{AFTER_COMMA}|GmbH|Limited)\b\.?$", re.IGNORECASE)
BETWEEN = re.compile(rf",(?!\s*(?:{AFTER_COMMA}|LP)\b\.?\s*(?:,|$))", re.IGNORECASE)


@lru_cache(maxsize=1000)  # pages name the same sources again and again
def authors(printed: str) -> tuple[str, ...]:
    """The names of a printed list: “Hudes G, Pfizer, Inc., et al.” → three, the last of them “et al.”"""
    return tuple(name for name in (" ".join(name.split()) for name in BETWEEN.split(printed)) if name)


def is_company(name: str) -> bool:
    return bool(COMPANY.search(name))

"""The address that a record gets when nobody typed one."""

from itertools import count

from django.utils.text import slugify

LONGEST = 100  # leaves room for the number that tells it from others
TRIED_AT_ONCE = 50


def free_address(model, words: str, taken=frozenset()) -> str:
    """A free address of these words: ind-199-stable-disease, …-2 if that is taken; empty if there are no words."""
    stem = slugify(words)[:LONGEST].strip("-")
    for first in count(1, TRIED_AT_ONCE):
        names = [f"{stem}-{number}" if number > 1 else stem for number in range(first, first + TRIED_AT_ONCE)]
        known = {*taken, *model.objects.filter(slug__in=names).order_by().values_list("slug", flat=True)}
        if free := next((name for name in names if name not in known), None):
            return free if stem else ""

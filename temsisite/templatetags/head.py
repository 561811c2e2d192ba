"""What the head of a page says to machines."""

import json
from functools import cache

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.safestring import mark_safe

register = template.Library()

# A script element ends at the first “</script”, even one within a string.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}

asset = register.simple_tag(cache(static), name="asset")  # no address changes while the site runs


@register.simple_tag(takes_context=True)
def again(context, name):
    """What the page puts into the block of this name, in a second place."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(" ".join(block.render(context).split()))


@register.filter
def as_json(data):
    """Data as the text of a script element that no browser runs."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))

"""What the head of a page says: to machines, and to readers as the site's header."""

import json
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from temsisite.publishing.keeping import kept_rendering

register = template.Library()

# A script element ends at the first “</script”, even one within a string.
ESCAPES = {sign: f"\\u{ord(sign):04X}" for sign in "<>&"}

asset = register.simple_tag(cache(static), name="asset")  # no address changes while the site runs

SECTIONS = {"drugs", "targets", "diseases", "trials", "findings", "approvals", "sources", "changes", "api"}


@register.simple_tag
def site_header(path, query):
    """The header of all pages, kept for each section; not where it repeats what was searched for."""
    section = next((part for part in path.split("/") if part in SECTIONS), "")
    return _header(section, query) if query else _header_of(section)


def _header(section, query=""):
    return render_to_string("components/_site_header.html", {"section": section, "query": query})


_header_of = kept_rendering(_header)


@register.simple_tag
def site_footer(site):
    """The footer of all pages, kept for the newest publication."""
    return _footer(site.get("sequence"), site.get("published_on")) if site else _footer(None, None)


@kept_rendering
def _footer(sequence, published_on):
    site = {"sequence": sequence, "published_on": published_on}
    return render_to_string("components/_site_footer.html", {"site": site})


@register.simple_tag
@kept_rendering
def stylesheets():
    """Links to what the looks of every page are made of."""
    return render_to_string("components/_stylesheets.html")


@register.simple_tag(takes_context=True)
def again(context, name):
    """What the page puts into the block of this name, in a second place."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(" ".join(block.render(context).split()))


@register.filter
def as_json(data):
    """Data as the text of a script element that no browser runs."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, escaped in ESCAPES.items():
        text = text.replace(sign, escaped)
    return mark_safe(text)

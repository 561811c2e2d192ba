"""What the templates of the desk need: cells that name their columns, and how long ago something was."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from temsisite.publishing.desk import ago

register = template.Library()
register.filter(ago)


@register.filter
def named_by(cells, headers):
    """The cells of a row, which the admin has rendered, each with its heading: a phone shows the row as a card."""
    for cell, header in zip(cells, headers, strict=True):
        label = format_html(' data-label="{}"', capfirst(header["text"]))
        yield mark_safe(str(cell).replace(" class=", f"{label} class=", 1))

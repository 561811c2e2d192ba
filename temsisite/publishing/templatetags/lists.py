"""The cells of the admin’s lists with the names of their columns, for a phone shows each row as a card."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def named_by(cells, headers):
    """The cells of a row, which the admin has rendered, each with the heading of its column as `data-label`."""
    for cell, header in zip(cells, headers, strict=True):
        label = format_html(' data-label="{}"', capfirst(header["text"]))
        yield mark_safe(str(cell).replace(" class=", f"{label} class=", 1))

"""Figures within the running text of the front page."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def figure(claim, words=""):
    """A claim's figure, or words in its place, linked to the claim and without space before the next comma."""
    context = claim | {"text": words or claim["text"]}
    return mark_safe(render_to_string("components/_figure_link.html", context).strip())

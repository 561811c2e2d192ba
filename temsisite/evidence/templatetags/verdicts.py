"""The badge of a verdict: `{% badge claim.verdict claim.verdict_label %}`."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
def badge(verdict, label):
    """A verdict's shape and word. There are few and pages show hundreds, so each is rendered once."""
    return (_rendered.__wrapped__ if settings.DEBUG else _rendered)(verdict, label)


@lru_cache(maxsize=100)
def _rendered(verdict, label):
    return render_to_string("components/_verdict_badge.html", {"verdict": verdict, "label": label})

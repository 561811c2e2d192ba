"""The badge of a verdict and its mark: `{% badge verdict label %}`, `{% shape verdict %}`."""

from django import template

from temsisite.evidence.presenters import verdict_badge, verdict_shape

register = template.Library()
register.simple_tag(verdict_badge, name="badge")
register.simple_tag(verdict_shape, name="shape")

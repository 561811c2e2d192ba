"""The badge of a verdict: `{% badge claim.verdict claim.verdict_label %}`."""

from django import template

from temsisite.evidence.presenters import verdict_badge

register = template.Library()
register.simple_tag(verdict_badge, name="badge")

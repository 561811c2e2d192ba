"""Attributes and options of form fields, written as Django's own templates do, which take ten times as long.

Names of options are texts, and each option is written alike: a widget's own `option_template_name` is not asked.
"""

from django import template
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def as_attributes(attrs):
    """The attributes of a tag: ` id="id_value" required`."""
    told = ((name, value) for name, value in (attrs or {}).items() if value is not False)
    return mark_safe(
        "".join(
            f" {escape(name)}" if value is True else f' {escape(name)}="{conditional_escape(value)}"'
            for name, value in told
        )
    )


@register.filter
def as_options(groups):
    """What a list offers to choose from."""
    return format_html_join("", "{}", ((_group(name, options),) for name, options, _ in groups))


def _group(name, options):
    rows = ((option["value"], as_attributes(option["attrs"]), option["label"]) for option in options)
    told = format_html_join("", '\n  <option value="{}"{}>{}</option>', rows)
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, told) if name else told

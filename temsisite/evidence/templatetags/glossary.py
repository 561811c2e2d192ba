"""Terms of the field within texts: `{% terms claim.verdict_note %}`."""

from django import template

from temsisite.evidence.glossary import link_terms

register = template.Library()


@register.simple_tag(takes_context=True)
def terms(context, text):
    """A plain text, each term linked to the glossary where the page uses it first. Not for use within links."""
    page = getattr(context, "request", None) or context  # `only` takes variables away, but not the request
    if not hasattr(page, "terms_seen"):
        page.terms_seen = set()
    return link_terms("" if text is None else str(text), page.terms_seen)

"""Terms of the field within texts: `{% terms claim.verdict_note %}`."""

from django import template

from temsisite.evidence.glossary import link_terms

register = template.Library()


@register.tag
def terms(parser, token):
    """A plain text, each term linked to the glossary where the page uses it first. Not for use within links."""
    _, text = token.split_contents()
    return TermsNode(parser.compile_filter(text))


class TermsNode(template.Node):
    """A simple tag would do the same; there are so many on a page that it would take a thirtieth of its time."""

    def __init__(self, text):
        self.text = text

    def render(self, context):
        page = getattr(context, "request", None) or context  # `only` takes variables away, but not the request
        if not hasattr(page, "terms_seen"):
            page.terms_seen = set()
        text = self.text.resolve(context)
        return link_terms("" if text is None else str(text), page.terms_seen)

"""The quotation of a claim in its sentence, for editors: `{% quotation_of document %}`."""

from django import template

from temsisite.evidence import quotations
from temsisite.evidence.models import Source

register = template.Library()


@register.inclusion_tag("admin/evidence/_proposed_quotation.html")
def quotation_of(document):
    """The quotation of a claim that is proposed; nothing for other documents."""
    quotation = document and document.get("quotation")
    source = Source.objects.filter(slug=document["source"]).first() if quotation else None
    return quotations.shown(quotation, source)

"""A quotation where it stands in the text of its source, for editors: `{% quotation_of document %}`."""

from django import template

from temsisite.evidence import quotations
from temsisite.evidence.models import Source

register = template.Library()


def quotation_shown(quotation, source):
    """What `evidence/_quotation.html` shows of a quotation: its sentence, or why there is none."""
    text = source.text if source and quotation else ""
    place = quotations.in_its_sentence(quotation, text) if text else None
    complaint = quotations.complaint(quotation, text) if text and not place else ""
    return {"quotation": quotation, "source": source, "place": place, "complaint": complaint}


@register.inclusion_tag("admin/evidence/_proposed_quotation.html")
def quotation_of(document):
    """The quotation of a claim that is proposed; nothing for other documents."""
    quotation = document and document.get("quotation")
    source = Source.objects.filter(slug=document["source"]).first() if quotation else None
    return quotation_shown(quotation, source)

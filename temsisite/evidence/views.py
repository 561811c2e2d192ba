"""The readers' pages of sources: the list, and everything one source says."""

import json

from django.shortcuts import render

from temsisite.evidence.citations import original
from temsisite.evidence.filters import SourceFilterSet
from temsisite.evidence.glossary import SECTIONS
from temsisite.evidence.models import Source, Verdict
from temsisite.evidence.presenters import (
    claims_of,
    decided_by,
    facts_from,
    original_citation,
    source_facts,
    source_row,
    tally,
    tally_sentence,
    with_claim_counts,
)
from temsisite.evidence.reading import clauses, filters, own_words, sections
from temsisite.publishing.citations import citation_file
from temsisite.publishing.pages import BySlug, get_shown, get_version, public_page, render_list, render_record

SOURCE = BySlug(Source.objects.defer("text"))


@public_page
def source_list(request):
    sources = with_claim_counts(Source.objects.public()).order_by("title", "pk")
    return render_list(request, "evidence/source_list.html", SourceFilterSet(request.GET, sources), row=source_row)


@public_page
def source_detail(request, slug):
    """Everything one source says, in its order, with verdicts and their tally; and what it decides."""
    source = get_shown(request, SOURCE, slug)
    claims, more_claims = claims_of(source)
    chosen = request.GET.get("verdict", "")
    text = clauses(claims)
    decided, more_decided = decided_by(source)
    related, more_related = facts_from(source)
    fares = tally([claim.verdict for claim in claims], url=source.get_absolute_url())
    context = {
        "facts": source_facts(source),
        "tally": fares,
        "tally_sentence": tally_sentence(fares, is_part=bool(more_claims)),
        "is_assessed": any(clause["is_assessed"] for clause in text),
        "own_words": own_words(source),
        "total": len(text),
        "more_claims": more_claims,
        "chosen": chosen,
        "chosen_label": dict(Verdict.choices).get(chosen, ""),
        "filters": filters(claims, source.get_absolute_url(), chosen),
        "wrong": [clause for clause in text if clause["is_contradicted"]],
        "sections": sections([clause for clause in text if chosen in ("", clause["verdict"])]),
        "decided": decided,
        "more_decided": more_decided,
        "related": related,
        "related_title": f"{'The first of the records' if more_related else 'Records'} that take facts from it",
    }
    if source.is_public:
        context["cite_original"] = original_citation(source)
    response = render_record(request, "evidence/source_detail.html", source, context)
    if chosen and chosen not in Verdict.values:
        response.status_code = 400
    return response


@public_page
def cite_original(request, slug, number, ending):
    """How to cite the document itself, for a reference manager, as a version of its record describes it."""
    line, _ = get_version("sources", slug, number)
    return citation_file(original(json.loads(line.document)), ending)


@public_page
def glossary(request):
    """The words of the field, each defined once."""
    return render(request, "evidence/glossary.html", {"sections": SECTIONS})

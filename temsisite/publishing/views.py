"""Pages about every kind of record: what changed, its history, its old versions; and the search."""

import json

from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from temsisite.publishing.citations import citation_file, cited
from temsisite.publishing.filters import ChangesFilterSet, SearchFilterSet
from temsisite.publishing.kinds import plural
from temsisite.publishing.models import Publication, SearchDocument
from temsisite.publishing.pages import (
    PAGE_SIZE,
    cite_version,
    get_lines,
    get_version,
    list_page,
    public_page,
    tidy_address,
)
from temsisite.publishing.presenters import days, document_before, document_facts, history_rows, kind_label, record_url
from temsisite.publishing.search.presenters import search_results
from temsisite.publishing.shape import headline


@public_page
def changes(request):
    """What was published, revised and withdrawn, newest first."""
    filterset = ChangesFilterSet(request.GET, Publication.objects.with_titles().order_by("-sequence"))
    if tidy := tidy_address(request, filterset):
        return redirect(tidy)
    found, status = list_page(request, filterset)
    return render(request, "publishing/changes.html", found | {"days": days(found["page"])}, status=status)


@public_page
def history(request, kinds, slug):
    """The versions of one record, newest first, with what changed from each to the next."""
    lines, newest = get_lines(kinds, slug)
    context = {"newest": newest, "url": record_url(newest), "kind": kind_label(newest.kind)}
    page = Paginator(lines.order_by("-version"), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)[::-1]
    page.object_list = history_rows(shown, document_before(lines, shown[0]))
    return render(request, "publishing/history.html", context | {"title": headline(newest.told_title), "page": page})


@public_page
def version(request, kinds, slug, number):
    """One version for ever, told by its stored document and not by today's rows."""
    line, newest = get_version(kinds, slug, number)
    later = Publication.objects.of(line.kind, line.slug).filter(version__gt=number)
    facts, empty = document_facts(json.loads(line.document))
    context = {
        "line": line,
        "newest": newest,
        "next_line": later.first(),
        "title": headline(line.told_title),
        "kind": kind_label(line.kind),
        "url": record_url(line),
        "json_url": f"/api/v1/{plural(line.kind)}/{line.slug}/?version={line.version}",
        "facts": facts,
        "empty": empty,
        "cite": cite_version(request, line),
    }
    return render(request, "publishing/version.html", context)


@public_page
def cite(request, kinds, slug, number, ending):
    """How to cite one version, for a reference manager."""
    line, _ = get_version(kinds, slug, number)
    return citation_file(cited(line, request.build_absolute_uri), ending)


@public_page
def search_page(request):
    """Find records of every kind by the words of their documents."""
    asked = SearchFilterSet(request.GET, SearchDocument.objects.all())
    problems = asked.problems(also=["page"])
    context = search_results(asked.found(), problems, request.GET.get("page"))
    return render(request, "publishing/search.html", context, status=400 if problems else 200)

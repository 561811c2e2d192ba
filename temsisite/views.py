"""The roof's own pages: the front page, the styleguide and what machines ask for."""

import json

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpResponseServerError, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from drugs.models import Drug
from temsisite.database import is_behind
from temsisite.evidence.filters import SourceFilterSet
from temsisite.evidence.models import Source
from temsisite.evidence.presenters import tally, tally_sentence, verdicts_on
from temsisite.linked_data import dataset
from temsisite.presenters import ARTICLE, HEROES, pictures, story
from temsisite.publishing.facets import filter_panel
from temsisite.publishing.models import Publication
from temsisite.publishing.pages import conditional, public_page
from temsisite.publishing.presenters import change_rows

NEWEST = 5


@public_page
def home(request):
    """The story of the drug, every figure linked to its claim; the tally of the article; the ways in."""
    article = Source.objects.public().filter(slug=ARTICLE).first()
    heroes = {drug.slug: drug for drug in Drug.objects.public().filter(slug__in=HEROES)}
    fares = tally(verdicts_on(article), url=article.get_absolute_url()) if article else []
    newest = list(Publication.objects.with_titles().order_by("-sequence")[:NEWEST])
    context = {
        "article": article,
        "tally": fares,
        "tally_sentence": tally_sentence(fares),
        "story": story(),
        "drugs": {slug: drug.get_absolute_url() for slug, drug in heroes.items()},
        **pictures(heroes.get(HEROES[0])),
        "newest": change_rows(newest),
        "linked_data": dataset(request, newest[0] if newest else None),
    }
    return render(request, "home.html", context)


def styleguide(request):
    """Every component with true content, for whoever works on the look; it is no part of the public site."""
    if not settings.DEBUG:
        raise Http404("The styleguide is shown only in DEBUG.")
    content = json.loads((settings.BASE_DIR / "templates" / "styleguide.json").read_text(encoding="utf-8"))
    panels = [filter_panel(SourceFilterSet(QueryDict(query), Source.objects.public())) for query in ("", "type=NOVEL")]
    page = Paginator(range(79), 25).get_page(2)
    return render(request, "styleguide.html", content | {"panels": panels, "page": page, "query": "standing=PRIMARY"})


@conditional
@require_safe
def robots(request):
    """What crawlers leave alone, and where they find the rest."""
    sitemap = request.build_absolute_uri(reverse("publishing:sitemaps"))
    return render(request, "robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")


def healthz(request):
    """Say whether the database answers and is migrated; for load balancers."""
    try:
        behind = is_behind()
    except DatabaseError:
        return JsonResponse({"database": "not answering", "migrated": None}, status=503)
    return JsonResponse({"database": "ok", "migrated": not behind}, status=503 if behind else 200)


def server_error(request):
    """The page of last resort: it asks nothing of the database."""
    return HttpResponseServerError(render_to_string("500.html"))

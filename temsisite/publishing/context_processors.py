"""What every page's frame shows: how far the site has come, and the licence of its data."""

from functools import cache

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from temsisite.publishing.keeping import newest_line
from temsisite.publishing.shape import day_in_words


def site(request):
    """Give templates `site.sequence`, `site.published_on`, `site.license` and `canonical_url`, each made when used."""
    return {
        "site": SimpleLazyObject(lambda: _site(request)),
        "canonical_url": cache(lambda: canonical_url(request)),  # a page says it twice
        # What few pages have, and the frame asks for on all: looking for what is not there takes long.
        "search_query": "",
        "linked_data": None,
        "rehearsal": getattr(request, "rehearsal", None),
    }


def canonical_url(request):
    """The one address of a page, whatever filters led to it; the further pages of a list have their own."""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() and page != "1" else ""
    return request.build_absolute_uri(request.path + query)


def _site(request):
    sequence, published_at = newest_line(request)
    return {"sequence": sequence, "published_on": day_in_words(published_at), "license": settings.DATA_LICENSE}

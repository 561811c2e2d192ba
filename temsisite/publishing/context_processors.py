"""What every page's frame shows: how far the site has come, and the licence of its data."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from temsisite.publishing.models import Publication


def site(request):
    """Give templates `site.sequence`, `site.published_at` and `site.license`; asked of the database only when used."""
    return {"site": SimpleLazyObject(_site)}


def _site():
    newest = Publication.objects.order_by("-sequence").only("sequence", "published_at").first()
    return {
        "sequence": newest.sequence if newest else 0,
        "published_at": newest.published_at if newest else None,
        "license": settings.DATA_LICENSE,
    }

"""What takes a look at a whole list, kept until the next publication."""

import hashlib
from functools import lru_cache, wraps

from django.conf import settings
from django.core.cache import cache

from temsisite.publishing.facets import address, asked
from temsisite.publishing.filters import ChoiceFilter, RecordFilter
from temsisite.publishing.models import Publication
from temsisite.publishing.rehearsals import is_rehearsal


def newest_line(request):
    """The number and the time of the last line: asked once for an answer, so that all of it tells of one state."""
    if not hasattr(request, "newest_line"):
        request.newest_line = Publication.objects.newest()
    return request.newest_line


def key_of_now(request, *about) -> str:
    """A key for something made of what is public, that moves with every publication and every release of the code."""
    sequence, _ = newest_line(request)
    state = f"{settings.RELEASE}:{sequence}:{':'.join(about)}"
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def kept_rendering(render):
    """Keep what a template made of the same values; not in DEBUG, where an edited one must show at once."""
    kept = lru_cache(maxsize=100)(render)

    @wraps(render)
    def rendered(*values):
        return (render if settings.DEBUG else kept)(*values)

    return rendered


class Keeping:
    """The cache of one list as it was chosen. What was typed is not kept, for texts can be made up without end."""

    def __init__(self, request, filterset):
        self.request, self.filterset = request, filterset
        # While somebody works on the templates, an edited one must show at once.
        self.is_kept = not settings.DEBUG and not is_rehearsal() and consists_of_choices(filterset)
        self.key = self._key() if self.is_kept else ""

    def get(self, name, make):
        """What was kept under a name, or else what is made now."""
        return cache.get_or_set(f"{name}:{self.key}", make, 3600) if self.is_kept else make()

    def _key(self):
        return key_of_now(self.request, type(self.filterset).__name__, address(asked(self.filterset)))


def consists_of_choices(filterset):
    """Whether all that was asked for is one of a field's values, a record by its slug, or an order."""
    query, filters = asked(filterset), filterset.filters
    chosen = {name for name, value in query.items() if value}
    return (
        all(name == "ordering" or isinstance(filters[name], ChoiceFilter | RecordFilter) for name in chosen)
        and all(filterset.data.get(name, "") == value for name, value in query.items())
        and not filterset.problems(also=["ordering", "page"])
    )

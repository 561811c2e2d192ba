"""Which addresses search engines may list: the ways in, and every public record, told by the log."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from temsisite.publishing.kinds import kinds, plural
from temsisite.publishing.models import Publication
from temsisite.publishing.presenters import record_url


class PagesSitemap(Sitemap):
    """The front page, the lists and the glossary."""

    def items(self):
        return ["/", *(f"/{plural(kind)}/" for kind in kinds()), "/changes/", "/glossary/"]

    def location(self, address):
        return address


class RecordsSitemap(Sitemap):
    """The public records of one kind, each with the day of its current version."""

    limit = 10_000  # addresses a page; the protocol allows 50,000

    def __init__(self, kind):
        self.kind = kind

    def items(self):
        lines = Publication.objects.filter(kind=self.kind, ended_at_sequence=None)
        return lines.exclude(action=Publication.Action.WITHDRAWN).only("kind", "slug", "published_at").order_by("pk")

    def location(self, line):
        return record_url(line)

    def lastmod(self, line):
        return line.published_at

    def get_latest_lastmod(self):
        """The newest of all, without fetching all."""
        return self.items().aggregate(newest=Max("published_at"))["newest"]


def sitemaps():
    """The sections of the sitemap: the pages, and one for each kind of record."""
    return {"pages": PagesSitemap(), **{plural(kind): RecordsSitemap(kind) for kind in kinds()}}

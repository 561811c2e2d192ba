"""Atom feeds of the publication log: of the whole site, and of one record with the claims about it."""

import uuid

from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from temsisite.publishing.citations import one_line
from temsisite.publishing.models import Publication
from temsisite.publishing.presenters import kind_label
from temsisite.publishing.problems import Withdrawn
from temsisite.publishing.shape import headline

NEWEST = 50
NAMES = uuid.UUID("9c045e2b-6004-41e0-9c9a-9cb1512ca354")  # drawn once; another would show readers all entries anew


def _name(*parts):
    return uuid.uuid5(NAMES, "/".join(parts)).urn


class ChangesFeed(Feed):
    """The newest lines of the publication log, for feed readers. A line has one name, whichever host is asked."""

    feed_type = Atom1Feed
    title = "temsisite: changes"
    link = "/changes/"
    feed_url = "/changes.atom"
    feed_guid = _name("changes")
    author_name = "The editors of temsisite"
    subtitle = "What was published, revised and withdrawn, and why."

    def items(self):
        return Publication.objects.with_titles().order_by("-sequence")[:NEWEST]

    def item_title(self, line):
        return one_line(f"{kind_label(line.kind)} {line.get_action_display()}: {line.told_title}")

    def item_description(self, line):
        """The reason, escaped because readers take a description for HTML."""
        return escape(one_line(line.note)) or f"Version {line.version}"

    def item_link(self, line):
        return f"{line.history_url}#v{line.version}" if line.is_withdrawal else line.permanent_url

    def item_guid(self, line):
        return _name(line.kind, line.slug, f"v{line.version}")

    def item_pubdate(self, line):
        return line.published_at

    item_updateddate = item_pubdate


class RecordChangesFeed(ChangesFeed):
    """The newest changes of one record and of the claims about it, which point at it by foreign keys."""

    subtitle = "What was published, revised and withdrawn of it and of the claims about it, and why."

    def __init__(self, model, *claims):
        self.model, self.claims = model, claims

    def get_object(self, request, slug):
        record = self.model.objects.filter(slug=slug).first()
        if record is None or not record.has_been_public:
            raise Http404(f"There is no {self.model._meta.verbose_name} “{slug}”.")
        if record.is_withdrawn:
            raise Withdrawn(record.log().last())
        return record

    def title(self, record):
        return one_line(f"temsisite: changes of {headline(record)}")

    def link(self, record):
        return record.get_absolute_url()

    def feed_url(self, record):
        return f"{record.get_absolute_url()}changes.atom"

    def feed_guid(self, record):
        return _name("changes", record.kind(), record.slug)

    def items(self, record):
        about = Q(kind=record.kind(), slug=record.slug)
        for name in self.claims:
            claims = getattr(record, name)
            about |= Q(kind=claims.model.kind(), slug__in=claims.values("slug"))
        return Publication.objects.with_titles().filter(about).order_by("-sequence")[:NEWEST]

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from temsisite.publishing.models import Publication
from temsisite.publishing.presenters import kind_label


class ChangesFeed(Feed):
    """The newest lines of the publication log, for feed readers. An entry is named by the address of its version."""

    feed_type = Atom1Feed
    title = "temsisite: changes"
    link = "/changes/"
    feed_url = "/changes.atom"
    author_name = "The editors of temsisite"
    subtitle = "What was published, revised and withdrawn, and why."

    def items(self):
        return Publication.objects.with_titles().order_by("-sequence")[:50]

    def item_title(self, line):
        return f"{kind_label(line.kind)} {line.get_action_display()}: {line.told_title}"

    def item_description(self, line):
        """The reason, escaped because readers take a description for HTML."""
        return escape(line.note) or f"Version {line.version}"

    def item_link(self, line):
        return f"{line.history_url}#v{line.version}" if line.is_withdrawal else line.permanent_url

    def item_pubdate(self, line):
        return line.published_at

    item_updateddate = item_pubdate

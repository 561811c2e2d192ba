"""The admin site of the editors: Django's own, with a desk on top of its front page."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef
from django.urls import reverse

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal

ROWS = 20  # of each heap on the desk


class LabelledChoices(AutocompleteJsonView):
    """Offer records by the same label that a form shows when one is chosen."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.label(obj)}


class Desk(AdminSite):
    site_header = site_title = "temsisite"
    index_title = "The editors’ desk"

    def index(self, request, extra_context=None):
        return super().index(request, desk(request.user) | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """Refuse a query that PostgreSQL could not even be asked."""

        def readable(request, *args, **kwargs):
            if any("\x00" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
                raise BadRequest("The address holds a null character.")
            return view(request, *args, **kwargs)

        return super().admin_view(readable, cacheable)

    def autocomplete_view(self, request):
        return LabelledChoices.as_view(admin_site=self)(request)


def desk(user):
    """What waits for the user: {"waiting": …, "drafts": …, "returned": …}, the longest waiting first."""
    return {
        "waiting": Proposal.objects.open().select_related("author")[:ROWS],
        "waiting_count": Proposal.objects.open().count(),
        "drafts": drafts_of(user),
        "returned": returned_to(user)[:ROWS],
        "stale": Proposal.objects.stale().filter(author=user).defer("snapshot", "document")[:ROWS],
    }


def drafts_of(user):
    """The user's own drafts of all kinds, the last touched first."""
    drafts = [draft for model in kinds().values() for draft in model.objects.drafts().filter(created_by=user)[:ROWS]]
    drafts.sort(key=lambda draft: draft.changed_at, reverse=True)
    return [
        {"title": str(draft), "url": form_url(draft), "kind": draft._meta.verbose_name, "changed_at": draft.changed_at}
        for draft in drafts[:ROWS]
    ]


def returned_to(user):
    """The user's returned proposals that nobody has followed up with another."""
    later = Proposal.objects.filter(
        kind=OuterRef("kind"), slug=OuterRef("slug"), created_at__gt=OuterRef("created_at")
    )
    returned = Proposal.objects.filter(author=user, state=Proposal.State.RETURNED)
    return returned.filter(~Exists(later)).select_related("decided_by").order_by("-decided_at")


def form_url(record):
    """Where a record is edited."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])

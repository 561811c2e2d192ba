"""The admin site of the editors: Django's own, with a desk on top of its front page."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode

from temsisite.publishing.kinds import kinds
from temsisite.publishing.lost_sessions import CarriesTyped
from temsisite.publishing.models import Proposal, WorkingCopy

ROWS = 20  # of each heap on the desk


class LabelledChoices(AutocompleteJsonView):
    """Offer records by the same label that a form shows when one is chosen."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.label(obj)}


class Desk(CarriesTyped, AdminSite):
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
    return unfinished(user) + [
        {"title": str(draft), "url": form_url(draft), "kind": draft._meta.verbose_name, "changed_at": draft.changed_at}
        for draft in drafts[:ROWS]
    ]


def unfinished(user):
    """What the user typed and has not saved, the last touched first; `problems` counts what each still lacks."""
    copies = list(WorkingCopy.objects.of(user).filter(kind__in=kinds()).defer("data")[:ROWS])
    stored = {
        (kind, pk)
        for kind in {copy.kind for copy in copies}
        for pk in kinds()[kind].objects.filter(pk__in=[copy.record for copy in copies]).values_list("pk", flat=True)
    }
    return [
        {
            "title": str(copy),
            "url": unfinished_url(copy, copy.record if (copy.kind, copy.record) in stored else None),
            "kind": f"{kinds()[copy.kind]._meta.verbose_name}, unfinished",
            "changed_at": copy.saved_at,
            "problems": copy.lacking,
        }
        for copy in copies
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


def unfinished_url(copy, key, **query):
    """Where a working copy is gone on with: in the form of the record of this key, or in that of a new one."""
    model = kinds()[copy.kind]
    view, args = ("change", [key]) if key else ("add", [])
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)
    return f"{address}?{urlencode(query | {'copy': str(copy.copy)}, doseq=True)}"

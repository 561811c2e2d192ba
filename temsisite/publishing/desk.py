"""The admin site of the editors: Django's own, with a desk on top of its front page and a guide beside it."""

from dataclasses import dataclass, field

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timesince import timesince

from temsisite.publishing import guide
from temsisite.publishing.kinds import kinds
from temsisite.publishing.lost_sessions import CarriesTyped

ROWS = 10  # of each heap; its list has the rest
MOST = 1_000  # of a heap are counted

_heaps = []


@dataclass
class Heap:
    """Something that lies on the desk: rows to go through, the sentence that stands there without any, the rest."""

    name: str
    title: str
    empty: str
    rows: list[dict]
    count: int | None = None  # of all there are, where that is not the number of the rows
    lists: list[tuple[str, str]] = field(default_factory=list)  # where all of it is listed: (words, address)
    margin: bool = False  # whether it stands beside the work rather than being it
    template: str = "admin/desk/_rows.html"

    @property
    def number(self):
        """How many there are, in words; no page counts without end."""
        number = len(self.rows) if self.count is None else self.count
        return f"more than {MOST:,}" if number > MOST else f"{number:,}"


def register(*heaps, after=None):
    """Let each `heap(user)` lay a `Heap` on the desk, or None where it is not for this person; in this order."""
    place = _heaps.index(after) + 1 if after else len(_heaps)
    _heaps[place:place] = [heap for heap in heaps if heap not in _heaps]


def desk(user):
    """What lies on the desk of a person, in the middle and in the margin."""
    heaps = [heap for make in _heaps if (heap := make(user))]
    return {
        "heaps": [heap for heap in heaps if not heap.margin],
        "margin": [heap for heap in heaps if heap.margin],
    }


def counted(rows):
    """How many there are; beyond `MOST` it is enough to know that there are more."""
    return rows.order_by()[: MOST + 1].count()


def ago(moment):
    """How long ago something was, roughly: “3 hours ago”."""
    since = timesince(moment, depth=1)
    return "just now" if since.startswith("0") else f"{since} ago"


def seen_by(user):
    """The kinds of record that a person may look at in the admin."""
    return {kind: model for kind, model in kinds().items() if may(user, "view", model) or may(user, "change", model)}


def may(user, verb, model):
    return user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def form_url(record):
    """Where a record is edited."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def unfinished_url(copy, key, **query):
    """Where a working copy is gone on with: in the form of the record of this key, or in that of a new one."""
    model = kinds()[copy.kind]
    view, args = ("change", [key]) if key else ("add", [])
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)
    return f"{address}?{urlencode(query | {'copy': str(copy.copy)}, doseq=True)}"


def list_url(model, **query):
    """The admin's list of a model, filtered: `list_url(Finding, status__exact="DRAFT")`."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)


class LabelledChoices(AutocompleteJsonView):
    """Offer records by the same label that a form shows when one is chosen."""

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": self.model_admin.label(obj)}


class Desk(CarriesTyped, AdminSite):
    site_header = site_title = "temsisite"
    index_title = "The editors’ desk"

    def index(self, request, extra_context=None):
        return super().index(request, desk(request.user) | (extra_context or {}))

    def each_context(self, request):
        return super().each_context(request) | {"how_to": guide.how_to(request)}

    def get_urls(self):
        return [
            path("guide/", self.admin_view(self.guide_view), name="guide"),
            path("edit/<slug:kind>/<slug:slug>/", self.admin_view(self.edit_view), name="edit"),
            *super().get_urls(),
        ]

    def edit_view(self, request, kind, slug):
        """From the public page of a record, which is the same for everybody, to its form."""
        model = kinds().get(kind)
        if model is None:
            raise Http404(f"There is no kind of record called “{kind}”.")
        if kind not in seen_by(request.user):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        record = model.objects.filter(slug=slug).only("pk").first()
        if record is None:
            raise Http404(f"There is no {model._meta.verbose_name} called “{slug}”.")
        return HttpResponseRedirect(form_url(record))

    def guide_view(self, request):
        """How to work here, in our words."""
        chapters = [(anchor, title) for anchor, (title, _) in guide.CHAPTERS.items()]
        context = self.each_context(request) | {"title": "The editors’ guide", "chapters": chapters}
        return TemplateResponse(request, "admin/guide.html", context)

    def admin_view(self, view, cacheable=False):
        """Refuse a query that PostgreSQL could not even be asked."""

        def readable(request, *args, **kwargs):
            if any("\x00" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
                raise BadRequest("The address holds a null character.")
            return view(request, *args, **kwargs)

        return super().admin_view(readable, cacheable)

    def autocomplete_view(self, request):
        return LabelledChoices.as_view(admin_site=self)(request)

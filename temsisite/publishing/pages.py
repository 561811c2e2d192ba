"""What all public pages share: validators, the cache, paging, previews and the page of a withdrawn record."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from temsisite.publishing import counting
from temsisite.publishing.citations import citation, cited
from temsisite.publishing.facets import address, asked, in_order, what_is_chosen, what_to_choose
from temsisite.publishing.keeping import Keeping, key_of_now
from temsisite.publishing.kinds import by_plural, plural
from temsisite.publishing.linked_data import record_data
from temsisite.publishing.models import Publication, listing
from temsisite.publishing.prepared import Prepared
from temsisite.publishing.problems import Withdrawn
from temsisite.publishing.rehearsals import is_rehearsal
from temsisite.publishing.shape import day_in_words, headline, shortened

PAGE_SIZE = 25


def etag(request, day="") -> str:
    """A validator that moves with every publication and with every release of the code; with the day, if given."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"  # pages name their own
    return f'"{key_of_now(request, day, address)}"'


def conditional(view, keep=False):
    """Answer 304 when nothing was published since the reader's copy, without running the view.

    Only public answers get a validator, so a copy that carries one is still what the public would see. With `keep`
    the whole answer is cached under its validator: a publication invalidates everything at once, and so does a new
    day, for pages say what is overdue; documents do not.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if is_rehearsal() or request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        validator = etag(request, day=f"{timezone.now():%Y-%m-%d}" if keep else "")
        unchanged = get_conditional_response(request, etag=validator)
        if unchanged and request.headers.get("If-None-Match") != "*":
            return validated(unchanged, validator)
        lasting = keep and not request.GET  # queries can be made up without end
        if lasting and (kept := cache.get(validator)) is not None:
            return kept
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            validated(response, validator)
            if lasting:
                cache.set(validator, response, 3600)
        return response

    return wrapped


class Conditional:
    """A class of views whose answers are conditional; before one of them is even made for a request."""

    @classmethod
    def as_view(cls, *args, **kwargs):
        return conditional(super().as_view(*args, **kwargs))


def validated(response, validator):
    """Tell caches what the answer is a copy of, and to ask again before they serve it."""
    response["ETag"] = validator
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])  # here, for a 304 and a short answer are not compressed
    return response


def public_page(view):
    """A page for readers: conditional, kept, and 410 for what was withdrawn."""

    @require_safe
    @wraps(view)
    def explained(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as gone:
            line = gone.publication
            context = {"title": headline(line.slug), "reason": line.note, "history_url": line.history_url}
            return render(request, "410.html", context, status=410)
        except Http404 as absent:
            return page_not_found(request, absent)  # in DEBUG too, for nothing is wrong with the code

    kept = conditional(explained, keep=True)

    @wraps(view)
    def page(request, *args, **kwargs):
        # While somebody works on the templates, an edited one must show at once.
        return (explained if settings.DEBUG else kept)(request, *args, **kwargs)

    return page


class BySlug(Prepared):
    """How the page of a kind of record asks for one of them, with what it shows of others."""

    def __init__(self, queryset):
        super().__init__(lambda slug: queryset.with_line().filter(slug=slug).order_by("pk")[:1])
        self.model = queryset.model


def get_shown(request, by_slug, slug):
    """The public record of this slug; a preview for editors; or 404, or `Withdrawn`."""
    record = next(iter(by_slug(slug)), None)
    if record is None:
        raise Http404(f"There is no {by_slug.model._meta.verbose_name} “{slug}”.")
    if record.is_withdrawn:
        raise Withdrawn(record.log().last())
    if not record.is_public and not may_preview(request, record):
        raise Http404(f"There is no {by_slug.model._meta.verbose_name} “{slug}”.")
    return record


def may_preview(request, record):
    """Whether the reader is an editor of such records. Asks for the session only when the record is not public."""
    return request.user.is_staff and request.user.has_perm(f"{record._meta.app_label}.view_{record._meta.model_name}")


def render_record(request, template, record, context):
    """The page of a record; a preview is for its editor alone."""
    about = {"record": record, "crumbs": breadcrumbs(record), "links": record_links(request, record)}
    about |= {"reviewed": "", "feed_url": "", "cite_original": None}  # looking for what is not there takes long
    if record.is_public:
        about["linked_data"] = record_data(request, record, about["crumbs"])
    response = render(request, template, about | context)
    if not record.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


def get_version(kinds, slug, number):
    """The line of the log that holds a public version, and the newest of its record; or 404, or `Withdrawn`."""
    lines, newest = get_lines(kinds, slug)
    if newest.is_withdrawal:
        raise Withdrawn(newest)
    line = newest if newest.version == number else lines.filter(version=number).first()
    if line is None or line.is_withdrawal:
        raise Http404(f"There is no version {number} to show; the newest is {newest.version}.")
    return line, newest


def get_lines(kinds, slug):
    """The log of one record that is or was public, to read a few lines of, oldest first, and its newest; or 404."""
    model = by_plural(kinds)
    lines = Publication.objects.of(model.kind() if model else "", slug).with_titles()
    newest = lines.last()
    if newest is None:
        raise Http404("Nothing of this name has been published.")
    return lines, newest


def record_links(request, record):
    """What `components/_record_links.html` shows of a public record; None for a preview."""
    if not record.is_public:
        return None
    line = record.publication
    line.is_gone = False  # the line of a public record
    return {
        "kind_label": capfirst(record._meta.verbose_name),
        "version": line.version,
        "published_at": f"{line.published_at:%Y-%m-%d}",
        "published_on": day_in_words(line.published_at),
        "version_url": line.permanent_url,
        "history_url": line.history_url,
        "json_url": f"/api/v1/{plural(line.kind)}/{line.slug}/",
        "edit_url": f"/admin/edit/{line.kind}/{line.slug}/",
        "cite": cite_version(request, line),
    }


def cite_version(request, line):
    """How to cite one version of a record, as `components/_cite.html` shows it."""
    return citation(cited(line, request.build_absolute_uri), "Cite this record", f"{line.permanent_url}cite")


def breadcrumbs(record):
    """The way to a record: the list of its kind, then itself."""
    return [(capfirst(record._meta.verbose_name_plural), listing(type(record))), (shortened(str(record)), "")]


class BoundedPaginator(Paginator):
    """Pages of a list. Only the whole list is counted to its end, for an index knows its length.

    A page is found by its keys, which an index has in their order; only then its rows are read: as whole records from
    `rows` or, which is much quicker, by `columns(*keys)`.
    """

    def __init__(self, *args, chosen, found, is_whole, rows, columns, keeping, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen, self.found = chosen, found
        self.is_whole, self.rows, self.columns, self.keeping = is_whole, rows, columns, keeping

    def page(self, number):
        number = self.validate_number(number)
        top = min(number * self.per_page, self.count)
        keys = list(self.object_list.values_list("pk", flat=True)[(number - 1) * self.per_page : top])
        rows = self._columns_of(keys) if self.columns and keys else in_order(self.rows, keys)
        return self._get_page(rows, number, self)

    def _columns_of(self, keys):
        """The columns in the order of the keys; where they are of others too, there may be several rows of a key."""
        places = {key: place for place, key in enumerate(keys)}
        return sorted(self.columns(*keys), key=lambda row: places[row["pk"]])

    @cached_property
    def count(self):
        return self._counted if self.is_whole else min(self._counted, counting.COUNTED)

    @property
    def has_more(self):
        """Whether there is more than these pages show."""
        return not self.is_whole and self._counted > counting.COUNTED

    @cached_property
    def _counted(self):
        if self.found is not None and not (self.is_whole and self.found > counting.COUNTED):
            return self.found
        found = self.chosen.order_by()
        return self.keeping.get("count", (found if self.is_whole else found[: counting.COUNTED + 1]).count)


def render_list(request, template, filterset, row=None, rows=None, columns=None, **how):
    """A page of a list of records: what `list_page` finds, and the addresses of the same records for programs.

    `row(record)` makes what the template shows of one record, or `rows(page)` of all; they stand in `rows`. Where a
    page has no need of whole records, `columns` asks for what it reads of public ones by their keys.
    """
    if tidy := tidy_address(request, filterset):
        return redirect(tidy)
    found, status = list_page(request, filterset, columns=columns, **how)
    found["rows"] = rows(found["page"]) if rows else [row(record) for record in found["page"]]
    api = f"/api/v1/{plural(filterset.queryset.model.kind())}"
    found |= {"json_url": f"{api}/", "csv_url": f"{api}.csv"}
    return render(request, template, found, status=status)


def tidy_address(request, filterset):
    """The address without the fields that a form sent empty, if there are any: it is one to pass on."""
    own = {*filterset.form.fields, "ordering", "page"}
    kept = [(name, value) for name, value in request.GET.items() if value or name not in own]
    return f"{request.path}?{urlencode(kept)}" if len(kept) < len(request.GET) else ""


def list_page(request, filterset, page_size=PAGE_SIZE, is_ordered=True, columns=None):
    """One page of what a filter chooses, as context for a template, and the status to answer with.

    A query that is not understood is answered with 400 and the reasons, not with everything.
    """
    problems = filterset.problems(also=["ordering", "page"] if filterset.orderings else ["page"])
    unknown = {name: said for name, said in problems.items() if name not in filterset.form.fields}
    keeping = Keeping(request, filterset)
    filters, number = keeping.get("filters", lambda: filters_of(filterset, unknown, is_ordered))
    none = filterset.queryset.none()
    paginator = BoundedPaginator(
        none if problems else filterset.ordered(),
        page_size,
        chosen=none if problems else filterset.qs,
        found=None if problems else number,
        is_whole=not filters["chosen"],
        rows=filterset.queryset.order_by(),
        columns=columns,
        keeping=keeping,
    )
    context = {
        "filters": filters,
        "orders": filters["orders"],
        "page": paginator.get_page(request.GET.get("page")),
        "query": address(asked(filterset)).removeprefix("?"),
    }
    return context, 400 if problems else 200


def filters_of(filterset, unknown, is_ordered):
    """What is chosen, with the form above the list, and how many records its facets counted, if none was left out."""
    panel, choices = what_is_chosen(filterset, unknown), what_to_choose(filterset)
    offered = panel if is_ordered else panel | {"orders": {}}  # rows that stand together have their own order
    form = render_to_string("components/_filter_form.html", {"filters": offered | choices})
    return panel | {"form": form}, choices["found"]

"""The lists of the desk: searched and narrowed in bounded time, and forged questions borne."""

from itertools import islice

from django.contrib import messages
from django.contrib.admin import RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db import DataError
from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from temsisite.publishing.admin.choosing import may_be_a_key

ASKED = {"exact", "isnull", "gte", "lt"}  # how the filters beside a list ask
COUNTED = 10_000  # rows whose facets are counted; each facet of more would take long
LONGEST_SEARCH, MOST_WORDS = 500, 20  # characters and words that are looked for; databases bear no more than some


class List(ChangeList):
    """The stock list, but what its filters would leave is counted only where there are not too many rows."""

    def get_results(self, request):
        super().get_results(request)
        if self.full_result_count > COUNTED:
            self.add_facets = self.is_facets_optional = False


class Listing:
    """A list is narrowed by what its filters ask; what cannot be read is answered so, and is no server error."""

    def get_changelist(self, request, **kwargs):
        return List

    def lookup_allowed(self, lookup, value, request):
        """The stock rule lets an address ask anything of the fields of the list, by any pattern."""
        _, is_asked, how = lookup.rpartition("__")
        return super().lookup_allowed(lookup, value, request) and (not is_asked or how in ASKED)

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and _is_cut(request.GET.get(SEARCH_VAR, "").strip()):
            said = f"Only the first {MOST_WORDS} words, at most {LONGEST_SEARCH} characters, were looked for."
            messages.warning(request, said)
        return super().changelist_view(request, extra_context)

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, OverflowError, DataError) as error:
            messages.warning(request, "This list cannot be narrowed as that address asks, so here is all of it.")
            raise IncorrectLookupParameters from error

    def get_search_results(self, request, queryset, search_term):
        """The rows in which every word occurs.

        What the records beside them say is searched by itself: joined, each would be read once for every row.
        """
        for word in islice(_words(search_term), MOST_WORDS):
            if word[0] in "\"'" and word[0] == word[-1]:
                word = unescape_string_literal(word)
            queryset = queryset.filter(self._says(word, self.get_search_fields(request)))
        return queryset, False

    def _says(self, word, names):
        said = Q()
        for name in names:
            own, _, beside = name.partition("__")
            if not beside:
                said |= Q(**{f"{own}__icontains": word})
                continue
            relation = self.opts.get_field(own)
            found = relation.related_model._base_manager.filter(**{f"{beside}__icontains": word})
            if relation.one_to_many:  # a part: it names its whole
                said |= Q(pk__in=found.values(relation.field.name))
            else:
                said |= Q(**{f"{own}__in": found})
        return said


def _words(search):
    return smart_split(search[:LONGEST_SEARCH])


def _is_cut(search):
    """Whether not all of it is looked for."""
    return len(search) > LONGEST_SEARCH or len(list(_words(search))) > MOST_WORDS


class FewRecords(RelatedFieldListFilter):
    """Offers the records of another kind while they are few. Of many, it tells only which was chosen."""

    MOST = 50

    def field_choices(self, field, request, model_admin):
        rows = field.related_model._default_manager.to_name()
        offered = list(rows[: self.MOST + 1])
        if len(offered) > self.MOST:
            offered = rows.filter(pk__in=filter(may_be_a_key, self.lookup_val or []))
        return [(row.pk, str(row)) for row in offered]

    def has_output(self):
        return bool(self.lookup_choices or self.used_parameters)  # else what is asked would be passed over

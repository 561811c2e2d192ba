"""Numbers and cursors in the addresses of the API."""

from functools import lru_cache, partial
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.signing import BadSignature, Signer
from django.db.models import BinaryField, Func, Q
from rest_framework.pagination import CursorPagination

from temsisite.publishing.prepared import Prepared
from temsisite.publishing.problems import BadParameter

LARGEST = 10**15  # no sequence or version comes near; what is above would not fit every database's integers


def whole_number(request, name, *, default=None, lowest=0, highest=LARGEST):
    """Read a parameter that is a whole number, or refuse it by name."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and lowest <= int(text) <= highest):
        raise BadParameter({name: [f"“{text[:40]}” is not a whole number from {lowest} to {highest}."]})
    return int(text)


class DocumentPagination(CursorPagination):
    """Pages that stay exact while the site grows: the cursor names the last document, not a number of rows."""

    page_size = 100
    max_page_size = 500
    page_size_query_param = "page_size"

    def paginate_queryset(self, queryset, request, view=None):
        """The documents of the page asked for. The queryset comes ordered, in the end by something unique."""
        order = queryset.query.order_by
        return self.paginate(request, order, lambda *page: list(documents(queryset, *page)))

    def paginate_whole(self, model, request):
        """The same of all public records of a kind; they are asked for so often that the question is kept."""
        return self.paginate(request, ("slug",), partial(whole, model))

    def paginate(self, request, order, ask):
        size = whole_number(request, "page_size", default=self.page_size, lowest=1, highest=self.max_page_size)
        self.base_url, self.order = request.build_absolute_uri(), order
        is_back, position = self.decode_cursor(request)
        rows = ask(tuple(map(_opposite, order)) if is_back else order, position or (), size + 1)
        more, self.rows = len(rows) > size, rows[:size][:: -1 if is_back else 1]
        self.has_next, self.has_previous = (True, more) if is_back else (more, position is not None)
        return [document for document, *_ in self.rows]

    def get_next_link(self):
        return self.encode_cursor("on", self.rows[-1]) if self.rows and self.has_next else None

    def get_previous_link(self):
        return self.encode_cursor("back", self.rows[0]) if self.rows and self.has_previous else None

    def encode_cursor(self, direction, row):
        _, *position = row
        return address_from(position, self.base_url, self.order, direction)

    def decode_cursor(self, request):
        if (signed := request.query_params.get(self.cursor_query_param)) is None:
            return False, None
        try:
            direction, position = signer(self.base_url, self.order).unsign_object(signed)
        except BadSignature:
            raise BadParameter(
                {"cursor": ["This cursor is damaged or of another list; begin again without it, or follow “next”."]}
            ) from None
        return direction == "back", position


class Encoded(Func):
    """A text as the bytes in which the database keeps it: what is only sent on need not be read."""

    output_field = BinaryField()
    template = "CAST(%(expressions)s AS BLOB)"

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="convert_to(%(expressions)s, 'UTF8')", **extra)


def documents(records, order, position, number):
    """The first documents beyond a position, each with its own, as bytes."""
    if position:
        records = records.filter(beyond(order, position))
    names = [name.removeprefix("-") for name in order]
    return records.order_by(*order).values_list(Encoded("publication__document"), *names)[:number]


def whole(model, order, position, number):
    return _of_all(model, order, number)(*position)


@lru_cache(maxsize=100)
def _of_all(model, order, number):
    return Prepared(lambda *position: documents(model.objects.public(), order, position, number))


def address_from(position, address, order, direction="on"):
    """The address of the page that goes on, or back, from a position in the list of `address`."""
    cursor = DocumentPagination.cursor_query_param
    others = [pair for pair in _query_of(address) if pair[0] != cursor]
    signed = signer(address, order).sign_object([direction, position])
    return f"{address.partition('?')[0]}?{urlencode([*others, (cursor, signed)])}"


def signer(address, order):
    """Signed for one list, because a cursor cut short or of another would name another place in it, in silence."""
    paging = {DocumentPagination.cursor_query_param, DocumentPagination.page_size_query_param}
    chosen = sorted(pair for pair in _query_of(address) if pair[0] not in paging)
    return Signer(salt=f"{urlsplit(address).path}?{urlencode(chosen)} by {', '.join(order)}")


def _query_of(address):
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def beyond(order, position):
    """The rows after a position, put so that an index serves it: d <= x and (d < x or slug > y)."""
    (first, *others), (value, *values) = order, position
    name, after = first.removeprefix("-"), "lt" if first.startswith("-") else "gt"
    strictly = Q(**{f"{name}__{after}": value})
    return Q(**{f"{name}__{after}e": value}) & (strictly | beyond(others, values)) if others else strictly


def _opposite(name):
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"

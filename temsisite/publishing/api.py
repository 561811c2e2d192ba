"""The partners' door: documents as they were published, read from the log without serializing anything.

Under /api/v1/ keys may be added, never renamed or removed. Absent is null. A parameter that is not understood is a
400 that names it. Every answer carries a validator made from the newest line of the log.
"""

import json
from itertools import chain

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse, StreamingHttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.filters import BaseFilterBackend
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from temsisite.publishing.documents import canonical, moment
from temsisite.publishing.export import in_ranges, ndjson, one_json
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication
from temsisite.publishing.pages import Conditional
from temsisite.publishing.pagination import DocumentPagination, whole_number
from temsisite.publishing.problems import BadParameter, Withdrawn, repeated
from temsisite.publishing.tables import csv_lines


def refuse_unknown(request, known):
    """Refuse parameters that the address does not have, so that a misspelt one is not silently passed over."""
    sentence = f"There is no such parameter here. There are: {', '.join(known) or 'none'}."
    unknown = {name: [sentence] for name in sorted(set(request.GET) - set(known))}
    if problems := unknown | repeated(request.GET):
        raise BadParameter(problems)


def json_answer(text):
    return HttpResponse(text, content_type="application/json")


def page_of_documents(documents, *, next_url, **more):
    """A JSON page around documents that are JSON already. Joined once, as bytes: a copy takes as long as all else."""
    head = canonical({"next": next_url} | more)[:-1]
    parts = [*documents] or [b""]
    parts[0] = f'{head},"results":['.encode() + parts[0]
    parts[-1] += b"]}"
    return json_answer(b",".join(parts))


PAGING = ("page_size", "cursor")


class RecordFilterBackend(DjangoFilterBackend):
    """Choose records by the FilterSet that their page uses; what it does not understand is refused."""

    def filter_queryset(self, request, queryset, view):
        paging = PAGING if view.paginator else ()
        if set(request.query_params).issubset(paging):
            return queryset  # making the form of a filter that nobody uses takes longer than the query
        filterset = self.get_filterset(request, queryset, view)
        if problems := filterset.problems(also=[*paging, "ordering"]):
            raise BadParameter(problems)
        return filterset.qs


class OrderingBackend(BaseFilterBackend):
    """Order records by the words that their page uses."""

    def filter_queryset(self, request, queryset, view):
        return queryset.order_by(*view.filterset_class.order(request.query_params.get("ordering", "slug")))

    def get_schema_operation_parameters(self, view):
        words = {"type": "string", "enum": view.filterset_class.ordering_words(), "default": "slug"}
        return [{"name": "ordering", "in": "query", "description": "What comes first.", "schema": words}]


class RecordViewSet(Conditional, GenericViewSet):
    """The public records of one kind. Subclasses name their queryset, serializer and filters."""

    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    pagination_class = DocumentPagination
    filter_backends = [RecordFilterBackend, OrderingBackend]

    def list(self, request):
        """List the current documents, 100 at a time; follow `next` to the end."""
        if set(request.query_params).issubset(PAGING):
            documents = self.paginator.paginate_whole(self.queryset.model, request)
        else:
            documents = self.paginate_queryset(self.filter_queryset(self.get_queryset().public()))
        return page_of_documents(
            documents,
            next_url=self.paginator.get_next_link(),
            previous=self.paginator.get_previous_link(),
        )

    @extend_schema(filters=True, responses={(200, "text/csv"): OpenApiTypes.STR})
    def table(self, request):
        """List all current documents as one table, a row each, with the columns of the document.

        In a cell, values are joined by “; ” and parts by “ | ”, each part told as “name=value; name=value”. Absent is
        empty. A text that a spreadsheet would take for a formula has an apostrophe before it. Exact to the
        last sign are only the JSON documents.
        """
        chosen = self.filter_queryset(self.get_queryset().public())
        documents = chosen.values_list("publication__document", flat=True).iterator(chunk_size=1000)
        return download(csv_lines(self.queryset.model, documents), "csv", self.queryset.model.kind())

    @extend_schema(
        parameters=[OpenApiParameter("version", int, description="An older version instead of the current.")]
    )
    def retrieve(self, request, slug):
        """Get one document: the current version, or the one asked for."""
        refuse_unknown(request, ["version"])
        version = whole_number(request, "version", lowest=1)
        kind = self.queryset.model.kind()
        lines = Publication.objects.of(kind, slug)
        newest = lines.last()
        if newest is None:
            raise NotFound(f"There is no published {kind} “{slug}”.")
        if newest.is_withdrawal:
            raise Withdrawn(newest)
        line = newest if version is None else lines.filter(version=version).first()
        if line is None or line.is_withdrawal:
            raise NotFound(f"There is no version {version} of the {kind} “{slug}”; the newest is {newest.version}.")
        return json_answer(line.document)


class LogLineSerializer(serializers.ModelSerializer):
    """One line of the publication log as the changes feed shows it."""

    document = serializers.JSONField(
        allow_null=True, help_text="The document published; null if withdrawn, then or since."
    )

    class Meta:
        model = Publication
        fields = ["sequence", "kind", "slug", "version", "action", "published_at", "note", "sha256", "document"]


class ChangesView(Conditional, APIView):
    """The log from line `since` on. Replayed from 0, it gives exactly what the export holds.

    A line without a document takes the record out of your copy: it withdraws it, or the record was withdrawn later.
    """

    page_size, max_page_size = 100, 500

    @extend_schema(
        parameters=[
            OpenApiParameter("since", int, description="The last sequence you have; 0 for all."),
            OpenApiParameter("page_size", int, description="How many lines, at most 500."),
        ],
        responses=inline_serializer(
            "Changes",
            {"next": serializers.URLField(allow_null=True), "results": LogLineSerializer(many=True)},
        ),
    )
    def get(self, request):
        refuse_unknown(request, ["since", "page_size"])
        newest = Publication.objects.newest_sequence()
        since = whole_number(request, "since", default=0, highest=newest)
        size = whole_number(request, "page_size", default=self.page_size, lowest=1, highest=self.max_page_size)
        lines = list(Publication.objects.since(since).told_today()[: size + 1])
        following = None
        if len(lines) > size:
            lines.pop()
            query = f"?since={lines[-1].sequence}&page_size={size}"
            following = request.build_absolute_uri(request.path + query)
        return page_of_documents([_log_line(line).encode() for line in lines], next_url=following)


def _log_line(line):
    """A line of the log around its document, which is JSON already."""
    head = {
        "sequence": line.sequence,
        "kind": line.kind,
        "slug": line.slug,
        "version": line.version,
        "action": line.action,
        "published_at": moment(line.published_at),
        "note": line.note,
        "sha256": line.sha256 or None,
    }
    return f'{canonical(head)[:-1]},"document":{line.told_document or "null"}}}'


class VersionView(Conditional, APIView):
    """How far the site has come: compare `sequence` with your copy's."""

    @extend_schema(
        responses=inline_serializer(
            "Version",
            {
                "api": serializers.CharField(),
                "sequence": serializers.IntegerField(),
                "published_at": serializers.DateTimeField(allow_null=True),
                "counts": serializers.DictField(child=serializers.IntegerField()),
                "license": serializers.DictField(child=serializers.CharField()),
            },
        )
    )
    def get(self, request):
        refuse_unknown(request, [])
        newest = Publication.objects.last()
        current = Publication.objects.as_of(newest.sequence if newest else 0).order_by()
        counts = dict(current.values_list("kind").annotate(Count("pk")))
        body = {
            "api": "v1",
            "sequence": newest.sequence if newest else 0,
            "published_at": moment(newest.published_at) if newest else None,
            "counts": {kind: counts.get(kind, 0) for kind in kinds()},
            "license": settings.DATA_LICENSE,
        }
        return json_answer(json.dumps(body))


class ExportView(Conditional, APIView):
    """Everything that is public, or was right after line `as_of` of the log.

    As JSON and NDJSON these are the same bytes for ever. A table has the columns that its kind has today.
    """

    @extend_schema(
        operation_id="export",
        tags=["export"],
        parameters=[
            OpenApiParameter(
                "form",
                str,
                OpenApiParameter.PATH,
                enum=["ndjson", "json", "csv"],
                description="One a line, one JSON, or a table of one kind.",
            ),
            OpenApiParameter("kind", str, description="Only records of this kind; a table needs one."),
            OpenApiParameter("as_of", int, description="The sequence to go back to; the newest if missing."),
        ],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR},
    )
    def get(self, request, form):
        refuse_unknown(request, ["kind", "as_of"])
        newest = Publication.objects.newest_sequence()
        sequence = whole_number(request, "as_of", default=newest, highest=newest)
        kind = request.GET.get("kind")
        if kind is not None and kind not in kinds():
            raise BadParameter({"kind": [f"There is no such kind. There are: {', '.join(kinds())}."]})
        if form == "csv" and kind is None:
            raise BadParameter({"kind": [f"A table is of one kind; say which. There are: {', '.join(kinds())}."]})
        ranges = in_ranges(sequence, kind)
        if form == "csv":
            parts = csv_lines(kinds()[kind], chain.from_iterable(ranges))
        else:
            parts = ndjson(ranges) if form == "ndjson" else one_json(ranges, sequence)
        return download(parts, form, kind, sequence)


MEDIA_TYPES = {"ndjson": "application/x-ndjson", "json": "application/json", "csv": "text/csv; charset=utf-8"}


def download(parts, form, kind=None, sequence=None):
    """A streamed file, named after its kind and the line of the log it is as new as."""
    sequence = Publication.objects.newest_sequence() if sequence is None else sequence
    name = "-".join(filter(None, ["temsisite", kind, str(sequence)]))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Sequence": str(sequence)}
    return StreamingHttpResponse(parts, content_type=MEDIA_TYPES[form], headers=headers)

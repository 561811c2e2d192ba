"""The publication log, to look at."""

import json

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html

from temsisite.publishing.admin.listing import Listing
from temsisite.publishing.admin.proposals import difference
from temsisite.publishing.models import Publication
from temsisite.publishing.naming import Names, named_in_documents


class LookOnly(Listing):
    """For what no form may touch, whoever asks."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Publication)
class PublicationAdmin(LookOnly, admin.ModelAdmin):
    """What became public, newest first."""

    list_display = ["title", "kind", "version", "action", "published_at", "published_by", "sequence"]
    list_filter = ["action", "kind"]
    list_per_page = 50
    search_fields = ["slug", "proposal__title", "note"]
    ordering = ["-sequence"]
    fields = ["sequence", "address", "action", "note", "published_at", "signed_by", "proposal", "digest", "said"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).with_titles().select_related("published_by").defer("document")

    @admin.display(description="title", ordering="proposal__title")
    def title(self, publication):
        return publication.proposal.title

    @admin.display(description="SHA-256")
    def digest(self, publication):
        return publication.sha256

    @admin.display(description="version")
    def address(self, publication):
        url = publication.permanent_url
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description="document")
    def said(self, publication):
        if publication.is_withdrawal:
            return "–"
        document = json.loads(publication.document)
        shown = difference(None, document, Names(named_in_documents(document)))
        table = render_to_string("admin/publishing/proposal/_difference.html", shown)
        return format_html('<div class="review-diff">{}</div>', table)

    @admin.display(description="published by")
    def signed_by(self, publication):
        return str(publication.published_by)

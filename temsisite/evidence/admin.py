from django.contrib import admin
from django.template.loader import render_to_string

from temsisite.evidence import quotations
from temsisite.evidence.models import Source
from temsisite.evidence.resources import SourceResource
from temsisite.publishing.admin import PartInline, RecordAdmin
from temsisite.publishing.admin.bulk import Bulk
from temsisite.publishing.admin.forms import RecordForm

# What the forms of all kinds of claim begin and end with; between them stands what the claim is about.
PLACE = ("Where it stands", {"fields": ["source", ("locator", "position"), "quotation", "quoted", "as_printed"]})
WORDS = ("In our own words", {"fields": ["statement"]})
VERDICT = ("Verdict", {"fields": ["verdict", "verdict_note", "verdict_sources", "last_reviewed_on"]})
ADDRESS = ("Address", {"fields": ["slug"]})
# The fields of a quantity that all who have one show alike.
FIGURE = [("comparator", "value", "unit"), ("lower", "upper")]


class SourceForm(RecordForm):
    longest_texts = {"text": 1_000_000}


@admin.register(Source)
class SourceAdmin(Bulk, RecordAdmin):
    form = SourceForm
    resource_class = SourceResource
    list_display = ["title", "type", "container", "issued", "standing", "retraction", "status"]
    list_filter = ["status", "type", "standing", "retraction"]
    search_fields = ["title", "authors", "container", "doi", "pmid", "nct_id", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        ("What it is", {"fields": ["type", "title", "authors", ("container", "volume_and_pages"), "issued"]}),
        ("Where to find it", {"fields": [("doi", "pmid", "nct_id"), "url", "accessed_on", "access_note"]}),
        ("How far to trust it", {"fields": ["standing", ("retraction", "retracted_on")]}),
        ("Its text", {"fields": ["text"], "classes": ["collapse"]}),
        ADDRESS,
    ]


class IdentifierInline(PartInline):
    fields = ["scheme", "value", "note"]


class ClaimAdmin(RecordAdmin):
    """What the forms and lists of all kinds of claim share."""

    list_filter = ["status", "verdict"]
    list_select_related = ["source"]
    search_fields = ["statement", "as_printed", "slug", "source__title"]
    autocomplete_fields = ["source", "verdict_sources"]
    prepopulated_fields = {"slug": ["statement"]}
    readonly_fields = ["quoted"]

    @admin.display(description="in its sentence")
    def quoted(self, claim):
        """The stored quotation where it stands in the text of its source."""
        source = claim.source if claim.source_id else None
        return render_to_string("admin/evidence/_quotation.html", quotations.shown(claim.quotation, source))

    @admin.display(description="verdict", ordering="verdict")
    def verdict_badge(self, claim):
        context = {"verdict": claim.verdict, "label": claim.get_verdict_display()}
        return render_to_string("components/_verdict_badge.html", context)

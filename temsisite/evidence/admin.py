import re
from urllib.parse import urlencode

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse

from temsisite.evidence import quotations
from temsisite.evidence.models import Claim, Source
from temsisite.evidence.resources import SourceResource
from temsisite.evidence.upkeep import Upkeep
from temsisite.publishing.addresses import free_address
from temsisite.publishing.admin import AddingAnother, PartInline, Prefilled, RecordAdmin
from temsisite.publishing.admin.bulk import Bulk
from temsisite.publishing.admin.forms import RecordForm
from temsisite.publishing.kinds import kinds

# What the forms of all kinds of claim begin and end with; between them stands what the claim is about.
PLACE = ("Where it stands", {"fields": ["source", ("locator", "position"), "quotation", "quoted", "as_printed"]})
WORDS = ("In our own words", {"fields": ["statement"]})
VERDICT = ("Verdict", {"fields": ["verdict", "verdict_note", "verdict_sources", "last_reviewed_on"]})
ADDRESS = ("Address", {"fields": ["slug"]})
PLACE_WITHIN = re.compile(r",\s*(sentence|row|line|column|cell)s?\b[^,]*$", re.IGNORECASE)
# The fields of a quantity that all who have one show alike.
FIGURE = [("comparator", "value", "unit"), ("lower", "upper")]


class SourceForm(RecordForm):
    longest_texts = {"text": 1_000_000}


@admin.register(Source)
class SourceAdmin(Bulk, RecordAdmin):
    form = SourceForm
    resource_class = SourceResource
    change_form_template = "admin/evidence/source/change_form.html"
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

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        claims = [self.admin_site.get_model_admin(kind) for kind in kinds().values() if issubclass(kind, Claim)]
        tools = [
            {"name": claim.opts.verbose_name, "url": _begun(claim, source=obj.pk)}
            for claim in claims
            if obj and not obj.is_withdrawn and claim.has_add_permission(request)
        ]
        return super().render_change_form(request, context | {"claim_tools": tools}, *args, obj=obj, **kwargs)


class IdentifierInline(PartInline):
    fields = ["scheme", "value", "note"]


class ClaimForm(RecordForm):
    """The form of a claim of any kind. An address that nobody typed is made of what was typed otherwise."""

    address_made_of = "the statement"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = f"Left empty, it is made of {self.address_made_of}. Publication fixes it."

    def clean(self):
        super().clean()
        if "slug" in self.fields and "slug" not in self.errors and not self.cleaned_data.get("slug"):
            made = self.cleaned_data["slug"] = self.made_address()
            if not made and not self.errors:
                self.add_error("slug", f"No address can be made of {self.address_made_of}: type one.")

    def made_address(self):
        """A free address, or the empty string if too little was typed for one."""
        return free_address(self._meta.model, self.cleaned_data.get("statement", ""))


class ClaimAdmin(Upkeep, Prefilled, AddingAnother, RecordAdmin):
    """What the forms and lists of all kinds of claim share."""

    form = ClaimForm
    list_filter = ["status", "verdict"]
    ordering = ["source_id", "position", "slug"]  # source by source, as an index holds them
    search_fields = ["statement", "as_printed", "slug", "source__title"]
    autocomplete_fields = ["source", "verdict_sources"]
    prepopulated_fields = {"slug": ["statement"]}
    readonly_fields = ["quoted"]

    @admin.display(description="in its sentence")
    def quoted(self, claim):
        """The stored quotation where it stands in the text of its source."""
        source = claim.source if claim.source_id else None
        return render_to_string("admin/evidence/_quotation.html", quotations.shown(claim.quotation, source))

    def common_with_next(self, obj):
        """The source and what the claim is about; of the place, all but the sentence or the row."""
        common = {name: obj.serializable_value(name) for name in ("source", *obj.subject_names())}
        common |= {"locator": PLACE_WITHIN.sub("", obj.locator)} | super().common_with_next(obj)
        return {name: value for name, value in common.items() if value not in (None, "")}

    @admin.display(description="verdict", ordering="verdict")
    def verdict_badge(self, claim):
        context = {"verdict": claim.verdict, "label": claim.get_verdict_display()}
        return render_to_string("components/_verdict_badge.html", context)


def _begun(model_admin, **fields):
    """The address of the empty form of a kind, which then knows these fields."""
    opts = model_admin.opts
    query = urlencode(fields)
    return f"{reverse(f'{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_add')}?{query}"

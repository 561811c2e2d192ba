"""The form of a record. It never decides anything: it saves drafts and calls the verbs of `actions`."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from temsisite.publishing import actions
from temsisite.publishing.admin.asking import WhoseDraft
from temsisite.publishing.admin.choosing import Choosing
from temsisite.publishing.admin.forms import NoteForm, RecordForm, SpeakingForm, sentences
from temsisite.publishing.admin.history import History, version_asked_for, what_comes_back
from temsisite.publishing.admin.listing import Listing
from temsisite.publishing.admin.working_copies import NotSaved, WorkingCopies
from temsisite.publishing.desk import form_url as desk_form_url
from temsisite.publishing.models import Part, Proposal, Record
from temsisite.publishing.rules import Refused


class PartInline(Choosing, admin.TabularInline):
    """The rows that are edited and published with their record."""

    form = SpeakingForm
    extra = 0
    max_num = 100

    def get_queryset(self, request):
        """Fetch at once what each row links to, rather than row by row."""
        return super().get_queryset(request).prefetch_related(*(link.name for link in self.opts.many_to_many))

    def get_formset(self, request, obj=None, **kwargs):
        """Read no more rows than may be: the stock limit lets one forged number keep the server busy for a minute."""
        return super().get_formset(request, obj, **kwargs | {"absolute_max": self.max_num})


class PartAdmin(Listing, admin.ModelAdmin):
    """Parts by themselves are there to be chosen from; they are edited with their record."""

    actions = None

    def label(self, part):
        return f"{getattr(part, part.whole)}: {part}"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        return False


class RecordAdmin(WorkingCopies, History, Choosing, Listing, admin.ModelAdmin):
    """Drafts are saved; what is published is proposed to be changed; what was withdrawn is only shown."""

    form = RecordForm
    actions = None  # a bulk deletion would ask no rule
    change_form_template = "admin/record/change_form.html"
    list_filter = ["status"]
    list_per_page = 50

    def label(self, record):
        """How a list to choose from names a record: “temsirolimus”, “ridaforolimus (draft)”."""
        return str(record) if record.is_public else f"{record} ({record.get_status_display()})"

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), WhoseDraft]

    # What may be done with it

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_withdrawn)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.has_been_public)

    def get_deleted_objects(self, objs, request):
        """Parts go with their record, whatever may be done with them by themselves."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        parts = {
            relation.related_model._meta.verbose_name
            for relation in self.opts.related_objects
            if issubclass(relation.related_model, Part)
        }
        return deleted, counts, lacking - parts, protected

    # The form

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and obj.has_been_public else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj and obj.has_been_public else super().get_prepopulated_fields(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            about = Proposal.objects.about(obj).select_related("author", "decided_by")
            newest = about.filter(created_at__gte=obj.created_at).last()
            context |= {
                "seen": obj.changed_at.isoformat(),
                "waiting": about.open().with_newest_version(),
                "returned": newest if newest and newest.state == Proposal.State.RETURNED else None,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj else None

    # Saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:
            raise PermissionDenied  # the stock view would obey, though no form offers it
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            record = self.get_object(request, unquote(object_id))
            record = record and actions.hold(record)
            if record is None or not record.is_public:
                return super().changeform_view(request, object_id, form_url, extra_context)
            return self._propose_change(request, record, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Save a draft. A published record gets here only while a change to it is rehearsed."""
        if obj.has_been_public and not getattr(request, "rehearsed", False):
            raise PermissionDenied
        if not change:
            obj.created_by = request.user
        if obj.status == Record.Status.IN_REVIEW and not getattr(request, "rehearsed", False):
            self._take_back(request, obj)
        super().save_model(request, obj, form, change)
        request.saved = obj

    def delete_model(self, request, obj):
        try:
            obj = actions.hold(obj)
        except Refused:  # somebody else has just deleted it
            return
        if obj.has_been_public:
            raise PermissionDenied
        actions.take_back(record=obj, by=request.user)
        super().delete_model(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if getattr(request, "rehearsed", False):
            return HttpResponseRedirect(desk_form_url(obj))
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._response_draft(request, obj)

    def response_change(self, request, obj):
        if getattr(request, "rehearsed", False):
            return HttpResponseRedirect(desk_form_url(obj))
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            return super().response_change(request, obj)
        return self._response_draft(request, obj)

    def _response_draft(self, request, record):
        if "_submit" in request.POST:
            self._submit(request, record)
        else:
            messages.success(request, "The draft is saved. Nobody but editors can see it.")
        return HttpResponseRedirect(desk_form_url(record))

    def _submit(self, request, record):
        try:
            proposal = actions.submit(record=record, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, "The draft is saved, but it cannot be submitted yet.")
            for sentence in sentences(refusal, self.model):
                messages.error(request, sentence)
        else:
            _announce(request, "The record waits for somebody else to review it: {}", proposal)

    def _take_back(self, request, record):
        before = self.model.objects.get(pk=record.pk)  # its address may be among what was edited
        actions.take_back(record=before, by=request.user)
        record.status = before.status
        if "_submit" not in request.POST:
            messages.warning(
                request, "The record was waiting for review. It is a draft again: submit it when it is ready."
            )

    def _propose_change(self, request, record, form_url, extra_context):
        """Let the stock form save the record, note what that would publish, and undo it."""

        def edit():
            response = super(RecordAdmin, self).changeform_view(request, str(record.pk), form_url, extra_context)
            if not isinstance(response, HttpResponseRedirect):
                raise NotSaved(response)

        request.rehearsed = True
        note = request.POST.get("note", "").strip()
        try:
            proposal = actions.propose_change(record=record, by=request.user, edit=edit, note=note)
        except NotSaved as shown:
            return shown.response
        except ValidationError as refusal:
            request.refusal = refusal
            with actions.rehearsal():
                return super().changeform_view(request, str(record.pk), form_url, extra_context)
        _announce(request, "Your change waits for somebody else to review it; until then nothing moves: {}", proposal)
        return HttpResponseRedirect(desk_form_url(record))

    # Withdrawal and restoration: a page each, that asks for a sentence

    def get_urls(self):
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/withdrawal/", view(self.withdrawal_view), name=f"{name}_propose_withdrawal"),
            path("<path:object_id>/restoration/", view(self.restoration_view), name=f"{name}_propose_restoration"),
            *super().get_urls(),
        ]

    def withdrawal_view(self, request, object_id):
        return self._propose_view(
            request,
            object_id,
            title="Propose withdrawal",
            label="Reason",
            help_text="Readers will be shown it in place of the record. Its published versions remain in the log.",
            propose=lambda record, note: actions.propose_withdrawal(record=record, by=request.user, reason=note),
        )

    def restoration_view(self, request, object_id):
        if version := version_asked_for(request):
            return self._version_view(request, object_id, version)
        return self._propose_view(
            request,
            object_id,
            title="Propose restoration",
            label="Why it comes back",
            help_text="A sentence for the public log. The record comes back as it was when it was withdrawn.",
            propose=lambda record, note: actions.propose_restoration(record=record, by=request.user, note=note),
        )

    def _version_view(self, request, object_id, version):
        return self._propose_view(
            request,
            object_id,
            title=f"Propose to restore version {version}",
            label="Why it says this again",
            help_text="A sentence for the public log. What has been published since remains in the log.",
            propose=lambda record, note: actions.propose_version(
                record=record, version=version, by=request.user, note=note
            ),
            shown=lambda record: what_comes_back(record, version),
        )

    def _propose_view(self, request, object_id, *, title, label, help_text, propose, shown=lambda record: {}):
        if not self.has_change_permission(request):
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = NoteForm(request.POST or None)
        form.fields["note"].label, form.fields["note"].help_text = label, help_text
        if request.method == "POST" and form.is_valid():
            try:
                proposal = propose(record, form.cleaned_data["note"])
            except ValidationError as refusal:
                form.add_error("note", refusal.messages)
            else:
                _announce(request, "It waits for somebody else to review it: {}", proposal)
                return HttpResponseRedirect(desk_form_url(record))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "form": form,
            **shown(record),
        }
        return TemplateResponse(request, "admin/record/propose.html", context)


def _announce(request, sentence, proposal):
    """Tell the editor what was proposed, with a link to it."""
    url = reverse("admin:publishing_proposal_change", args=[proposal.pk])
    messages.success(request, format_html(sentence, format_html('<a href="{}">{}</a>', url, proposal)))

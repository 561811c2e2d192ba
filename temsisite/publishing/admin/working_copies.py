"""Forms that lose nothing: what cannot be saved is kept as its author's working copy, and shown again as typed."""

import uuid

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from temsisite.publishing import actions
from temsisite.publishing.admin import conflicts
from temsisite.publishing.admin.choosing import may_be_a_key
from temsisite.publishing.admin.forms import problems_of
from temsisite.publishing.admin.kept import FORGOTTEN, GONE, KeptWhileTyped
from temsisite.publishing.desk import unfinished_url
from temsisite.publishing.models import WorkingCopy
from temsisite.publishing.rules import Refused
from temsisite.publishing.typed import (
    as_opened,
    as_sent,
    copy_named,
    form_named,
    is_form,
    problems_on,
    readable,
    received,
    typed_in,
)

OFFERED = 10
CALLED_BY = ("inn", "name", "brief_title", "title", "statement")

NOT_YET = {
    "_submit": "It cannot be submitted yet.",
    "_propose": "Nothing has been proposed yet.",
}


class NotSaved(Exception):
    """The form has errors; the response shows them."""

    def __init__(self, response):
        super().__init__()
        self.response = response


class WorkingCopies(KeptWhileTyped):
    """For the form of a record: keeps what is typed into it, and offers it again."""

    def add_view(self, request, form_url="", extra_context=None):
        if request.method == "POST":
            return self._keep_unless_saved(request, None, super().add_view, form_url, extra_context)
        return self._reopened(request, None, form_url, extra_context) or super().add_view(
            request, form_url, extra_context
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST":

            def view(request, *rest):
                return super(WorkingCopies, self).change_view(request, object_id, *rest)

            return self._keep_unless_saved(request, object_id, view, form_url, extra_context)
        return self._reopened(request, object_id, form_url, extra_context) or super().change_view(
            request, object_id, form_url, extra_context
        )

    # A form is sent

    def _keep_unless_saved(self, request, object_id, view, form_url, extra_context):
        """Let the form be saved, and its working copy go; or keep it and show it as an unfinished draft."""
        with transaction.atomic():
            record = self._held_record(request, object_id)
            if object_id is not None and self._cannot_be_saved(request, record):
                return self._kept_though_gone(request, record)
            response = view(request, form_url, extra_context)
            if not is_form(response):
                WorkingCopy.objects.of(request.user).as_seen(**form_named(request.POST)).delete()
                return received(response, copy_named(request.POST))
        # A form that is out of date complains of that as well, which is nothing that the record lacks.
        is_stale = record and conflicts.is_stale(record, typed_in(request))
        problems = None if is_stale else problems_on(response.context_data)
        try:
            return self._kept_and_shown(request, record, problems)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return response

    def _cannot_be_saved(self, request, record):
        """Whether the record went while its form was open; what was typed for it need not go with it."""
        if copy_named(request.POST) is None or not self.has_change_permission(request):
            return False
        return record is None or record.is_withdrawn

    def _kept_though_gone(self, request, record):
        try:
            response = self._kept_and_shown(request, record)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(reverse("admin:index"))
        if record is None:
            messages.warning(request, GONE)
        return response

    def _kept_and_shown(self, request, record, problems=None):
        kept = self._keep_typed(request, record, typed_in(request), request.POST, problems)[0]
        if kept.copy != copy_named(request.POST) and "copy" in request.POST:
            messages.warning(request, "This was kept from another tab, too: both are kept, each by itself.")
        for button, sentence in NOT_YET.items():
            if button in request.POST:
                messages.warning(request, sentence)
        return received(HttpResponseRedirect(self._working_address(kept, record, request)), copy_named(request.POST))

    def take_up(self, request, proposal, record):
        """Fill in the form of a public record with what was proposed in vain, and say where it is gone on with."""
        if not self._may_type(request, record):
            raise Refused("You may not change this.")
        data = conflicts.proposed(self, request, record, proposal.snapshot)
        data["note"], data["seen"] = [proposal.note], [record.changed_at.isoformat()]
        data["base"] = [conflicts.opened(self, as_opened(request), record)]
        return self._working_address(self._keep_typed(request, record, data, {})[0], record)

    def take_in(self, request, state):
        """Keep what came through the login, and say where it is gone on with."""
        record = self._stored_record(request, state["key"])
        if not self._may_type(request, record):
            raise ValidationError("You may not change this.")
        return self._working_address(self._keep_typed(request, record, state["data"], state)[0], record)

    def _keep_typed(self, request, record, data, names, problems=None):
        """Keep what was typed: its working copy, and what it would still lack, which is found out unless known."""
        data = data if record else self._as_new(data)
        problems = self._lacking(request, record, data)[0] if problems is None else problems
        kept = WorkingCopy.objects.keep(
            author=request.user,
            **form_named(names),
            data=data,
            kind=self.model.kind(),
            record=record and record.pk,
            title=self._working_title(record, data),
            lacking=len(problems),
        )
        return kept, problems

    def _as_new(self, data):
        """The same as it would be sent for a new record, whose parts are all new."""
        wholes = {inline.model.whole for inline in self.inlines}
        data = {name: ["0"] if name.endswith("-INITIAL_FORMS") else values for name, values in data.items()}
        part_of_old = {
            name for name in data if (part := conflicts.PART.match(name)) and part["name"] in {"id", *wholes}
        }
        return {name: values for name, values in data.items() if name not in {"seen", "base", *part_of_old}}

    def _working_title(self, record, data):
        """What a list calls it: by its name as typed, or else as the record stands."""
        typed = (" ".join(data.get(name, []))[:400].replace("\x00", "").split() for name in CALLED_BY)
        return (" ".join(next(filter(None, typed), [])) or (str(record) if record else ""))[:300]

    # What it would still lack

    def _lacking(self, request, record, data):
        """What a submission, or a proposal, would find fault with: tried, and undone. The refusal is for the form."""
        if not self._may_type(request, record):
            return [], None
        now = {"seen": [record.changed_at.isoformat()]} if record else {}
        sent = as_sent(request, data | now, rehearsed=True)
        object_id = str(record.pk) if record else None

        def edit():
            response = self._changeform_view(sent, object_id, "", None)
            if is_form(response):
                raise NotSaved(response)

        try:
            with actions.rehearsal():
                if record and record.is_public:
                    note = " ".join(data.get("note", []))
                    actions.propose_change(record=record, by=request.user, edit=edit, note=note)
                else:
                    edit()
                    actions.check(self.model.objects.get(pk=sent.saved.pk))
        except NotSaved as shown:
            return problems_on(shown.response.context_data), None
        except ValidationError as refusal:
            return problems_of(refusal), refusal
        return [], None

    # A form is opened

    def _reopened(self, request, object_id, form_url, extra_context):
        """The form as it was typed, if the address names a working copy."""
        if "copy" not in request.GET:
            return None
        record = self._stored_record(request, object_id)
        held = self._working_copy(request, copy_named(request.GET))
        if held is None:
            messages.warning(request, FORGOTTEN)
            return HttpResponseRedirect(request.path)
        if object_id is not None and record is None:
            messages.warning(request, GONE)
        elif (record and record.pk) == self._still_about(held):
            return self._as_typed(request, held, record, form_url, extra_context)
        return HttpResponseRedirect(
            self._working_address(held, self._stored_record(request, str(held.record)), request)
        )

    def _as_typed(self, request, held, record, form_url, extra_context):
        """The form with all that was typed and what it lacks; None where nothing may be typed any more."""
        if not self._may_type(request, record):
            return None
        data, conflict = held.typed if record else self._as_new(held.typed), None
        if record:
            conflict = conflicts.find(self, request, record, data)
            data = conflict.merged if conflict else data | {"seen": [record.changed_at.isoformat()]}

        def page(refusal=None):
            sent = as_sent(request, data, only_shown=True, refusal=refusal, held=held, conflict=conflict)
            return self._changeform_view(sent, record and str(record.pk), form_url, extra_context)

        shown = page()
        if not is_form(shown) or problems_on(shown.context_data):
            return shown  # what the form itself complains of is not tried a second time
        return page(refusal) if (refusal := self._lacking(request, record, data)[1]) else shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.only_shown = getattr(request, "only_shown", False)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not getattr(request, "rehearsed", False) and self._may_type(request, obj):
            context |= self._working_context(request, context, obj)
        elif "copy" in request.GET and (held := self._working_copy(request, copy_named(request.GET))):
            context |= {"held": held, "typed": readable(held.typed, self.model)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _working_context(self, request, context, record):
        held = getattr(request, "held", None)
        copy = held.copy if held else copy_named(request.POST) or uuid.uuid4()
        mine, others = self._working_copies(request, record)
        form, parts = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
        shown = None if form.is_bound else (form, parts)
        return {
            "copy": copy,
            "saves": held.saves if held else form_named(request.POST)["saves"],
            "base": conflicts.opened(self, as_opened(request), record, shown) if record else "",
            "held": held,
            "conflict": getattr(request, "conflict", None),
            "problems": problems_on(context) if form.is_bound else [],
            "errors": None,  # the template would say that there are some; ours says which
            "unfinished": [
                (other, self._working_address(other, record, request)) for other in mine if other.copy != copy
            ],
            "working": others,
            "keep_url": self._kind_url("keep"),
            "discard_url": self._kind_url("discard"),
        }

    def _working_copies(self, request, record):
        """The user's working copies of the record, or of new ones; and those of others, to be told of."""
        copies = WorkingCopy.objects.select_related("author").defer("data")
        if record is None:
            return copies.of(request.user).about_nothing_stored(self.model)[:OFFERED], []
        about = copies.about(record)
        return about.of(request.user)[:OFFERED], about.exclude(author=request.user).order_by("begun_at")[:OFFERED]

    # Small steps

    def _may_type(self, request, record):
        return self.has_change_permission(request, record) if record else self.has_add_permission(request)

    def _stored_record(self, request, object_id):
        key = unquote(object_id or "")
        return self.get_object(request, key) if may_be_a_key(key) else None

    def _held_record(self, request, object_id):
        """The record, which nobody else can delete from now on; None if somebody just has."""
        record = self._stored_record(request, object_id)
        try:
            return record and actions.hold(record)
        except Refused:
            return None

    def _working_copy(self, request, copy):
        return WorkingCopy.objects.of(request.user).filter(copy=copy, kind=self.model.kind()).first()

    def _still_about(self, held):
        """The key of the record, unless that is gone by now."""
        return held.record if self.model.objects.filter(pk=held.record).exists() else None

    def _working_address(self, held, record, request=None):
        """Where a working copy is gone on with."""
        query = {name: values for name, values in request.GET.lists() if name != "copy"} if request else {}
        return unfinished_url(held, record and record.pk, **query)

    def _kind_url(self, view, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

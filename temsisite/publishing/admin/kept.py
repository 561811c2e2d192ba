"""What is asked for while somebody types: to keep it, by the script of the form, or to forget it, by its author."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse

from temsisite.publishing.admin import conflicts
from temsisite.publishing.typed import by_name, copy_named, typed_in

GONE = "The record is gone: somebody deleted it while you were writing. What you typed is kept as a new one."
ANOTHER_TAB = "This form is open in another tab as well: what you type here is kept by itself."
FORGOTTEN = "That unfinished draft is no longer there: it has been saved or discarded."


class KeptWhileTyped:
    """For the form of a record: two addresses of its kind, to keep and to discard what is being typed."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("keep/", view(self.keep_view), name=f"{name}_keep"),
            path("discard/", view(self.discard_view), name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def keep_view(self, request):
        """Keep what is being typed, and answer what it still lacks."""
        record = self._stored_record(request, request.GET.get("record"))
        self._refuse_others(request, record)

        def keep():
            data = typed_in(request)
            kept, problems = self._keep_typed(request, record, data, request.POST)
            warning, address = self._warning(request, kept, record, data), self._working_address(kept, record)
            return kept, {"problems": by_name(problems), "sentence": warning, "address": address}

        return answer(request, keep)

    def _warning(self, request, kept, record, data):
        """What has happened elsewhere meanwhile."""
        if request.GET.get("record") and record is None:
            return GONE
        if record and conflicts.is_stale(record, data):
            return f"{conflicts.newest_change(record, data, request.user)} What you typed is kept beside it."
        if kept.copy != copy_named(request.POST):
            return ANOTHER_TAB
        return ""

    def discard_view(self, request):
        """Forget what was typed, because its author says so."""
        self._refuse_others(request, None)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        held = self._working_copy(request, copy_named(request.POST))
        if held is None:
            messages.warning(request, FORGOTTEN)
            return HttpResponseRedirect(reverse("admin:index"))
        about = self._still_about(held)
        held.delete()
        messages.success(request, "Your unfinished draft is discarded.")
        return HttpResponseRedirect(self._kind_url("change", about) if about else self._kind_url("add"))

    def _refuse_others(self, request, record):
        may = (self.has_change_permission(request, record),) if record else self._may_write(request)
        if not any(may):
            raise PermissionDenied

    def _may_write(self, request):
        return self.has_add_permission(request), self.has_change_permission(request)


class Gone(Exception):
    """What a form is about is no longer there, and cannot do without; says so in a sentence."""


def answer(request, keep):
    """What the script of a form is told: `keep()` gives the working copy and what else there is to say."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.GET.get("author", str(request.user.pk)) != str(request.user.pk):
        sentence = f"You are signed in as {request.user} now, but somebody else typed this."
        return JsonResponse({"sentence": sentence}, status=409)
    try:
        kept, said = keep()
    except Gone as gone:
        return JsonResponse({"sentence": str(gone)}, status=409)
    except ValidationError as refusal:
        return JsonResponse({"sentence": " ".join(refusal.messages)}, status=413)
    return JsonResponse({"copy": kept.copy, "saves": kept.saves, "saved_at": kept.saved_at} | said)

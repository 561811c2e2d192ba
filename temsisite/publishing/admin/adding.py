"""How an empty form begins: with what its address names, and with what the record before it had in common."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse

from temsisite.publishing.models import Record


class Prefilled:
    """An empty form begins with what its address names. What it cannot use of that, it says."""

    def get_changeform_initial_data(self, request):
        if not request.GET:
            return {}
        form, initial = self.get_form(request, None, change=False)(), {}
        for name, text in request.GET.items():
            field = form.fields.get(name)
            if field is None or not text:
                continue
            try:
                many = isinstance(self.opts.get_field(name), models.ManyToManyField)
                initial[name] = text.split(",") if many else text
                field.clean(initial[name])
            except ValidationError as error:
                del initial[name]
                sentences = " ".join(error.messages)
                messages.warning(
                    request, f"The address of this page gives “{text[:40]}” as {field.label}. {sentences}"
                )
        return initial


class AddingAnother:
    """“Save and add another” leads to a form that keeps what the next record will have in common with this one."""

    kept_for_next = ()  # names of fields

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(request, context | {"adds_another": True}, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._or_next(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._or_next(request, obj, super().response_change(request, obj))

    def _or_next(self, request, obj, response):
        """The empty form in place of the page that would follow, if that was asked for and nothing is left to mend."""
        submitted = request.POST.get("_submit") == "another" and obj.status == Record.Status.IN_REVIEW
        wanted = submitted or "_addanother" in request.POST
        if IS_POPUP_VAR in request.POST or not wanted or getattr(request, "rehearsed", False):
            return response
        return HttpResponseRedirect(self.next_address(obj))

    def next_address(self, obj):
        """The address of an empty form for the next record."""
        address = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add")
        return f"{address}?{urlencode(self.common_with_next(obj))}"

    def common_with_next(self, obj):
        """What the next record will have in common with this one: {field: text}."""
        common = {name: obj.serializable_value(name) for name in self.kept_for_next}
        return {name: value for name, value in common.items() if value not in (None, "")}

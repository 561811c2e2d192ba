"""What was typed outlives the session: the login page carries it, and a form that is refused gives it back.

The form of a record comes back as a working copy; what was typed into the desk's other forms comes back to copy.
"""

from functools import update_wrapper

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.views.csrf import csrf_failure as stock_csrf_failure

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import LONGEST, Proposal
from temsisite.publishing.typed import as_opened, copy_named, readable, received, typed_in

SALT = "temsisite.publishing.lost_sessions"
# Pages that can show their form as it was typed; `typed_before` gives them that.
SHOWN_AGAIN = ("_results_table", "_proposal_rebase")


class CarriesTyped:
    """For the admin site: a form that arrives without a session goes through the login with all it holds."""

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def carried(request, *args, **kwargs):
            if request.method == "POST" and not self.has_permission(request) and is_form_of_the_desk(request):
                return self._login_with(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(carried, inner)

    def _login_with(self, request):
        data, (model, key) = typed_in(request), form_of_a_record(request)
        if sum(len(text) for texts in data.values() for text in texts) > LONGEST:
            return given_back(request, data, request.path, model, status=403)
        state = {name: request.POST.get(name, "") for name in ("copy", "saves", "tab")}
        state |= {"kind": model and model.kind(), "key": key, "data": data, "path": request.path}
        context = {
            "typed": signing.dumps(state, salt=SALT, compress=True),
            "app_path": reverse("admin:login"),
            "next": request.get_full_path(),
        }
        return super().login(as_opened(request), context)

    def login(self, request, extra_context=None):
        """Sign in; what was carried along is then the working copy of whoever signed in."""
        typed = request.POST.get("typed")
        response = super().login(request, ({"typed": typed} if typed else {}) | (extra_context or {}))
        is_in = typed and isinstance(response, HttpResponseRedirect) and self.has_permission(request)
        return self._taken_in(request, typed, response) if is_in else response

    def _taken_in(self, request, typed, response):
        try:
            state = signing.loads(typed, salt=SALT)
        except signing.BadSignature:
            messages.error(request, "What was carried through the login could not be read.")
            return response
        model = kinds().get(state["kind"])
        try:
            address = model and self.get_model_admin(model).take_in(request, state)
        except ValidationError:
            address = None
        if not address and resolve(state["path"]).url_name.endswith(SHOWN_AGAIN):
            request.session[SALT] = {"path": state["path"], "data": state["data"]}
            return HttpResponseRedirect(state["path"])
        if not address:
            return given_back(request, state["data"], state["path"], model, was_signed_out=True)
        messages.warning(
            request, "You had been signed out. What you typed is all here, but not saved yet: look, and save it again."
        )
        return received(HttpResponseRedirect(address), copy_named(state))


def is_form_of_the_desk(request):
    """Whether a form of the editors was sent as a browser does, and one to write in, not a question or a yes."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    models = [*kinds().values(), Proposal]
    stems = tuple(f"{model._meta.app_label}_{model._meta.model_name}_" for model in models)
    unwritten = ("_changelist", "_delete", "_keep", "_discard", "_check")
    by_script = request.headers.get("Sec-Fetch-Dest", "document") != "document"
    if by_script or request.FILES or "csrfmiddlewaretoken" not in request.POST:
        return False
    return name.startswith(stems) and not name.endswith(unwritten)


def form_of_a_record(request):
    """The kind of record and the key whose form was sent; every such form names its working copy."""
    name, key = request.resolver_match.url_name, request.resolver_match.kwargs.get("object_id")
    for model in kinds().values():
        if name in {f"{model._meta.app_label}_{model._meta.model_name}_{view}" for view in ("add", "change")}:
            return (model, key) if copy_named(request.POST) else (None, None)
    return None, None


def typed_before(request):
    """What had been typed into the form of this page when the session was lost; once, and None otherwise."""
    carried = request.session.pop(SALT, None)
    return MultiValueDict(carried["data"]) if carried and carried["path"] == request.path else None


def given_back(request, data, path, model=None, *, was_signed_out=False, status=200):
    """A page with what was typed, to copy; nothing on it can be sent."""
    context = {"typed": readable(data, model), "form_url": path, "was_signed_out": was_signed_out}
    return render(request, "403_csrf.html", context, status=status)


def csrf_failure(request, reason=""):
    """A token that another login has replaced costs nobody what was typed."""
    if request.method == "POST" and is_form_of_the_desk(request):
        return given_back(request, typed_in(request), request.path, form_of_a_record(request)[0], status=403)
    return stock_csrf_failure(request, reason)

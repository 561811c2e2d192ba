"""What somebody has typed into the form of a record: read, sent again for a trial, complained of."""

import copy
import uuid

from django.conf import settings
from django.contrib.messages.storage import default_storage
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst

# What belongs to the sending and not to what was typed; so do the buttons, whose names begin with an underscore.
ENVELOPE = {"csrfmiddlewaretoken", "copy", "saves", "tab"}
# What a form carries along, and nobody types.
CARRIED = {"seen", "base", "sha256", "onto", "_popup"}
RECEIVED = "received"  # a cookie


def typed_in(request):
    """The form as it was sent: {"inn": ["temsirolimus"], "sources": ["3", "5"]}."""
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in ENVELOPE and (name == "_popup" or not name.startswith("_"))
    }


def copy_named(query):
    """The working copy that an address or a form names, or None if that is no name."""
    try:
        return uuid.UUID(query.get("copy", ""))
    except ValueError:
        return None


def form_named(query):
    """Which form it is: its working copy, how often it has seen that kept, and the name its tab gave itself."""
    saves = query.get("saves", "")
    return {
        "copy": copy_named(query) or uuid.uuid4(),
        "saves": int(saves) if saves.isascii() and saves.isdigit() and len(saves) < 10 else 0,
        "tab": query.get("tab", "").replace("\x00", "")[:40],
    }


def as_sent(request, data, **flags):
    """The request as it would be if `data` had been sent with it."""
    sent = copy.copy(request)
    sent.method, sent.POST, sent._files = "POST", query_of(data), MultiValueDict()
    if flags.get("rehearsed"):
        sent._messages = default_storage(sent)  # what is said of a trial is heard by nobody
    for name, value in flags.items():
        setattr(sent, name, value)
    return sent


def as_opened(request):
    """The request as it would be if the form were only opened."""
    opened = as_sent(request, {})
    opened.method = "GET"
    return opened


def query_of(data):
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return query


def is_form(response):
    """Whether the stock view answers with the form, since it could not be saved."""
    return "adminform" in (getattr(response, "context_data", None) or {})


def problems_on(context):
    """What the form and the forms of its parts complain of: [{"name", "id", "label", "sentence"}]."""
    problems = _of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        formset, names = inline.formset, inline.opts.opts
        for number, form in enumerate(formset.forms, start=1):
            if not getattr(form, "cleaned_data", {}).get("DELETE"):
                problems += _of(form, f"{capfirst(names.verbose_name)} {number}: ")
        label = capfirst(names.verbose_name_plural)
        problems += [_problem(formset.prefix, f"{formset.prefix}-group", label, s) for s in formset.non_form_errors()]
    return problems


def by_name(problems):
    """The same for a script: {"statement": ["The statement is missing."]}."""
    sentences = {}
    for problem in problems:
        sentences.setdefault(problem["name"], []).append(problem["sentence"])
    return sentences


def readable(data, model):
    """What was typed, as rows of label and text, for somebody to copy."""
    return [
        (_label(name, model), text)
        for name, values in data.items()
        if name not in CARRIED | ENVELOPE and not name.endswith(("_FORMS", "-id")) and "__prefix__" not in name
        if (text := "\n".join(values).replace("\x00", "").strip())
    ]


def received(response, copy):
    """Tell the browser that a form has arrived, so that it may forget what it held back in case it did not."""
    if copy:
        path, secure = reverse("admin:index"), settings.SESSION_COOKIE_SECURE
        response.set_cookie(RECEIVED, str(copy), max_age=3600, path=path, samesite="Lax", secure=secure)
    return response


def _of(form, before=""):
    return [
        _problem(form.add_prefix(name), _anchor(form, name), _called(form, name, before), sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _problem(name, anchor, label, sentence):
    return {"name": name, "id": anchor, "label": label, "sentence": sentence}


def _anchor(form, name):
    return form[name].id_for_label if name in form.fields else ""


def _called(form, name, before):
    if name in form.fields and not form.fields[name].widget.is_hidden:
        return f"{before}{form[name].label}"
    return before.removesuffix(": ") if name == NON_FIELD_ERRORS or before else name


def _label(name, model):
    """What a row is called: “Statement”, or “Arms 2: title” for a field of a part."""
    prefix, *rest = name.split("-")
    if len(rest) == 2:
        number = int(rest[0]) + 1 if rest[0] in map(str, range(1000)) else rest[0]
        return f"{capfirst(prefix)} {number}: {rest[1].replace('_', ' ')}"
    try:
        return capfirst(model._meta.get_field(name).verbose_name if model else name.replace("_", " "))
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))

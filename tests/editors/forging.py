"""What is forged for an address: its own form with other words in it, once for each button that it asks for."""

from django.forms import BaseForm, BaseFormSet

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal
from tests.editors.asking import BUT_BUTTONS, EVERYTHING, ask
from trials.models import Finding

DECISIVE = ["_submit", "_accept", "_return", "_take_back"]
BUTTONS = [*DECISIVE, "_continue", "_addanother", "_saveasnew", "_propose", "_take_up", "_from_desk", "_more"]
# What forms of the admin send besides, in names like those of buttons.
NO_BUTTONS = {"_popup", "_to_field", "_selected_action"}

# What every form is told besides what stands in it, so that it has something to save.
TYPED = {
    "statement": "Forged.",
    "summary": "Forged.",
    "note": "Forged.",
    "reason": "Forged.",
    "title": "Forged",
    "last_name": "Forged",
    "name": "Forged",
}


def is_alike(address):
    """Whether it is about one of the many kinds whose forms are those of findings."""
    return address.model in kinds().values() and address.model is not Finding


def forge(client, address, person, before):
    """Send what is forged for an address: gives the button of each form, None for the plain ones, and the answer.

    The forms of all records are one, and Reviewers may do to them what Editors may, so not everybody tries everything.
    """
    if is_alike(address) and person == "reviewer":
        return
    plain, *others = _bodies(address, person)
    first = ask(client, "post", address.path, plain[1], before)
    yield None, first
    for button, body in others:
        if _could_tell(first.read, plain[1], body):
            yield button, ask(client, "post", address.path, body, before)


def _bodies(address, person):
    typed = address.form | {name: words for name, words in TYPED.items() if name in address.form or not address.form}
    typed["post"] = "yes"
    yield None, typed | {"_save": "yes"}
    if address.view == "changelist":
        some = list(address.model.objects.values_list("pk", flat=True)[:5])
        yield None, {"action": "delete_selected", "_selected_action": some, "post": "yes", "index": "0"}
    elif address.model in {None, Finding, Proposal}:
        for button in BUTTONS if person == "editor" else DECISIVE:
            yield button, typed | {button: "yes"}


def _could_tell(read, one, other):
    """Whether a server that read this of one form could do anything else with another; if not, that is not sent."""
    differs = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    typed = {name for name in differs if not name.startswith("_")}
    return EVERYTHING in read or bool(differs & read) or (BUT_BUTTONS in read and bool(typed))


def unknown_buttons(read):
    """What was asked for as buttons are, and is none that is tried."""
    return {name for name in read if name.startswith("_")} - {"_save", *BUTTONS, *NO_BUTTONS}


def forms(response):
    """What a browser would send back from the page, were nothing typed."""
    context = list((getattr(response, "context_data", None) or {}).values())
    context += [
        inline.formset for value in context if isinstance(value, list) for inline in value if _has_formset(inline)
    ]
    shown = [getattr(value, "form", value) for value in context]
    for formset in [value for value in context if isinstance(value, BaseFormSet)]:
        shown += [formset.management_form, *formset.forms]
    shown = [form for form in shown if isinstance(form, BaseForm)]
    fields = [field for form in shown for field in form]
    return {field.html_name: "" if field.value() is None else _sent(field.value()) for field in fields}


def _has_formset(value):
    return isinstance(getattr(value, "formset", None), BaseFormSet)


def _sent(value):
    if isinstance(value, (list, tuple)) or (hasattr(value, "__iter__") and not isinstance(value, str)):
        return [getattr(item, "pk", item) for item in value]
    return value

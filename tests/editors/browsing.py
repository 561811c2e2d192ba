"""What an editor's browser does: fill in the form of a page and press one of its buttons."""

import re
from html import unescape

from django.contrib.messages import get_messages

EMPTY_FORMS = {}


def press(client, button, address, **typed):
    """Open a form, type into it, press a button; what is not typed stays as the page shows it."""
    if button == "_propose":
        typed = {"note": "As the label has it."} | typed
    return client.post(address, opened(client, address) | typed | {button: "1"})


def opened(client, address):
    """The fields of a form as its page shows them. An empty form is always the same, so it is opened only once."""
    if not address.endswith("/add/"):
        return shown(client.get(address))
    if address not in EMPTY_FORMS:
        EMPTY_FORMS[address] = shown(client.get(address))
    return EMPTY_FORMS[address]


def shown(page):
    """Everything a browser would send back from the form of a record, were nothing typed."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    values = {field.html_name: field.value() for form in forms for field in form}
    values["seen"] = page.context.get("seen")
    return {name: value for name, value in values.items() if value is not None and value is not False}


def said(response):
    """The messages that the next page will show."""
    return " ".join(map(str, get_messages(response.wsgi_request)))


def text(response):
    """The words of a page, as a reader sees them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())

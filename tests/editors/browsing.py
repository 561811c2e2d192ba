"""What an editor's browser does: fill in the form of a page and press one of its buttons."""

import re

from django.contrib.messages import get_messages

from tests.factories import make_source, make_trial
from tests.reading import read, tree, words

ADD = "/admin/trials/finding/add/"
EMPTY_FORMS = {}


def press(client, button, address, **typed):
    """Open a form, type into it, press a button; what is not typed stays as the page shows it."""
    if button == "_propose":
        typed = {"note": "As the label has it."} | typed
    return send(client, address, opened(client, address) | typed | {button: "1"})


def send(client, address, form):
    """Send a form; what could not be saved is shown again, as the browser is told to look."""
    response = client.post(address, form)
    return client.get(response["Location"]) if "copy=" in response.get("Location", "") else response


def opened(client, address):
    """The fields of a form as its page shows them. An empty form is always the same, so it is opened only once."""
    if not address.endswith("/add/"):
        return shown(client.get(address))
    if address not in EMPTY_FORMS:
        EMPTY_FORMS[address] = shown(client.get(address))
    return EMPTY_FORMS[address]


def shown(page):
    """Everything a browser would send back from the form of a record or a proposal, were nothing typed."""
    controls = tree(page).iterfind(".//div[@id='content-main']//form//*[@name]")
    sent = ((control.get("name"), _value(control)) for control in controls)
    return {name: value for name, value in sent if name != "csrfmiddlewaretoken" and value is not None}


def _value(control):
    """What a browser sends for an input, a select or a textarea; None if it passes over it."""
    kind = control.get("type")
    if "disabled" in control.attrib or kind == "submit":
        return None
    if control.tag == "select":
        return _choice(control)
    if control.tag == "textarea":  # the newline after the tag is not part of it, and every line ends with CRLF
        return re.sub(r"\r\n?|\n", "\r\n", "".join(control.itertext()).removeprefix("\n"))
    if kind in {"checkbox", "radio"}:
        return control.get("value", "on") if "checked" in control.attrib else None
    return control.get("value", "")


def _choice(select):
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if "multiple" in select.attrib:
        return [option.get("value") for option in chosen]
    return next((option.get("value") for option in chosen + options), None)


def complaints(page, field):
    """The sentences beside a field: they stand in its row of the form, and belong to it and not to its neighbor."""
    path = f".//*[@name='{field}']"
    rows = [row for row in tree(page).iter() if "form-row" in row.get("class", "") and row.find(path) is not None]
    return [words(item) for row in rows for item in row.iterfind(f".//ul[@id='id_{field}_error']/li")]


def said(response):
    """The messages that the next page will show."""
    return " ".join(map(str, get_messages(response.wsgi_request)))


def typed(publish=True, **fields):
    """What an editor types to record that 19 of 33 people responded."""
    source = fields.pop("source", None) or make_source(
        title="Temsirolimus: a long-lived antineoplastic", publish=publish
    )
    trial = fields.pop("trial", None) or make_trial(
        brief_title="Temsirolimus in cancer of the cervix", publish=publish
    )
    return {
        "source": source.pk,
        "trial": trial.pk,
        "measure": "STABLE_DISEASE",
        "comparator": "=",
        "value": "57.6",
        "unit": "PERCENT",
        "numerator": "19",
        "denominator": "33",
        "denominator_counts": "RESPONSE_EVALUABLE",
        "statement": "Of 33 people 19 had stable disease.",
        "slug": "cervix-stable-disease",
    } | fields


def counted(**fields):
    """19 of 33 people, as the form of a finding asks for them."""
    return {"numerator": "19", "denominator": "33", "denominator_counts": "RESPONSE_EVALUABLE"} | fields


def titles(page, heap):
    """What lies on one heap of the desk."""
    return read(page, f".//section[@id='{heap}']//ul[@class='queue']/li/a")

"""Every address of the admin, for everybody, read and forged: who gets in, and what a forged request does."""

import logging
import re
from contextlib import contextmanager
from fnmatch import fnmatch

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.forms import BaseForm, BaseFormSet
from django.template.base import Template
from django.test import Client

from temsisite.publishing import actions
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal
from tests.editors.deeds import deeds, state, table_of
from tests.editors.matrix import addresses
from tests.factories import (
    make_approval,
    make_arm,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
    make_user,
    withdraw,
)
from trials.models import Finding

MAKERS = {
    "source": make_source,
    "drug": make_drug,
    "target": make_target,
    "disease": make_disease,
    "approval": make_approval,
    "mechanism": make_mechanism,
    "regulation": make_regulation,
    "statement": make_statement,
    "trial": make_trial,
    "finding": make_finding,
}

PEOPLE = ["stranger", "reader", "outsider", "editor", "reviewer", "superuser"]

# Who gets in: “login” sends to the form for it, “no” refuses, “in” answers. The first line that fits counts.
GETS_IN = """
                                  stranger  reader  outsider  editor  reviewer  superuser
* site login                      in        in      in        in      in        in
* site logout                     in        in      in        in      in        in
* elsewhere*                      login     login   in        in      in        in
* site autocomplete               login     login   no        no      no        no
* site edit                       login     login   no        in      in        in
* site *                          login     login   in        in      in        in
* auth.user*                      login     login   no        no      no        in
* auth.group*                     login     login   no        no      no        in
* delete public                   login     login   no        no      no        no
* delete withdrawn                login     login   no        no      no        no
post * change withdrawn           login     login   no        no      no        no
post publishing.publication change row  login login no        no      no        no
post publishing.proposal change of*  login  login   no        no      in        in
post * rebase of editor           login     login   no        in      no        no
post * rebase of reviewer         login     login   no        no      in        no
post * rebase of superuser        login     login   no        no      no        in
post * rebase of another          login     login   no        no      no        no
* publishing.* add                login     login   no        no      no        no
* publishing.* delete *           login     login   no        no      no        no
post trials.arm change *          login     login   no        no      no        no
* trials.arm add                  login     login   no        no      no        no
* trials.arm delete *             login     login   no        no      no        no
*                                 login     login   no        in      in        in
"""

# What a forged request does, whatever address it goes to and whatever button it names.
DEEDS = """
                                  stranger  reader  outsider  editor  reviewer  superuser
adds a draft                      -         -       -         yes     yes       yes
changes a draft                   -         -       -         yes     yes       yes
deletes a draft                   -         -       -         yes     yes       yes
submits a draft                   -         -       -         yes     yes       yes
proposes about what is public     -         -       -         yes     yes       yes
takes back an own proposal        -         -       -         yes     yes       yes
takes back what another wrote     -         -       -         -       -         -
accepts what another wrote        -         -       -         -       yes       yes
accepts an own proposal           -         -       -         -       -         -
returns what another wrote        -         -       -         -       yes       yes
publishes without a proposal      -         -       -         -       -         -
changes what has been public      -         -       -         -       -         -
deletes what has been public      -         -       -         -       -         -
rewrites the log                  -         -       -         -       -         -
changes people or groups          -         -       -         -       -         yes
"""

BUTTONS = ["_submit", "_accept", "_return", "_take_back", "_continue", "_addanother", "_saveasnew", "_propose"]
DECISIVE = BUTTONS[:4]
# Where these would change nothing: Django's own views, and those of ours that have one button.
DJANGOS = ["index", "login", "logout", "password_*", "autocomplete", "jsi18n", "view_on_site", "app_list", "elsewhere"]
ONE_BUTTON = [*DJANGOS, "changelist", "delete", "history", "guide", "propose_*", "reviewed_again"]

WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')

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


def cells(table):
    """A table as {line: {person: cell}}, in the order of its lines."""
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return {" ".join(line[:-6]): dict(zip(PEOPLE, line[-6:], strict=True)) for line in lines}


GATES = cells(GETS_IN)


@pytest.fixture(scope="module")
def people(shared_data):
    """A browser of everybody, by what they are."""
    users = {
        "reader": make_user("rita", is_staff=False),
        "outsider": make_user("otto"),
        "editor": make_user("ada", "Editors"),
        "reviewer": make_user("grace", "Editors", "Reviewers"),
        "superuser": User.objects.create_superuser("root"),
    }
    clients = {name: Client() for name in PEOPLE}
    for name, user in users.items():
        clients[name].force_login(user)
        clients[name].user = user
    return clients


@pytest.fixture(scope="module")
def everywhere(people):
    """Every address of the admin, where each kind of record has a draft and a public one."""
    rows = {kinds()[kind]: {"draft": make(publish=False), "public": make()} for kind, make in MAKERS.items()}
    rows[Finding] |= {"withdrawn": withdraw(make_finding()), "in review": make_finding(publish=False)}
    actions.submit(record=rows[Finding]["in review"], by=make_user("another"))
    found = addresses({**rows, **_other_rows(people)}.__getitem__)
    found = [address for address in found if not _is_alike(address) or address.state != "draft" or _own(address)]
    with mute():
        for address in found:
            address.form = forms(people["superuser"].get(address.path))
    drafts = {address.model: address.form for address in found if (address.view, address.state) == ("change", "draft")}
    for address in found:
        if address.view == "add" and address.model in drafts:
            own = {name: value for name, value in drafts[address.model].items() if "-" not in name}
            address.form |= own | {"slug": "forged"}
    return found


def _is_alike(address):
    """Whether it is about one of the many kinds whose forms are those of findings."""
    return address.model in kinds().values() and address.model is not Finding


def _own(address):
    """Whether the view of a draft depends on its kind, through its fields and parts."""
    return address.view in {"change", "delete"}


def _other_rows(people):
    authors = {name: people[name].user for name in ("editor", "reviewer", "superuser")}
    authors["another"] = make_user("another")
    proposals = {f"of {name}": _change(make_drug(), by) for name, by in authors.items()}
    found = {model: {"row": model.objects.first()} for model in site._registry if model not in kinds().values()}
    arm = make_arm(trial=make_trial(publish=False))
    return found | {type(arm): {"row": arm}, Proposal: proposals}


def _change(drug, by):
    def edit():
        type(drug).objects.filter(pk=drug.pk).update(developer="Wyeth")

    return actions.propose_change(record=drug, by=by, edit=edit, note="As the label has it.")


@contextmanager
def mute():
    """Hundreds of answers, of which nobody reads a page or a line of the server's log."""
    logging.disable(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context: "")
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _mute():
    with mute():
        yield


def ask(client, method, path, data=None, before=None):
    """What an address answers, when everything that it did is undone again: “login”, “no” or “in”; and what it did."""
    cookies, written = client.cookies.copy(), set()

    def watch(execute, sql, params, many, context):
        if change := WRITES.match(sql):
            written.add(change["table"])
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            response = getattr(client, method)(path, data)
        done = state(written, before) if before and written & {table_of(model) for model in before} else None
        transaction.set_rollback(True)
    client.cookies = cookies
    assert response.status_code < 500, path
    return _outcome(response), done


def _outcome(response):
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    if response.status_code == 405:  # nobody is answered in this way, whatever they may do
        return None
    return "no" if response.status_code == 403 else "in"


def expected(method, address, person):
    return next(row[person] for line, row in GATES.items() if fnmatch(f"{method} {address}", line))


# What is sent


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


def bodies(address, person, is_refused):
    """What is forged for an address: its own form with other words in it, once for each button there may be.

    The forms of all records are one, and Reviewers may do to them what Editors may, so not everybody tries everything.
    """
    typed = address.form | {name: words for name, words in TYPED.items() if name in address.form or not address.form}
    if _is_alike(address) and person == "reviewer":
        return
    yield typed | {"_save": "yes", "post": "yes"}
    if address.view == "changelist":
        everything = list(address.model.objects.values_list("pk", flat=True)[:5])
        yield {"action": "delete_selected", "_selected_action": everything, "post": "yes", "index": "0"}
    elif (
        not is_refused
        and address.model in {None, Finding, Proposal}
        and not any(fnmatch(address.view, view) for view in ONE_BUTTON)
    ):
        for button in BUTTONS if person == "editor" else DECISIVE:
            yield typed | {button: "yes"}


# The tests


def test_every_kind_of_record_has_a_form():
    assert set(kinds().values()) <= set(site._registry)
    assert set(MAKERS) == set(kinds())


def test_no_two_parts_of_an_admin_call_their_helpers_alike():
    """Forms are put together from many parts; one helper would silently take the place of the other."""
    for admin in site._registry.values():
        ours = [part for part in type(admin).__mro__ if not part.__module__.startswith("django")]
        helpers = [name for part in ours for name in vars(part) if name.startswith("_") and not name.startswith("__")]
        assert {name for name in helpers if helpers.count(name) > 1} == set(), admin


@pytest.mark.parametrize("person", PEOPLE)
def test_who_gets_in_and_what_a_forged_request_does(people, everywhere, person):
    client, before, wrong, done = people[person], state(), {}, set()
    for address in everywhere:
        outcome, _ = ask(client, "get", address.path)
        if outcome not in {None, expected("get", address, person)}:
            wrong[f"get {address}"] = outcome
        for body in bodies(address, person, is_refused=outcome in {"login", "no"}):
            outcome, after = ask(client, "post", address.path, body, before)
            done |= deeds(before, after, client.user) if after else set()
            if outcome not in {None, expected("post", address, person)} and body.keys().isdisjoint(BUTTONS):
                wrong[f"post {address}"] = outcome

    assert wrong == {}
    assert done == {deed for deed, row in cells(DEEDS).items() if row[person] == "yes"}


def test_every_address_asks_for_the_token_of_its_page(people, everywhere):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["superuser"].user)

    answers = {str(address): ask(browser, "post", address.path, {"post": "yes"})[0] for address in everywhere}

    assert {address for address, outcome in answers.items() if outcome not in {None, "no"}} == set()

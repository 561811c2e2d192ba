"""Every address of the admin, for everybody, read and forged: who gets in, and what a forged request does."""

from fnmatch import fnmatch
from functools import cache

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client

from temsisite.publishing import actions
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal
from temsisite.publishing.typed import typed_in
from tests.editors.asking import ask, mute, remembering
from tests.editors.conftest import signed_in
from tests.editors.deeds import deeds, state
from tests.editors.forging import BUTTONS, forge, forms, is_alike, unknown_buttons
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
    propose,
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
changes what waits for review     -         -       -         -       -         -
deletes what has been public      -         -       -         -       -         -
rewrites the log                  -         -       -         -       -         -
changes people or groups          -         -       -         -       -         yes
"""


def cells(table):
    """A table as {line: {person: cell}}, in the order of its lines."""
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return {" ".join(line[:-6]): dict(zip(PEOPLE, line[-6:], strict=True)) for line in lines}


GATES = cells(GETS_IN)


@cache
def gate(request):
    """What everybody is answered: {person: cell} for “get drugs.drug change draft”."""
    return next(row for line, row in GATES.items() if fnmatch(request, line))


# Who asks, and where


@pytest.fixture(scope="module", autouse=True)
def _remembering(shared_data):
    with remembering():
        yield


@pytest.fixture(autouse=True)
def _mute():
    with mute():
        yield


@pytest.fixture(scope="module")
def people(_remembering):
    """A browser of everybody, by what they are."""
    users = {
        "reader": make_user("rita", is_staff=False),
        "outsider": make_user("otto"),
        "editor": make_user("ada", "Editors"),
        "reviewer": make_user("grace", "Editors", "Reviewers"),
        "superuser": User.objects.create_superuser("root"),
    }
    return {"stranger": Client()} | {name: signed_in(user) for name, user in users.items()}


@pytest.fixture(scope="module")
def everywhere(people):
    """Every address of the admin, where each kind of record has a draft and a public one; with its form."""
    rows = {kinds()[kind]: {"draft": make(publish=False), "public": make()} for kind, make in MAKERS.items()}
    rows[Finding] |= {"withdrawn": withdraw(make_finding()), "in review": make_finding(publish=False)}
    actions.submit(record=rows[Finding]["in review"], by=make_user("another"))
    found = addresses({**rows, **_other_rows(people)}.__getitem__)
    found = [address for address in found if not is_alike(address) or address.state != "draft" or _own(address)]
    with mute():
        for address in found:
            answer = ask(people["superuser"], "get", address.path)
            address.form, address.told_superusers = forms(answer.response), answer.outcome
    drafts = {address.model: address.form for address in found if (address.view, address.state) == ("change", "draft")}
    for address in found:
        if address.view == "add" and address.model in drafts:
            own = {name: value for name, value in drafts[address.model].items() if "-" not in name}
            address.form |= own | {"slug": "forged"}
    return found


def _own(address):
    """Whether the view of a draft depends on its kind, through its fields and parts."""
    return address.view in {"change", "delete"}


def _other_rows(people):
    authors = {name: people[name].user for name in ("editor", "reviewer", "superuser")}
    authors["another"] = make_user("another")
    proposals = {f"of {name}": propose(make_target(), by, name="mTOR") for name, by in authors.items()}
    found = {model: {"row": model.objects.first()} for model in site._registry if model not in kinds().values()}
    arm = make_arm(trial=make_trial(publish=False))
    return found | {type(arm): {"row": arm}, Proposal: proposals}


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


def test_what_is_kept_of_a_form_is_the_same_whatever_button_was_pressed(rf):
    sent = rf.post("/admin/drugs/drug/keep/", {"inn": "temsirolimus"} | dict.fromkeys(BUTTONS, "yes"))

    assert typed_in(sent) == {"inn": ["temsirolimus"]}


@pytest.mark.parametrize("person", PEOPLE)
def test_who_gets_in_and_what_a_forged_request_does(people, everywhere, person):
    client, before, wrong, done, read = people[person], state(), {}, set(), set()
    for address in everywhere:
        told = address.told_superusers if person == "superuser" else ask(client, "get", address.path).outcome
        if told not in {None, gate(f"get {address}")[person]}:
            wrong[f"get {address}"] = told
        for button, answer in forge(client, address, person, before):
            read |= answer.read
            done |= deeds(before, answer.after, client.user) if answer.after else set()
            if button is None and answer.outcome not in {None, gate(f"post {address}")[person]}:
                wrong[f"post {address}"] = answer.outcome

    assert wrong == {}
    assert done == {deed for deed, row in cells(DEEDS).items() if row[person] == "yes"}
    assert unknown_buttons(read) == set()


def test_every_address_asks_for_the_token_of_its_page(people, everywhere):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["superuser"].user)

    answers = {str(address): ask(browser, "post", address.path, {"post": "yes"}) for address in everywhere}

    assert {address for address, answer in answers.items() if answer.outcome not in {None, "no"}} == set()

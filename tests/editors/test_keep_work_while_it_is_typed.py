"""A form keeps itself while somebody types; no tab and no person takes anything from another."""

import uuid

import pytest
from django.db import IntegrityError

from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import ADD, opened, press, said, send, shown, typed
from tests.editors.conftest import signed_in
from tests.editors.unfinished import BEGUN, DISCARD, KEEP, autosave, form_of
from tests.factories import make_user
from tests.reading import text
from trials.models import Finding

pytestmark = pytest.mark.django_db


def test_is_kept_while_it_is_typed(editor):
    answer = autosave(editor, **BEGUN).json()

    assert answer["saves"] == 1
    assert answer["problems"]["trial"] == ["The trial is missing."]
    assert shown(editor.get(answer["address"])).items() >= BEGUN.items()
    assert not Finding.objects.exists()


def test_says_when_nothing_is_missing(editor):
    answer = autosave(editor, **opened(editor, ADD) | typed()).json()

    assert answer["problems"] == {}
    assert not Finding.objects.exists()


def test_what_waits_for_review_goes_on_waiting_while_somebody_types(editor):
    press(editor, "_submit", ADD, **typed())
    finding = Finding.objects.get()

    answer = autosave(editor, f"{KEEP}?record={finding.pk}", **shown(editor.get(form_of(finding))))

    assert answer.status_code == 200
    assert said(answer) == ""
    assert Proposal.objects.open().exists()
    assert Finding.objects.get().status == Finding.Status.IN_REVIEW


def test_an_older_tab_overwrites_nothing(editor):
    tab = {"copy": uuid.uuid4(), "saves": 0}
    autosave(editor, **tab, statement="Typed in one tab.")

    answer = autosave(editor, **tab, statement="Typed in another.").json()

    assert answer["sentence"] == "This form is open in another tab as well: what you type here is kept by itself."
    assert shown(editor.get(answer["address"]))["statement"] == "Typed in another."
    assert shown(editor.get(ADD, {"copy": tab["copy"]}))["statement"] == "Typed in one tab."


def test_an_older_tab_that_is_saved_takes_nothing_from_the_newer(editor):
    tab = {"copy": uuid.uuid4(), "saves": 0}
    autosave(editor, **tab, statement="Typed in the newer tab.")

    editor.post(ADD, opened(editor, ADD) | typed() | tab | {"_save": "1"})

    assert Finding.objects.exists()
    assert WorkingCopy.objects.get().typed["statement"] == ["Typed in the newer tab."]


def test_a_tab_that_missed_an_answer_goes_on(editor):
    tab = {"copy": uuid.uuid4(), "saves": 0, "tab": "k3jx9"}
    autosave(editor, **tab, statement="Nineteen")

    answer = autosave(editor, **tab, statement="Nineteen of 33").json()

    assert (answer["saves"], answer["sentence"]) == (2, "")
    assert WorkingCopy.objects.get().typed["statement"] == ["Nineteen of 33"]


def test_saving_while_the_same_is_being_kept_is_no_other_tab(editor):
    form = opened(editor, ADD) | BEGUN
    autosave(editor, **form)

    page = send(editor, ADD, form | {"_save": "1"})

    assert "another tab" not in text(page)
    assert WorkingCopy.objects.get().saves == 2


def test_is_not_kept_under_the_name_of_whoever_signed_in_meanwhile(editor, reviewer):
    response = autosave(reviewer, f"{KEEP}?author={editor.user.pk}", **BEGUN)

    assert response.status_code == 409
    assert response.json()["sentence"] == "You are signed in as reviewer now, but somebody else typed this."
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("rule", ["once_per_form", "of_bearable_length"])
def test_the_table_keeps_its_rules(editor, rule):
    kept = {"author": editor.user, "copy": uuid.uuid4(), "kind": "drug", "data": "{}"}
    if rule == "once_per_form":
        WorkingCopy.objects.create(**kept)
    else:
        kept["data"] = "a" * 2_000_001

    with pytest.raises(IntegrityError):
        WorkingCopy.objects.create(**kept)


def test_what_is_too_long_is_said_to_be(editor):
    response = autosave(editor, statement="a" * 2_000_001)

    assert response.status_code == 413
    assert "an unfinished draft holds 2,000,000 at most" in response.json()["sentence"]


def test_a_form_that_is_too_long_comes_back(editor):
    page = press(editor, "_save", ADD, statement="a" * 3_000_000)

    assert "an unfinished draft holds 2,000,000 at most" in said(page)
    assert len(shown(page)["statement"]) == 3_000_000


@pytest.mark.parametrize("address", [KEEP, DISCARD])
def test_only_editors_keep_and_only_by_sending(editor, client, address):
    outsider = signed_in(make_user("outsider"))

    assert editor.get(address).status_code == 405
    assert [client.get(address).status_code, client.post(address).status_code] == [302, 302]
    assert [outsider.get(address).status_code, outsider.post(address).status_code] == [403, 403]
    assert not WorkingCopy.objects.exists()

"""A results table keeps itself while it is typed, and is gone on with later."""

import datetime
import uuid

import pytest
from django.utils import timezone

from temsisite.publishing import actions
from temsisite.publishing.models import WorkingCopy
from tests.editors.browsing import said, shown, titles
from tests.editors.conftest import signed_in
from tests.editors.unfinished import autosave
from tests.factories import make_source, make_trial, make_user, withdraw
from tests.reading import links, read, text, tree
from trials.models import Finding

pytestmark = pytest.mark.django_db
LINE = {"rows-0-measure": "OVERALL_SURVIVAL", "rows-0-unit": "MONTHS", "rows-0-time_frame": "median"}


@pytest.fixture
def arcc(db):
    return make_trial(
        slug="arcc",
        brief_title="ARCC",
        arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}],
        sources=[make_source(title="Hudes 2007")],
    )


def page_of(trial, view=""):
    return f"/admin/trials/finding/results-table/{trial.pk}/{view}"


def survival(trial, value="10.9"):
    """What is typed for a median survival in the second arm."""
    return LINE | {f"rows-0-v-{trial.arms.last().pk}": value}


def kept(client, trial, **form):
    """What the script of the page sends while somebody types, answered."""
    return autosave(client, page_of(trial, "keep/"), **shown(client.get(page_of(trial))) | form).json()


def test_is_kept_while_it_is_typed(editor, arcc):
    answer = kept(editor, arcc, **survival(arcc))

    assert (answer["saves"], answer["sentence"]) == (1, "")
    assert shown(editor.get(answer["address"])).items() >= survival(arcc).items()
    assert not Finding.objects.exists()


def test_lies_on_the_desk_of_its_author_only(editor, reviewer, arcc):
    answer = kept(editor, arcc, **survival(arcc))

    assert titles(editor.get("/admin/"), "tables") == ["ARCC"]
    assert links(editor.get("/admin/"), ".//section[@id='tables']") == {"ARCC": answer["address"]}
    assert titles(reviewer.get("/admin/"), "tables") == []
    assert "10.9" not in text(reviewer.get(answer["address"]))


def test_is_offered_where_another_is_begun(editor, arcc):
    answer = kept(editor, arcc, **survival(arcc))

    page = editor.get(page_of(arcc))

    assert "You have unfinished work on this" in text(page)
    assert links(page, ".//div[@class='working']")["continue it"] == answer["address"]


def test_is_gone_on_with_until_it_is_saved(editor, arcc):
    answer = kept(editor, arcc, **survival(arcc))

    response = editor.post(page_of(arcc), shown(editor.get(answer["address"])) | {"_save": "1"})

    assert "/made/" in response["Location"]
    assert str(Finding.objects.get().value) == "10.9"
    assert not WorkingCopy.objects.exists()


def test_what_is_wrong_is_kept_as_well(editor, arcc):
    wrong = survival(arcc, "ten")

    editor.post(page_of(arcc), shown(editor.get(page_of(arcc))) | wrong | {"_save": "1"})

    address = links(editor.get("/admin/"), ".//section[@id='tables']")["ARCC"]
    assert shown(editor.get(address)).items() >= wrong.items()


def test_two_tabs_take_nothing_from_each_other(editor, arcc):
    tab = {"copy": uuid.uuid4(), "saves": 0}
    kept(editor, arcc, **tab, **survival(arcc, "10.9"))

    answer = kept(editor, arcc, **tab, **survival(arcc, "7.3"))

    assert "This form is open in another tab as well" in answer["sentence"]
    assert WorkingCopy.objects.count() == 2


def test_is_discarded_when_its_author_says_so(editor, arcc):
    copy = kept(editor, arcc, **survival(arcc))["copy"]

    response = editor.post(page_of(arcc, "discard/"), {"copy": copy})

    assert said(response) == "Your unfinished table is discarded."
    assert not WorkingCopy.objects.exists()
    assert "That unfinished draft is no longer there" in text(editor.get(page_of(arcc), {"copy": copy}, follow=True))


def test_nobody_discards_that_of_another(editor, reviewer, arcc):
    copy = kept(editor, arcc, **survival(arcc))["copy"]

    reviewer.post(page_of(arcc, "discard/"), {"copy": copy})

    assert WorkingCopy.objects.count() == 1


def test_says_when_its_trial_went_meanwhile(editor, arcc):
    form = shown(editor.get(page_of(arcc))) | survival(arcc)
    withdraw(arcc)

    answer = autosave(editor, page_of(arcc, "keep/"), **form)

    assert (answer.status_code, answer.json()["sentence"]) == (
        409,
        "The trial is gone, or was withdrawn while you were writing.",
    )


def test_of_a_withdrawn_trial_is_kept_and_can_be_discarded(editor, arcc):
    kept(editor, arcc, **survival(arcc))
    withdraw(arcc)

    page = editor.get(links(editor.get("/admin/"), ".//section[@id='tables']")["ARCC"])

    assert "The trial “ARCC” was withdrawn or is gone, so no results of it can be recorded." in text(page)
    form = tree(page).find(".//div[@id='content-main']//form")
    assert read(page, f".//button[@form='{form.get('id')}']") == ["discard it"]
    assert said(editor.post(form.get("action"), shown(page))) == "Your unfinished table is discarded."
    assert titles(editor.get("/admin/"), "tables") == []


def test_is_gone_on_with_when_its_trial_is_restored(editor, arcc):
    address = kept(editor, arcc, **survival(arcc))["address"]
    withdraw(arcc)
    restoration = actions.propose_restoration(record=arcc, by=make_user("editor"))
    actions.accept(proposal=restoration, by=make_user("reviewer"))

    assert shown(editor.get(address)).items() >= survival(arcc).items()


def test_is_never_kept_for_whoever_signed_in_meanwhile(editor, arcc):
    reader = signed_in(make_user("somebody", "Editors"))

    answer = autosave(reader, page_of(arcc, f"keep/?author={editor.user.pk}"), **survival(arcc))

    assert answer.status_code == 409
    assert not WorkingCopy.objects.exists()


def test_what_nobody_touched_for_a_year_goes_with_the_next_that_is_begun(editor, arcc):
    kept(editor, arcc, **survival(arcc))
    month = timezone.now() - datetime.timedelta(days=30)
    year = timezone.now() - datetime.timedelta(days=366)

    WorkingCopy.objects.update(saved_at=month)
    kept(editor, arcc, copy=uuid.uuid4())
    assert WorkingCopy.objects.count() == 2

    WorkingCopy.objects.update(saved_at=year)
    kept(editor, arcc, copy=uuid.uuid4())
    assert WorkingCopy.objects.count() == 1

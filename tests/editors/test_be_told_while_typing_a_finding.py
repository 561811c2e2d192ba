"""While a finding is typed, its form says what the figures give, what cannot be and what is recorded already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from temsisite.publishing.models import Proposal, WorkingCopy
from tests.editors.browsing import ADD, complaints, counted, press, said, typed
from tests.editors.conftest import signed_in
from tests.factories import make_arm, make_finding, make_source, make_trial, make_user, withdraw
from trials.models import Finding

pytestmark = pytest.mark.django_db
CHECK = "/admin/trials/finding/check/"


@pytest.fixture
def paper(db):
    return make_source(title="Temsirolimus in women with cancer of the cervix")


@pytest.fixture
def trial(paper):
    return make_trial(slug="ind-199", arms=[{"title": "temsirolimus 25 mg weekly"}], sources=[paper])


def asked(client, **fields):
    """What the server says of a form that somebody is filling in."""
    return client.post(CHECK, {"comparator": "=", "verdict": "NOT_ASSESSED"} | fields).json()


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ({"numerator": "19", "denominator": "33"}, "19/33 is 57.6 %."),
        ({"numerator": "19", "denominator": "33", "value": "58", "unit": "PERCENT"}, "19/33 is 58 %."),
    ],
)
def test_arithmetic_stands_beside_the_numbers(editor, trial, figure, sentence):
    answer = asked(editor, trial=trial.pk, measure="STABLE_DISEASE", **figure)

    assert answer["said"] == [sentence]
    assert answer["amiss"] == []
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ({"value": "57.5", "unit": "PERCENT"}, "19/33 is 57.6 %, not 57.5 %. Correct the figures, or say"),
        ({"value": "57.6", "lower": "60", "upper": "70"}, "57.6 does not lie between 60 and 70."),
        ({"value": "half"}, "Enter a number."),
        ({"numerator": "34"}, "n is above N: n counts some of the N people."),
    ],
)
def test_what_cannot_be_is_said_while_one_types(editor, trial, figure, sentence):
    answer = asked(editor, trial=trial.pk, measure="STABLE_DISEASE", **counted(**figure))

    assert sentence in " ".join(answer["amiss"])
    assert sentence not in answer["said"]


UNLIKE = {"value": "57.9", "unit": "PERCENT"}  # 19/33 is 57.6 %


@pytest.mark.parametrize(
    "also_wrong",
    [
        {"lower": "70", "upper": "40"},
        {"lower": "60", "upper": "70", "quotation": "tolerated well"},
        {"last_reviewed_on": "2999-01-01"},
    ],
)
def test_a_disagreement_hides_behind_no_other_mistake(editor, trial, paper, also_wrong):
    paper.text = "Temsirolimus was well tolerated."
    paper.save()
    form = {"trial": trial, "source": paper} | counted(**UNLIKE, **also_wrong)

    answer = asked(editor, **form | {"trial": trial.pk, "source": paper.pk, "measure": "STABLE_DISEASE"})
    page = press(editor, "_save", ADD, **typed(**form))

    assert "19/33 is 57.6 %, not 57.9 %." in " ".join(answer["amiss"])
    assert answer["said"] == []
    assert "19/33 is 57.6 %, not 57.9 %." in " ".join(complaints(page, "value"))
    assert all(complaints(page, name) for name in also_wrong if name not in {"lower", "upper"})


def test_a_disagreement_that_the_note_explains_is_not_amiss(editor, trial):
    note = {"discrepancy_note": "The abstract prints 57.9 percent."}

    answer = asked(editor, trial=trial.pk, measure="STABLE_DISEASE", **counted(**UNLIKE, **note))

    assert answer["said"] == ["19/33 is 57.6 %, not 57.9 %."]
    assert answer["amiss"] == []


def test_what_follows_from_n_and_N_is_only_offered(editor, trial):
    assert asked(editor, measure="STABLE_DISEASE", **counted())["computed"] == "57.6"
    assert asked(editor, measure="STABLE_DISEASE", **counted(value="58", unit="PERCENT"))["computed"] == ""
    assert asked(editor, measure="OVERALL_SURVIVAL", **counted(unit="MONTHS"))["computed"] == ""


def test_a_sentence_is_offered_until_there_is_one(editor, trial):
    known = counted(trial=trial.pk, arm=trial.arms.get().pk, measure="STABLE_DISEASE")

    offered = asked(editor, **known)["sentence"]

    assert offered == "In the arm “temsirolimus 25 mg weekly”, 19 of 33 people had stable disease."
    assert asked(editor, **known, statement="Nineteen were stable.")["sentence"] == ""


def test_an_unfinished_form_is_never_a_server_error(editor):
    for name in ("trial", "arm", "compared_with", "source", "measure", "numerator", "value", "record", "statement"):
        for text_ in ("\x00", "9" * 30, "x"):
            assert editor.post(CHECK, {name: text_}).status_code == 200, (name, text_[:9])


@pytest.mark.parametrize("groups", [[], ["Reviewers"], ["Editors"]])
def test_only_who_may_write_findings_is_answered(groups):
    client = signed_in(make_user("somebody", *groups))

    answers = [client.get(CHECK).status_code, client.post(CHECK, {}).status_code]

    assert answers == ([405, 200] if groups else [403, 403])


# What is there already


def test_a_look_alike_is_named_while_one_types(editor, trial):
    known = {"measure": "STABLE_DISEASE", "trial": trial, "arm": trial.arms.get()}
    waiting = make_finding(publish=False, statement="Nineteen were stable.", **known)
    make_finding(time_frame="at 6 months", **known)
    make_finding(population="squamous", **known)
    withdraw(make_finding(**known))

    answer = asked(editor, **known | {"trial": trial.pk, "arm": trial.arms.get().pk})

    assert [other["title"] for other in answer["alike"]] == ["Nineteen were stable."]
    assert answer["alike"][0]["url"] == f"/admin/trials/finding/{waiting.pk}/change/"
    assert answer["alike"][0]["place"].startswith("draft, ")


def test_a_finding_is_not_its_own_look_alike(editor, trial):
    finding = make_finding(measure="STABLE_DISEASE", trial=trial)

    assert asked(editor, trial=trial.pk, measure="STABLE_DISEASE", record=finding.pk)["alike"] == []


def test_a_look_alike_is_saved_with_a_warning_and_a_link(editor, trial):
    first = make_finding(measure="STABLE_DISEASE", trial=trial, statement="Nineteen were stable.")

    response = press(editor, "_save", ADD, **typed(trial=trial))

    assert "This looks like what is recorded already." in said(response)
    assert f'<a href="/admin/trials/finding/{first.pk}/change/">Nineteen were stable.</a> (published' in said(response)
    assert Finding.objects.count() == 2


def test_an_unclear_form_still_speaks_beside_its_fields(editor, trial):
    page = press(editor, "_save", f"{ADD}?trial={trial.pk}", measure="", statement="Nineteen were stable.")

    assert complaints(page, "measure") == ["The measure is missing."]
    assert not Proposal.objects.filter(kind="finding").exists()
    assert WorkingCopy.objects.get().title == "Nineteen were stable."


def test_asks_as_often_for_many_arms_and_look_alikes_as_for_one(editor, trial, django_assert_max_num_queries):
    known = {"measure": "STABLE_DISEASE", "trial": trial, "arm": trial.arms.get()}
    typed_so_far = known | {"trial": trial.pk, "arm": known["arm"].pk}
    make_finding(publish=False, **known)

    def open_and_ask():
        editor.get(f"{ADD}?trial={trial.pk}")
        asked(editor, **typed_so_far)

    with CaptureQueriesContext(connection) as once:
        open_and_ask()
    for _ in range(6):
        make_arm(trial=trial)
        make_finding(source=make_source(), publish=False, **known)

    with django_assert_max_num_queries(len(once)):
        open_and_ask()

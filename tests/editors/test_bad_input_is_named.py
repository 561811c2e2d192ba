"""Whatever is typed or forged: a sentence that names the thing, everything typed kept, and never a server error."""

import pytest

from temsisite.evidence.models import Source
from temsisite.publishing.models import Proposal
from tests.editors.browsing import ADD, complaints, press, send, shown, typed
from tests.factories import make_drug, make_finding, make_source, make_trial
from tests.reading import text
from trials.models import Finding

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
FORGED_ADDRESSES = [
    f"/admin/trials/finding/?trial__id__exact={HUGE}",
    f"/admin/trials/finding/?trial__id__exact=-{HUGE}",
    "/admin/trials/finding/?trial__id__exact=temsirolimus",
    f"/admin/trials/finding/?trial={HUGE}",
    f"/admin/trials/finding/?source__id__exact={HUGE}",
    f"/admin/trials/finding/?id__in={HUGE},1",
    f"/admin/trials/finding/?position={HUGE}",
    "/admin/trials/finding/?id__range=1",
    "/admin/publishing/proposal/?decided_at__year=99999",
    "/admin/publishing/proposal/?snapshot__regex=((",
    f"/admin/trials/finding/?p={HUGE}",
    f"/admin/trials/finding/?o={HUGE}",
    "/admin/trials/finding/?o=-",
    "/admin/trials/finding/?status__exact=CURED",
    "/admin/trials/finding/?nonsense=1",
    "/admin/trials/finding/?review=due&support=doubted&assessment=waiting&whose=mine&q=temsirolimus",
    f"/admin/trials/finding/?review={HUGE}&review=due",
    "/admin/trials/trial/?review=due&whose=%F0%9F",
    f"/admin/publishing/proposal/?whose={HUGE}",
    f"/admin/trials/finding/{HUGE}/reviewed/",
    "/admin/trials/finding/%00/reviewed/",
    "/admin/guide/?q=%00",
    "/admin/trials/finding/?created_by__password__startswith=a",
    "/admin/trials/finding/?q=%00",
    "/admin/trials/finding/?trial__id__exact=%00",
    "/admin/trials/finding/?%00=1",
    f"/admin/trials/finding/?_changelist_filters=trial__id__exact%3D{HUGE}",
    f"/admin/trials/finding/add/?_changelist_filters=trial__id__exact%3D{HUGE}",
    f"/admin/trials/finding/add/?trial={HUGE}",
    "/admin/trials/finding/add/?trial=temsirolimus&verdict_sources=a,b&value=NaN&last_reviewed_on=x",
    f"/admin/trials/finding/add/?verdict_sources={HUGE}",
    "/admin/trials/finding/add/?_to_field=slug",
    f"/admin/trials/finding/{HUGE}/change/",
    "/admin/trials/finding/temsirolimus/change/",
    "/admin/trials/finding/%00/change/",
    f"/admin/trials/finding/{HUGE}/delete/",
    f"/admin/trials/finding/{HUGE}/history/",
    f"/admin/trials/finding/{HUGE}/withdrawal/",
    f"/admin/trials/finding/{HUGE}/restoration/",
    f"/admin/publishing/proposal/{HUGE}/change/",
    "/admin/publishing/proposal/%00/change/",
    f"/admin/publishing/proposal/?state__exact={HUGE}",
    f"/admin/publishing/publication/{HUGE}/change/",
    f"/admin/publishing/publication/?sequence={HUGE}",
    "/admin/autocomplete/?app_label=trials&model_name=finding&field_name=trial&term=%00",
    f"/admin/autocomplete/?app_label=trials&model_name=finding&field_name=trial&page={HUGE}",
    "/admin/autocomplete/?app_label=trials&model_name=finding&field_name=trial&page=-1",
    "/admin/autocomplete/?app_label=trials&model_name=finding&field_name=source&term=%F0%9F",
    "/admin/autocomplete/?app_label=auth&model_name=user&field_name=groups",
    "/admin/autocomplete/?app_label=trials&model_name=cure&field_name=x",
    "/admin/autocomplete/",
]
FORGED_FIELDS = [
    {"arms-TOTAL_FORMS": ""},
    {"arms-TOTAL_FORMS": HUGE},
    {"arms-INITIAL_FORMS": "2"},
    {"arms-0-id": HUGE},
    {"arms-0-id": "\x00"},
    {"arms-0-trial": HUGE},
    {"arms-0-number": HUGE},
    {"arms-0-drugs": HUGE},
    {"diseases": HUGE},
    {"seen": "\x00"},
    {"_to_field": "slug"},
    {"_popup": HUGE},
    {"note": "\x00"},
    {"note": "a" * 1_000_000},
]


@pytest.mark.parametrize(
    "mistakes",
    [
        [
            ("source", "", "The source is missing."),
            ("statement", "", "The statement is missing."),
            ("measure", "", "The measure is missing."),
            ("trial", HUGE, "The trial you chose is no longer there: choose another."),
            ("verdict_sources", [HUGE], "One of the verdict sources you chose is no longer there."),
            ("value", "more than half", "Enter a number."),
            ("numerator", HUGE, "Ensure this value is less than or equal to 2147483647."),
            ("position", HUGE, "Ensure this value is less than or equal to 2147483647."),
            ("interval_level", HUGE, "Ensure this value is less than or equal to 32767."),
            ("slug", "cervix\x00", "Null characters are not allowed."),
            ("locator", "a" * 1_000_000, "Ensure this value has at most 120 characters (it has 1000000)."),
            ("last_reviewed_on", "31 May", "Enter a valid date."),
        ],
        [
            ("source", HUGE, "The source you chose is no longer there: choose another."),
            ("statement", "Of 33\x00people", "Null characters are not allowed."),
            ("measure", "CURE", "Select a valid choice. CURE is not one of the available choices."),
            ("trial", "0", "The trial you chose is no longer there: choose another."),
            ("verdict_sources", ["0"], "One of the verdict sources you chose is no longer there."),
            ("value", "NaN", "Enter a number."),
            ("numerator", "-1", "Ensure this value is greater than or equal to 0."),
            ("slug", "Cervix, stable", "Enter a valid “slug”"),
        ],
        [
            ("statement", "a" * 1_000_000, "Ensure this value has at most 20000 characters (it has 1000000)."),
            ("trial", "temsirolimus", "The trial you chose is no longer there: choose another."),
            ("value", "1e400", "Ensure that there are no more than 19 digits in total."),
        ],
        [("value", "57.5", "19/33 is 57.6 %, not 57.5 %.")],
        [("last_reviewed_on", "2099-01-01", "A review cannot lie in the future.")],
    ],
)
def test_a_field_says_what_is_wrong_with_it(editor, mistakes):
    wrong = {field: value for field, value, _ in mistakes}

    page = press(editor, "_save", ADD, **typed(publish=False) | wrong)

    said = {field: " ".join(complaints(page, field)) for field in wrong}
    assert [(field, said[field]) for field, _, sentence in mistakes if sentence not in said[field]] == []
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"lower": "80", "upper": "40", "interval_type": "RANGE", "value": "57.6"},
            "The lower end of the interval is",
        ),
        ({"lower": "40"}, "An interval has both a lower and an upper end."),
        ({"lower": "40", "upper": "80"}, "Say what kind of interval it is, or leave its ends empty."),
        ({"unit": ""}, "A value needs its unit."),
        ({"value": ""}, "Give either the value or the reason it is missing."),
        ({"numerator": "34"}, "n is above N, or N is missing: n counts some of the N people."),
        ({"denominator_counts": ""}, "Say whom N counts, or leave both empty."),
        ({"denominator": "0", "numerator": "0"}, "N counts at least one person."),
        (
            {"unit": "PATIENTS", "value": "-19"},
            "Patients and events are counted from 0 up, but the value is negative.",
        ),
        ({"value": "576", "discrepancy_note": "So printed."}, "A share of the people lies between 0 and 100 percent."),
        ({"interval_level": "95"}, "Only a confidence interval has a level, between 50 and 99 percent."),
        ({"verdict": "REFINED", "last_reviewed_on": "2026-01-15"}, "Say in the verdict note what the literature says"),
        ({"verdict": "SUPPORTED"}, "A verdict needs the day it was reached, in “last reviewed on”."),
    ],
)
def test_a_rule_between_fields_speaks_above_the_form(editor, changes, sentence):
    page = press(editor, "_save", ADD, **typed(publish=False) | changes)

    assert sentence in text(page)
    assert "Of 33 people 19 had stable disease." in page.content.decode()
    assert not Finding.objects.exists()


def test_a_slug_that_is_taken_is_named(editor):
    make_finding(slug="cervix-stable-disease", publish=False)

    page = press(editor, "_save", ADD, **typed(publish=False))

    assert "Another record of this kind already has this address." in complaints(page, "slug")
    assert "Of 33 people 19 had stable disease." in page.content.decode()


def test_a_trial_deleted_behind_an_open_form_is_named(editor):
    trial = make_trial(publish=False)
    page_data = shown(editor.get(ADD)) | typed(trial=trial)
    trial.delete()

    page = send(editor, ADD, page_data)

    assert complaints(page, "trial") == ["The trial you chose is no longer there: choose another."]


def test_an_arm_of_another_trial_is_refused(editor):
    arm = make_trial(arms=[{"title": "interferon alfa"}]).arms.get()

    page = press(editor, "_save", ADD, **typed(arm=arm.pk))

    assert "“interferon alfa” is an arm of another trial." in text(page)


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("1937-05", "No medicine was approved before 1938, when the first law asked for it."),
        ("2099", "An approval cannot lie in the future; 2099 does."),
        ("May 2007", "“May 2007” is not a date like 2007, 2007-05 or 2007-05-30."),
        ("2007-13", "There is no date 2007-13 in the calendar."),
        ("٢٠٠٧", "“٢٠٠٧” is not a date like 2007, 2007-05 or 2007-05-30."),
    ],
)
def test_an_approval_has_a_possible_date(editor, date, sentence):
    claim = {"source": make_source().pk, "drug": make_drug().pk, "jurisdiction": "US", "slug": "approved"}

    page = press(editor, "_save", "/admin/drugs/approval/add/", statement="It was allowed.", action_date=date, **claim)

    assert sentence in complaints(page, "action_date")


@pytest.mark.parametrize("number", ["NCT1", "nct01026792", "NCT٠١٠٢٦٧٩٢"])
def test_an_nct_number_of_the_wrong_form_is_named(editor, number):
    fields = {"brief_title": "Temsirolimus in cancer of the cervix", "phase": "PHASE2", "slug": "cervix-phase-2"}

    page = press(editor, "_save", "/admin/trials/trial/add/", nct_id=number, **fields)

    sentence = "A ClinicalTrials.gov number is NCT and eight digits, like NCT01026792."
    assert sentence in complaints(page, "nct_id")


def test_an_identifier_of_the_wrong_form_is_named_beside_it(editor):
    drug = make_drug(publish=False)
    address = f"/admin/drugs/drug/{drug.pk}/change/"
    row = {"identifiers-0-scheme": "CHEBI", "identifiers-0-value": "79699", "identifiers-0-drug": drug.pk}

    page = press(editor, "_save", address, **{"identifiers-TOTAL_FORMS": 1}, **row)

    sentence = "“79699” is not a ChEBI identifier; one looks like CHEBI:79699."
    assert complaints(page, "identifiers-0-value") == [sentence]


def test_two_arms_of_one_number_are_refused(editor):
    trial = make_trial(publish=False, arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])

    page = press(editor, "_save", f"/admin/trials/trial/{trial.pk}/change/", **{"arms-1-number": "1"})

    assert "Please correct the duplicate" in text(page)


def test_the_whole_text_of_a_source_may_be_long(editor):
    typed_source = {"type": "ARTICLE", "standing": "WEAK", "title": "Temsirolimus", "slug": "article"}

    press(editor, "_save", "/admin/evidence/source/add/", text="word " * 100_000, **typed_source)

    assert len(Source.objects.get().text) > 400_000


def test_a_forged_address_is_no_server_error(editor):
    make_finding()

    answers = {address: editor.get(address).status_code for address in FORGED_ADDRESSES}

    assert {address: status for address, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("published", [False, True])
def test_a_forged_form_is_no_server_error(editor, published):
    trial = make_trial(publish=published, arms=[{"title": "temsirolimus"}])
    address = f"/admin/trials/trial/{trial.pk}/change/"

    form = shown(editor.get(address)) | {"acronym": "ARCC", "note": "As the label has it.", "_save": "1"}
    del form["seen"]  # what is saved meanwhile does not matter here

    answers = [editor.post(address, form | forged).status_code for forged in FORGED_FIELDS]

    assert max(answers) < 500, answers


@pytest.mark.parametrize("words", ["\x00", "a" * 1_000_000])
def test_the_words_of_a_decision_are_checked(editor, reviewer, words):
    drug = make_drug(inn="temsirolimus")
    editor.post(f"/admin/drugs/drug/{drug.pk}/withdrawal/", {"note": words})
    press(editor, "_propose", f"/admin/drugs/drug/{drug.pk}/change/", developer="Wyeth")
    proposal = Proposal.objects.open().get()

    address = f"/admin/publishing/proposal/{proposal.pk}/change/"

    response = reviewer.post(address, {"_return": "1", "reason": words, "sha256": words})

    proposal.refresh_from_db()
    assert response.status_code == 200
    assert proposal.is_open

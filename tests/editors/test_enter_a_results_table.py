"""A results table is typed as the paper prints it, and each of its cells becomes a draft."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client

from temsisite.publishing.models import Proposal
from tests.editors.browsing import said, shown
from tests.editors.conftest import signed_in
from tests.factories import make_finding, make_source, make_trial, make_user, withdraw
from tests.reading import read, text, tree
from trials.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def arcc(db):
    arms = [{"title": "interferon alfa"}, {"title": "temsirolimus"}]
    return make_trial(slug="arcc", brief_title="ARCC", arms=arms, sources=[make_source(title="Hudes 2007")])


def page_of(trial):
    return f"/admin/trials/finding/results-table/{trial.pk}/"


def fill_in(client, trial, rows, button="_save", once=None, columns=None):
    """Type a table: `rows` are dictionaries whose keys 0, 1, … name the columns, each with (n, value)."""
    form = shown(client.get(page_of(trial))) | (once or {})
    arms = [str(arm.pk) for arm in trial.arms.all()]
    for column, fields in (columns or {}).items():
        form |= {f"column-{arms[column]}-{name}": text_ for name, text_ in fields.items()}
    for number, row in enumerate(rows):
        for key, typed in row.items():
            if isinstance(key, int):
                form[f"rows-{number}-n-{arms[key]}"], form[f"rows-{number}-v-{arms[key]}"] = typed
            else:
                form[f"rows-{number}-{key}"] = typed
    return client.post(page_of(trial), form | {button: "1"})


SURVIVAL = {"measure": "OVERALL_SURVIVAL", "unit": "MONTHS", "time_frame": "median"}
RASH = {"measure": "ADVERSE_EVENT", "unit": "PERCENT", "event_term": "rash", "grade_band": "ANY"}
TREATED = {
    0: {"denominator": "200", "denominator_counts": "TREATED"},
    1: {"denominator": "208", "denominator_counts": "TREATED"},
}


def sentences(page):
    """What stands beside the cells."""
    return read(page, ".//tr[@class='result-row']/td/ul[@class='errorlist']/li")


def test_each_filled_cell_becomes_a_draft(editor, arcc):
    rows = [SURVIVAL | {0: ("", "7.3"), 1: ("", "10.9")}, RASH | {0: ("12", "6"), 1: ("98", "47")}]

    response = fill_in(editor, arcc, rows, once={"locator": "Table 2"}, columns=TREATED)

    assert "4 drafts saved." in said(response)
    found = Finding.objects.order_by("pk").values_list("arm__title", "value", "numerator")
    assert [(arm, str(value), n) for arm, value, n in found] == [
        ("interferon alfa", "7.3", None),
        ("temsirolimus", "10.9", None),
        ("interferon alfa", "6", 12),
        ("temsirolimus", "47", 98),
    ]
    assert set(Finding.objects.values_list("source__title", "locator", "status")) == {
        ("Hudes 2007", "Table 2", "DRAFT")
    }
    assert {finding.created_by for finding in Finding.objects.all()} == {editor.user}


def test_sentences_and_addresses_are_put_together_from_the_figures(editor, arcc):
    rows = [
        SURVIVAL | {1: ("", "10.9 (8.6–12.7)")},
        RASH | {1: ("98", "")},
        {"measure": "OBJECTIVE_RESPONSE", "unit": "PERCENT", 1: ("", "<9")},
    ]
    intervals = {"interval_type": "CONFIDENCE", "interval_level": "95"}

    response = fill_in(editor, arcc, rows, once=intervals, columns=TREATED)

    assert "Their sentences were put together from the figures" in said(response)
    assert list(Finding.objects.order_by("pk").values_list("statement", "slug")) == [
        (
            "In the arm “temsirolimus”, the median overall survival was 10.9 months "
            "(95 % confidence interval 8.6–12.7).",
            "arcc-overall-survival-temsirolimus-median",
        ),
        ("In the arm “temsirolimus”, 98 of 208 people had rash, any grade.", "arcc-rash-any-grade-temsirolimus"),
        (
            "In the arm “temsirolimus”, less than 9 % of the people had an objective response.",
            "arcc-objective-response-temsirolimus",
        ),
    ]


def test_n_alone_is_a_number_of_patients(editor, arcc):
    fill_in(editor, arcc, [RASH | {0: ("12", "")}], columns=TREATED)

    assert Finding.objects.get().figure == "12 patients, 12/200"


def test_all_that_is_valid_is_submitted_with_one_button(editor, arcc):
    rows = [SURVIVAL | {0: ("", "7.3"), 1: ("", "10.9")}, SURVIVAL | {"time_frame": "", 0: ("", "7.4")}]

    response = fill_in(editor, arcc, rows, button="_submit")

    assert "2 findings submitted for somebody else to review." in said(response)
    assert "1 draft cannot be submitted yet" in said(response)
    assert set(Proposal.objects.open().filter(kind="finding").values_list("origin", flat=True)) == {"results table"}
    assert "time frame: Say for which time: “median”, or “at 6 months”." in text(editor.get(response["Location"]))


def test_the_page_after_it_lists_what_was_made_and_submits_it(editor, arcc):
    known = {"trial": arcc, "arm": arcc.arms.last(), "source": arcc.sources.get()}
    make_finding(measure="OVERALL_SURVIVAL", value="10.8", unit="MONTHS", **known)
    made = fill_in(editor, arcc, [SURVIVAL | {1: ("", "10.9")}])["Location"]

    page = text(editor.get(made))
    response = editor.post(made, {"_submit": "1"})

    assert "the median overall survival was 10.9 months." in page
    assert "draft, ready to submit" in page
    assert "It looks like" in page
    assert response["Location"] == made
    assert Finding.objects.filter(status="IN_REVIEW").count() == 1


def test_nobody_submits_the_drafts_of_somebody_else(editor, reviewer, arcc):
    made = fill_in(editor, arcc, [SURVIVAL | {1: ("", "10.9")}])["Location"]

    reviewer.post(made, {"_submit": "1"})

    assert Finding.objects.get().status == "DRAFT"
    assert "names no findings of yours" in text(reviewer.get(made))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (RASH | {0: ("250", "")}, "n is above N, or N is missing: n counts some of the N people."),
        (RASH | {0: ("twelve", "")}, "“twelve” is not a number of people: n is one such as 19."),
        (RASH | {0: ("12", "7")}, "12/200 is 6 %, not 7 %. Correct the figures, or say in the discrepancy note"),
        (SURVIVAL | {0: ("", "about a year")}, "“about a year” is not a figure such as 57.6, <1 or 10.9 (8.6–12.7)."),
        (SURVIVAL | {0: ("", "7.3 (6.1–8.8)")}, "Say what kind of interval it is, or leave its ends empty."),
        (SURVIVAL | {"unit": "", 0: ("", "7.3")}, "A value needs its unit."),
        (SURVIVAL | {0: ("", "9" * 40)}, "Ensure that there are no more than 19 digits"),
        (SURVIVAL | {0: ("", "9" * 1_000_000)}, "is not a figure such as"),
    ],
)
def test_what_is_wrong_stands_beside_its_cell_and_nothing_is_lost(editor, arcc, row, sentence):
    other = SURVIVAL | {"time_frame": "at 1 year", 1: ("", "10.9")}

    page = fill_in(editor, arcc, [row, other], columns=TREATED)

    assert [sentence in found for found in sentences(page)] == [True]
    assert shown(page)[f"rows-1-v-{arcc.arms.last().pk}"] == "10.9"
    assert not Finding.objects.exists()


def test_what_the_source_prints_wrongly_is_kept_with_a_note(editor, arcc):
    row = RASH | {0: ("12", "7"), 1: ("98", "47"), "discrepancy_note": "Printed so; 12/200 is 6 %."}

    fill_in(editor, arcc, [row], columns=TREATED)

    assert list(Finding.objects.order_by("pk").values_list("discrepancy_note", flat=True)) == [
        "Printed so; 12/200 is 6 %.",
        "",
    ]


def test_the_head_of_the_table_speaks_for_itself_once(editor, arcc):
    page = fill_in(editor, arcc, [SURVIVAL | {0: ("", "7.3"), 1: ("", "10.9")}], once={"source": "9" * 30})

    assert text(page).count("The source you chose is no longer there: choose another.") == 1
    assert sentences(page) == []


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "The table is empty: choose a measure and type a figure."),
        ([SURVIVAL], "This row has no figure yet: type one, or empty the row."),
        ([{0: ("12", "")}], "The measure is missing."),
        ([SURVIVAL | {0: ("", "7.3")}, SURVIVAL | {0: ("", "7.4")}], "Row 1 tells the same of this arm"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(editor, arcc, rows, sentence):
    page = fill_in(editor, arcc, rows)

    assert sentence in text(page)
    assert not Finding.objects.exists()


def test_more_rows_come_without_losing_any(editor, arcc):
    page = fill_in(editor, arcc, [SURVIVAL | {0: ("", "about a year")}], button="_more")

    form = shown(page)
    assert len(tree(page).findall(".//tr[@class='result-row']")) == 8 + 1  # and the one that the script copies
    assert form[f"rows-0-v-{arcc.arms.first().pk}"] == "about a year"
    assert sentences(page) == []


def test_a_trial_of_many_arms_gets_twelve_columns_and_names_the_rest(editor):
    trial = make_trial(arms=[{"title": f"dose level {number}"} for number in range(1, 15)])

    page = editor.get(page_of(trial))

    assert "Left out: dose level 13, dose level 14." in text(page)
    full = editor.post(page_of(trial), shown(page) | {"rows-TOTAL_FORMS": "40", "_more": "1"})
    assert 800 < len(shown(full)) < 1000  # of more, Django reads nothing


def test_a_trial_without_arms_has_one_column(editor):
    page = editor.get(page_of(make_trial()))

    assert read(page, ".//table[@class='results-table']/thead/tr[1]/th") == [
        "Measure and conditions",
        "The whole trial",
    ]


@pytest.mark.parametrize(
    "forged",
    [
        {"rows-TOTAL_FORMS": ""},
        {"rows-TOTAL_FORMS": "9" * 30},
        {"rows-INITIAL_FORMS": "9"},
        {"rows-TOTAL_FORMS": "x", "_more": "1"},
        {"source": "\x00"},
        {"rows-0-measure": "CURE"},
        {"rows-0-compared_with": "9" * 30},
        {"interval_level": "9" * 30},
        {"locator": "a" * 1_000_000},
    ],
)
def test_a_forged_table_is_no_server_error(editor, arcc, forged):
    response = fill_in(editor, arcc, [SURVIVAL | {0: ("", "7.3")}], once=forged)

    assert response.status_code in {200, 302}


@pytest.mark.parametrize("key", ["0", "9" * 30, "arcc", "%00"])
def test_a_trial_that_is_not_there_is_named(editor, key):
    for path in (f"/admin/trials/finding/results-table/{key}/", f"/admin/trials/finding/results-table/{key}/made/"):
        response = editor.get(path)
        assert response["Location"] == "/admin/trials/trial/"
        assert "The trial of that address is not there" in said(response)


def test_a_withdrawn_trial_takes_no_more_findings(editor):
    assert editor.get(page_of(withdraw(make_trial())))["Location"] == "/admin/trials/trial/"


@pytest.mark.parametrize("view", ["", "made/"])
def test_only_who_may_add_findings_gets_there(arcc, view):
    outsider, address = signed_in(make_user("outsider")), f"{page_of(arcc)}{view}"

    assert [outsider.get(address).status_code, outsider.post(address, {}).status_code] == [403, 403]
    assert Client().get(address)["Location"].startswith("/admin/login/")


def test_a_filled_table_asks_as_often_per_cell_whatever_its_size(editor, arcc, django_assert_max_num_queries):
    rows = [SURVIVAL | {"time_frame": f"at {month} months", 0: ("", "7.3")} for month in range(4)]

    with django_assert_max_num_queries(80 + 4 * 40):
        fill_in(editor, arcc, rows)


def test_a_table_outlives_the_session(arcc):
    make_user("editor", "Editors")
    User.objects.filter(username="editor").update(password=make_password("rapa-nui-1964"))
    browser = Client()
    form = shown(signed_in(User.objects.get(username="editor")).get(page_of(arcc)))
    typed = {f"rows-0-v-{arcc.arms.first().pk}": "7.3", "rows-0-measure": "OVERALL_SURVIVAL"}

    login = browser.post(page_of(arcc), form | typed | {"csrfmiddlewaretoken": "x", "_save": "1"})
    known = {"username": "editor", "password": "rapa-nui-1964", "next": page_of(arcc)}
    carried = tree(login).find(".//input[@name='typed']").get("value")
    page = browser.post("/admin/login/", known | {"typed": carried}, follow=True)

    assert shown(page).items() >= typed.items()
    assert "You had been signed out. What you typed is all here, but not saved yet." in text(page)
    assert not Finding.objects.exists()

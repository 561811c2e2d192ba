"""A table of findings is tried: a report says what every row would do, and nothing is written."""

import pytest

from temsisite.publishing.models import Proposal
from tests.editors.tables import changes, failures, imported, make_finding_as, row, table, tally, try_it
from tests.factories import make_source, make_trial, publish
from tests.reading import read, text
from trials.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trial(db):
    make_source(slug="report", title="Temsirolimus in cancer of the cervix, a report")
    return make_trial(slug="cervix", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])


def test_says_what_every_row_would_do_and_writes_nothing(editor):
    imported(editor, row(), row(slug="two", value="58"))

    page = try_it(editor, table(row(), row(slug="two", value="57.6"), row(slug="three"), row(slug="four", value="9")))

    assert tally(page) == {
        "fails": 1,
        "new draft": 1,
        "draft changed": 1,
        "changes proposed": 0,
        "unchanged": 1,
    }
    assert {finding.slug: str(finding.value) for finding in Finding.objects.all()} == {
        "cervix-stable-disease": "57.6",
        "two": "58",
    }


def test_shows_what_changes(editor):
    publish(make_finding_as(row()))

    page = try_it(editor, table(row(value="57.58", time_frame="at 6 months")))

    assert changes(page) == [["value", "57.6", "57.58"], ["time_frame", "nothing", "at 6 months"]]
    assert not Proposal.objects.open().exists()


def test_names_the_row_and_the_column_of_every_fault(editor):
    page = try_it(editor, table(row(), row(slug="two", value="57.5"), row(slug="three", trial="arcc", arm="9")))

    assert failures(page) == {
        "Row 3 two": [
            "value 19/33 is 57.6 %, not 57.5 %. Correct the figures, or say in the discrepancy note that it is "
            "printed so."
        ],
        "Row 4 three": ["trial There is no trial “arcc”.", "arm The trial “arcc” has no arm number 9."],
    }


def test_names_rows_by_what_they_say(editor):
    imported(editor, row())

    page = try_it(editor, table(row(value="58", statement="It was half of them."), row(slug="two", value="x")))

    assert read(page, ".//p[@class='bulk-row']") == [
        "Row 3 Of 33 people 19 had stable disease. two",
        "Row 2 Of 33 people 19 had stable disease. cervix-stable-disease",
    ]


def test_offers_to_import_the_good_rows_only_without_the_others(editor):
    good, mixed = (try_it(editor, table(*rows)) for rows in ([row()], [row(), row(slug="two", value="x")]))

    assert "Import 1 row" in good.content.decode()
    assert "Import 1 row" not in mixed.content.decode()
    assert read(mixed, ".//form[@id='confirm']//button") == ["Leave out 1 failing row and import 1 row"]


def test_counts_the_rows_that_it_would_leave_out_and_import(editor):
    good, failing = (row(), row(slug="two")), (row(slug="three", value="x"), row(slug="four", value="x"))

    page = try_it(editor, table(*good, *failing))

    assert read(page, ".//form[@id='confirm']//button") == ["Leave out 2 failing rows and import 2 rows"]


def test_knows_the_arms_by_their_numbers(editor, trial):
    imported(editor, row(arm="2"))

    assert Finding.objects.get().arm.title == "interferon alfa"
    assert "The trial “cervix” has no arm number 3." in text(try_it(editor, table(row(slug="two", arm="3"))))


def test_takes_the_words_of_the_form_for_its_codes(editor):
    imported(editor, row(measure="stable disease", unit="%"))

    assert Finding.objects.get().measure == Finding.Measure.STABLE_DISEASE


def test_names_what_a_new_row_looks_like(editor):
    make_finding_as(row())

    page = try_it(editor, table(row(slug="once-more")))

    assert (
        "It looks like what is recorded already: “Of 33 people 19 had stable disease.” (cervix-stable-disease)."
        in text(page)
    )


def test_finds_a_slug_that_stands_twice(editor):
    page = try_it(editor, table(row(), row(value="57.58")))

    assert failures(page) == {
        "Row 3 cervix-stable-disease": ["slug “cervix-stable-disease”: This slug stands in row 2 already."]
    }

"""A table of findings that was tried is imported; never published."""

import pytest
from django.contrib.sessions.models import Session

from temsisite.evidence.models import Source
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal, Publication
from tests.editors.browsing import said, shown
from tests.editors.conftest import signed_in
from tests.editors.tables import (
    IMPORT,
    confirm,
    failures,
    imported,
    make_finding_as,
    row,
    table,
    tally,
    try_it,
    workbook,
)
from tests.factories import make_source, make_trial, make_user, publish, withdraw
from tests.reading import read, text
from trials.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trial(db):
    make_source(slug="report", title="Temsirolimus in cancer of the cervix, a report")
    return make_trial(slug="cervix", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])


class TestImporting:
    def test_makes_new_rows_drafts_of_the_editor(self, editor):
        response = imported(editor, row())

        finding = Finding.objects.get()
        assert (finding.status, finding.created_by, str(finding.value)) == ("DRAFT", editor.user, "57.6")
        assert said(response) == "Imported: 1 new draft."
        assert "Imported from a table." in text(editor.get(f"/admin/trials/finding/{finding.pk}/history/"))

    def test_changes_drafts(self, editor):
        finding = make_finding_as(row())

        imported(editor, row(value="57.58"))

        finding.refresh_from_db()
        assert (finding.status, str(finding.value)) == ("DRAFT", "57.58")

    def test_makes_a_submitted_draft_a_draft_again(self, editor):
        finding = make_finding_as(row())
        actions.submit(record=finding, by=editor.user)

        page = try_it(editor, table(row(value="57.58")))
        confirm(editor, page)

        finding.refresh_from_db()
        assert "It was waiting for review and becomes a draft again." in text(page)
        assert finding.status == "DRAFT"
        assert not Proposal.objects.open().exists()

    def test_proposes_changes_of_what_is_published(self, editor):
        finding = publish(make_finding_as(row()))

        imported(editor, row(value="57.58"), note="Two digits, as printed.")

        proposal = Proposal.objects.open().get()
        finding.refresh_from_db()
        assert (proposal.action, proposal.origin, proposal.author) == ("CHANGE", "import", editor.user)
        assert (proposal.note, '"value":"57.58"' in proposal.document) == ("Two digits, as printed.", True)
        assert (finding.status, str(finding.value)) == ("PUBLISHED", "57.6")

    def test_publishes_nothing(self, editor):
        publish(make_finding_as(row()))
        before = Publication.objects.count()

        imported(editor, row(value="57.58", status="WITHDRAWN"), row(slug="two", status="PUBLISHED"))

        assert Publication.objects.count() == before
        assert Finding.objects.get(slug="two").status == "DRAFT"

    def test_asks_for_a_note_where_the_log_will_need_one(self, editor):
        publish(make_finding_as(row()))

        page = imported(editor, row(value="57.58"), row(slug="two"), note=" ")

        assert "Say what changes and why: the public log shows it beside the new versions." in text(page)
        assert not Finding.objects.filter(slug="two").exists()
        assert confirm(editor, page, note="As printed.").status_code == 302

    def test_does_nothing_with_what_is_stored_already(self, editor):
        publish(make_finding_as(row()))

        page = try_it(editor, table(row()))

        assert "Every row says what is stored already, so there is nothing to import." in text(page)

        assert read(page, ".//form[@id='confirm']") == []

    def test_does_not_move_a_draft_that_is_told_in_other_words(self, editor):
        finding = make_finding_as(row())
        actions.submit(record=finding, by=editor.user)

        page = try_it(editor, table(row(measure="stable disease")))

        assert tally(page)["unchanged"] == 1

    def test_does_not_propose_twice(self, editor):
        publish(make_finding_as(row()))
        imported(editor, row(value="57.58"))

        page = try_it(editor, table(row(value="57.58")))

        assert "The same change waits for review already." in text(page)
        assert tally(page)["unchanged"] == 1

    def test_leaves_what_is_withdrawn(self, editor):
        withdraw(publish(make_finding_as(row())))

        page = try_it(editor, table(row(value="57.58")))

        assert failures(page) == {
            "Row 2 cervix-stable-disease": ["The finding is withdrawn: propose its restoration first."]
        }

    def test_leaves_alone_what_the_table_does_not_tell(self, editor):
        finding = make_finding_as(row(time_frame="at 6 months"))

        imported(editor, {"slug": "cervix-stable-disease", "population": "endometrial carcinoma"})

        finding.refresh_from_db()
        assert (finding.time_frame, finding.population) == ("at 6 months", "endometrial carcinoma")
        assert str(finding.value) == "57.6"

    def test_takes_what_is_usual_for_an_empty_cell(self, editor):
        imported(editor, row(comparator="", verdict=""))

        assert (Finding.objects.get().comparator, Finding.objects.get().verdict) == ("=", "NOT_ASSESSED")

    def test_empties_what_the_table_has_empty(self, editor):
        finding = make_finding_as(row(time_frame="at 6 months"))

        imported(editor, row(time_frame=""))

        finding.refresh_from_db()
        assert finding.time_frame == ""

    def test_names_several_sources_by_their_slugs(self, editor):
        make_source(slug="label")
        verdict = {"verdict": "SUPPORTED", "last_reviewed_on": "2026-01-15", "verdict_sources": "report; label"}

        imported(editor, row(**verdict))

        assert {source.slug for source in Finding.objects.get().verdict_sources.all()} == {"report", "label"}

    def test_takes_sources_as_well(self, editor):
        address = "/admin/evidence/source/import/"
        source = {"slug": "hudes-2007", "type": "JOURNAL_ARTICLE", "standing": "PRIMARY", "title": "Global ARCC"}

        confirm(editor, try_it(editor, table(source | {"doi": "10.1056/NEJMoa066838"}), address), address)

        assert Source.objects.get(slug="hudes-2007").doi == "10.1056/NEJMoa066838"

    def test_keeps_the_text_of_a_source_which_no_table_holds(self, editor):
        source = make_source(slug="hudes-2007", text="Temsirolimus is\na prodrug.", publish=False)
        address = "/admin/evidence/source/import/"

        confirm(editor, try_it(editor, table({"slug": "hudes-2007", "container": "N Engl J Med"}), address), address)

        source.refresh_from_db()
        assert (source.container, source.text) == ("N Engl J Med", "Temsirolimus is\na prodrug.")


class TestAllOrNothing:
    def test_imports_nothing_while_a_row_fails(self, editor):
        page = imported(editor, row(), row(slug="two", value="57.5"))

        assert "Some rows fail: correct them in your file, or leave them out." in text(page)
        assert not Finding.objects.exists()

    def test_leaves_out_failing_rows_when_told_to(self, editor):
        response = imported(editor, row(), row(slug="two", value="57.5"), only_good="on")

        assert said(response) == "Imported: 1 new draft, 1 failing row left out."
        assert [finding.slug for finding in Finding.objects.all()] == ["cervix-stable-disease"]

    def test_names_the_rule_of_the_table_that_a_row_breaks(self, editor):
        page = try_it(editor, table(row(denominator_counts=""), row(slug="two", value="576", discrepancy_note="So.")))

        assert failures(page) == {
            "Row 2 cervix-stable-disease": ["Say whom N counts, or leave both empty."],
            "Row 3 two": ["A share of the people lies between 0 and 100 percent."],
        }

    def test_asks_again_when_something_changed_meanwhile(self, editor):
        finding = make_finding_as(row())
        page = try_it(editor, table(row(value="57.58")))
        Finding.objects.filter(pk=finding.pk).update(population="endometrial carcinoma", value="57.6", time_frame="x")
        Finding.objects.filter(pk=finding.pk).update(value="57.580")

        again = confirm(editor, page)

        finding.refresh_from_db()
        assert "Meanwhile something changed." in text(again)
        assert str(finding.value) == "57.580"
        assert confirm(editor, again).status_code == 302


class TestWhatIsKeptBetween:
    def test_is_gone_after_the_import(self, editor):
        page = try_it(editor, table(row()))
        kept = Session.objects.count()
        confirm(editor, page)

        response = confirm(editor, page)

        assert Session.objects.count() == kept - 1
        assert "The table is no longer kept, or was imported already: choose the file again." in said(response)
        assert Finding.objects.count() == 1

    def test_is_forgotten_when_it_is_old(self, editor):
        try_it(editor, table(row()))
        Session.objects.update(expire_date="2026-01-01T00:00:00Z")
        editor.force_login(editor.user)

        try_it(editor, table(row()))

        assert Session.objects.count() == 2

    def test_is_nobody_elses(self, editor):
        page = try_it(editor, table(row()))
        another = signed_in(make_user("ada", "Editors"))

        for key in (shown(page)["table"], editor.session.session_key, "x" * 1000, "\x00", "", "ä" * 32):
            response = another.post(IMPORT, {"table": key, "seen": shown(page)["seen"]})
            assert response["Location"] == IMPORT, key
        assert not Finding.objects.exists()


def test_reads_a_workbook_like_a_table(editor):
    confirm(editor, try_it(editor, workbook(row(value="57.58", numerator="", denominator="", denominator_counts=""))))

    assert str(Finding.objects.get().value) == "57.58"


def test_explains_the_columns(editor):
    page = editor.get(IMPORT)

    columns = read(page, ".//section[@class='bulk-columns']//tbody/tr")
    assert columns[0].startswith("slug needed Slug. The last part of the record's address.")
    assert "trial needed if new Trial. The slug of a trial." in columns
    assert "comparator Comparator. 6 values=≈ about< less than≤ at most≥ at least> more than" in columns


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_offers_an_example_that_changes_nothing(editor, ending):
    publish(make_finding_as(row()))

    example = editor.get(f"/admin/trials/finding/import/example.{ending}").content

    assert tally(try_it(editor, example))["unchanged"] == 1


def test_may_be_asked_by_those_who_add_and_change(client):
    outsider = signed_in(make_user("outsider"))

    for address in (IMPORT, f"{IMPORT}example.csv", f"{IMPORT}example.xlsx"):
        for who, status in ((client, 302), (outsider, 403)):
            assert who.get(address).status_code == status
            assert who.post(address, {"table": "x", "seen": "x"}).status_code == status
    assert client.get(IMPORT)["Location"] == f"/admin/login/?next={IMPORT}"

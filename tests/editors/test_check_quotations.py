"""A quotation stands in the stored text of its source, word for word, or is refused with what does stand there."""

import pytest

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import ADD, complaints, press, shown, typed
from tests.factories import make_finding, make_source, make_statement
from tests.reading import read, text
from trials.models import Finding

pytestmark = pytest.mark.django_db
TEXT = """Temsirolimus was given weekly. In all, 33 women were evaluable (Tinker et al. 2013).
Of 33 evaluable
patients, 19 (57.6 %) had stable disease for a median of 6.5 months (vs. 3.0 in Fig. 2).
Fatigue was “mild–moderate”."""


@pytest.fixture
def report(db):
    return make_source(slug="report", title="Temsirolimus in cancer of the cervix, a report", text=TEXT)


def change(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


class TestWhileWriting:
    def test_takes_words_across_the_lines_of_the_text(self, editor, report):
        press(editor, "_save", ADD, **typed(source=report, quotation="Of 33 evaluable patients,  19"))

        assert Finding.objects.get().quotation == "Of 33 evaluable patients,  19"

    @pytest.mark.parametrize(
        ("quotation", "sentence"),
        [
            (
                "19 (57.6 %) had a stable disease",
                "It has “19 (57.6 %) had”, but goes on with “stable disease for a median of 6.5 months (vs. 3.0 in "
                "Fig. …”, not with “a stable disease”.",
            ),
            ("had stab disease", "It has “had”, but goes on with “stable disease for a median of"),
            ("Fatigue was “mild–moderate”. The end", "moderate”.”, but ends there, without “The end”."),
            ("mild-moderate", "It has “mild–moderate”, with other capitals, dashes or quotation marks"),
            ("of 33 evaluable", "It has “Of 33 evaluable”, with other capitals, dashes or quotation marks"),
            ("progression-free survival", "Not even the first of them does: “progression-free”."),
        ],
    )
    def test_says_where_the_words_break_off(self, editor, report, quotation, sentence):
        page = press(editor, "_save", ADD, **typed(source=report, quotation=quotation))

        [complaint] = complaints(page, "quotation")
        assert complaint.startswith("These words do not occur in the text of the source.")
        assert sentence in complaint
        assert not Finding.objects.exists()

    def test_shows_the_words_in_their_sentence(self, editor, report):
        finding = make_finding(source=report, quotation="19 (57.6 %) had stable disease", publish=False)

        page = editor.get(change(finding))

        assert read(page, ".//blockquote/mark") == ["19 (57.6 %) had stable disease"]
        assert read(page, ".//blockquote") == [
            "Temsirolimus was given weekly. In all, 33 women were evaluable (Tinker et al. 2013). Of 33 evaluable "
            "patients, 19 (57.6 %) had stable disease for a median of 6.5 months (vs. 3.0 in Fig. 2). Fatigue was "
            "“mild–moderate”."
        ]
        assert read(page, ".//blockquote/span") == [
            "Temsirolimus was given weekly. In all, 33 women were evaluable (Tinker et al. 2013).",
            "Fatigue was “mild–moderate”.",
        ]

    def test_shows_no_more_of_the_text_than_the_sentences_around(self, editor):
        source = make_source(text=f"{'A long text. ' * 1000}It was given weekly. {'And it goes on. ' * 1000}")

        [quoted] = read(
            editor.get(change(make_finding(source=source, quotation="given weekly", publish=False))), ".//blockquote"
        )

        assert "It was given weekly." in quoted
        assert len(quoted) < 300

    def test_says_that_nobody_could_check_it(self, editor):
        finding = make_finding(source=make_source(text=""), quotation="19 of 33", publish=False)

        assert "Nobody has checked it: the text of the source is not stored." in text(editor.get(change(finding)))


class TestReviewing:
    def test_shows_the_words_in_their_sentence(self, reviewer, report):
        finding = make_finding(source=report, quotation="stable disease", publish=False)
        proposal = actions.submit(record=finding, by=finding.source.publication.published_by)

        page = reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

        assert read(page, ".//section[@class='quotation']//mark") == ["stable disease"]
        assert "Of 33 evaluable patients, 19 (57.6 %) had" in text(page)

    def test_shows_nothing_where_nothing_is_quoted(self, reviewer, report):
        proposal = Proposal.objects.get(slug="report")

        assert read(reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/"), ".//blockquote") == []


class TestChangingTheText:
    @pytest.mark.parametrize("before", [TEXT, ""])
    def test_names_the_public_claims_that_quote_what_it_lacks(self, editor, before):
        source = make_source(text=before)
        make_statement(source=source, slug="given-weekly", quotation="given weekly")
        make_finding(source=source, slug="stable", quotation="19 (57.6 %) had stable disease")

        page = press(editor, "_propose", change(source), text="Temsirolimus was given weekly.")

        [complaint] = complaints(page, "text")
        assert "(finding “stable”: “19 (57.6 %) had stable disease”)" in complaint
        assert complaint.endswith("Correct the text, or take these quotations back first.")
        assert shown(page)["text"] == "Temsirolimus was given weekly."
        assert not Proposal.objects.open().exists()

    def test_may_break_its_lines_anew(self, editor, report):
        make_finding(source=report, quotation="Of 33 evaluable patients")

        press(editor, "_propose", change(report), text=TEXT.replace(" ", "\n"), access_note="Broken anew.")

        assert Proposal.objects.open().get().slug == "report"

    def test_refuses_the_acceptance_when_somebody_quoted_it_meanwhile(self, editor, reviewer, report):
        press(editor, "_propose", change(report), text="Temsirolimus was given weekly.")
        proposal = Proposal.objects.open().get()
        make_finding(source=report, slug="stable", quotation="had stable disease")

        page = reviewer.post(
            f"/admin/publishing/proposal/{proposal.pk}/change/", {"_accept": "1", "sha256": proposal.sha256}
        )

        proposal.refresh_from_db()
        assert "finding “stable”: “had stable disease”" in text(page)
        assert proposal.is_open


class TestReading:
    def test_tells_readers_that_the_words_were_found(self, client, report):
        make_finding(slug="stable", source=report, quotation="had stable disease")

        page = client.get("/findings/stable/")

        assert read(page, ".//span[@class='quotation-found']") == ["found word for word in the stored text"]
        assert read(page, ".//dl[@class='claim-provenance']//q") == ["had stable disease"]

    def test_says_nothing_where_no_text_is_stored(self, client):
        make_finding(slug="stable", source=make_source(text=""), quotation="had stable disease")

        assert "word for word" not in text(client.get("/findings/stable/"))

    def test_never_publishes_the_text(self, client, report):
        make_finding(slug="stable", source=report, quotation="had stable disease")
        addresses = ["/findings/stable/", "/sources/report/", "/api/v1/export.ndjson", "/search/?q=evaluable"]

        for address in addresses:
            response = client.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"33 women were" not in body, address

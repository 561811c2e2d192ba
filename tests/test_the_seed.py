"""The sample content: all that the article says is in it with its verdict, and it goes through the editors' gate."""

import gzip
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from drugs.models import Approval, Drug, Regulation
from temsisite.evidence.presenters import claim_models
from temsisite.publishing import rules
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Publication
from tests.reading import read
from trials.comparisons import matter
from trials.models import Finding

LINES = [f"c{number:02}" for number in range(1, 68)]

# The heaviest page of each kind.
PAGES = [
    "/",
    "/drugs/",
    "/drugs/temsirolimus/",
    "/drugs/temsirolimus/history/",
    "/drugs/temsirolimus/v1/",
    "/targets/",
    "/targets/mtor/",
    "/diseases/",
    "/diseases/renal-cell-carcinoma/",
    "/trials/",
    "/trials/arcc/",
    "/findings/",
    "/findings/cervix-phase-2-2013-stable-disease/",
    "/approvals/",
    "/approvals/fda-2007-05-30-torisel/",
    "/mechanisms/",
    "/regulations/",
    "/statements/",
    "/sources/",
    "/sources/temsirolimus-article/",
    "/changes/",
    "/search/?q=temsirolimus",
    "/glossary/",
]


def transferred(html):
    """How many bytes a first visit takes: the page, and once each what it fetches, compressed as they are sent."""
    fetched = set(
        re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*? (?:href|src)="/static/([^"]+)"', html)
    )
    texts = [html.encode(), *(Path(finders.find(name)).read_bytes() for name in sorted(fetched))]
    return sum(len(gzip.compress(text)) for text in texts)


@pytest.mark.usefixtures("seeded")
class TestTheArticle:
    def test_the_export_tells_the_tally_of_the_article(self, documents):
        claims = [document for document in documents if document.get("source") == "temsirolimus-article"]

        assert Counter(claim["verdict"] for claim in claims) == {
            "SUPPORTED": 35,
            "REFINED": 18,
            "CONTRADICTED": 5,
            "UNVERIFIABLE": 9,
        }

    def test_its_page_names_the_five_at_once_and_is_light(self, client):
        page = client.get("/sources/temsirolimus-article/")

        assert len(read(page, ".//ol[@class='wrong']/li")) == 5
        assert page.text.count('class="clause ') == 67
        assert len(gzip.compress(page.content)) < 60_000

    def test_every_line_of_the_ledger_is_one_record(self, documents):
        claims = [document for document in documents if document.get("source") == "temsirolimus-article"]

        assert sorted(claim["slug"].split("-")[0] for claim in claims) == LINES
        assert sorted(claim["position"] for claim in claims) == list(range(1, 68))
        assert all(claim["locator"] and claim["statement"] for claim in claims)

    def test_what_decides_on_a_finding_tells_of_the_same_people(self):
        public = Finding.objects.public()
        told, odd = public.filter(source__slug="temsirolimus-article"), []
        for finding in told:
            reports = public.filter(source__in=finding.deciding, trial=finding.trial, measure=finding.measure)
            if reports and matter(finding) not in {matter(report) for report in reports}:
                odd.append(finding.slug)

        assert len(told) == 19
        assert odd == []

    def test_five_claims_are_contradicted(self, documents):
        claims = [document for document in documents if document.get("verdict") == "CONTRADICTED"]

        assert sorted(claim["slug"][:3] for claim in claims) == ["c02", "c09", "c26", "c28", "c57"]
        assert all(claim["verdict_note"] and claim["verdict_sources"] for claim in claims)


@pytest.mark.usefixtures("seeded")
class TestTheLiterature:
    def test_approvals_have_their_day(self):
        days = Approval.objects.public().exclude(source__slug="temsirolimus-article").exclude(action_date="")

        assert set(days.values_list("jurisdiction", "action_date")) == {
            ("US", "2007-05-30"),
            ("EU", "2007-11-19"),
            ("EU", "2009-08-21"),
            ("US", "1999-09-15"),
        }

    def test_what_was_read_in_copies_is_held_against_the_authority_itself(self):
        approval = Approval.objects.get(slug="ec-2007-11-19-torisel")

        assert approval.source.standing == "SECONDARY"
        assert approval.verdict == "SUPPORTED"
        assert "ema-epar-torisel" in {source.slug for source in approval.deciding}

    def test_mtor_inactivates_4e_bp1(self):
        edges = Regulation.objects.public().filter(regulator__slug="mtor", target__slug="eif4ebp1")

        assert {(edge.source.slug == "temsirolimus-article", edge.sign, edge.verdict) for edge in edges} == {
            (True, 1, "CONTRADICTED"),
            (False, -1, "NOT_ASSESSED"),
        }

    def test_the_pivotal_trial_that_the_article_never_names_is_there(self):
        findings = Finding.objects.public().filter(trial__slug="arcc", measure=Finding.Measure.OVERALL_SURVIVAL)

        assert "10.9" in {str(finding.value) for finding in findings.filter(source__slug="hudes-2007")}

    def test_the_authority_and_the_report_agree_on_its_main_result(self):
        deaths = Finding.objects.public().filter(trial__slug="arcc", measure=Finding.Measure.HAZARD_RATIO_DEATH)
        ratios = deaths.filter(arm__number=2)

        assert {(finding.source.slug, finding.figure, finding.p_value) for finding in ratios} == {
            ("hudes-2007", "0.73, 95 % confidence interval 0.58–0.92", "0.008"),
            ("fda-temsirolimus", "0.73, 95 % confidence interval 0.58–0.92", "0.0078"),
        }

    def test_the_cervical_trial_counts_its_responses(self):
        finding = Finding.objects.get(slug="cervix-phase-2-2013-partial-response")

        assert (str(finding.value), finding.numerator, finding.denominator) == ("3.0", 1, 33)


@pytest.mark.usefixtures("seeded")
class TestTheGate:
    def test_every_record_keeps_every_rule(self):
        for model in kinds().values():
            for record in model.objects.whole():
                rules.check(record)

    def test_everything_is_public_by_way_of_a_proposal(self):
        assert not any(model.objects.exclude(pk__in=model.objects.public()).exists() for model in kinds().values())
        assert Publication.objects.count() == Proposal.objects.filter(state=Proposal.State.ACCEPTED).count()

    def test_the_log_is_whole(self):
        call_command("verify_log", stdout=StringIO())

    def test_loading_again_changes_nothing(self):
        before = Publication.objects.newest_sequence()

        call_command("seed", stdout=StringIO())

        assert Publication.objects.newest_sequence() == before

    def test_loading_again_leaves_the_work_of_editors_alone(self, revise):
        revise(Drug.objects.get(slug="temsirolimus"), developer="Somebody else")

        call_command("seed", stdout=StringIO())

        assert Drug.objects.get(slug="temsirolimus").developer == "Somebody else"

    def test_the_readme_names_the_last_line_of_the_log(self, settings):
        readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")

        since = re.search(r"changes/\?since=(\d+)", readme)

        assert int(since[1]) == Publication.objects.newest_sequence()

    def test_no_source_stands_idle(self, documents):
        named = {document.get("source") for document in documents}
        for document in documents:
            named.update(document.get("sources", []), document.get("verdict_sources", []))

        assert named >= {document["slug"] for document in documents if document["kind"] == "source"}

    def test_every_identifier_was_read_somewhere(self, documents):
        for document in documents:
            assert document.get("sources") or not document.get("identifiers"), document["slug"]

    def test_no_claim_rests_on_nothing(self):
        decided = ["SUPPORTED", "REFINED", "CONTRADICTED"]
        for model in claim_models():
            assert not model.objects.filter(verdict__in=decided, verdict_sources__isnull=True).exists()


@pytest.mark.usefixtures("seeded")
class TestThePages:
    @pytest.mark.parametrize("address", PAGES)
    def test_a_first_visit_takes_60_kilobytes_at_most(self, client, address):
        response = client.get(address)

        assert response.status_code == 200
        assert transferred(response.text) <= 60_000

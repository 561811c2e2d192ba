"""What the sample content says: figures that agree with each other, in their place, and nothing unconfirmed."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest

SECTIONS = ["title", "lead", "section 1", "section 2", "closing paragraph"]

# Values that were met but that no source consulted confirms, and the wrong ones that public files hold.
NOT_TO_BE_PUBLISHED = [
    *("23384718", "10.1016/j.oraloncology.2012.12.016", "10.1158/1078-0432.CCR-12-1158", "1102509"),  # papers
    *("NCT01143779", "NCT00808899", "NCT01065662"),  # trials that look like the one with topotecan
    *("C1844", "C1244", "C2726", "C1522", "C9292", "C535575", "ENSG00000198695"),  # shifted or superseded codes
    *("23724530", "5497196", "KLHQEZAJSA", "XRDCAIOLSA", "10339178", "5352133", "426756"),  # other stereo records
    *("Paraplatin", "Taxol", "022088", "25316-40-9"),  # brands, numbers of an application and of a salt
]


def place_of(claim):
    """Where a claim of the article stands, to be sorted by: (section, sentence)."""
    sentence = re.search(r"sentence (\d+)$", claim["locator"])
    return SECTIONS.index(claim["locator"].split(",")[0]), int(sentence[1]) if sentence else 0


def computed(share):
    """How many percent n of N are, with as many digits as the source prints."""
    digits = -Decimal(share["value"]).as_tuple().exponent
    return format(round(Decimal(100 * share["numerator"]) / share["denominator"], digits), "f")


@pytest.fixture
def claims(documents):
    """The 67 claims of the article, as they are numbered."""
    of_the_article = [document for document in documents if document.get("source") == "temsirolimus-article"]
    return sorted(of_the_article, key=lambda claim: claim["slug"])


class TestTheArticle:
    def test_its_claims_stand_in_the_order_of_its_text(self, claims):
        places = [place_of(claim) for claim in claims]

        assert places == sorted(places)
        assert [claim["position"] for claim in claims] == list(range(1, 68))
        assert Counter(SECTIONS[section] for section, _ in places) == dict(
            zip(SECTIONS, [1, 8, 23, 26, 9], strict=True)
        )

    def test_is_given_no_count_that_it_does_not_print(self, claims):
        for finding in claims:
            for name in ("numerator", "denominator", "p_value", "interval_type", "criteria", "assessor"):
                assert not finding.get(name), finding["slug"]


class TestTheFigures:
    def test_a_share_is_what_its_counts_give(self, documents):
        counted = [document for document in documents if document.get("numerator") is not None]
        shares = [finding for finding in counted if finding["unit"] == "PERCENT" and finding["value"]]

        odd = [share["slug"] for share in shares if share["value"] != computed(share)]
        assert odd == ["dunn-phase-2-stable-disease"]  # and it says so

    def test_the_arms_of_a_trial_hold_all_who_were_enrolled(self, documents):
        trials = [document for document in documents if document.get("enrollment_type") == "ACTUAL"]
        whole = [trial for trial in trials if all(arm["enrollment"] for arm in trial["arms"])]

        by_arms = {trial["slug"]: sum(arm["enrollment"] for arm in trial["arms"]) for trial in whole}
        assert by_arms == {trial["slug"]: trial["enrollment"] for trial in whole} == {"arcc": 626, "ind-199": 38}

    def test_a_p_value_and_an_interval_belong_to_a_value(self, documents):
        for claim in documents:
            if claim.get("p_value") or claim.get("interval_type"):
                assert claim["value"], claim["slug"]
            assert (claim.get("interval_type") == "CONFIDENCE") == (claim.get("interval_level") is not None)

    def test_what_was_read_as_an_abstract_is_placed_there(self, documents):
        abstracts = {source["slug"] for source in documents if "bstract only" in (source.get("access_note") or "")}
        claims = [claim for claim in documents if claim.get("source") in abstracts]

        assert len(abstracts) == 6
        assert all(claim["locator"].startswith("abstract") for claim in claims)

    def test_each_is_among_the_words_as_printed(self, documents):
        for claim in documents:
            figures = [claim.get(name) for name in ("value", "lower", "upper") if claim.get(name) is not None]
            printed = claim.get("as_printed") or ""
            assert not printed or all(figure in printed for figure in figures), claim["slug"]


@pytest.mark.usefixtures("seeded")
class TestWhatIsNotConfirmed:
    @pytest.mark.parametrize("value", NOT_TO_BE_PUBLISHED)
    def test_is_not_published(self, documents, value):
        pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])")

        assert not [document["slug"] for document in documents if pattern.search(json.dumps(document))]

    def test_the_topotecan_trial_has_no_number_size_or_result(self, client):
        trial = client.get("/api/v1/trials/temsirolimus-topotecan-gynecologic-phase-1/").json()
        findings = client.get("/api/v1/findings/?trial=temsirolimus-topotecan-gynecologic-phase-1").json()["results"]

        assert [trial[name] for name in ("nct_id", "enrollment", "start_date")] == [None, None, None]
        assert {finding["verdict"] for finding in findings} == {"UNVERIFIABLE"}
        assert {finding["value"] for finding in findings} == {None}

    def test_longevity_is_no_property_of_temsirolimus(self, client):
        claims = client.get("/api/v1/statements/?source=temsirolimus-article&topic=OUTLOOK").json()["results"]

        of_the_drug = {claim["slug"][:3]: claim["verdict"] for claim in claims if claim["drug"] == "temsirolimus"}
        assert of_the_drug == {"c01": "UNVERIFIABLE", "c65": "UNVERIFIABLE", "c66": "REFINED", "c67": "UNVERIFIABLE"}

    def test_the_survival_that_a_review_misprints_is_not_preferred(self, client):
        page = client.get("/trials/arcc/")

        assert "10.9 months against 10.8 months" in page.text
        assert "Hudes G et al., N Engl J Med, 2007 is preferred" in page.text

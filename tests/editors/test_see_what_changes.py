"""What a proposal changes, as its page tells it: every part by its own fields, everything named by its name."""

import pytest

from temsisite.publishing import actions
from tests.editors.proposing import changed, page_of
from tests.factories import make_drug, make_finding, make_source, make_statement, make_trial, make_user
from tests.reading import links, rows, text, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes(reviewer):
    """The page of a proposal to do this with a record: `changes(drug, lambda: drug.synonyms.all().delete())`."""

    def propose(record, edit):
        by = make_user("another editor", "Editors")
        proposal = actions.propose_change(record=record, by=by, edit=edit, note="As the label has it.")
        return reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

    return propose


def updating(record, **fields):
    return lambda: type(record).objects.filter(pk=record.pk).update(**fields)


def test_marks_the_words_that_changed_in_a_long_text(changes):
    drug = make_drug(inn="temsirolimus", summary="It is given by vein once a week.")

    page = changes(drug, updating(drug, summary="It is given by mouth once a week."))

    assert [words(deleted) for deleted in tree(page).iter("del")] == ["vein"]
    assert [words(inserted) for inserted in tree(page).iter("ins")] == ["mouth"]


def test_tells_of_a_changed_arm_only_the_fields_that_changed(changes):
    trial = make_trial(arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])

    page = changes(trial, lambda: trial.arms.filter(number=2).update(title="interferon", enrollment=207))

    assert rows(page) == [
        {"Field": "Arm 2: Title", "Before": "interferon alfa", "After": "interferon"},
        {"Field": "Arm 2: Enrollment", "Before": "nothing", "After": "207"},
    ]


def test_tells_of_an_arm_that_came_and_of_one_that_went(changes):
    drug = make_drug(inn="temsirolimus", slug="torisel")
    trial = make_trial(arms=[{"title": "temsirolimus"}, {"title": "placebo"}])

    def edit():
        trial.arms.filter(number=2).delete()
        trial.arms.create(number=3, title="both").drugs.add(drug)

    page = changes(trial, edit)

    went, came = rows(page)
    assert (went["Field"], went["After"]) == ("Arm 2 removed", "nothing")
    assert "Title: placebo" in went["Before"]
    assert (came["Field"], came["Before"]) == ("Arm 3 added", "nothing")
    assert came["After"] == "Number: 3 Title: both Group type: experimental Drugs: temsirolimus"


def test_tells_synonyms_and_identifiers_apart_by_what_they_are(changes):
    drug = make_drug(
        inn="temsirolimus",
        synonyms=[{"name": "Torisel", "type": "ALIAS"}],
        identifiers=[{"scheme": "CHEBI", "value": "CHEBI:79699"}],
    )

    def edit():
        drug.synonyms.update(type="BRAND")
        drug.identifiers.all().delete()

    page = changes(drug, edit)

    assert {"Field": "Synonym Torisel: Type", "Before": "other name", "After": "brand name"} in rows(page)
    assert [row["Field"] for row in rows(page)][1] == "Identifier ChEBI CHEBI:79699 removed"


def test_calls_a_record_by_its_name_and_leads_to_it(changes):
    old, new = make_drug(inn="sirolimus", slug="rapamycin"), make_drug(inn="everolimus", slug="rad001")
    drug = make_drug(inn="temsirolimus", derived_from=old)

    page = changes(drug, updating(drug, derived_from=new))

    assert rows(page) == [{"Field": "Derived from", "Before": "sirolimus", "After": "everolimus"}]
    assert links(page, ".//table[@class='diff']") == {"sirolimus": "/drugs/rapamycin/", "everolimus": "/drugs/rad001/"}


def test_calls_an_arm_by_its_title(changes):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    first, second = trial.arms.order_by("number")
    finding = make_finding(trial=trial, arm=first)

    page = changes(finding, updating(finding, arm=second))

    assert rows(page) == [{"Field": "Arm", "Before": "temsirolimus", "After": "interferon alfa"}]
    assert links(page, ".//table[@class='diff']") == {
        "temsirolimus": "/trials/arcc/",
        "interferon alfa": "/trials/arcc/",
    }


def test_tells_two_records_of_one_name_apart(changes):
    one, other = (make_source(title="Torisel label", slug=slug) for slug in ("us-label", "eu-label"))
    statement = make_statement(source=one)

    page = changes(statement, updating(statement, source=other))

    assert rows(page) == [
        {"Field": "Source", "Before": "Torisel label (us-label)", "After": "Torisel label (eu-label)"}
    ]


def test_marks_of_several_links_those_that_came_and_went(changes):
    label, paper, review = (make_source(title=title) for title in ("Torisel label", "Hudes 2007", "Kwitkowski 2010"))
    drug = make_drug(inn="temsirolimus", sources=[label, paper])

    page = changes(drug, lambda: drug.sources.set([paper, review]))

    assert [words(deleted) for deleted in tree(page).iter("del")] == ["Torisel label"]
    assert [words(inserted) for inserted in tree(page).iter("ins")] == ["Kwitkowski 2010"]


COUNTED = {"numerator": 19, "denominator": 33, "denominator_counts": "RESPONSE_EVALUABLE"}
TOGETHER = "The figure put together from its fields"


def test_shows_the_whole_figure_where_a_part_of_it_changes(changes):
    finding = make_finding(measure="STABLE_DISEASE", value="57.6", unit="PERCENT", **COUNTED)

    page = changes(finding, updating(finding, numerator=20, discrepancy_note="The table prints 20."))

    assert rows(page)[:2] == [
        {"Field": TOGETHER, "Before": "57.6 %, 19/33", "After": "57.6 %, 20/33"},
        {"Field": "n", "Before": "19", "After": "20"},
    ]
    assert [words(inserted) for inserted in tree(page).iter("ins")][:1] == ["20/33"]


def test_shows_the_figure_of_a_statement_with_its_unit(changes):
    statement = make_statement(value="10", unit="PERCENT")

    page = changes(statement, updating(statement, value="12"))

    assert rows(page)[0] == {"Field": TOGETHER, "Before": "10 %", "After": "12 %"}


def test_shows_no_figure_where_none_of_it_changes(changes):
    finding = make_finding(measure="STABLE_DISEASE", value="57.6", unit="PERCENT", **COUNTED)

    page = changes(finding, updating(finding, time_frame="at 6 months", denominator_counts="TREATED"))

    assert TOGETHER not in [row["Field"] for row in rows(page)]


def test_a_unit_that_an_older_release_knew_stands_among_the_fields(reviewer):
    finding = make_finding(measure="STABLE_DISEASE", value="57.6", unit="PERCENT", **COUNTED)
    proposal = changed(finding, time_frame="at 6 months")
    proposal.document = proposal.document.replace('"PERCENT"', '"PER_MILLE"')
    proposal.save()

    page = reviewer.get(page_of(proposal))

    assert rows(page) == [
        {"Field": "Unit", "Before": "%", "After": "PER_MILLE"},
        {"Field": "Time frame", "Before": "nothing", "After": "at 6 months"},
    ]


def test_says_who_proposed_it_when_and_from_which_version(changes):
    drug = make_drug(inn="temsirolimus")

    page = text(changes(drug, updating(drug, developer="Pfizer")))

    assert "Change of the drug “temsirolimus”, from version 1" in page
    assert "By another editor, " in page


def test_names_a_claim_by_what_it_says(changes):
    finding = make_finding(slug="cervix-stable-disease", statement="Of 33 women 19 had stable disease.")

    page = text(changes(finding, updating(finding, statement="Of 33 people 19 had stable disease.")))

    assert "Change of the finding “Of 33 women 19 had stable disease.”, from version 1" in page
    assert "cervix-stable-disease" not in page


# What it rests on


def rests_on(page):
    [section] = tree(page).iterfind(".//section[@class='rests-on']")
    return words(section)


def test_the_source_and_its_original_are_one_click_away(changes):
    source = make_source(title="Hudes 2007", slug="hudes-2007", doi="10.1056/NEJMoa066838")
    statement = make_statement(source=source, locator="Table 2", verdict="SUPPORTED")

    page = changes(statement, updating(statement, statement="Temsirolimus is a prodrug."))

    assert links(page, ".//section[@class='rests-on']") == {
        "Hudes 2007": "/sources/hudes-2007/",
        "original": "https://doi.org/10.1056/NEJMoa066838",
    }
    assert "Source, Verdict sources Hudes 2007" in rests_on(page)
    assert "Table 2" in rests_on(page)


def test_a_retraction_stands_beside_the_source(changes, revise):
    source = make_source(title="Hudes 2007")
    statement = make_statement(source=source)
    revise(source, retraction="RETRACTED")

    page = changes(statement, updating(statement, statement="Temsirolimus is a prodrug."))

    assert "retracted" in rests_on(page)


def test_a_withdrawal_shows_what_the_record_rested_on(reviewer):
    statement = make_statement(source=make_source(title="Hudes 2007"))
    proposal = actions.propose_withdrawal(record=statement, by=make_user("ada"), reason="It was recorded twice.")

    page = reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

    assert "Hudes 2007" in rests_on(page)


def test_a_source_leads_to_its_own_original(reviewer):
    source = make_source(pmid="17538086", publish=False)
    proposal = actions.submit(record=source, by=make_user("ada"))

    page = reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

    assert links(page, ".//section[@class='rests-on']") == {"original": "https://pubmed.ncbi.nlm.nih.gov/17538086/"}


def test_a_new_trial_shows_its_arms_each_in_a_row(reviewer):
    trial = make_trial(arms=[{"title": "temsirolimus"}, {"title": "placebo"}], publish=False)
    proposal = actions.submit(record=trial, by=make_user("ada"))

    page = reviewer.get(f"/admin/publishing/proposal/{proposal.pk}/change/")

    assert [row["Field"] for row in rows(page) if row["Field"].startswith("Arm")] == ["Arm 1 added", "Arm 2 added"]


def test_a_reviewer_opens_and_accepts(reviewer):
    make_proposal = actions.submit(record=make_drug(inn="temsirolimus", publish=False), by=make_user("ada"))
    [address] = [href for name, href in links(reviewer.get("/admin/"), ".//section").items() if "temsirolimus" in name]

    reviewer.post(address, {"_accept": "1", "sha256": make_proposal.sha256})

    assert reviewer.get("/drugs/temsirolimus/").status_code == 200

"""One figure of a paper becomes a finding: two pages, and nothing typed twice."""

from urllib.parse import parse_qs, urlsplit

import pytest

from drugs.models import Approval
from tests.editors.browsing import ADD, complaints, counted, opened, press, said, shown, typed
from tests.factories import make_arm, make_drug, make_finding, make_source, make_trial, withdraw
from tests.reading import text, tree
from trials.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db):
    return make_source(title="Temsirolimus in women with cancer of the cervix")


@pytest.fixture
def trial(paper):
    return make_trial(slug="ind-199", arms=[{"title": "temsirolimus 25 mg weekly"}], sources=[paper])


def tools(client, record):
    """The object tools of a record's form: {name: address}."""
    address = f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"
    links = tree(client.get(address)).iterfind(".//ul[@class='object-tools']//a")
    return {link.text.strip(): link.get("href") for link in links}


# Where it begins


def test_two_pages_lead_from_a_trial_to_a_submitted_finding(editor, trial):
    form = shown(editor.get(tools(editor, trial)["Add finding"]))
    figure = counted(measure="STABLE_DISEASE", value="57.6", unit="PERCENT", statement="19 of 33 had stable disease.")

    response = editor.post(ADD, form | figure | {"_submit": "1"})

    finding = Finding.objects.get()
    assert "waits for somebody else to review it" in said(response)
    assert (finding.trial, finding.arm, finding.source) == (trial, trial.arms.get(), trial.sources.get())
    assert finding.slug == "ind-199-stable-disease"


def test_a_form_begun_at_a_source_knows_it_and_its_only_trial(editor, paper, trial):
    form = shown(editor.get(tools(editor, paper)["Add finding"]))

    assert (form["source"], form["trial"]) == (str(paper.pk), str(trial.pk))


@pytest.mark.parametrize("kind", ["approval", "mechanism", "regulation", "statement"])
def test_the_other_claims_begin_at_their_source_too(editor, paper, kind):
    form = shown(editor.get(tools(editor, paper)[f"Add {kind}"]))

    assert form["source"] == str(paper.pk)


def test_the_address_may_name_place_and_arm(editor, trial):
    other = make_arm(trial=trial, title="interferon alfa")

    form = shown(editor.get(f"{ADD}?arm={other.pk}&locator=Table+2"))

    assert (form["trial"], form["arm"], form["locator"]) == (str(trial.pk), str(other.pk), "Table 2")


def test_of_several_arms_none_is_guessed(editor, trial):
    make_arm(trial=trial, title="interferon alfa")

    assert shown(editor.get(f"{ADD}?trial={trial.pk}"))["arm"] == ""


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("trial=999999", "gives “999999” as Trial. The trial you chose is no longer there: choose another."),
        ("source=hudes", "gives “hudes” as Source. The source you chose is no longer there: choose another."),
        ("measure=CURE", "gives “CURE” as Measure."),
        ("value=NaN", "gives “NaN” as Value. Enter a number."),
        ("denominator=-3", "gives “-3” as N."),
    ],
)
def test_an_address_that_cannot_be_used_is_answered_with_a_sentence(editor, query, sentence):
    page = editor.get(f"{ADD}?{query}")

    assert page.status_code == 200
    assert sentence in text(page)
    assert not shown(page).get(query.split("=")[0])


def test_an_arm_of_another_trial_is_not_taken_from_the_address(editor, trial):
    arm = make_trial(arms=[{"title": "placebo"}]).arms.get()

    page = editor.get(f"{ADD}?trial={trial.pk}&arm={arm.pk}")

    assert "“placebo” is an arm of another trial: choose one of this trial." in text(page)
    assert shown(page)["arm"] == str(trial.arms.get().pk)


def test_nothing_begins_at_what_was_withdrawn(editor):
    assert "Add finding" not in tools(editor, withdraw(make_trial()))
    assert "Add finding" not in tools(editor, withdraw(make_source()))


def test_public_pages_know_nothing_of_it(editor, client, trial):
    assert "Add finding" not in editor.get("/trials/ind-199/").text
    assert editor.get("/trials/ind-199/").content == client.get("/trials/ind-199/").content


# The next one


@pytest.mark.parametrize("button", [{"_addanother": "1"}, {"_submit": "another"}])
def test_the_next_form_keeps_what_findings_have_in_common(editor, paper, trial, button):
    figure = counted(measure="STABLE_DISEASE", value="57.6", unit="PERCENT", criteria="RECIST_1_1")
    known = {"trial": trial, "arm": trial.arms.get().pk, "source": paper, "locator": "Table 2, row 3"}

    response = editor.post(ADD, opened(editor, ADD) | typed(**known) | figure | button)

    assert parse_qs(urlsplit(response["Location"]).query) == {
        "source": [str(paper.pk)],
        "trial": [str(trial.pk)],
        "arm": [str(trial.arms.get().pk)],
        "locator": ["Table 2"],
        "denominator": ["33"],
        "denominator_counts": ["RESPONSE_EVALUABLE"],
        "criteria": ["RECIST_1_1"],
    }
    next_form = shown(editor.get(response["Location"]))
    assert (next_form["denominator"], next_form["numerator"], next_form["value"]) == ("33", "", "")


def test_submit_and_add_another_stays_with_what_cannot_be_submitted(editor):
    undecided = typed(verdict="SUPPORTED", last_reviewed_on="2026-01-15")

    response = press(editor, "_save", ADD, **undecided, _submit="another")

    assert response["Location"] == f"/admin/trials/finding/{Finding.objects.get().pk}/change/"


def test_the_next_approval_keeps_source_and_drug(editor, paper):
    claim = {"source": paper.pk, "drug": make_drug(inn="temsirolimus").pk, "jurisdiction": "US", "slug": "approved"}
    claim |= {"statement": "It was approved.", "action_date": "2007-05-30", "locator": "section 2, sentence 6"}

    response = press(editor, "_addanother", "/admin/drugs/approval/add/", **claim)

    kept = parse_qs(urlsplit(response["Location"]).query)
    assert kept == {"source": [str(paper.pk)], "drug": [str(claim["drug"])], "locator": ["section 2"]}


# Its address


def test_an_address_is_made_of_what_tells_the_finding_from_others(editor):
    trial = make_trial(slug="arcc", arms=[{"title": "interferon alfa"}, {"title": "temsirolimus"}])
    figure = {"arm": trial.arms.last().pk, "measure": "OVERALL_SURVIVAL", "time_frame": "median"}

    press(editor, "_save", ADD, **typed(trial=trial, slug="", value="10.9", unit="MONTHS", numerator="", **figure))

    assert Finding.objects.get().slug == "arcc-overall-survival-temsirolimus-median"


def test_a_second_finding_of_a_kind_gets_a_number(editor, trial):
    make_finding(slug="ind-199-stable-disease")
    make_finding(slug="ind-199-stable-disease-2")

    press(editor, "_save", ADD, **typed(trial=trial, slug=""))

    assert Finding.objects.filter(slug="ind-199-stable-disease-3").exists()


def test_an_address_that_was_typed_stays(editor):
    press(editor, "_save", ADD, **typed(slug="nineteen-women"))

    assert Finding.objects.get().slug == "nineteen-women"


@pytest.mark.parametrize(("statement", "slug"), [("It was approved.", "it-was-approved"), ("承認された。", None)])
def test_the_address_of_another_claim_is_made_of_its_statement(editor, paper, statement, slug):
    claim = {"source": paper.pk, "drug": make_drug(inn="temsirolimus").pk, "jurisdiction": "US", "slug": ""}

    page = press(editor, "_save", "/admin/drugs/approval/add/", statement=statement, action_date="2007-05-30", **claim)

    assert Approval.objects.values_list("slug", flat=True).first() == slug
    assert slug or complaints(page, "slug") == ["No address can be made of the statement: type one."]


# Its arm


def choices(client, **query):
    known = {"app_label": "trials", "model_name": "finding", "field_name": "arm", "term": ""}
    return [choice["text"] for choice in client.get("/admin/autocomplete/", known | query).json()["results"]]


def test_only_arms_of_the_chosen_trial_are_offered(editor):
    trial = make_trial(brief_title="ARCC", arms=[{"title": "interferon alfa"}])
    make_trial(brief_title="OPTIMAL", arms=[{"title": "investigator’s choice"}])

    assert choices(editor, trial=trial.pk) == ["ARCC: interferon alfa"]
    assert len(choices(editor)) == len(choices(editor, trial="")) == len(choices(editor, trial="x")) == 2


def test_without_javascript_the_page_brings_the_arms_and_sources_of_the_trial_along(editor, trial):
    make_source(title="Quite another paper")

    page = tree(editor.get(f"{ADD}?trial={trial.pk}"))

    arms, sources = ([option.text for option in page.find(f".//select[@name='{n}']")] for n in ("arm", "source"))
    assert any("temsirolimus 25 mg weekly" in (arm or "") for arm in arms)
    assert sources == ["Temsirolimus in women with cancer of the cervix"]


def test_no_source_is_chosen_where_several_are_offered(editor, trial):
    trial.sources.add(make_source())

    assert shown(editor.get(f"{ADD}?trial={trial.pk}"))["source"] == ""


# What its measure asks for


def test_a_finding_is_submitted_once_it_tells_its_measure(editor, trial):
    figure = typed(trial=trial, measure="OVERALL_SURVIVAL", value="10.9", unit="MONTHS", numerator="", denominator="")

    response = press(editor, "_submit", ADD, **figure | {"denominator_counts": ""})

    assert Finding.objects.get().status == Finding.Status.DRAFT
    assert "time frame: Say for which time: “median”, or “at 6 months”." in said(response)


def test_the_script_is_told_by_the_same_declaration(editor):
    page = editor.get(ADD)

    assert '"HAZARD_RATIO_DEATH"' in tree(page).findtext(".//script[@id='finding-form']")
    assert "style=" not in page.text

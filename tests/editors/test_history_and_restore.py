"""Every version of a record, and the way back to one of them."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.editors.browsing import press, said
from tests.editors.proposing import accept, edited, says, waiting
from tests.factories import make_drug, make_finding, make_source, make_statement, make_trial, make_user, withdraw
from tests.reading import links, read, rows, text, tree, words

pytestmark = pytest.mark.django_db


def history_of(record, query=""):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/history/{query}"


def restore(client, record, version, note="Pfizer never developed it."):
    """Open the page that proposes an older version, give a reason, and send it."""
    address = f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/restoration/?version={version}"
    return client.post(address, {"note": note})


@pytest.fixture
def drug(revise):
    """Two versions: Wyeth, then Pfizer."""
    drug = make_drug(inn="temsirolimus", developer="Wyeth")
    revise(drug, developer="Pfizer")
    return drug


def test_shows_every_version_newest_first_with_people_and_reason(editor, drug):
    page = editor.get(history_of(drug))

    assert read(page, ".//article/h3") == ["Version 2, revised", "Version 1, published"]
    newest = next(tree(page).iter("article"))
    assert "by editor, reviewed by reviewer As the label has it." in words(newest)
    assert {"Field": "Developer", "Before": "Wyeth", "After": "Pfizer"} in rows(page)


def test_leads_to_the_permanent_address_and_to_the_proposal(editor, drug):
    page = editor.get(history_of(drug))

    leads = links(page, ".//article[@id='v1']")
    assert leads["Permanent address"] == "/drugs/temsirolimus/v1/"
    first = drug.log().first().proposal_id
    assert leads["Its proposal"] == f"/admin/publishing/proposal/{first}/change/"


def test_names_what_a_version_refers_to(editor, revise):
    drug, sirolimus = make_drug(inn="temsirolimus"), make_drug(inn="sirolimus", slug="rapamycin")
    revise(drug, derived_from=sirolimus)

    page = editor.get(history_of(drug))

    assert {"Field": "Derived from", "Before": "nothing", "After": "sirolimus"} in rows(page)


def test_shows_what_waits_and_what_was_returned(editor, drug):
    form = f"/admin/drugs/drug/{drug.pk}/change/"
    press(editor, "_propose", form, developer="Ayerst", note="As Ayerst says.")
    actions.return_(proposal=waiting(), by=make_user("reviewer"), reason="Where does it?")
    press(editor, "_propose", form, route="ORAL", note="It can be swallowed.")

    page = text(editor.get(history_of(drug)))

    assert "returned by reviewer just now: Where does it?" in page
    assert "waiting for review: It can be swallowed." in page


def test_shows_below_what_was_done_to_it_as_a_draft(editor):
    drug = make_drug(inn="temsirolimus", publish=False)
    press(editor, "_save", f"/admin/drugs/drug/{drug.pk}/change/", developer="Wyeth")

    page = text(editor.get(history_of(drug)))

    assert "As a draft" in page
    assert "Changed Developer." in page
    assert "Published" not in page


def test_a_long_history_has_pages_that_do_not_ask_more(editor, drug, revise):
    def count():
        with CaptureQueriesContext(connection) as queries:
            editor.get(history_of(drug))
        return len(queries)

    for number in range(9):
        revise(drug, developer=f"Wyeth {number}")
    count()  # a process looks some things up only once
    ten = count()
    for number in range(9, 12):
        revise(drug, developer=f"Wyeth {number}")

    older = editor.get(history_of(drug, "?page=2"))

    assert count() == ten
    assert read(older, ".//article/h3")[0] == "Version 4, revised"
    assert {"Field": "Developer", "Before": "Wyeth", "After": "Pfizer"} in rows(older)


def test_compares_the_oldest_version_of_a_page_with_the_one_on_the_next(editor, drug, revise):
    for number in range(9):
        revise(drug, developer=f"Wyeth {number}")

    page = editor.get(history_of(drug))

    assert read(page, ".//article/h3")[-1] == "Version 2, revised"
    assert {"Field": "Developer", "Before": "Wyeth", "After": "Pfizer"} in rows(page)


def test_offers_to_restore_all_but_the_version_that_is_public(editor, drug):
    page = editor.get(history_of(drug))

    restoring = [link.get("href") for link in tree(page).iter("a") if "restore" in words(link)]
    assert restoring == [f"/admin/drugs/drug/{drug.pk}/restoration/?version=1"]


def test_shows_what_would_come_back_and_asks_why(editor, drug):
    page = editor.get(f"/admin/drugs/drug/{drug.pk}/restoration/?version=1")

    assert rows(page) == [{"Field": "Developer", "Before": "Pfizer", "After": "Wyeth"}]
    assert "Propose to restore version 1" in text(page)


def test_proposes_an_ordinary_change_with_what_the_version_said(editor, drug):
    response = restore(editor, drug, version=1)

    assert (waiting().action, waiting().base_version, waiting().note) == ("CHANGE", 2, "Pfizer never developed it.")
    assert says(waiting())["developer"] == "Wyeth"
    assert Drug.objects.get().developer == "Pfizer"
    assert "It waits for somebody else to review it" in said(response)


def test_what_is_restored_is_published_as_the_next_version(editor, reviewer, drug, client):
    restore(editor, drug, version=1)

    press(reviewer, "_accept", f"/admin/publishing/proposal/{waiting().pk}/change/")

    assert Drug.objects.get().developer == "Wyeth"
    assert "Wyeth" in text(client.get("/drugs/temsirolimus/v3/"))


def test_asks_for_a_sentence(editor, drug):
    page = restore(editor, drug, version=1, note=" ")

    assert "Say what changes and why" in text(page)
    assert not Proposal.objects.open().exists()


def test_brings_parts_and_links_back(editor, reviewer):
    label = make_source(title="Torisel label")
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel", "type": "BRAND"}], sources=[label])

    def strip():
        drug.synonyms.all().delete()
        drug.sources.clear()

    accept(edited(drug, strip))
    restore(editor, drug, version=1)
    accept(waiting())

    assert [synonym.name for synonym in drug.synonyms.all()] == ["Torisel"]
    assert list(drug.sources.all()) == [label]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (2, "Nothing changed in drug “temsirolimus”"),
        (7, "drug “temsirolimus” has no version 7 to bring back"),
        (999999999, "has no version 999999999 to bring back"),
    ],
)
def test_there_is_nothing_to_restore_of_the_newest_version_or_of_none(editor, drug, version, sentence):
    page = restore(editor, drug, version=version)

    assert sentence in text(page)
    assert not Proposal.objects.open().exists()


@pytest.mark.parametrize("version", ["-1", "one", "9" * 5000, "٣", ""])
def test_a_number_that_is_none_is_as_if_none_was_given(editor, drug, version):
    page = editor.get(f"/admin/drugs/drug/{drug.pk}/restoration/", {"version": version})

    assert "Propose restoration" in text(page)


def test_says_what_the_old_version_names_and_is_gone(editor, reviewer, revise):
    sirolimus = make_drug(inn="sirolimus")
    drug = make_drug(inn="temsirolimus", derived_from=sirolimus)
    revise(drug, derived_from=None)
    Drug.objects.filter(pk=sirolimus.pk).delete()  # no form of ours does it

    page = restore(editor, drug, version=1)

    assert "it names drug “sirolimus”, which is gone" in text(page)


def test_what_is_withdrawn_by_now_has_to_be_published_first(editor, reviewer, revise):
    sirolimus = make_drug(inn="sirolimus")
    drug = make_drug(inn="temsirolimus", derived_from=sirolimus)
    revise(drug, derived_from=None)
    withdraw(sirolimus)
    restore(editor, drug, version=1)

    page = reviewer.get(f"/admin/publishing/proposal/{waiting().pk}/change/")

    assert "It refers to what is not public yet. Publish first: drug sirolimus" in text(page)


def test_an_arm_that_findings_name_by_now_is_not_restored_away(editor, reviewer):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}])
    accept(edited(trial, lambda: trial.arms.create(number=2, title="placebo")))
    make_finding(slug="arcc-survival", trial=trial, arm=trial.arms.get(number=2))

    page = restore(editor, trial, version=1)

    assert "something it removes is in use by now, by finding “arcc-survival”" in text(page)
    assert trial.arms.count() == 2


def test_a_draft_has_no_version_to_restore(editor):
    drug = make_drug(inn="temsirolimus", publish=False)

    assert "drug “temsirolimus” has no version 1 to bring back" in text(restore(editor, drug, version=1))


# What was withdrawn


def test_the_history_of_what_was_withdrawn_leads_to_its_restoration(editor, drug):
    withdraw(drug, reason="It was recorded twice.")

    page = editor.get(history_of(drug))

    assert read(page, ".//article/h3")[0] == "Version 3, withdrawn"
    assert "It was recorded twice." in text(page)
    leads = links(page, ".//section[@aria-labelledby='published']")
    assert leads["Propose to undo the withdrawal"] == f"/admin/drugs/drug/{drug.pk}/restoration/"
    assert "Permanent address" not in leads


def test_a_withdrawn_record_comes_back_as_an_older_version(editor, reviewer, drug, client):
    withdraw(drug)

    restore(editor, drug, version=1)

    assert (waiting().action, says(waiting())["developer"]) == ("RESTORE", "Wyeth")
    assert Drug.objects.get().developer == "Pfizer"
    accept(waiting())
    assert "Wyeth" in text(client.get("/drugs/temsirolimus/"))


def test_a_withdrawal_is_no_version_to_bring_back(editor, drug):
    withdraw(drug)

    assert "has no version 3 to bring back" in text(restore(editor, drug, version=3))


def test_who_may_only_look_is_not_offered_to_restore(drug, editor):
    editor.user.groups.clear()
    editor.user.user_permissions.add(*Permission.objects.filter(codename__in=["view_drug", "view_proposal"]))

    page = editor.get(history_of(drug))

    assert page.status_code == 200
    assert b"restoration" not in page.content
    assert restore(editor, drug, version=1).status_code == 403


def test_a_claim_is_restored_like_any_record(editor, revise):
    statement = make_statement(statement="Temsirolimus is a prodrug.")
    revise(statement, statement="Temsirolimus is a drug.")

    restore(editor, statement, version=1)

    assert waiting().title == "Temsirolimus is a prodrug."

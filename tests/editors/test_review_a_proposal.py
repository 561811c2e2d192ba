"""The queue, and the page on which somebody else decides."""

import json

import pytest

from drugs.models import Drug
from temsisite.publishing import actions
from temsisite.publishing.models import Proposal, Publication
from tests.editors.browsing import press, said, shown
from tests.editors.proposing import changed, page_of
from tests.factories import make_drug, make_finding, make_source, make_statement, make_trial, make_user, publish
from tests.reading import links, listed, rows, text
from trials.models import Trial

pytestmark = pytest.mark.django_db


def submitted(record=None, by="another editor"):
    """A draft that waits for review."""
    record = record or make_drug(inn="temsirolimus", publish=False)
    return actions.submit(record=record, by=make_user(by, "Editors"))


def decide(client, proposal, button, **typed):
    return client.post(page_of(proposal), shown(client.get(page_of(proposal))) | typed | {button: "1"})


def test_what_waits_longest_comes_first_and_what_is_decided_last(reviewer):
    decided = actions.accept(proposal=submitted(make_drug(inn="sirolimus", publish=False)), by=reviewer.user).proposal
    first = submitted(make_drug(inn="temsirolimus", publish=False))
    second = submitted(make_drug(inn="everolimus", publish=False))

    page = reviewer.get("/admin/publishing/proposal/")

    assert listed(page) == [page_of(first), page_of(second), page_of(decided)]


def test_shows_the_whole_of_a_new_document(reviewer):
    page = reviewer.get(page_of(submitted(make_drug(inn="temsirolimus", developer="Wyeth", publish=False))))

    assert {"Field": "Developer", "Before": "nothing", "After": "Wyeth"} in rows(page)


def test_shows_only_what_a_change_changes(reviewer):
    page = reviewer.get(page_of(changed(make_drug(inn="temsirolimus", developer="Wyeth"), developer="Pfizer")))

    assert [row["Field"] for row in rows(page)] == ["Developer"]
    assert "As the label has it." in text(page)


@pytest.mark.django_db(transaction=True)
def test_shows_it_where_no_test_holds_a_transaction_open(reviewer):
    """PostgreSQL lets rows be held only within one."""
    page = reviewer.get(page_of(changed(make_drug(inn="temsirolimus"), developer="Pfizer")))

    assert [row["Field"] for row in rows(page)] == ["Developer"]


def test_nobody_is_told_how_to_review_their_own(reviewer):
    proposal = changed(make_drug(inn="temsirolimus"), by="reviewer", developer="Pfizer")

    own = reviewer.get(page_of(proposal))
    of_another = reviewer.get(page_of(changed(make_drug(inn="everolimus"), developer="Pfizer")))

    assert "Your proposal" in text(own)
    assert "review a proposal" not in text(own)
    assert "Review a proposal" in text(of_another)
    assert "review a proposal" in text(of_another)


def test_leads_to_the_preview(reviewer):
    proposal = submitted()

    page = reviewer.get(page_of(proposal))

    leads = links(page, ".//dl[@class='proposal-facts']")
    assert leads["preview of its page as it would be"] == f"/admin/publishing/proposal/{proposal.pk}/preview/"
    assert leads["its page as a draft"] == "/drugs/temsirolimus/"


def test_accepting_publishes(reviewer, client):
    response = decide(reviewer, submitted(), "_accept")

    assert "line 1 of the log" in said(response)
    assert client.get("/api/v1/drugs/temsirolimus/").status_code == 200


def test_accepting_a_change_changes_the_record(reviewer):
    drug = make_drug(inn="temsirolimus", developer="Wyeth")

    decide(reviewer, changed(drug, developer="Pfizer"), "_accept")

    assert Drug.objects.get().developer == "Pfizer"
    assert json.loads(Publication.objects.last().document)["version"] == 2


def test_returning_needs_a_reason(reviewer):
    proposal = submitted()

    page = decide(reviewer, proposal, "_return", reason=" ")

    proposal.refresh_from_db()
    assert proposal.is_open
    assert "A returned proposal needs a reason: its author will read it." in text(page)


def test_a_return_tells_its_author_why(reviewer, editor):
    drug = make_drug(inn="temsirolimus", publish=False)
    decide(reviewer, submitted(drug, by="editor"), "_return", reason="Which label?")

    assert "Returned by reviewer" in text(editor.get(f"/admin/drugs/drug/{drug.pk}/change/"))
    assert "Which label?" in text(editor.get(f"/admin/drugs/drug/{drug.pk}/change/"))
    assert "Which label?" in text(editor.get("/admin/"))


def test_a_return_leaves_the_desk_when_it_is_followed_up(reviewer, editor):
    drug = make_drug(inn="temsirolimus", publish=False)
    decide(reviewer, submitted(drug, by="editor"), "_return", reason="Which label?")

    press(editor, "_submit", f"/admin/drugs/drug/{drug.pk}/change/", summary="As the 2007 label has it.")

    assert "Which label?" not in text(editor.get("/admin/"))


def test_nobody_is_offered_to_accept_their_own(reviewer):
    page = reviewer.get(page_of(submitted(by="reviewer")))

    assert "This is your own proposal, so somebody else has to decide about it." in text(page)
    assert "_accept" not in page.content.decode()


def test_nobody_accepts_their_own_by_force(reviewer):
    proposal = submitted(by="reviewer")

    page = decide(reviewer, proposal, "_accept")

    assert "You wrote this proposal, so somebody else has to review it." in text(page)
    assert not Publication.objects.exists()


def test_an_editor_sees_the_page_but_no_buttons(editor):
    page = editor.get(page_of(submitted()))

    assert "Reviewers decide about proposals." in text(page)
    assert "_accept" not in page.content.decode()
    assert "_return" not in page.content.decode()


@pytest.mark.parametrize("button", ["_accept", "_return"])
def test_an_editor_decides_nothing_by_force(editor, button):
    proposal = submitted()

    response = decide(editor, proposal, button, reason="Because.")

    proposal.refresh_from_db()
    assert response.status_code == 403
    assert proposal.is_open


def test_an_author_takes_a_proposal_back(editor):
    proposal = submitted(by="editor")

    decide(editor, proposal, "_take_back")

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.SUPERSEDED
    assert Drug.objects.get().status == Drug.Status.DRAFT


def test_nobody_takes_back_what_is_not_theirs(reviewer):
    page = decide(reviewer, submitted(), "_take_back")

    assert "Only its author can take a proposal back" in text(page)


def test_a_decision_is_about_the_document_that_was_shown(reviewer):
    proposal = submitted()

    page = decide(reviewer, proposal, "_accept", sha256="0" * 64)

    assert "The proposal is not the one you were shown" in text(page)
    assert not Publication.objects.exists()


def test_a_decided_proposal_is_not_decided_again(reviewer):
    proposal = submitted()
    decide(reviewer, proposal, "_accept")

    page = reviewer.post(page_of(proposal), {"_accept": "1", "sha256": proposal.sha256})

    assert "This proposal has been accepted already." in text(page)
    assert Publication.objects.count() == 1


def test_a_page_left_open_while_the_author_went_on_is_refused(reviewer, editor):
    drug = make_drug(inn="temsirolimus", publish=False)
    proposal = submitted(drug, by="editor")
    press(editor, "_submit", f"/admin/drugs/drug/{drug.pk}/change/", developer="Wyeth")

    page = reviewer.post(page_of(proposal), {"_accept": "1", "sha256": proposal.sha256})

    assert "This proposal has been superseded already." in text(page)


def test_says_what_must_be_published_first(reviewer):
    trial = make_trial(slug="cervix-phase-2", brief_title="Temsirolimus in cancer of the cervix", publish=False)
    proposal = submitted(make_finding(trial=trial, publish=False))

    page = reviewer.get(page_of(proposal))

    assert "Publish first: trial Temsirolimus in cancer of the cervix" in text(page)


def test_nothing_is_accepted_that_refers_to_a_draft(reviewer):
    trial = make_trial(slug="cervix-phase-2", publish=False)
    proposal = submitted(make_finding(slug="cervix-stable-disease", trial=trial, publish=False))

    page = decide(reviewer, proposal, "_accept")

    assert "Publish first: trial “cervix-phase-2”." in text(page)


def test_a_change_names_the_drafts_it_would_refer_to(reviewer):
    finding, other = make_finding(), make_source(title="Hudes 2007", publish=False)

    page = reviewer.get(page_of(changed(finding, source=other)))

    assert "Publish first: source Hudes 2007" in text(page)
    assert type(finding).objects.get().source == finding.source


def test_a_change_that_names_what_is_gone_is_refused_in_words(reviewer):
    drug, other = make_drug(inn="temsirolimus"), make_drug(inn="sirolimus", publish=False)
    proposal = changed(drug, derived_from=other)
    other.delete()

    assert "no longer fits what is stored" in text(reviewer.get(page_of(proposal)))
    assert "no longer fits what is stored" in text(decide(reviewer, proposal, "_accept"))


def test_a_change_whose_number_was_taken_meanwhile_is_refused_in_words(reviewer):
    proposal = changed(make_trial(), nct_id="NCT01026792")
    make_trial(nct_id="NCT01026792")

    assert "no longer fits what is stored" in text(decide(reviewer, proposal, "_accept"))


def test_an_arm_that_came_into_use_is_not_removed(reviewer, editor):
    trial = make_trial(arms=[{"title": "interferon alfa"}])
    press(editor, "_propose", f"/admin/trials/trial/{trial.pk}/change/", **{"arms-0-DELETE": "on"})
    make_finding(trial=trial, arm=trial.arms.get(), publish=False)

    page = decide(reviewer, Proposal.objects.open().get(), "_accept")

    assert "something it removes is in use by now" in text(page)
    assert Trial.objects.get().arms.exists()


def test_the_second_of_two_changes_starts_from_an_old_version(reviewer):
    drug = make_drug(inn="temsirolimus")
    first, second = changed(drug, developer="Wyeth"), changed(drug, developer="Pfizer")
    decide(reviewer, first, "_accept")

    page = decide(reviewer, second, "_accept")

    assert "has a newer version than the one this proposal starts from" in text(page)


def test_a_return_is_possible_even_when_the_record_is_gone(reviewer):
    statement = make_statement(publish=False)
    proposal = submitted(statement)
    statement.delete()

    decide(reviewer, proposal, "_return", reason="It is gone.")

    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.RETURNED


def test_the_log_is_there_to_look_at(editor):
    publish(make_drug(inn="temsirolimus", developer="Wyeth", publish=False))

    page = editor.get("/admin/publishing/publication/1/change/")

    assert "Wyeth" in text(page)
    assert 'type="submit" value' not in page.content.decode()


def test_the_log_says_in_words_what_a_document_says_in_codes(editor):
    trial = make_trial(slug="ind-199", brief_title="Temsirolimus in cancer of the cervix")
    finding = make_finding(trial=trial, measure="STABLE_DISEASE", value="57.6", unit="PERCENT")

    page = editor.get(f"/admin/publishing/publication/{finding.publication_id}/change/")

    assert {"Field": "Trial", "Before": "nothing", "After": "Temsirolimus in cancer of the cervix"} in rows(page)
    assert {"Field": "Measure", "Before": "nothing", "After": "stable disease"} in rows(page)


def test_an_import_is_told_by_its_name(reviewer):
    proposal = actions.submit(
        record=make_drug(inn="temsirolimus", publish=False), by=make_user("robot"), origin="ClinicalTrials.gov"
    )

    assert "robot through ClinicalTrials.gov" in text(reviewer.get(page_of(proposal)))

"""The rules of a record's life, for whoever calls: admin, importer or shell."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from drugs.models import Drug
from temsisite.publishing import actions, rules
from temsisite.publishing.models import Proposal, Publication, Record
from temsisite.publishing.rules import Refused
from tests.factories import make_drug, make_source, make_statement, make_trial, make_user, publish, withdraw
from trials.models import Trial

pytestmark = pytest.mark.django_db
WHY = "As the label has it."


def rename_developer(name):
    def edit():
        drug = Drug.objects.get(slug="temsirolimus")
        drug.developer = name
        drug.save()

    return edit


def test_nobody_accepts_their_own_proposal():
    editor = make_user("editor")
    proposal = actions.submit(record=make_drug(inn="temsirolimus", publish=False), by=editor)

    with pytest.raises(Refused, match="somebody else has to review it"):
        actions.accept(proposal=proposal, by=editor)


def test_one_person_can_do_both_where_four_eyes_are_switched_off(settings):
    settings.PUBLISHING_FOUR_EYES = False
    editor = make_user("editor")
    proposal = actions.submit(record=make_drug(inn="temsirolimus", publish=False), by=editor)

    publication = actions.accept(proposal=proposal, by=editor)

    assert publication.version == 1


def test_a_submitted_draft_waits_for_review():
    drug = make_drug(inn="temsirolimus", publish=False)

    actions.submit(record=drug, by=make_user("editor"))

    assert list(Drug.objects.filter(status="IN_REVIEW")) == [drug]
    assert not Drug.objects.public().exists()


def test_an_invalid_draft_is_not_submitted():
    drug = make_drug(inn="temsirolimus", publish=False, identifiers=[{"scheme": "CHEBI", "value": "79699"}])

    with pytest.raises(ValidationError, match="one looks like CHEBI:79699"):
        actions.submit(record=drug, by=make_user("editor"))


def test_submitting_again_supersedes_the_earlier_submission():
    drug = make_drug(inn="temsirolimus", publish=False)
    first = actions.submit(record=drug, by=make_user("editor"))

    actions.submit(record=drug, by=make_user("editor"))

    first.refresh_from_db()
    assert first.state == Proposal.State.SUPERSEDED


def test_a_return_needs_a_reason():
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("editor"))

    with pytest.raises(Refused, match="needs a reason"):
        actions.return_(proposal=proposal, by=make_user("reviewer"), reason="  ")


def test_a_returned_record_is_a_draft_again():
    drug = make_drug(publish=False)
    proposal = actions.submit(record=drug, by=make_user("editor"))

    actions.return_(proposal=proposal, by=make_user("reviewer"), reason="The source is missing.")

    drug.refresh_from_db()
    assert drug.status == Record.Status.DRAFT


def test_a_decided_proposal_is_not_decided_again():
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("editor"))
    actions.accept(proposal=proposal, by=make_user("reviewer"))

    with pytest.raises(Refused, match="accepted already"):
        actions.return_(proposal=proposal, by=make_user("reviewer"), reason="Too late.")


def test_nothing_is_published_that_refers_to_a_draft():
    source = make_source(slug="hudes-2007", publish=False)
    claim = make_statement(slug="median-survival", source=source, publish=False)
    proposal = actions.submit(record=claim, by=make_user("editor"))

    with pytest.raises(Refused, match="Publish first: source “hudes-2007”"):
        actions.accept(proposal=proposal, by=make_user("reviewer"))


def test_a_reference_inside_a_part_counts_too():
    drug = make_drug(inn="erlotinib", publish=False)
    trial = make_trial(arms=[{"drugs": [drug]}], publish=False)
    proposal = actions.submit(record=trial, by=make_user("editor"))

    with pytest.raises(Refused, match="drug “erlotinib”"):
        actions.accept(proposal=proposal, by=make_user("reviewer"))


def test_what_others_refer_to_is_not_withdrawn():
    claim = make_statement(slug="median-survival")

    with pytest.raises(Refused, match="statement “median-survival”"):
        actions.propose_withdrawal(record=claim.source, by=make_user("editor"), reason="It was recorded twice.")


def test_a_change_leaves_the_record_alone_until_it_is_accepted():
    drug = make_drug(inn="temsirolimus", developer="Hara Wyeth")

    proposal = actions.propose_change(record=drug, by=make_user("editor"), edit=rename_developer("Wyeth"), note=WHY)

    assert Drug.objects.get().developer == "Hara Wyeth"
    actions.accept(proposal=proposal, by=make_user("reviewer"))
    assert Drug.objects.get().developer == "Wyeth"


def test_a_change_brings_its_parts_along():
    drug = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisell"}])

    def respell():
        drug.synonyms.all().delete()
        drug.synonyms.create(name="Torisel")

    proposal = actions.propose_change(record=drug, by=make_user("editor"), edit=respell, note=WHY)

    assert [synonym.name for synonym in drug.synonyms.all()] == ["Torisell"]
    actions.accept(proposal=proposal, by=make_user("reviewer"))
    assert [synonym.name for synonym in drug.synonyms.all()] == ["Torisel"]


def test_a_changed_arm_stays_the_same_row():
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}])
    arm = trial.arms.get()

    def rename():
        trial.arms.update(title="temsirolimus 25 mg weekly")

    proposal = actions.propose_change(record=trial, by=make_user("editor"), edit=rename, note=WHY)
    actions.accept(proposal=proposal, by=make_user("reviewer"))

    assert (trial.arms.get().pk, trial.arms.get().title) == (arm.pk, "temsirolimus 25 mg weekly")


def test_a_change_of_nothing_is_not_proposed():
    drug = make_drug(inn="temsirolimus")

    with pytest.raises(Refused, match="Nothing changed"):
        actions.propose_change(record=drug, by=make_user("editor"), edit=lambda: None, note=WHY)


def test_a_change_says_why():
    drug = make_drug(inn="temsirolimus")

    with pytest.raises(Refused, match="Say what changes and why"):
        actions.propose_change(record=drug, by=make_user("editor"), edit=rename_developer("Wyeth"))


def test_the_second_of_two_competing_changes_is_stale():
    drug = make_drug(inn="temsirolimus")
    first = actions.propose_change(record=drug, by=make_user("editor"), edit=rename_developer("Wyeth"), note=WHY)
    second = actions.propose_change(record=drug, by=make_user("editor"), edit=rename_developer("Pfizer"), note=WHY)
    actions.accept(proposal=first, by=make_user("reviewer"))

    with pytest.raises(Refused, match="newer version"):
        actions.accept(proposal=second, by=make_user("reviewer"))


def test_a_decision_binds_to_the_document_that_was_shown():
    drug = make_drug(inn="temsirolimus")
    proposal = actions.propose_change(record=drug, by=make_user("editor"), edit=rename_developer("Wyeth"), note=WHY)

    with pytest.raises(Refused, match="not the one you were shown"):
        actions.accept(proposal=proposal, by=make_user("reviewer"), sha256="0" * 64)


def test_a_draft_that_moved_behind_its_proposal_is_refused():
    drug = make_drug(inn="temsirolimus", publish=False)
    proposal = actions.submit(record=drug, by=make_user("editor"))
    Drug.objects.update(developer="Hara Wyeth")

    with pytest.raises(Refused, match="has moved"):
        actions.accept(proposal=proposal, by=make_user("reviewer"))


def test_a_withdrawal_needs_a_reason():
    drug = make_drug(inn="temsirolimus")

    with pytest.raises(Refused, match="needs a reason"):
        actions.propose_withdrawal(record=drug, by=make_user("editor"), reason="")


def test_a_withdrawn_record_comes_back_as_its_next_version():
    drug = withdraw(make_drug(inn="temsirolimus"))

    proposal = actions.propose_restoration(record=drug, by=make_user("editor"))
    publication = actions.accept(proposal=proposal, by=make_user("reviewer"))

    assert (publication.version, publication.action) == (3, Publication.Action.RESTORED)
    assert Drug.objects.public().get() == drug


def test_the_address_of_a_published_record_stays():
    drug = make_drug(inn="temsirolimus")

    def move():
        Drug.objects.get()
        drug.slug = "torisel"
        drug.full_clean()

    with pytest.raises(ValidationError, match="“temsirolimus” has been published and stays"):
        actions.propose_change(record=drug, by=make_user("editor"), edit=move, note=WHY)


def test_only_its_author_takes_a_proposal_back():
    proposal = actions.submit(record=make_drug(publish=False), by=make_user("editor"))

    with pytest.raises(Refused, match="Only its author"):
        actions.retract(proposal=proposal, by=make_user("reviewer"))


def test_a_published_record_is_not_submitted_again():
    drug = publish(make_drug(inn="temsirolimus", publish=False))

    with pytest.raises(Refused, match="propose a change instead"):
        actions.submit(record=drug, by=make_user("editor"))


def test_a_drug_needs_no_trial_that_uses_it():
    drug = make_drug(inn="temsirolimus", publish=False)
    make_trial(slug="arcc", arms=[{"drugs": [drug]}], publish=False)

    assert rules.missing_references(drug) == []
    assert drug.parts() == []


def test_returning_a_submission_of_what_is_public_by_now_leaves_it_public():
    drug = make_drug(inn="temsirolimus", publish=False)
    first = actions.submit(record=drug, by=make_user("editor"))
    actions.accept(proposal=first, by=make_user("reviewer"))
    stale = Proposal.objects.create(
        action="NEW", kind="drug", slug="temsirolimus", title="x", author=make_user("editor")
    )

    actions.return_(proposal=stale, by=make_user("reviewer"), reason="It is public already.")

    assert Drug.objects.public().get() == drug


def test_a_draft_waits_for_review_only_once():
    fields = {"action": "NEW", "kind": "drug", "slug": "temsirolimus", "title": "x", "author": make_user("editor")}
    Proposal.objects.create(**fields)

    with pytest.raises(IntegrityError):
        Proposal.objects.create(**fields)


def test_publishing_asks_as_often_for_six_arms_as_for_one(django_assert_num_queries):
    drugs = [make_drug() for _ in range(6)]
    make_trial(slug="arcc", arms=[{"drugs": drugs[:1]}], publish=False)
    make_trial(slug="intorsect", arms=[{"drugs": [drug]} for drug in drugs], publish=False)
    with CaptureQueriesContext(connection) as once:
        publish(Trial.objects.get(slug="arcc"))

    with django_assert_num_queries(len(once)):
        publish(Trial.objects.get(slug="intorsect"))

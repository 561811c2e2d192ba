"""The publication log: append-only, gapless, replayable, the same bytes for ever."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from drugs.models import Drug
from temsisite.publishing import actions, rules
from temsisite.publishing.models import Publication
from tests.factories import make_drug, make_finding, make_source, make_statement, make_trial, make_user, withdraw

pytestmark = pytest.mark.django_db


def export(client, **query):
    return b"".join(client.get("/api/v1/export.ndjson", query).streaming_content)


def replay(client):
    """Follow the changes feed from 0 and keep what a mirror would keep."""
    mirror, url = {}, "/api/v1/changes/?since=0&page_size=2"
    while url:
        page = client.get(url).json()
        for line in page["results"]:
            mirror.pop((line["kind"], line["slug"]), None)
            if line["document"] is not None:
                mirror[line["kind"], line["slug"]] = line["document"]
        url = page["next"]
    return list(mirror.values())


def test_sequences_have_no_gap_after_a_refusal():
    make_drug(inn="temsirolimus")
    draft = make_statement(publish=False, drug=make_drug(inn="everolimus", publish=False))
    proposal = actions.submit(record=draft, by=make_user("editor"))
    with pytest.raises(rules.Refused):
        actions.accept(proposal=proposal, by=make_user("reviewer"))

    make_drug(inn="sirolimus")

    sequences = list(Publication.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))


def test_every_document_carries_its_own_digest():
    make_finding(value="57.6", unit="PERCENT")

    for line in Publication.objects.all():
        assert hashlib.sha256(line.document.encode()).hexdigest() == line.sha256


def test_a_document_is_canonical_json():
    make_finding(value="57.6", unit="PERCENT", as_printed="57.6 percent – “stable”")

    for line in Publication.objects.all():
        again = json.dumps(json.loads(line.document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again == line.document


def test_a_new_version_ends_the_one_before(revise):
    drug = make_drug(inn="temsirolimus")

    revise(drug, developer="Wyeth")

    first, second = Publication.objects.of("drug", "temsirolimus")
    assert (first.ended_at_sequence, second.ended_at_sequence) == (second.sequence, None)


def test_replaying_the_changes_gives_the_export(client, revise):
    drug = make_drug(inn="temsirolimus")
    make_trial(arms=[{"drugs": [drug]}])
    gone = make_drug(inn="hara")
    revise(drug, developer="Wyeth")
    withdraw(gone)

    exported = [json.loads(line) for line in export(client).splitlines()]

    assert replay(client) == exported
    assert "hara" not in {document["slug"] for document in exported}


def test_the_state_at_an_old_sequence_keeps_its_bytes(client, revise):
    drug = make_drug(inn="temsirolimus", developer="Hara Wyeth")
    other = make_drug(inn="topotecan")
    before = export(client)
    then = Publication.objects.newest_sequence()

    revise(drug, developer="Wyeth")
    withdraw(other)
    make_drug(inn="sirolimus")

    assert export(client, as_of=then) == before
    assert export(client) != before


def test_every_state_can_be_replayed(client, revise):
    drug = make_drug(inn="temsirolimus")
    for developer in ("Ayerst", "Wyeth", "Pfizer"):
        revise(drug, developer=developer)
    withdraw(drug)

    sizes = [len(export(client, as_of=sequence).splitlines()) for sequence in range(6)]

    assert sizes == [0, 1, 1, 1, 1, 0]


def test_rows_and_documents_say_the_same():
    make_finding(value="3.0", unit="PERCENT", numerator=1, denominator=33, denominator_counts="RESPONSE_EVALUABLE")

    document = json.loads(Publication.objects.of("finding", Publication.objects.last().slug).last().document)

    assert (document["value"], document["numerator"], document["denominator"]) == ("3.0", 1, 33)


def test_the_log_is_verified_by_command(capsys):
    make_drug(inn="temsirolimus")

    call_command("verify_log")

    assert "1 line" in capsys.readouterr().out


def test_the_command_misses_a_line_that_was_deleted():
    make_drug(inn="temsirolimus")
    last = make_source()
    type(last).objects.filter(pk=last.pk).update(publication=None, status="DRAFT")
    Publication.objects.filter(sequence=2).delete()

    with pytest.raises(CommandError, match="Line 2 is missing"):
        call_command("verify_log")


def test_the_command_misses_a_public_record_that_became_a_draft():
    drug = make_drug(inn="temsirolimus")
    Drug.objects.filter(pk=drug.pk).update(publication=None, status="DRAFT")

    with pytest.raises(CommandError, match="The log has drug temsirolimus as public, but the tables do not"):
        call_command("verify_log")


def test_the_command_finds_a_document_that_was_changed():
    make_drug(inn="temsirolimus")
    Publication.objects.update(document='{"inn":"tamsilimus"}')

    with pytest.raises(CommandError, match="does not match its sha256"):
        call_command("verify_log")


def test_the_command_finds_a_row_that_was_changed_behind_the_log():
    make_drug(inn="temsirolimus")
    Drug.objects.update(developer="Hara Wyeth")

    with pytest.raises(CommandError, match="drug temsirolimus"):
        call_command("verify_log")

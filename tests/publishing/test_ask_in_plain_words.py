"""Somebody asks the search as one asks a person; what no record says as a whole is looked for in part, and said so."""

import pytest

from tests.factories import make_drug, make_source, make_statement
from tests.publishing.searching import find, titles

pytestmark = pytest.mark.django_db


def test_passes_over_the_words_that_only_ask(client):
    torisel = make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    make_statement(drug=torisel, statement="Side effects were mild.")

    content = find(client, "What are the side effects of Torisel?")

    assert "No record has all the words of “What are the side effects of Torisel?”" in content
    assert "1 record with “side effects” and “Torisel”; they need not answer the question:" in content
    assert titles(client, "What are the side effects of Torisel?") == ["Side effects were mild."]


def test_says_which_words_no_record_has(client):
    make_statement(statement="Of all people 29 had breast cancer.")
    make_statement(statement="Cancer of the kidney is common.")

    content = find(client, "does it cure breast cancer or baldness?")

    assert "No record has “cure” or “baldness”." in content
    assert titles(client, "does it cure breast cancer?") == ["Of all people 29 had breast cancer."]


def test_takes_the_name_of_a_record_for_the_most_telling_word(client):
    make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])
    make_source(title="Take notice")

    assert titles(client, "can I take Torisel with grapefruit") == ["Temsirolimus"]


def test_keeps_a_name_that_was_not_typed_to_its_end(client):
    make_drug(inn="temsirolimus")

    assert titles(client, "what is temsirol") == ["Temsirolimus"]


def test_takes_only_the_last_word_for_the_beginning_of_one(client):
    make_drug(inn="temsirolimus")
    make_source(title="Cancers of the kidney")

    content = find(client, "temsirol cancer")

    assert "No record has “temsirol”." in content
    assert titles(client, "cancer temsirol") == ["Temsirolimus"]


def test_says_that_a_long_question_was_cut(client):
    make_drug(inn="temsirolimus")

    assert "That was long" in find(client, "temsirolimus " + " ".join(f"word{number}" for number in range(25)))


def test_narrows_what_has_fewer_words(client):
    make_statement(statement="The bark heals.", verdict="SUPPORTED")
    make_source(title="Bark")

    content = find(client, "does bark heal warts", kind="source")

    assert '<a href="?q=bark&amp;kind=statement">Statements' in content
    assert titles(client, "does bark heal warts", kind="source") == ["Bark"]
    assert titles(client, "does bark heal warts", verdict="SUPPORTED") == ["The bark heals."]


def test_offers_nothing_else_where_only_the_verdict_excludes_what_was_found(client):
    make_statement(statement="The bark heals.", verdict="SUPPORTED")

    assert "No record with this verdict has “bark heals”" in find(client, "bark heals", verdict="REFINED")


@pytest.mark.parametrize("query", ["what is it", "zzz", "does zzz do it?"])
def test_offers_nothing_where_no_word_is_known(client, query):
    make_drug(inn="temsirolimus")

    assert "Every word must occur in the same record" in find(client, query)


def test_asks_the_database_at_most_once_more_per_word(client, count_queries):
    make_drug(inn="temsirolimus")
    words = [f"word{number}" for number in range(19)]
    make_source(title="One " + " ".join(words[:9]))
    make_source(title="Other " + " ".join(words[9:]))
    found = count_queries("/search/?q=word1")

    assert count_queries("/search/?q=" + "+".join(words)) <= found + len(words) + 5

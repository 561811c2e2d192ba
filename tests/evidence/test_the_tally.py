"""The bar that shows how the claims of a source fare."""

from itertools import pairwise

import pytest

from temsisite.evidence.pictures import LABEL, segments
from tests.factories import make_source, make_statement


@pytest.mark.django_db
def test_says_what_the_bar_shows_and_lists_it(client):
    article = make_source(slug="temsirolimus-article")
    make_statement(source=article, verdict="SUPPORTED")
    make_statement(source=article, verdict="CONTRADICTED")

    page = client.get("/sources/temsirolimus-article/").text

    assert 'aria-label="The verdicts as a bar: 1 supported, 1 contradicted"' in page
    assert '<a href="/sources/temsirolimus-article/?verdict=CONTRADICTED">Contradicted</a>' in page
    assert '<data value="1">1</data></td><td>50 %</td>' in page


def test_parts_are_as_wide_as_their_share_and_fill_the_bar():
    parts = segments([35, 18, 5, 9])

    assert [part["width"] for part in parts] == [52.24, 26.87, 7.46, 13.43]
    assert parts[3]["x"] + parts[3]["width"] == pytest.approx(100)


def test_labels_of_small_parts_do_not_touch():
    labels = [part["label_x"] for part in segments([2000, 1, 1, 1, 1])]

    assert all(after - before >= LABEL for before, after in pairwise(labels))
    assert labels[-1] <= 100 - LABEL


def test_nothing_counted_is_nothing_drawn():
    assert {part["width"] for part in segments([0, 0, 0, 0])} == {0}

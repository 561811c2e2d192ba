"""What is measured by `make bench` has the shape of what is published."""

import pytest

from temsisite.publishing import search
from temsisite.publishing.models import SearchDocument
from tests.benchmarks import synthesis

pytestmark = pytest.mark.django_db


def test_made_up_trials_and_findings_are_found_as_real_ones_are(monkeypatch):
    for many in ("DRUGS", "DISEASES", "SOURCES"):
        monkeypatch.setattr(synthesis, many, 3)
    synthesis.Site().grow(3)
    rows = SearchDocument.objects.order_by("pk")
    made_up = list(rows.values())

    search.rebuild()

    assert list(rows.values()) == made_up

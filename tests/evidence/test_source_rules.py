"""What may never be true of a source, and what a reviewer sees of its text."""

import hashlib
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from temsisite.evidence.models import Source
from temsisite.publishing.models import Proposal
from tests.editors.browsing import press, text
from tests.factories import make_source, make_statement, make_user

pytestmark = pytest.mark.django_db


def document_of(source):
    return json.loads(source.publication.document)


class TestItsText:
    def test_is_not_published_but_its_digest_is(self):
        source = make_source(text="Temsirolimus is a prodrug.")

        assert "prodrug" not in source.publication.document
        assert document_of(source)["text_sha256"] == hashlib.sha256(b"Temsirolimus is a prodrug.").hexdigest()

    def test_has_no_digest_where_there_is_none(self):
        assert document_of(make_source())["text_sha256"] is None

    def test_is_seen_to_change(self, client):
        client.force_login(make_user("reviewer", "Editors", "Reviewers"))
        source = make_source(text="Temsirolimus is a prodrug.")
        address = f"/admin/evidence/source/{source.pk}/change/"

        press(client, "_propose", address, text="Temsirolimus is not only a prodrug.", note="Copied anew.")

        proposal = Proposal.objects.open().get()
        assert "Text sha256" in text(client.get(f"/admin/publishing/proposal/{proposal.pk}/change/"))
        assert json.loads(proposal.document)["text_sha256"] != document_of(source)["text_sha256"]

    def test_is_the_same_wherever_its_lines_break(self):
        assert (
            Source(text="Temsirolimus is\r\na prodrug.\n").text_sha256
            == Source(text="Temsirolimus is a prodrug.").text_sha256
        )

    def test_is_not_searched_by_its_digest(self, client):
        source = make_source(text="Temsirolimus is a prodrug.")

        assert client.get("/search/", {"q": source.text_sha256[:3]}).context["groups"] == []

    def test_holds_what_is_quoted_from_it(self):
        source = make_source(text="Temsirolimus is\na prodrug.")

        assert make_statement(source=source, quotation="is a prodrug").is_public
        with pytest.raises(ValidationError, match="These words do not occur in the text of the source"):
            make_statement(source=source, quotation="is an antibody")


class TestItsNumbers:
    def test_a_doi_stands_once_in_whatever_case(self):
        make_source(doi="10.1056/NEJMoa066838")

        with pytest.raises(ValidationError, match="Another source already has this DOI"):
            Source(doi="10.1056/nejmoa066838").validate_constraints()
        with pytest.raises(IntegrityError):
            make_source(doi="10.1056/nejmoa066838")

    def test_a_pubmed_number_stands_once(self):
        make_source(pmid="17538086")

        with pytest.raises(ValidationError, match="Another source already has this PubMed number"):
            Source(pmid="17538086").validate_constraints()
        with pytest.raises(IntegrityError):
            make_source(pmid="17538086")

    def test_many_sources_have_neither(self):
        make_source()

        assert make_source().is_public

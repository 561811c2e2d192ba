"""Loading fixtures: a bad one says what is wrong with which record, and the demo accounts come with DEBUG only."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from drugs.models import Drug
from temsisite.publishing.models import Publication


def write_fixture(folder, settings, *rows):
    settings.FIXTURE_DIRS = [folder]
    (folder / "odd.json").write_text(json.dumps([{"model": model, "fields": fields} for model, fields in rows]))


@pytest.mark.django_db
class TestABadFixture:
    def test_names_the_record_and_the_rule(self, tmp_path, settings):
        source = {"slug": "leaflet", "type": "LABEL", "title": "Leaflet", "standing": "WEAK", "pmid": "x1"}
        write_fixture(tmp_path, settings, ("evidence.source", source))

        with pytest.raises(CommandError, match=r"source leaflet: pmid: A PubMed number has digits only"):
            call_command("seed", "odd", stdout=StringIO())

    def test_names_a_reference_that_leads_nowhere(self, tmp_path, settings):
        drug = {"slug": "everolimus", "inn": "everolimus", "derived_from": ["rapamycin"]}
        write_fixture(tmp_path, settings, ("drugs.drug", drug))

        with pytest.raises(CommandError, match=r"drug everolimus: .*rapamycin"):
            call_command("seed", "odd", stdout=StringIO())

    def test_names_the_record_that_a_bad_part_belongs_to(self, tmp_path, settings):
        drug = {"slug": "everolimus", "inn": "everolimus"}
        part = {"drug": ["everolimus"], "scheme": "CHEBI", "value": "79699"}
        write_fixture(tmp_path, settings, ("drugs.drug", drug), ("drugs.drugidentifier", part))

        with pytest.raises(CommandError, match=r"drug everolimus: value: “79699” is not a ChEBI"):
            call_command("seed", "odd", stdout=StringIO())

    def test_names_a_rule_of_the_table_in_words(self, tmp_path, settings):
        trial = {"slug": "arcc", "brief_title": "ARCC", "phase": "PHASE3", "enrollment": 626}
        write_fixture(tmp_path, settings, ("trials.trial", trial))

        with pytest.raises(CommandError, match=r"trial arcc: .*Say whether the enrollment was counted or planned"):
            call_command("seed", "odd", stdout=StringIO())

    def test_names_a_model_that_does_not_exist(self, tmp_path, settings):
        write_fixture(tmp_path, settings, ("drugs.potion", {"slug": "elixir"}))

        with pytest.raises(CommandError, match=r"“drugs\.potion” is not a kind of record"):
            call_command("seed", "odd", stdout=StringIO())

    def test_loads_nothing_at_all(self, tmp_path, settings):
        good = {"slug": "everolimus", "inn": "everolimus"}
        bad = {"slug": "leaflet", "type": "LABEL", "title": "Leaflet", "standing": "WEAK", "doi": "11.1/x"}
        write_fixture(tmp_path, settings, ("drugs.drug", good), ("evidence.source", bad))

        with pytest.raises(CommandError, match="A DOI begins with 10"):
            call_command("seed", "odd", stdout=StringIO())

        assert not Drug.objects.exists()
        assert not Publication.objects.exists()


@pytest.mark.django_db
class TestTheDemoAccounts:
    @pytest.fixture(autouse=True)
    def _nobody_is_there_yet(self):
        User.objects.all().delete()

    def test_exist_only_in_debug(self, settings, tmp_path):
        write_fixture(tmp_path, settings)
        settings.DEBUG = False

        call_command("seed", "odd", stdout=StringIO())

        assert not User.objects.filter(username__in=["editor", "reviewer"]).exists()

    def test_can_sign_in_and_the_reviewer_can_review(self, settings, tmp_path, client):
        write_fixture(tmp_path, settings)
        settings.DEBUG = True

        call_command("seed", "odd", stdout=StringIO())

        assert client.login(username="editor", password="rapa-nui-1964")
        assert not User.objects.get(username="editor").has_perm("publishing.review_proposal")
        assert User.objects.get(username="reviewer").has_perm("publishing.review_proposal")

    def test_are_left_alone_when_somebody_made_them_theirs(self, settings, tmp_path, client):
        write_fixture(tmp_path, settings)
        settings.DEBUG = True
        User.objects.create_user("editor", password="changed")

        call_command("seed", "odd", stdout=StringIO())

        assert not client.login(username="editor", password="rapa-nui-1964")

"""An editor takes a table, changes it, and brings it back, in a real browser."""

import json

import pytest

from temsisite.publishing.models import Proposal
from tests.e2e.looking import bring_axe, violations
from tests.factories import make_finding, make_source, make_user

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_takes_a_table_changes_it_and_proposes_the_change(sign_in, open_page, server):
    make_source(slug="report", publish=False, text="In all, 19 had stable disease.")
    make_finding(slug="stable", value="57.6", unit="PERCENT", measure="STABLE_DISEASE")
    sign_in(make_user("editor", "Editors"))
    page = open_page(server.url + "/admin/trials/finding/?q=stable")

    with page.expect_download() as download:
        page.get_by_text("Export as CSV").click()
    table = download.value.path().read_text("utf-8-sig").replace("57.6", "57.60")
    page.get_by_text("Import a table").click()
    page.set_input_files("#id_file", {"name": "t.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.get_by_role("button", name="Try it").click()
    bring_axe(page)
    found = [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in violations(page)]
    page.get_by_label("What changes and why").fill("Two digits, as printed.")
    page.get_by_role("button", name="Import 1 row").click()

    assert "Imported: 1 change proposed for review." in page.text_content(".messagelist")
    assert json.loads(Proposal.objects.open().get().document)["value"] == "57.60"
    assert found == []

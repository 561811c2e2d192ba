"""Two people and one record, in a real browser: review, preview, acceptance, and what comes too late brought along."""

import pytest

from temsisite.publishing.models import Proposal
from tests.factories import make_drug, make_user, propose

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(server):
    """The address of a site on which two people propose to change one drug."""
    drug = make_drug(inn="temsirolimus", developer="Wyeth", summary="It is given by vein.")
    ada, emmy = make_user("ada", "Editors"), make_user("emmy", "Editors")
    propose(drug, ada, developer="Pfizer", summary="It is given by vein, slowly.")
    propose(drug, emmy, route="INTRAVENOUS", summary="It is given by vein, weekly.")
    return server.url


def test_a_change_is_accepted_and_the_one_that_came_too_late_is_brought_up_to_date(site, sign_in, open_page):
    sign_in(make_user("grace", "Editors", "Reviewers"))
    page = open_page(site + "/admin/", width=360)

    page.get_by_role("link", name="change: temsirolimus").first.click()
    assert page.locator(".competitors summary").inner_text().startswith("Change by emmy")
    page.get_by_role("link", name="preview of its page as it would be").click()
    assert "Nothing of it is published" in page.locator(".status-banner").inner_text()
    assert "Pfizer" in page.locator("main").inner_text()
    page.get_by_role("link", name="Back to the proposal").click()
    page.get_by_role("button", name="Accept and publish").click()
    assert "Done" in page.locator(".messagelist").inner_text()

    sign_in(make_user("emmy", "Editors"))
    page.goto(site + "/admin/")
    page.locator("#desk-stale ~ ul a").click()
    page.get_by_role("button", name="Propose it from version 2").click()  # the browser asks for a choice
    assert page.locator("input:invalid").count() > 0
    page.get_by_label("In other words, which you write here").check()
    page.get_by_label("Summary in other words").fill("It is given by vein, slowly, once a week.")
    page.get_by_role("button", name="Propose it from version 2").click()

    assert "It waits for review again, from version 2." in page.locator(".messagelist").inner_text()
    changed = page.locator(".diff tbody th").all_inner_texts()
    assert changed == ["Route of administration", "Summary"]
    assert Proposal.objects.open().get().base_version == 2

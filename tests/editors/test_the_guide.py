"""The editors' guide: staff read it, every chapter is led to from the pages it explains, every picture is there."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from temsisite.publishing import guide
from tests.factories import make_drug, make_finding, make_source, make_trial
from tests.reading import links, read, tree

pytestmark = pytest.mark.django_db
GUIDE = "/admin/guide/"
HEAVIEST = 60_000  # bytes of a picture


def led_to(page):
    """The chapters that a page leads to by its “How to …”."""
    addresses = links(page, ".//p[@class='how-to']").values()
    return {urlsplit(address).fragment for address in addresses if address.startswith(GUIDE)}


def pictures(page):
    return [image.get("src") for image in tree(page).iterfind(".//figure/img")]


def test_every_chapter_stands_in_the_contents_and_has_its_heading(editor):
    page = editor.get(GUIDE)

    headings = {heading.get("id"): heading.text for heading in tree(page).iter("h2") if heading.get("id")}
    assert headings == {anchor: title for anchor, (title, _) in guide.CHAPTERS.items()}
    assert list(links(page, ".//nav[@class='guide-contents']").values()) == [f"#{anchor}" for anchor in headings]


def test_the_header_of_every_page_leads_to_it(editor):
    for address in ("/admin/", "/admin/drugs/drug/", "/admin/drugs/drug/add/"):
        assert links(editor.get(address), ".//header")["Guide"] == GUIDE


@pytest.mark.parametrize(
    ("address", "chapters"),
    [
        ("/admin/", {"due", "life"}),
        ("/admin/trials/finding/add/", {"findings", "claims", "verdicts", "quotations"}),
        ("/admin/trials/finding/", {"findings", "importing"}),
        ("/admin/drugs/statement/add/", {"life", "claims", "verdicts"}),
        ("/admin/evidence/source/add/", {"life", "quotations"}),
        ("/admin/publishing/proposal/", {"four-eyes", "rebasing"}),
        ("/admin/password_change/", set()),
    ],
)
def test_a_page_leads_to_the_chapters_that_explain_it(editor, address, chapters):
    assert led_to(editor.get(address)) == chapters


def test_every_chapter_is_led_to_from_a_page(editor):
    forms = [
        f"/admin/{record._meta.app_label}/{record.kind()}/{record.pk}/change/"
        for record in (make_finding(), make_trial(), make_source(), make_drug())
    ]
    pages = ["/admin/", "/admin/publishing/proposal/", "/admin/trials/finding/", "/admin/trials/finding/add/", *forms]

    assert set().union(*(led_to(editor.get(page)) for page in pages)) == set(guide.CHAPTERS)


def test_no_page_leads_to_a_chapter_that_is_not_there():
    assert set().union(*guide.PAGES.values()) == set(guide.CHAPTERS)


def test_every_picture_is_there_and_light(editor):
    named = [address.removeprefix("/static/") for address in pictures(editor.get(GUIDE))]

    assert 0 < len(named) <= 6
    for name in named:
        path = finders.find(name)
        assert path, f"{name} is not there: make pictures"
        with open(path, "rb") as picture:
            assert len(picture.read()) < HEAVIEST, name


def test_every_picture_is_described(editor):
    described = [image.get("alt") for image in tree(editor.get(GUIDE)).iterfind(".//figure/img")]

    assert all(len(words.split()) > 5 for words in described)
    assert len(read(editor.get(GUIDE), ".//figure/figcaption")) == len(described)


def test_only_staff_read_it():
    assert re.match("/admin/login/", Client().get(GUIDE)["Location"])

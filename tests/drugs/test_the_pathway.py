"""The picture of how a drug works: drawn from published claims, on the pages of drugs and targets."""

import re

import pytest

from drugs.pictures import draw, too_many
from tests.factories import make_drug, make_mechanism, make_regulation, make_target, withdraw
from tests.reading import read, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def mtor():
    return make_target(name="mTOR", gene_symbol="MTOR")


@pytest.fixture
def temsirolimus(mtor):
    drug = make_drug(inn="temsirolimus")
    make_mechanism(drug=drug, target=mtor, action="INHIBITS", slug="us-label-inhibits-mtor", verdict="SUPPORTED")
    return drug


def picture(page):
    """The first of the two drawings, which narrow columns show."""
    return tree(page).find(".//div[@class='picture pathway']/figure/svg")


def lines(page):
    """Where the lines of the picture lead, by what they say."""
    return {mark.get("aria-label"): mark.get("href") for mark in picture(page).iterfind("a[@class='mark']")}


def heads(page):
    """What is drawn at the end of each line, by what it says."""
    drawn = [head.get("d") for head in picture(page).iterfind("g[@class='edge']/path[@class='head']")]
    return dict(zip(lines(page), drawn, strict=True))


def test_draws_what_inhibits_as_inhibiting(client, temsirolimus):
    page = client.get("/drugs/temsirolimus/")

    [head] = heads(page).values()
    assert re.fullmatch(r"M[\d.]+ [\d.]+L[\d.]+ [\d.]+", head)  # a bar; an arrow has two strokes
    assert "inhibits or inactivates" in read(page, ".//ul[@class='pathway-key']/li")


def test_draws_what_activates_as_an_arrow(client, temsirolimus, mtor):
    make_regulation(regulator=mtor, effect="ACTIVATES", target=make_target(name="S6K1", gene_symbol="RPS6KB1"))

    page = client.get("/drugs/temsirolimus/")

    assert heads(page)["2: mTOR activates S6K1"].count("L") == 2


def test_leads_from_a_line_to_its_claim_and_says_its_verdict(client, temsirolimus):
    page = client.get("/drugs/temsirolimus/").text

    assert 'href="/mechanisms/us-label-inhibits-mtor/" aria-label="1: temsirolimus inhibits mTOR, supported"' in page


def test_draws_what_is_contradicted_as_contradicted_and_says_what_is_right(client, temsirolimus, mtor):
    brake = make_target(name="4E-BP1", gene_symbol="EIF4EBP1")
    note = "It is the reverse: mTOR inactivates 4E-BP1."
    make_regulation(regulator=mtor, target=brake, verdict="CONTRADICTED", verdict_note=note)

    page = client.get("/drugs/temsirolimus/").text

    assert '<g class="edge contradicted">' in page
    assert re.search(r'<p class="pathway-wrong verdict-contradicted">2: .*' + note, page, re.DOTALL)


def test_draws_one_line_for_what_several_claims_say(client, temsirolimus, mtor):
    make_mechanism(drug=temsirolimus, target=mtor, action="INHIBITS", statement="It inhibits mTOR.")
    make_mechanism(drug=temsirolimus, target=mtor, action="ACTS_ON", statement="It acts on mTOR.")

    page = client.get("/drugs/temsirolimus/")

    assert lines(page) == {"1: temsirolimus inhibits mTOR, supported": "#edge-1"}
    assert len(read(page, ".//tr[@id='edge-1']/td[@data-label='Claims']//li")) == 3


def test_keeps_a_contradicted_direction_apart_from_what_holds(client):
    drug, brake = make_drug(inn="sirolimus"), make_target(name="FKBP12", gene_symbol="FKBP1A")
    make_mechanism(drug=drug, target=brake, action="ACTIVATES", verdict="CONTRADICTED")
    make_mechanism(drug=drug, target=brake, action="ACTS_ON", verdict="SUPPORTED")

    page = client.get("/drugs/sirolimus/")

    assert list(lines(page)) == [
        "1: sirolimus activates FKBP12, contradicted",
        "2: sirolimus acts on FKBP12, supported",
    ]
    assert read(page, ".//div[@class='picture pathway']/figure/svg/desc")[0] == "sirolimus acts on FKBP12."


def test_marks_a_direction_with_the_verdicts_on_claims_that_state_it(client):
    drug, brake = make_drug(inn="sirolimus"), make_target(name="FKBP12", gene_symbol="FKBP1A")
    make_mechanism(drug=drug, target=brake, action="BINDS", verdict="REFINED")
    make_mechanism(drug=drug, target=brake, action="INHIBITS")
    make_mechanism(drug=drug, target=brake, action="ACTS_ON", verdict="SUPPORTED")

    page = client.get("/drugs/sirolimus/")

    assert list(lines(page)) == ["1: sirolimus binds FKBP12, refined", "2: sirolimus inhibits FKBP12"]


def test_takes_no_partner_from_a_contradicted_claim(client, temsirolimus, mtor):
    partner = make_target(name="FKBP12", gene_symbol="FKBP1A")
    make_mechanism(drug=temsirolimus, target=mtor, through=partner, verdict="CONTRADICTED")

    assert list(lines(client.get("/drugs/temsirolimus/"))) == [
        "1: temsirolimus with FKBP12 inhibits mTOR, contradicted",
        "2: temsirolimus inhibits mTOR, supported",
        "3: temsirolimus joins FKBP12, contradicted",
    ]


def test_draws_a_drug_that_acts_only_with_a_protein_through_it(client, mtor):
    drug = make_drug(inn="temsirolimus")
    make_mechanism(drug=drug, target=mtor, through=make_target(name="FKBP12", gene_symbol="FKBP1A"))

    page = client.get("/drugs/temsirolimus/")

    assert list(lines(page)) == ["1: temsirolimus with FKBP12 inhibits mTOR", "2: temsirolimus joins FKBP12"]
    assert len(picture(page).findall("g/path[@class='bound']")) == 1
    assert "only together with the drug" in read(page, ".//ul[@class='pathway-key']/li")


def test_follows_the_pathway_upstream_and_down(client, temsirolimus, mtor):
    brake, energy = make_target(name="TSC2", gene_symbol="TSC2"), make_target(name="AMPK", gene_symbol="PRKAA1")
    make_regulation(regulator=brake, effect="INACTIVATES", target=mtor)
    make_regulation(regulator=energy, target=brake)
    make_regulation(regulator=mtor, process="cell growth")

    page = client.get("/drugs/temsirolimus/").text

    assert 'class="node" href="/targets/prkaa1/"' in page
    assert "mTOR activates cell growth" in page


def test_shows_a_target_among_its_neighbors(client, temsirolimus, mtor):
    make_regulation(regulator=mtor, target=make_target(name="S6K1", gene_symbol="RPS6KB1"))

    page = client.get("/targets/mtor/")

    assert list(lines(page)) == ["1: temsirolimus inhibits mTOR, supported", "2: mTOR activates S6K1"]


def test_loses_a_line_when_its_claim_is_withdrawn(client, temsirolimus, mtor):
    claim = make_regulation(regulator=mtor, target=make_target(name="S6K1", gene_symbol="RPS6KB1"))
    withdraw(claim)

    page = client.get("/drugs/temsirolimus/")

    assert list(lines(page)) == ["1: temsirolimus inhibits mTOR, supported"]


def test_shows_no_picture_of_a_drug_without_mechanisms(client):
    make_drug(inn="ridaforolimus")

    page = client.get("/drugs/ridaforolimus/").text

    assert "The pathway" not in page
    assert "drugs/pictures.css" not in page


def test_stands_on_the_front_page(client, temsirolimus):
    assert "How temsirolimus works" in client.get("/").text


def test_says_how_many_lines_found_no_room(client, temsirolimus, mtor):
    for number in range(5):
        make_regulation(regulator=mtor, target=make_target(name=f"S6K{number}"))

    page = client.get("/drugs/temsirolimus/").text

    assert "2 more lines found no room here and stand only in the table." in page
    assert page.count('data-label="Line">not drawn</td>') == 2


def test_gives_a_protein_that_regulates_itself_the_layer_it_would_have(client, temsirolimus, mtor):
    make_regulation(regulator=mtor, target=mtor)
    make_regulation(regulator=mtor, target=make_target(name="S6K1", gene_symbol="RPS6KB1"))
    other = make_mechanism(drug=temsirolimus).target
    for _ in range(3):
        make_regulation(regulator=other)

    drawn = lines(client.get("/drugs/temsirolimus/"))

    assert len(drawn) == 5  # two from the drug, and three of the four that stand side by side


def test_asks_as_often_for_six_lines_as_for_one(client, temsirolimus, mtor, count_queries):
    make_regulation(regulator=mtor, process="cell growth")
    once = count_queries("/drugs/temsirolimus/")
    for number in range(5):
        make_regulation(regulator=mtor, process=f"process {number}", verdict="REFINED")

    assert count_queries("/drugs/temsirolimus/") == once


def test_a_circle_can_be_drawn():
    edges = [
        {"start": ("target", start), "goal": ("target", goal), "sign": "activates", "verdicts": 2}
        for start, goal in ("ab", "bc", "ca", "ac")
    ]

    drawing = draw({("target", name): name for name in "abc"}, edges)

    assert len(drawing["edges"]) == 4
    assert all(node["x"] >= 0 and node["x"] + node["width"] <= drawing["width"] for node in drawing["nodes"].values())


def test_a_crowd_is_cut_to_what_matters_most():
    names = [("target", str(number)) for number in range(300)]
    links = [(names[0], name) for name in names[1:]]

    gone = too_many(names, links, {name: -number for number, name in enumerate(names)})

    assert [name for name in names if name not in gone] == names[:4]

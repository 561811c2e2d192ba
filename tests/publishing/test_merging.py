"""Two changes of one version brought together: pure functions, first by example, then by many seeded accidents."""

import random

import pytest

from temsisite.publishing.merging import (
    BOTH,
    MINE,
    OTHER,
    THEIRS,
    Merge,
    choices,
    merge,
    resolve,
    rows_of,
    snapshot_of,
    undecided,
)

DRUG = {"inn": "temsirolimus", "developer": "Wyeth", "summary": "Given by vein.", "sources": [["hudes-2007"]]}
ARM = {"number": 1, "title": "temsirolimus", "drugs": [["temsirolimus"]]}


def of(arms=(), **fields):
    """The rows of a record like the drug above, with these arms."""
    return {(): DRUG | fields} | {("trials.arm", arm["number"]): arm for arm in arms}


def keys(merged):
    return [conflict.key for conflict in merged.conflicts]


def test_takes_what_only_one_side_changed():
    merged = merge(of(), of(developer="Pfizer"), of(summary="Given weekly."))

    assert merged == Merge(of(developer="Pfizer", summary="Given weekly."))


def test_asks_about_what_both_changed():
    merged = merge(of(), of(developer="Pfizer"), of(developer="Wyeth-Ayerst"))

    assert keys(merged) == ["developer"]
    assert (merged.conflicts[0].base, merged.conflicts[0].theirs) == ("Wyeth", "Pfizer")
    assert merged.conflicts[0].mine == "Wyeth-Ayerst"


def test_does_not_ask_where_both_changed_to_the_same():
    assert merge(of(), of(developer="Pfizer"), of(developer="Pfizer")) == Merge(of(developer="Pfizer"))


@pytest.mark.parametrize(
    ("choice", "developer"), [(THEIRS, "Pfizer"), (MINE, "Wyeth-Ayerst"), (OTHER, "Wyeth, now Pfizer")]
)
def test_what_was_chosen_stands(choice, developer):
    merged = merge(of(), of(developer="Pfizer"), of(developer="Wyeth-Ayerst"))

    rows = resolve(merged, {"developer": choice}, {"developer": "Wyeth, now Pfizer"})

    assert rows == of(developer=developer)


def test_the_order_of_links_is_no_change():
    both, turned = [["hudes-2007"], ["us-label"]], [["us-label"], ["hudes-2007"]]

    assert merge(of(sources=both), of(sources=turned), of(sources=both)).conflicts == []


def test_links_that_both_added_may_stand_side_by_side():
    merged = merge(of(), of(sources=[["hudes-2007"], ["us-label"]]), of(sources=[["kwitkowski-2010"]]))

    assert choices(merged.conflicts[0]) == [THEIRS, MINE, BOTH]
    assert resolve(merged, {"sources": BOTH})[()]["sources"] == [["us-label"], ["kwitkowski-2010"]]


def test_takes_a_part_that_only_one_side_added_changed_or_removed():
    second, third = ARM | {"number": 2}, ARM | {"number": 3}
    renamed = ARM | {"title": "temsirolimus 25 mg"}

    merged = merge(of([ARM, second]), of([renamed, second]), of([ARM, third]))

    assert merged == Merge(of([renamed, third]))


def test_merges_a_part_field_by_field():
    merged = merge(of([ARM]), of([ARM | {"title": "25 mg"}]), of([ARM | {"drugs": []}]))

    assert merged == Merge(of([ARM | {"title": "25 mg", "drugs": []}]))


def test_asks_about_a_field_of_a_part():
    merged = merge(of([ARM]), of([ARM | {"title": "25 mg"}]), of([ARM | {"title": "75 mg"}]))

    assert keys(merged) == ["title trials.arm 1"]
    assert resolve(merged, {"title trials.arm 1": MINE}) == of([ARM | {"title": "75 mg"}])


@pytest.mark.parametrize(("choice", "arms"), [(THEIRS, [ARM | {"title": "25 mg"}]), (MINE, [])])
def test_asks_about_a_part_that_one_side_removed_and_the_other_changed(choice, arms):
    merged = merge(of([ARM]), of([ARM | {"title": "25 mg"}]), of())

    assert keys(merged) == ["- trials.arm 1"]
    assert resolve(merged, {"- trials.arm 1": choice}) == of(arms)


@pytest.mark.parametrize(("choice", "arms"), [(THEIRS, []), (MINE, [ARM | {"title": "75 mg"}])])
def test_asks_about_a_part_that_i_changed_and_the_other_side_removed(choice, arms):
    merged = merge(of([ARM]), of(), of([ARM | {"title": "75 mg"}]))

    assert resolve(merged, {"- trials.arm 1": choice}) == of(arms)


def test_two_arms_that_got_one_number_may_both_stand():
    placebo, control = ARM | {"title": "placebo"}, ARM | {"title": "interferon alfa"}
    merged = merge(of(), of([placebo]), of([control]))

    rows = resolve(merged, {"- trials.arm 1": BOTH})

    assert rows == of([placebo, control | {"number": 2}])


def test_a_choice_that_is_none_decides_nothing():
    merged = merge(of(), of(developer="Pfizer"), of(developer="Wyeth-Ayerst"))

    assert undecided(merged, {"developer": BOTH, "inn": MINE}) == merged.conflicts
    assert undecided(merged, {"developer": MINE}) == []


def test_a_field_that_my_snapshot_did_not_know_yet_stays():
    old = {(): {name: value for name, value in DRUG.items() if name != "developer"}}

    assert merge(old, of(), old) == Merge(of())


def test_reads_parts_by_their_own_keys_and_writes_them_again():
    text = snapshot_of(
        {(): {"inn": "temsirolimus"}, ("drugs.drugsynonym", "Torisel"): {"name": "Torisel"}}, "drugs.drug"
    )

    assert rows_of(text) == {(): {"inn": "temsirolimus"}, ("drugs.drugsynonym", "Torisel"): {"name": "Torisel"}}


# Many accidents, the same in every run: a version and two descendants, changed by chance in fields, links and parts


def accidents():
    for seed in range(500):
        chance = random.Random(seed)
        base = of([ARM | {"number": number} for number in range(1, chance.randint(1, 4))])
        yield seed, base, changed(base, chance), changed(base, chance)


def changed(rows, chance):
    rows = {key: dict(row) for key, row in rows.items()}
    for _ in range(chance.randint(0, 4)):
        key, number = chance.choice(list(rows)), chance.randint(1, 6)
        what = chance.choice(["text", "links", "add", "remove"])
        if what == "text":
            rows[key]["title" if key else chance.choice(["developer", "summary"])] = chance.choice("abc")
        elif what == "links":
            rows[key]["drugs" if key else "sources"] = [[slug] for slug in "xyz" if chance.random() < 0.5]
        elif what == "add":
            rows["trials.arm", number] = ARM | {"number": number, "title": chance.choice("abc")}
        elif key:
            del rows[key]
    return rows


def differing(before, after):
    """The places at which rows differ, with what stands there after."""
    places = {(key, name) for rows in (before, after) for key in rows for name in rows[key]}
    told = {place: after.get(place[0], {}).get(place[1]) for place in places}
    return {place: value for place, value in told.items() if before.get(place[0], {}).get(place[1]) != value}


def test_one_side_alone_is_taken_as_it_is():
    for seed, base, theirs, mine in accidents():
        assert merge(base, base, mine) == Merge(mine), seed
        assert merge(base, theirs, base) == Merge(theirs), seed
        assert merge(base, mine, mine) == Merge(mine), seed


def test_both_orders_ask_the_same_and_agree_where_nothing_is_asked():
    for seed, base, theirs, mine in accidents():
        one, other = merge(base, theirs, mine), merge(base, mine, theirs)

        assert sorted(keys(one)) == sorted(keys(other)), seed
        assert one.conflicts or one.rows == other.rows, seed


@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_nothing_of_a_side_is_lost_where_it_is_chosen(choice):
    for seed, base, theirs, mine in accidents():
        merged = merge(base, theirs, mine)

        rows = resolve(merged, dict.fromkeys(keys(merged), choice))

        for (key, name), value in differing(base, mine if choice == MINE else theirs).items():
            assert rows.get(key, {}).get(name) == value, seed


def test_nothing_but_what_a_side_said_comes_of_it():
    for seed, base, theirs, mine in accidents():
        merged = merge(base, theirs, mine)

        rows = resolve(merged, dict.fromkeys(keys(merged), MINE))

        for place, value in differing(base, rows).items():
            assert value in (differing(base, mine).get(place), differing(base, theirs).get(place)), seed

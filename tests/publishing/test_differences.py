from temsisite.publishing.comparing import compared, field_sides
from temsisite.publishing.naming import Names
from temsisite.publishing.shape import Shape


def told(old, new):
    """The fields in which two documents differ, each with both sides as pairs of operation and text."""
    rows = compared(old, new, Names({}))
    return [{"field": row["field"], "old": pairs(row["old"]), "new": pairs(row["new"])} for row in rows]


def told_of_parts(key, old, new):
    """The sides of a field whose parts are told a line each."""
    old_side, new_side = field_sides(Shape.of(new), key, old[key], new[key], (old, new), Names({}))
    return {"old": pairs(old_side), "new": pairs(new_side)}


def pairs(side):
    return [(piece["op"], piece["text"]) for piece in side]


def test_marks_the_words_that_changed_in_a_text():
    old = {"kind": "trial", "summary": "Temsirolimus with erlotinib was stopped early."}
    new = {"kind": "trial", "summary": "Temsirolimus with erlotinib closed early."}

    assert told(old, new) == [
        {
            "field": "Summary",
            "old": [("same", "Temsirolimus with erlotinib "), ("del", "was stopped "), ("same", "early.")],
            "new": [("same", "Temsirolimus with erlotinib "), ("ins", "closed "), ("same", "early.")],
        }
    ]


def test_replaces_a_text_as_a_whole_when_little_of_it_is_left():
    rows = told({"why_stopped": "PI left institution"}, {"why_stopped": "High patient withdrawal rate"})

    assert rows == [
        {
            "field": "Why stopped",
            "old": [("del", "PI left institution")],
            "new": [("ins", "High patient withdrawal rate")],
        }
    ]


def test_says_codes_in_words_and_fields_as_the_editors_know_them():
    old = {"kind": "source", "doi": None, "retraction": "NONE"}
    new = {"kind": "source", "doi": "10.1056/NEJMoa066838", "retraction": "RETRACTED"}

    assert told(old, new) == [
        {"field": "DOI", "old": [], "new": [("same", "10.1056/NEJMoa066838")]},
        {"field": "Retraction", "old": [("del", "none known")], "new": [("ins", "retracted")]},
    ]


def test_keeps_the_order_in_which_the_fields_are_read():
    new = {"kind": "drug", "route": "INTRAVENOUS", "inn": "temsirolimus", "developer": "Wyeth"}

    assert [row["field"] for row in told(None, new)] == ["INN", "Route of administration", "Developer"]


def test_marks_a_part_that_came_as_a_whole():
    torisel, code = {"name": "Torisel", "type": "BRAND"}, {"name": "CCI-779", "type": "CODE"}

    assert told_of_parts(
        "synonyms", {"kind": "drug", "synonyms": [torisel]}, {"kind": "drug", "synonyms": [code, torisel]}
    ) == {
        "old": [("same", "Name: Torisel; Type: brand name\n")],
        "new": [("ins", "Name: CCI-779; Type: research code\n"), ("same", "Name: Torisel; Type: brand name\n")],
    }


def test_marks_the_words_that_changed_in_a_part():
    old, new = {"number": 1, "title": "temsirolimus 25 mg"}, {"number": 1, "title": "temsirolimus 15 mg"}

    assert told_of_parts("arms", {"kind": "trial", "arms": [old]}, {"kind": "trial", "arms": [new]}) == {
        "old": [("same", "Number: 1; Title: temsirolimus "), ("del", "25 "), ("same", "mg\n")],
        "new": [("same", "Number: 1; Title: temsirolimus "), ("ins", "15 "), ("same", "mg\n")],
    }


def test_passes_over_what_stayed_and_what_every_document_says_of_itself():
    old = {"kind": "drug", "version": 1, "sequence": 4, "inn": "temsirolimus", "smiles": None}
    new = {"kind": "drug", "version": 2, "sequence": 9, "inn": "temsirolimus", "smiles": ""}

    assert told(old, new) == []


def test_shows_a_key_that_the_code_has_forgotten():
    assert told({"kind": "drug", "half_life": "17.3 h"}, None) == [
        {"field": "Half life", "old": [("same", "17.3 h")], "new": []}
    ]

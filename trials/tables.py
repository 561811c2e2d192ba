"""The findings of one trial as tables: a row for each measure, its arms side by side.

Arms of one trial are made to be compared, for chance decided who got what; trials are not, and share no table.
"""

from django.template.loader import render_to_string

from temsisite.evidence.facts import NOT_RECORDED
from temsisite.evidence.matters import by_matter, for_and_against, in_order_of_trust
from temsisite.publishing.keeping import kept_rendering
from trials.comparisons import compare_findings
from trials.models import Finding
from trials.presenters import by_measure, details, finding_row, judged

Measure = Finding.Measure
TITLES = {
    "Who took part": Finding.SETTING,
    "What became of the tumors": (
        Measure.OBJECTIVE_RESPONSE,
        Measure.COMPLETE_RESPONSE,
        Measure.PARTIAL_RESPONSE,
        Measure.STABLE_DISEASE,
        Measure.PROGRESSIVE_DISEASE,
        Measure.DISEASE_CONTROL,
        Measure.STABLE_DISEASE_DURATION,
    ),
    "Survival and progression": (
        Measure.PROGRESSION_FREE_SURVIVAL,
        Measure.OVERALL_SURVIVAL,
        Measure.HAZARD_RATIO_PROGRESSION,
        Measure.HAZARD_RATIO_DEATH,
    ),
}
THE_REST = "Safety and discontinuation"


def finding_tables(arms, findings):
    """A table for each group of measures that has findings, with a column for each arm of their trial."""
    groups = dict(by_matter(by_measure(findings), _title))
    return [_table(title, arms, groups[title]) for title in (*TITLES, THE_REST) if title in groups]


def _title(finding):
    return next((title for title, measures in TITLES.items() if finding.measure in measures), THE_REST)


def _table(title, arms, findings):
    columns = _columns(arms, findings)
    rows = [_row(columns, group) for _, group in by_matter(findings, _measured)]
    return {"title": title, "columns": list(columns.values()), "rows": rows, "width": len(columns) + 1}


def _columns(arms, findings):
    """Titles of the columns by arm; where there is one arm, it is the whole trial."""
    if len(arms) < 2:
        return {None: arms[0].title if arms else "Found"}
    whole = {None: "The whole trial"} if any(finding.arm_id is None for finding in findings) else {}
    return whole | {arm.pk: arm.title for arm in arms}


def _measured(finding):
    """What makes a row: the same measure, whoever reports it and in whichever arm."""
    return (
        finding.measure,
        finding.event_term,
        finding.grade_band,
        finding.population,
        finding.time_frame,
        finding.compared_with_id,
    )


def _row(columns, findings):
    """One measure: a cell for each arm, or its words over the whole width if nobody gives a number."""
    first = findings[0]
    cells = [_cell(arm, title, findings, alone=len(columns) == 1) for arm, title in columns.items()]
    has_numbers = any(finding_row(finding)["figure"] for finding in findings)
    event = f": {first.event_term}" if first.event_term else ""
    return {
        "title": f"{first.get_measure_display().capitalize()}{event}",
        "details": details(first),
        "cells": cells if has_numbers else [_in_words(cells)],
        "notes": [row for cell in cells for row in cell["findings"] if row["needs_note"] or row["discrepancy_note"]],
        "weighed": [cell for cell in cells if cell["weighed"]],
    }


def _in_words(cells):
    """The cells of a row without any number as one: words stand over the whole width, each under its arm."""
    named = len(cells) > 1
    said = [row | {"arm": cell["title"] if named else ""} for cell in cells for row in cell["findings"]]
    return {"title": "Found", "span": named and len(cells), "findings": said}


def _cell(arm, title, findings, alone):
    """What the sources say of one arm, the one to rely on first, and how they stand to each other."""
    said = [finding for finding in findings if alone or finding.arm_id == arm]
    found = in_order_of_trust(sorted(said, key=lambda finding: finding_row(finding)["figure"] == ""))
    several_rules = len(found) > 1 and len({judged(finding) for finding in found}) > 1
    is_compared_with = arm in {finding.compared_with_id for finding in findings} - {None}
    return {
        "title": title,
        "span": "",
        "absence": "the others are compared with it" if is_compared_with else NOT_RECORDED,
        "findings": [_reading(finding, judged(finding) if several_rules else "") for finding in found],
        "weighed": for_and_against(found, compare_findings) if len(found) > 1 else "",
    }


def _reading(finding, judged):
    """What one source says, with the mark of its verdict unless it is the source's own word."""
    row = finding_row(finding)
    return row | {
        "arm": "",
        "judged": judged,
        "has_more": bool(judged or row["interval"] or row["p_value"] or row["no_figure"]),
        "sign": "" if row["is_own_word"] else _sign(row["verdict"], row["verdict_label"]),
    }


@kept_rendering
def _sign(verdict, label):
    """The mark of a verdict beside a figure, rendered once."""
    return render_to_string("trials/_reading_verdict.html", {"verdict": verdict, "label": label})

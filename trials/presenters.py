"""Rows and facts for the pages of trials and findings, and for what drugs and diseases show of their trials.

Rows stand in the order of trials, arms and measures, never in the order of a result: trials differ in whom they
took, so the better number is not the better drug.
"""

from django.db.models import Prefetch
from django.utils.html import format_html_join

from temsisite.evidence.facts import (
    NOT_RECORDED,
    claim_facts,
    fact,
    identifier_facts,
    known,
    record_fact,
    records_fact,
    review_fact,
)
from temsisite.evidence.fields import in_words
from temsisite.evidence.models import Source
from temsisite.evidence.presenters import claim_card
from temsisite.publishing.prepared import Prepared, parts_of
from trials.models import Finding, Trial

TRIALS_SHOWN = 100  # a drug of a thousand trials has a list for the rest
DECIDING_SHOWN = 30
ORDER = {measure: place for place, measure in enumerate(Finding.Measure)}
PHASES, STATUSES = dict(Trial.Phase.choices), {"": ""} | dict(Trial.OverallStatus.choices)

# Trials


def in_a_line(links):
    """Links in a line, as a cell of a table holds them."""
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def trial_row(trial):
    return {
        "title": trial.brief_title,
        "url": Trial.address(trial.slug),
        "nct_id": trial.nct_id,
        "phase": PHASES[trial.phase],
        "status": STATUSES[trial.overall_status],
        "enrollment": enrollment(trial),
        "start": in_words(trial.start_date),
    }


def enrollment(trial):
    """How many took part: “38”, or “206 planned”; never the two added."""
    if trial.enrollment is None:
        return ""
    planned = " planned" if trial.enrollment_type == Trial.Actuality.ESTIMATED else ""
    return f"{trial.enrollment}{planned}"


def people(trial):
    """The same within a sentence: “38 people”, or “206 people planned”."""
    return enrollment(trial).replace(str(trial.enrollment), f"{trial.enrollment} people")


def trial_facts(trial):
    status = trial.get_overall_status_display()
    printed = trial.overall_status_label
    return known(
        fact("NCT number", trial.nct_id, url=trial.registry_url, absent="none is known"),
        fact("Acronym", trial.acronym),
        *identifier_facts(trial),
        fact("Official title", trial.official_title),
        fact("Phase", trial.get_phase_display()),
        fact("Study type", trial.get_study_type_display()),
        fact(
            "Status",
            status,
            absent=NOT_RECORDED,
            note=f"as printed: {printed}" if printed and printed.lower() != status else "",
        ),
        None if trial.overall_status in Trial.FINAL else review_fact(trial, "Status to be checked again by"),
        fact("Why stopped", trial.why_stopped, absent=NOT_RECORDED if trial.stopped_early else ""),
        fact("Enrollment", _enrollment_in_words(trial), absent=NOT_RECORDED),
        fact("Started", in_words(trial.start_date), absent=NOT_RECORDED),
        fact("Main question measured", in_words(trial.primary_completion_date), absent=NOT_RECORDED),
        fact("Completed", in_words(trial.completion_date), absent=NOT_RECORDED),
        fact("Lead sponsor", trial.lead_sponsor, absent=NOT_RECORDED),
        fact("Collaborators", trial.collaborators),
        records_fact("Diseases", parts_of(trial, "diseases"), absent=NOT_RECORDED),
        fact("Who took part", trial.population, absent=NOT_RECORDED),
    )


def arm_rows(arms):
    return [
        {
            "number": arm.number,
            "title": arm.title,
            "type": arm.get_group_type_display(),
            "drugs": in_a_line((drug.get_absolute_url(), drug.inn) for drug in parts_of(arm, "drugs")),
            "regimen": arm.regimen,
            "enrollment": arm.enrollment,
        }
        for arm in arms
    ]


def trials_of_drug(drug):
    """The section of a drug's page: the trials that gave it, and what came out of them."""
    return _section(f"Trials with {drug}", f"drug={drug.slug}", Trial.objects.public().of_drug(drug))


def trials_of_disease(disease):
    """The section of a disease's page: the trials in people who have it, and what came out of them."""
    return _section(f"Trials in {disease}", f"disease={disease.slug}", disease.trials.public())


def _section(title, chosen, trials):
    findings = Finding.objects.public().outcomes().select_related("arm", "compared_with").with_sources()
    trials = trials.prefetch_related("arms", Prefetch("findings", queryset=findings, to_attr="outcomes"))
    trials = trials.in_a_row().order_by("-start_date", "slug")
    trials = list(trials[: TRIALS_SHOWN + 1])
    shown = trials[:TRIALS_SHOWN]
    return {
        "template": "trials/_trials_section.html",
        "id": "trials",
        "title": title,
        "url": f"/trials/?{chosen}",
        "side_effects_url": f"/findings/?{chosen}&measure={Finding.Measure.ADVERSE_EVENT}",
        "rows": [trial_row(trial) | {"outcomes": outcome_lines(trial, trial.outcomes)} for trial in shown],
        "has_more": len(trials) > len(shown),
    }


def outcome_lines(trial, findings):
    """What was counted, in a line each: “partial response: 3.0 %, 1/33”. Words are left to the trial's own page.

    Where a trial has several arms, every line names its own: a number without its group says nothing.
    """
    several = len(trial.arms.all()) > 1
    counted = [finding for finding in findings if finding.figure]
    return [
        claim_card(finding)
        | {
            "group": (finding.arm.title if finding.arm else "the whole trial") if several else "",
            "text": f"{measured(finding)}: {finding.figure}",
            "discrepancy_note": finding.discrepancy_note,
        }
        for finding in in_order(counted)
    ]


# Findings

OF_TRIAL = Prepared(
    lambda trial: (
        Finding.objects.public().filter(trial=trial).with_sources().order_by("source__title", "position", "slug")
    )
)


def findings_of(trial, arms):
    """The findings on a trial's page in the order of their sources, with its arms, which are at hand."""
    arms, findings = {arm.pk: arm for arm in arms}, OF_TRIAL(trial.pk)
    for finding in findings:
        finding.trial, finding.arm = trial, arms.get(finding.arm_id)
        finding.compared_with = arms.get(finding.compared_with_id)
    return findings


def in_order(findings):
    """One trial's findings arm by arm, the whole trial first; one measure's sources together."""
    return sorted(findings, key=lambda finding: (_place(finding), *_order(finding)))


def measured(finding):
    """What was measured, in whom and when: “adverse event: mucositis, grade 3–4, at 6 months”."""
    event = f": {finding.event_term}" if finding.event_term else ""
    return ", ".join(filter(None, [f"{finding.get_measure_display()}{event}", details(finding)]))


def details(finding):
    """What narrows a measure: “grade 3–4, endometrial carcinoma, at 6 months, against interferon alfa”."""
    other = f"against {finding.compared_with}" if finding.compared_with else ""
    grades = Finding.GradeBand(finding.grade_band).label if finding.grade_band else ""
    return ", ".join(filter(None, [grades, finding.population, finding.time_frame, other]))


def judged(finding):
    """By which rules and by whom, where it is said: “RECIST 1.1, independent review”."""
    return ", ".join(filter(None, [finding.get_criteria_display(), finding.get_assessor_display()]))


def finding_row(finding):
    """A finding's card with the columns of a table, made once for all that a page shows of it.

    One that has no number is shown in its words.
    """
    if "told" not in vars(finding):
        finding.told = claim_card(finding) | columns(finding)
    return finding.told


def columns(finding):
    """What a finding has beside other claims in a table."""
    return {
        "measure": Finding.Measure(finding.measure).label.capitalize(),
        "event_term": finding.event_term,
        "details": details(finding),
        "value": finding.printed_value,
        "fraction": _fraction(finding),
        "counts": _counts(finding),
        "interval": finding.interval,
        "p_value": _p_value(finding),
        "tone": f"verdict-{finding.verdict.lower()}",
        "discrepancy_note": finding.discrepancy_note,
    }


def finding_facts(finding):
    return known(
        record_fact("Trial", finding.trial),
        fact("Arm", finding.arm and finding.arm.title, absent="the whole trial"),
        fact("Compared with", finding.compared_with and finding.compared_with.title),
        fact("Measure", finding.get_measure_display()),
        fact("Adverse event", finding.event_term),
        fact("Grades", finding.get_grade_band_display()),
        fact("CTCAE version", finding.ctcae_version),
        fact("Value", finding.printed_value, absent=finding.get_value_absence_display()),
        fact("n/N", _fraction(finding)),
        fact("N counts", finding.get_denominator_counts_display()),
        fact("Interval", finding.interval),
        fact("P", finding.p_value),
        fact("Time", finding.time_frame),
        fact("Only in", finding.population),
        fact("Response criteria", finding.get_criteria_display()),
        fact("Judged by", finding.get_assessor_display()),
        *claim_facts(finding),
    )


def deciding_rows(finding):
    """What the sources of its verdict say of its trial: the figures that the note on it names, each a click away."""
    if not finding.deciding:
        return []
    found = Finding.objects.public().behind_verdict_on(finding).select_related("source", "arm")
    found = found.defer(*(f"source__{name}" for name in Source.ASIDE)).order_by("slug")[:DECIDING_SHOWN]
    return [
        {"title": other.statement, "url": other.get_absolute_url(), "meta": other.get_measure_display()}
        for other in by_measure(found)
    ]


def by_measure(findings):
    """Findings in the order of measures; one measure in the same people stands together, whoever reports it."""
    return sorted(findings, key=lambda finding: (*_order(finding), _place(finding)))


def _place(finding):
    return finding.arm.number if finding.arm else 0


def _order(finding):
    """One measure in the same people stands together, whoever reports it; primary reports come first."""
    return (
        ORDER[finding.measure],
        finding.event_term,
        finding.grade_band,
        finding.population,
        finding.time_frame,
        finding.source.standing != Source.Standing.PRIMARY,
        finding.position or 0,
    )


def _p_value(finding):
    """“P = 0.008”, or “P <0.001” as sources print small ones."""
    return f"P {'= ' if finding.p_value[0].isdigit() else ''}{finding.p_value}" if finding.p_value else ""


def _fraction(finding):
    return "" if finding.numerator is None else f"{finding.numerator}/{finding.denominator}"


def _counts(finding):
    """Whom N counts, if the source says so."""
    unknown = finding.denominator_counts in ("", Finding.Denominator.NOT_STATED)
    return "" if unknown else Finding.Denominator(finding.denominator_counts).label


def _enrollment_in_words(trial):
    return "" if trial.enrollment is None else f"{trial.enrollment}, {trial.get_enrollment_type_display()}"

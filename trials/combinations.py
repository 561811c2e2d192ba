"""What a drug was given with, and in which diseases: a table of combinations and diseases with trials in its cells.

It tells what was tried and what was counted there, not which combination is better.
"""

from collections import Counter, defaultdict

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from drugs.models import Disease, Drug
from temsisite.evidence.facts import link
from temsisite.evidence.models import Source, Verdict
from temsisite.evidence.presenters import warning
from trials.models import Finding, Trial
from trials.presenters import in_order, measured, people

TRIALS_SHOWN = 100
COMBINATIONS_SHOWN = 20
DISEASES_SHOWN = 6
OUTCOMES_SHOWN = 3  # in a cell; the trial's own page has the rest

RESPONSE = (
    Finding.Measure.OBJECTIVE_RESPONSE,
    Finding.Measure.COMPLETE_RESPONSE,
    Finding.Measure.PARTIAL_RESPONSE,
)


def combinations_of_drug(drug):
    """The section of a drug's page: a row for each combination it was given in, a column for each disease."""
    trials = _with_what_cells_show(Trial.objects.public().of_drug(drug))
    trials = list(trials.order_by("-start_date", "slug")[: TRIALS_SHOWN + 1])
    older = [f"trials older than the newest {TRIALS_SHOWN}"] if len(trials) > TRIALS_SHOWN else []
    table = matrix(drug, trials[:TRIALS_SHOWN])
    return table | {
        "template": "trials/_combinations.html",
        "stylesheet": "trials/pictures.css",
        "id": "combinations",
        "title": f"What {drug} was tried with, and in whom",
        "url": f"/trials/?drug={drug.slug}",
        "left_out": "; ".join(table["left_out"] + older),
    }


def _with_what_cells_show(trials):
    """Contradicted and retracted figures stay away: a cell has no room for the sentence that belongs to them."""
    findings = (
        Finding.objects.public()
        .filter(measure__in=(*RESPONSE, *Finding.SURVIVAL), population="")
        .filter(Q(value__isnull=False) | Q(numerator__isnull=False))
        .exclude(verdict=Verdict.CONTRADICTED)
        .exclude(source__in=Source.objects.retracted())
        .select_related("arm", "compared_with")
        .with_sources()
    )
    of_trial = Finding.objects.public().filter(trial=OuterRef("pk")).order_by().values("trial")
    counted = Coalesce(Subquery(of_trial.values(number=Count("pk"))), 0)  # of those that are shown; a join counts all
    outcomes = Prefetch("findings", queryset=findings, to_attr="key_outcomes")
    diseases = Prefetch("diseases", Disease.objects.only("slug", "name"))
    drugs = Prefetch("arms__drugs", Drug.objects.only("slug", "inn"))
    return trials.in_a_row().annotate(finding_count=counted).prefetch_related(diseases, drugs, outcomes)


def matrix(drug, trials):
    """Rows, columns and what is left out of both. The drug alone comes first, then pairs, then more."""
    cells = defaultdict(lambda: defaultdict(list))
    for trial in trials:
        for combination, arms in _arms_by_combination(drug, trial).items():
            for disease in trial.diseases.all() or [None]:
                cells[combination][disease].append(_cell_line(trial, arms))
    diseases = Counter(disease for row in cells.values() for disease, lines in row.items() for _ in lines)
    most = sorted(diseases, key=lambda disease: (-diseases[disease], str(disease or "")))
    columns = sorted(most[:DISEASES_SHOWN], key=lambda disease: (disease is None, str(disease)))
    combinations = sorted(cells, key=lambda combination: (len(combination), [str(other) for other in combination]))
    return {
        "columns": [link(disease) if disease else {"title": "disease not recorded"} for disease in columns],
        "rows": [
            {
                "drugs": [link(drug), *map(link, combination)],
                "is_alone": not combination,
                "cells": [
                    {"disease": str(disease or "not recorded"), "trials": cells[combination].get(disease, [])}
                    for disease in columns
                ],
            }
            for combination in combinations[:COMBINATIONS_SHOWN]
        ],
        "left_out": [
            *_left_out("combination", len(combinations) - COMBINATIONS_SHOWN),
            *_left_out("disease", len(diseases) - DISEASES_SHOWN),
        ],
    }


def _arms_by_combination(drug, trial):
    """The trial's arms that got the drug, by the other drugs given with it in the order of their names."""
    arms = defaultdict(list)
    for arm in trial.arms.all():
        drugs = sorted(arm.drugs.all(), key=str)
        if drug in drugs:
            arms[tuple(other for other in drugs if other != drug)].append(arm)
    return arms


def _cell_line(trial, arms):
    """A trial in a cell: what it was, how many took part, and what came of it."""
    groups = list(arms)
    if len(trial.arms.all()) == 1:  # then what is said of the whole trial is said of this combination
        groups.append(None)
    outcomes = [line | _group(arm, arms) for arm in groups for line in _outcomes(trial, arm)]
    return {
        "name": trial.acronym or trial.nct_id,
        "title": trial.brief_title,
        "url": trial.get_absolute_url(),
        "phase": trial.get_phase_display(),
        "people": people(trial),
        "outcomes": outcomes[:OUTCOMES_SHOWN],
        "finding_count": trial.finding_count,
        "findings_url": f"/findings/?trial={trial.slug}",
    }


def _group(arm, arms):
    """Two doses of one combination are told apart by the titles of their arms."""
    return {"group": arm.title if arm and len(arms) > 1 else ""}


def _outcomes(trial, arm):
    """The responses of one arm that are counted, else those in percent, else survival; the same figure once."""
    findings = [finding for finding in in_order(trial.key_outcomes) if finding.arm == arm]
    responses = [finding for finding in findings if finding.measure in RESPONSE]
    counted = [finding for finding in responses if finding.numerator is not None]
    lines = {}
    for finding in counted or responses or findings:
        figure = f"{finding.numerator}/{finding.denominator}" if finding in counted else finding.printed_value
        lines.setdefault(f"{measured(finding)}: {figure}", finding)
    return [
        {
            "text": text,
            "url": finding.get_absolute_url(),
            "verdict": "" if finding.verdict == Verdict.NOT_ASSESSED else finding.verdict,
            "label": finding.get_verdict_display(),
            "warning": warning(finding),
        }
        for text, finding in lines.items()
    ]


def _left_out(noun, number):
    return [f"{number} {noun}{'s' if number > 1 else ''}"] if number > 0 else []

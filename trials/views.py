from django.shortcuts import get_object_or_404, redirect

from temsisite.evidence.facts import source_rows
from temsisite.evidence.matters import OnMatter
from temsisite.evidence.presenters import claim_page
from temsisite.publishing.pages import BySlug, get_shown, public_page, render_list, render_record
from temsisite.publishing.prepared import parts_of
from temsisite.publishing.shape import shortened
from trials.comparisons import compare_findings
from trials.filters import FindingFilterSet, TrialFilterSet
from trials.lists import FINDINGS, TRIALS, finding_rows, trial_rows
from trials.models import Finding, Trial
from trials.pictures import shares_of_trial
from trials.presenters import (
    arm_rows,
    deciding_rows,
    finding_facts,
    findings_of,
    trial_facts,
)
from trials.tables import finding_tables

TRIAL = BySlug(Trial.objects.with_parts())
FINDING = BySlug(Finding.objects.with_names_of_trial().with_sources())
SAME_MEASURE = OnMatter(Finding, "trial_id", "measure", "arm_id")


@public_page
def trial_list(request):
    filterset = TrialFilterSet(request.GET, Trial.objects.public().order_by("-start_date", "slug"))
    return render_list(request, "trials/trial_list.html", filterset, rows=trial_rows, columns=TRIALS)


def trial_by_nct_id(request, nct_id):
    """Lead a registry number to the trial's own address."""
    trial = get_object_or_404(Trial.objects.public(), nct_id=nct_id.upper())
    if trial.has_number_for_slug:  # no form accepts one; a redirect to it would come back here for ever
        return trial_detail(request, trial.slug)
    return redirect(trial)


@public_page
def trial_detail(request, slug):
    """What a trial was, arm by arm, and what each source says was found in it."""
    trial = get_shown(request, TRIAL, slug)
    arms = list(parts_of(trial, "arms"))
    findings = findings_of(trial, arms)
    context = {
        "description": shortened(trial.summary, 160) or trial.brief_title,
        "feed_url": f"{trial.get_absolute_url()}changes.atom",
        "facts": trial_facts(trial),
        "sources": source_rows(parts_of(trial, "sources")),
        "arms": arm_rows(arms),
        "forest": shares_of_trial(trial, findings),
        "tables": finding_tables(arms, findings),
    }
    return render_record(request, "trials/trial_detail.html", trial, context)


@public_page
def finding_list(request):
    findings = Finding.objects.public().order_by("trial__slug", "arm__number", "measure", "slug")
    filterset = FindingFilterSet(request.GET, findings)
    return render_list(request, "trials/finding_list.html", filterset, rows=finding_rows, columns=FINDINGS)


@public_page
def finding_detail(request, slug):
    finding = get_shown(request, FINDING, slug)
    context = claim_page(finding, finding_facts(finding), SAME_MEASURE, compare_findings)
    context["deciding"] = deciding_rows(finding)
    return render_record(request, "trials/finding_detail.html", finding, context)

"""Shares of the people as a forest plot: numbers that a template only has to put on the axis.

Trials stand as they are listed, then arms, then measures; never in the order of a result. The axis goes from 0 to
100 %, so a share is its own place on it.
"""

from itertools import groupby

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string

from temsisite.evidence.models import Unit
from temsisite.publishing.keeping import kept_rendering
from trials.arithmetic import wilson_interval
from trials.models import Finding, Trial
from trials.presenters import finding_row, in_order, judged, measured, people

SHOWN = 60  # a drug of a thousand trials has a list for the rest
TITLE = "Response, stable disease and survival"


def shares_of_trial(trial, findings):
    """The plot on a trial's own page, where the caption need not name the trial, from its findings."""
    shares = sorted((finding for finding in findings if finding.is_share), key=_place_in_trial)
    return _forest(shares, f"/findings/?trial={trial.slug}") | {"is_of_one_trial": True}


def _place_in_trial(finding):
    """The order in which `in_order_of_trials()` has the findings of one trial."""
    return finding.arm.number if finding.arm else -1, finding.measure, finding.slug


def shares_of_drug(drug):
    """The section of a drug's page: which part of the people who got it responded, trial by trial."""
    shares, trials = Finding.objects.public().shares().in_people_given(drug), Trial.objects.public().of_drug(drug)
    return _section(f"{TITLE} with {drug}", forest(shares, trials, f"/findings/?drug={drug.slug}"))


def shares_of_disease(disease):
    """The section of a disease's page: which part of the people in its trials responded, trial by trial."""
    shares, trials = Finding.objects.public().shares().of_disease(disease), Trial.objects.public().in_disease(disease)
    return _section(f"{TITLE} in trials of {disease}", forest(shares, trials, f"/findings/?disease={disease.slug}"))


def _section(title, plot):
    return {
        "template": "trials/_forest_section.html",
        "stylesheet": "trials/pictures.css",
        "id": "shares",
        "title": title,
        "rows": plot["panels"],
        "forest": plot,
    }


def forest(shares, trials, url):
    """A panel for each trial, at most `SHOWN` shares in all, and whether there are more at `url`.

    `trials` are those that may have shares. The newest that have some are found first, because sorting all shares
    takes longer the more there are; as each has one at least, the first shares are among theirs.
    """
    newest = trials.filter(Exists(shares.filter(trial=OuterRef("pk")))).order_by("-start_date", "slug")
    shares = shares.filter(trial__in=list(newest.values_list("pk", flat=True)[: SHOWN + 1]))
    shares = shares.select_related("trial", "arm", "compared_with").with_sources().in_order_of_trials()
    return _forest(list(shares[: SHOWN + 1]), url)


def _forest(shares, url):
    panels = [_panel(trial, list(group)) for trial, group in groupby(shares[:SHOWN], lambda share: share.trial)]
    return {"panels": panels, "shown": SHOWN, "has_more": len(shares) > SHOWN, "url": url}


def _panel(trial, findings):
    """One trial: who took part and by which rules they were judged, for that is where trials differ; then its arms."""
    return {
        "id": trial.slug,
        "title": trial.brief_title,
        "url": trial.get_absolute_url(),
        "phase": trial.get_phase_display(),
        "people": people(trial),
        "population": trial.population,
        "is_mixed": getattr(findings[0], "other_diseases", False),
        "criteria": _named([finding.get_criteria_display() for finding in findings]),
        "assessor": _named([finding.get_assessor_display() for finding in findings]),
        "arms": [
            {"title": arm.title if arm else "The whole trial", "rows": _rows(group)}
            for arm, group in groupby(in_order(findings), lambda finding: finding.arm)
        ],
    }


def _named(labels):
    """“RECIST 1.1”, “RECIST 1.0 and WHO where stated”; the empty string if no finding tells."""
    stated = " and ".join(sorted(set(filter(None, labels))))
    return f"{stated} where stated" if stated and not all(labels) else stated


def _rows(findings):
    """A row for each finding; a further source on the same measure is told apart as a second mark."""
    return [
        share_row(finding, is_further=number > 0)
        for _, group in groupby(findings, measured)
        for number, finding in enumerate(group)
    ]


def share_row(finding, *, is_further=False):
    """A finding's row with its mark: `x`, and `start` and `end` of the interval if one is printed or can be computed.

    Nothing is computed from a figure that the literature contradicts or whose source was retracted.
    """
    row = finding_row(finding)
    is_percent = finding.unit == Unit.PERCENT and finding.value is not None
    share = float(finding.value) if is_percent else 100 * finding.numerator / finding.denominator
    ends, is_printed = _interval(finding, is_percent, is_doubtful=row["is_contradicted"] or row["source_is_retracted"])
    as_printed = " ".join(filter(None, [row["value"] if is_percent else "", row["fraction"]]))
    printed = row["interval"] if is_printed else ""
    computed = _computed(finding, ends) if ends and not is_printed else ""
    words = {
        "told": _in_words(row, as_printed, f"{printed}, as printed" if printed else computed),
        "share_as_printed": as_printed,
        "is_share_printed": is_percent,
        "remark": _what_is_missing(finding) if is_percent else f"{share:.1f} %, computed by this site",
        "computed_interval": computed,
        "interval": printed,
        "judged": judged(finding),
    }
    mark = {
        "shape": _shape(finding.verdict),
        "x": _place(share),
        "anchor": "end" if share > 50 else "start",
        "start": ends and _place(ends[0]),
        "end": ends and _place(ends[1]),
        "is_printed": is_printed,
        "is_further": is_further,
    }
    return row | words | mark


@kept_rendering
def _shape(verdict):
    """What stands at a share, rendered once for each verdict."""
    return render_to_string("trials/_mark.html", {"verdict": verdict})


def _in_words(row, share, interval):
    """What the picture of a share says to those who do not see it."""
    retracted = " The source has been retracted." if row["source_is_retracted"] else ""
    return f"{row['measure']}: {share}, {row['verdict_label']}. {interval or 'No interval'}.{retracted}"


def _what_is_missing(finding):
    """What a reader would look for beside a percentage."""
    if finding.numerator is not None:
        return ""
    return f"of {finding.denominator} people; n not given" if finding.denominator else "n/N not given"


def _interval(finding, is_percent, *, is_doubtful):
    """The interval's ends and whether they are printed; computed from n of N where none is."""
    if is_percent and finding.lower is not None:
        return (float(finding.lower), float(finding.upper)), True
    if finding.numerator is None or is_doubtful:
        return None, False
    return wilson_interval(finding.numerator, finding.denominator), False


def _computed(finding, ends):
    numbers = "–".join(f"{end:.1f}" for end in ends)
    return f"95 % interval {numbers}, computed by this site (Wilson) from {finding.numerator} of {finding.denominator}"


def _place(percent):
    """A place on the axis, as SVG wants it."""
    return f"{min(max(percent, 0), 100):.2f}%"

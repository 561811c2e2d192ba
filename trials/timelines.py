"""What trials add to the timeline of a drug: when each began and ended."""

from django.db.models import Q

from drugs.timelines import EVENTS, event, events_of_kind, first_few
from trials.models import Trial


def trial_events(drug):
    trials = Trial.objects.public().of_drug(drug)
    undated = Q(start_date="", completion_date="")
    shown, more = first_few(trials.exclude(undated).order_by("-start_date", "slug")[: EVENTS + 1])
    return events_of_kind("trials", [_event(trial) for trial in shown], trials.filter(undated).count(), more)


def _event(trial):
    """From the start to the end, or as far as is known; what is missing is said to be missing."""
    start, end, note = trial.start_date, trial.completion_date, ""
    if not start:
        start, end, note = end, "", "drawn at its end, for its start is not recorded"
    elif not end:
        end = trial.primary_completion_date
        note = (
            "drawn until its main question was measured; its end is not recorded" if end else "its end is not recorded"
        )
    about = ", ".join(filter(None, [trial.get_phase_display(), trial.get_overall_status_display()]))
    return event(
        "trial",
        trial.brief_title,
        trial.get_absolute_url(),
        start,
        end,
        note="; ".join(filter(None, [about, note])),
        is_open=not trial.completion_date,
    )

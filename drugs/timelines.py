"""What happened when: the dated events of a drug's life, out of statements, approvals and what the floors above add.

A floor above registers a function that takes a drug and gives its events, as the app `trials` does.
"""

from itertools import islice

from django.db.models import Q

from drugs.decisions import decisions_of
from drugs.models import Approval, Mechanism, Statement
from drugs.pictures import scale
from temsisite.evidence.fields import in_words
from temsisite.evidence.models import Verdict
from temsisite.evidence.presenters import claim_card

EVENTS = 20  # of each kind at most
KNOWN_TO = ["known to the year", "known to the month", ""]

_registered = []


def register(events):
    """Let `events(drug)` add to the timeline what `events_of_kind` makes."""
    if events not in _registered:
        _registered.append(events)


def timeline(drug):
    """The dated events of a drug, of what it was made from and of its targets, to scale. None without any."""
    kinds = [_statements(drug), _approvals(drug), *[events(drug) for events in _registered]]
    events = [event for kind in kinds for event in kind["events"]]
    if not events:
        return None
    events.sort(key=lambda event: (event["start"], event["text"]))
    drawn = scale([(event["start"], event["end"]) for event in events])
    return {
        "title": f"{drug.inn.capitalize()} through the years",
        "first": events[0]["when"],
        "last": events[-1]["when"],
        "events": [event | span for event, span in zip(events, drawn["spans"], strict=True)],
        "years": drawn["years"],
        "undated": [f"{kind['what']} ({kind['undated']})" for kind in kinds if kind["undated"]],
        "left_out": [kind["what"] for kind in kinds if kind["more"]],
    }


def first_few(records):
    """At most `EVENTS` records, and whether there are more."""
    found = list(islice(records, EVENTS + 1))
    return found[:EVENTS], len(found) > EVENTS


def events_of_kind(what, events, undated, more):
    """The events of one kind, how many have no date, and whether there are more than are shown."""
    return {"what": what, "events": events, "undated": undated, "more": more}


def event(kind, text, url, start, end="", note="", is_open=False, claims=()):
    """One event, its dates as far as they are known; `is_open` if nobody says when it ended."""
    end = end if end >= start[: len(end)] else ""  # what ends before it begins is not drawn
    return {
        "kind": kind,
        "text": text,
        "url": url,
        "start": start,
        "end": end,
        "when": f"{in_words(start)} – {in_words(end)}" if end else in_words(start),
        "known_to": "" if end else KNOWN_TO[start.count("-")],
        "note": note,
        "is_open": is_open,
        "claims": claims,
        "is_contradicted": any(claim["is_contradicted"] for claim in claims[:1]),
    }


def _made_from(drug):
    """The drug and the one it was made from: the life of the one begins in the other's."""
    return [pk for pk in (drug.pk, drug.derived_from_id) if pk]


def _statements(drug):
    targets = Mechanism.objects.public().filter(drug=drug).values("target")
    about = Q(drug__in=_made_from(drug)) | Q(target__in=targets)
    found = Statement.objects.public().telling_of_events().filter(about).with_sources().order_by("period", "slug")
    dated = (claim for claim in found.iterator(chunk_size=EVENTS + 1) if claim.event_date)
    shown, more = first_few(dated)
    return events_of_kind("statements", [_event("history", [claim], claim.event_date) for claim in shown], 0, more)


def _approvals(drug):
    """One event for each decision: all claims of the same decision share it, the most exact date leading."""
    claims = Approval.objects.public().filter(drug__in=_made_from(drug))
    dated = claims.exclude(action_date="").with_sources().order_by("-action_date", "slug")
    shown, more = first_few(dated[: EVENTS + 1])
    events = [_event("approval", group, group[0].action_date) for group in decisions_of(shown)]
    return events_of_kind("claims of approvals", events, claims.filter(action_date="").count(), more)


def _event(kind, claims, date):
    cards = [claim_card(claim) | {"is_judged": claim.verdict != Verdict.NOT_ASSESSED} for claim in claims]
    return event(kind, cards[0]["statement"], cards[0]["url"], date, claims=cards)

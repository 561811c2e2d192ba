"""What evidence lays on the editors' desk: what is due for review, what rests on doubt, what is missing."""

from functools import cache
from itertools import chain

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from temsisite.evidence.facts import day_in_words, review_due_on
from temsisite.evidence.models import Claim
from temsisite.evidence.upkeep import absences, ages
from temsisite.publishing.desk import ROWS, Heap, counted, form_url, list_url, may, seen_by
from temsisite.publishing.models import Proposal
from temsisite.publishing.prepared import Prepared


def due(user):
    """What nobody has looked at for longer than its kind may wait, the longest first."""
    models = [model for model in seen_by(user).values() if ages(model)]
    if not models:
        return None
    today = timezone.now().date()
    records = chain.from_iterable(_longest_unseen(model, today) for model in models)
    records = sorted(records, key=review_due_on)[:ROWS]
    proposals = _open_proposals(records)
    rows = [
        {
            "title": str(record),
            "url": form_url(record),
            "meta": f"{record.kind()}, {_seen(record)}, due since {day_in_words(review_due_on(record))}",
            "proposal": proposals.get((record.kind(), record.slug)),
            "again": _again(record) if may(user, "change", type(record)) else "",
        }
        for record in records
    ]
    numbers = {model: counted(model.objects.due_for_review(today)) for model in models}
    return Heap(
        "due",
        "Due for review",
        "Nothing is due. Trials, approvals and findings come back here when nobody has looked at them for long.",
        rows,
        sum(numbers.values()),
        _lists(numbers, review="due"),
    )


def doubted(user):
    """Public claims that rest on a source that was retracted or is under an expression of concern."""
    models = _claims(user)
    if not models:
        return None
    found = {model: _resting_on_doubt(model)() for model in models}
    rows = [
        {
            "title": str(claim),
            "url": form_url(claim),
            "meta": f"{claim.kind()}, {_doubt(claim)}",
            "reason": claim.source.title if claim.source.warning else "",
        }
        for claims in found.values()
        for claim in claims
    ][:ROWS]
    numbers = {model: counted(model.objects.resting_on_doubt()) for model in models}
    return Heap(
        "doubted",
        "Rests on a doubted source",
        "No public claim rests on a source that was retracted or is under an expression of concern.",
        rows,
        sum(numbers.values()),
        _lists(numbers, support="doubted"),
    )


def missing(user):
    """How many values are absent, by reason, and how many claims wait for a verdict."""
    models = _claims(user)
    if not models:
        return None
    rows = [
        _number("No verdict yet", number, model._meta.verbose_name_plural, list_url(model, assessment="waiting"))
        for model in models
        if (number := counted(model.objects.waiting_for_a_verdict()))
    ]
    for model in models:
        for field in absences(model):
            reasons = dict(field.choices)
            numbers = model.objects.public().exclude(**{field.name: ""}).order_by(field.name).values_list(field.name)
            rows += [
                _number(
                    f"{model._meta.verbose_name_plural.capitalize()}: {field.verbose_name}",
                    number,
                    reasons[reason],
                    list_url(model, status__exact="PUBLISHED", **{f"{field.name}__exact": reason}),
                )
                for reason, number in numbers.annotate(Count("pk"))
            ]
    empty = "Nothing is missing: every claim has its verdict and every value is there."
    return Heap("missing", "What is missing", empty, rows, len(rows), margin=True, template="admin/desk/_numbers.html")


@cache
def _resting_on_doubt(model):
    rows = model.objects.resting_on_doubt().select_related("source").defer("source__text").order_by("slug")
    return Prepared(lambda: rows[:ROWS])


def _claims(user):
    return [model for model in seen_by(user).values() if issubclass(model, Claim)]


def _longest_unseen(model, today):
    """The records of one kind that wait longest: two questions, for each goes along an index."""
    waiting = model.objects.due_for_review(today).select_related("publication").defer("publication__document")
    return [
        *waiting.filter(last_reviewed_on=None).order_by("publication_id")[:ROWS],
        *waiting.filter(last_reviewed_on__isnull=False).order_by("last_reviewed_on")[:ROWS],
    ]


def _seen(record):
    seen_on = record.last_reviewed_on
    return f"reviewed {day_in_words(seen_on)}" if seen_on else "not reviewed since it was published"


def _doubt(claim):
    return f"its source: {claim.source.warning}" if claim.source.warning else "its verdict rests on a doubted source"


def _open_proposals(records):
    """The proposals about these that wait for somebody, by kind and slug."""
    slugs = {record.slug for record in records}
    waiting = Proposal.objects.open().filter(slug__in=slugs).only("kind", "slug")
    return {
        (proposal.kind, proposal.slug): reverse("admin:publishing_proposal_change", args=[proposal.pk])
        for proposal in waiting
    }


def _again(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_reviewed_again", args=[record.pk])


def _lists(numbers, **query):
    """Where all of it is listed, kind by kind."""
    return [
        (f"{number} of {model._meta.verbose_name_plural}", list_url(model, **query))
        for model, number in numbers.items()
        if number
    ]


def _number(about, number, words, url):
    return {"about": about, "number": number, "title": words, "url": url}

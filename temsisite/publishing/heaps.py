"""What lies on everybody's desk: what waits for my review, what I began, what came back, what became public."""

from functools import cache

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Value
from django.urls import reverse

from temsisite.publishing.desk import ROWS, Heap, ago, counted, form_url, list_url, seen_by, unfinished_url
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal, Publication, WorkingCopy
from temsisite.publishing.prepared import Prepared
from temsisite.publishing.shape import shortened

NEWEST = 6  # publications


def waiting(user):
    """What others propose and this person may decide, the longest waiting first."""
    if not (user.has_perm("publishing.review_proposal") and user.has_perm("publishing.view_proposal")):
        return None
    proposals = _told(Proposal.objects.open(), user)
    if settings.PUBLISHING_FOUR_EYES:
        proposals = proposals.exclude(author=user)
    rows = [
        _row(proposal, f"{proposal.kind}, by {proposal.author}, {ago(proposal.created_at)}{_late(proposal)}")
        for proposal in proposals.with_newest_version()[:ROWS]
    ]
    whose = {"whose": "others"} if settings.PUBLISHING_FOUR_EYES else {}
    return Heap(
        "waiting",
        "Waiting for my review",
        "Nothing waits for you. What somebody else submits or proposes appears here.",
        rows,
        counted(proposals),
        [("All that waits", list_url(Proposal, state__exact="OPEN", **whose))],
    )


def returned(user):
    """The person's returned proposals that nobody has followed up with another."""
    if not user.has_perm("publishing.view_proposal"):
        return None
    later = Proposal.objects.filter(
        kind=OuterRef("kind"), slug=OuterRef("slug"), created_at__gt=OuterRef("created_at")
    )
    mine = _told(Proposal.objects.filter(author=user, state=Proposal.State.RETURNED), user)
    mine = mine.filter(~Exists(later)).order_by("-decided_at")
    rows = [
        _row(proposal, f"{proposal.kind}, by {proposal.decided_by}, {ago(proposal.decided_at)}")
        | {"reason": proposal.reason}
        for proposal in mine[:ROWS]
    ]
    return Heap(
        "returned",
        "Returned to me",
        "Nothing came back to you.",
        rows,
        counted(mine),
        [("All that was returned to me", list_url(Proposal, state__exact="RETURNED", whose="mine"))],
    )


def proposed(user):
    """What the person has proposed, nobody decided yet and nothing has overtaken."""
    if not user.has_perm("publishing.view_proposal"):
        return None
    mine = _told(Proposal.objects.current().filter(author=user), user)
    rows = [_row(proposal, f"{proposal.kind}, {ago(proposal.created_at)}") for proposal in mine[:ROWS]]
    return Heap(
        "proposed",
        "My open proposals",
        "None of yours waits. What you submit or propose stays here until somebody else decides.",
        rows,
        counted(mine),
        [("All of mine", list_url(Proposal, state__exact="OPEN", whose="mine"))],
    )


def stale(user):
    """What the person has proposed and another version came before; nothing where there is none."""
    if not user.has_perm("publishing.view_proposal"):
        return None
    mine = _told(Proposal.objects.stale().filter(author=user), user)
    rows = [
        _row(proposal, f"from version {proposal.base_version}; the newest is {proposal.newest_version}")
        | {"url": reverse("admin:publishing_proposal_rebase", args=[proposal.pk])}
        for proposal in mine[:ROWS]
    ]
    lists = [("All of mine", list_url(Proposal, state__exact="OPEN", whose="mine"))]
    return Heap("stale", "Mine, out of date", "", rows, counted(mine), lists) if rows else None


def unfinished(user):
    """What the person typed and has not saved, the last touched first; nothing where there is none."""
    mine = WorkingCopy.objects.of(user).filter(kind__in=seen_by(user))
    copies = list(mine.defer("data")[:ROWS])
    stored = {
        (kind, pk)
        for kind in {copy.kind for copy in copies}
        for pk in kinds()[kind].objects.filter(pk__in=[copy.record for copy in copies]).values_list("pk", flat=True)
    }
    rows = [
        {
            "title": shortened(str(copy), 80),  # it may be a text that no title would be
            "url": unfinished_url(copy, copy.record if (copy.kind, copy.record) in stored else None),
            "meta": f"{kinds()[copy.kind]._meta.verbose_name}, unfinished, {_lacking(copy)}{ago(copy.saved_at)}",
        }
        for copy in copies
    ]
    return Heap("unfinished", "Begun and not saved", "", rows, counted(mine)) if rows else None


def _lacking(copy):
    return f"{copy.lacking} still missing or wrong, " if copy.lacking else ""


def drafts(user):
    """The person's own drafts of all kinds, the last touched first."""
    models = seen_by(user).values()
    if not models:
        return None
    numbers = _numbers({model: model.objects.drafts().filter(created_by=user) for model in models})
    some = [model for model in models if numbers.get(model.kind())]
    found = [draft for model in some for draft in _last_touched(model)(user.pk)]
    found.sort(key=lambda draft: draft.changed_at, reverse=True)
    rows = [
        {
            "title": str(draft),
            "url": form_url(draft),
            "meta": f"{draft._meta.verbose_name}, {ago(draft.changed_at)}",
        }
        for draft in found[:ROWS]
    ]
    lists = [
        (
            f"{numbers[model.kind()]} of {model._meta.verbose_name_plural}",
            list_url(model, status__exact="DRAFT", whose="mine"),
        )
        for model in some
    ]
    empty = "You have no drafts. Begin one with “Add” beside its kind below."
    return Heap("drafts", "My drafts", empty, rows, sum(numbers.values()), lists)


@cache
def _last_touched(model):
    """The drafts of one kind that a person touched last."""
    return Prepared(
        lambda user: model.objects.drafts().filter(created_by=user).to_name().order_by("-changed_at")[:ROWS]
    )


def published(user):
    """What became public last, who wrote and who accepted it, and why."""
    if not user.has_perm("publishing.view_publication"):
        return None
    lines = Publication.objects.filter(kind__in=seen_by(user)).order_by("-sequence").with_titles()
    lines = lines.select_related("proposal__author", "published_by").defer("document")[:NEWEST]
    rows = [
        {
            "title": line.proposal.title,
            "url": reverse("admin:publishing_publication_change", args=[line.pk]),
            "meta": f"{line.kind} {line.get_action_display()} {ago(line.published_at)}, "
            f"by {line.proposal.author}, accepted by {line.published_by}",
            "reason": line.note,
        }
        for line in lines
    ]
    empty = "Nothing has been published yet."
    return Heap("published", "Newest publications", empty, rows, None, [("The log", list_url(Publication))], True)


def _told(proposals, user):
    """Proposals about what the person may look at, without their long texts."""
    found = proposals.filter(kind__in=seen_by(user)).select_related("author", "decided_by")
    return found.defer("snapshot", "document")


def _row(proposal, meta):
    return {
        "title": str(proposal),
        "url": reverse("admin:publishing_proposal_change", args=[proposal.pk]),
        "meta": meta,
    }


def _late(proposal):
    return ", out of date" if proposal.is_stale else ""


def _numbers(drafts):
    """How many there are of each kind, asked at once."""
    first, *others = (
        rows.order_by().values(kind_name=Value(model.kind())).annotate(number=Count("pk"))
        for model, rows in drafts.items()
    )
    return {row["kind_name"]: row["number"] for row in first.union(*others, all=True)}

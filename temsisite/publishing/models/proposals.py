"""Proposals: what somebody would like the public to see."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from temsisite.publishing.models.log import Publication
from temsisite.publishing.models.rows import Row


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Proposal.State.OPEN)

    def about(self, record):
        return self.filter(kind=record.kind(), slug=record.slug)

    def with_newest_version(self):
        """Give each `newest_version`, the number of the last line about its record; None before the first."""
        lines = Publication.objects.filter(kind=OuterRef("kind"), slug=OuterRef("slug"), ended_at_sequence=None)
        return self.annotate(newest_version=Subquery(lines.values("version")[:1]))

    def stale(self):
        """What waits, though its record has got a newer version than the one it starts from."""
        return self.open().with_newest_version().filter(newest_version__gt=F("base_version"))

    def current(self):
        """What waits and can still be accepted: its record has no newer version than the one it starts from."""
        newest = Q(newest_version=None) | Q(newest_version__lte=F("base_version"))
        return self.open().with_newest_version().filter(newest)


class Proposal(Row):
    """What somebody would like the public to see: a snapshot of a record and the document it would publish."""

    class Action(models.TextChoices):
        NEW = "NEW", "new record"
        CHANGE = "CHANGE", "change"
        WITHDRAWAL = "WITHDRAWAL", "withdrawal"
        RESTORE = "RESTORE", "restoration"

    class State(models.TextChoices):
        OPEN = "OPEN", "waiting for review"
        ACCEPTED = "ACCEPTED", "accepted"
        RETURNED = "RETURNED", "returned"
        SUPERSEDED = "SUPERSEDED", "superseded"  # taken back by its author or whoever edits the draft, or made anew

    action = models.CharField(max_length=10, choices=Action)
    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=300)
    snapshot = models.TextField(blank=True)  # Django's own serialization: "a fixture waiting to be loaded"
    document = models.TextField(blank=True)  # the document it would publish, before it has a version
    sha256 = models.CharField(max_length=64, blank=True)
    base_version = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="What changes and why, for the public log.")
    origin = models.CharField(
        max_length=60, blank=True, help_text="The importer that proposed it; empty for a person."
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        permissions = [("review_proposal", "Can accept and return proposals")]
        indexes = [
            models.Index(fields=["kind", "slug", "state"], name="publishing_proposals_about"),
            models.Index(fields=["-decided_at", "created_at"], name="publishing_proposals_in_turn"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(state="OPEN", action="NEW"),
                name="%(app_label)s_%(class)s_one_submission_of_a_draft",
                violation_error_message="This draft is waiting for review already.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decided_by_and_at_together",
                violation_error_message="A decision has both a person and a moment.",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at__isnull=True) | (~Q(state="OPEN") & Q(decided_at__isnull=False)),
                name="%(app_label)s_%(class)s_open_until_decided",
                violation_error_message="A proposal is open exactly until it is decided.",
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | ~Q(reason=""),
                name="%(app_label)s_%(class)s_returned_only_with_a_reason",
                violation_error_message="A returned proposal needs a reason.",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=["CHANGE", "WITHDRAWAL"]) | ~Q(note=""),
                name="%(app_label)s_%(class)s_change_or_withdrawal_with_a_reason",
                violation_error_message="A change and a withdrawal need a reason.",
            ),
            models.CheckConstraint(
                condition=Q(action="NEW", base_version__isnull=True)
                | (~Q(action="NEW") & Q(base_version__isnull=False)),
                name="%(app_label)s_%(class)s_base_version_unless_new",
                violation_error_message="A proposal about a published record names the version it starts from.",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.title}"

    @property
    def logged_as(self):
        """What the log calls it once it is accepted."""
        return {
            self.Action.NEW: Publication.Action.PUBLISHED,
            self.Action.CHANGE: Publication.Action.REVISED,
            self.Action.WITHDRAWAL: Publication.Action.WITHDRAWN,
            self.Action.RESTORE: Publication.Action.RESTORED,
        }[self.action]

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_stale(self):
        """Whether another version came first. The log knows, so no row keeps it. Needs `with_newest_version()`."""
        return self.is_open and self.base_version is not None and self.newest_version != self.base_version

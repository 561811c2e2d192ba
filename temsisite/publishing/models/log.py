"""The publication log."""

from django.conf import settings
from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q

from temsisite.publishing.models.rows import Row


class PublicationQuerySet(models.QuerySet):
    """Reads of the log. The state of the site at n is a matter of two columns."""

    def of(self, kind, slug):
        return self.filter(kind=kind, slug=slug).order_by("version")

    def as_of(self, sequence):
        """The versions that were public right after line `sequence`, in the order they were published."""
        return (
            self.filter(sequence__lte=sequence)
            .filter(Q(ended_at_sequence__isnull=True) | Q(ended_at_sequence__gt=sequence))
            .exclude(action=Publication.Action.WITHDRAWN)
            .order_by("sequence")
        )

    def since(self, sequence):
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def last_before(self, moment):
        """The number of the last line that was written before a moment, for use within another question."""
        lines = self.filter(published_at__lt=moment).order_by("-published_at", "-sequence")
        return models.Subquery(lines.values("sequence")[:1])

    def told_today(self):
        """Lines with what may still be said of them: `is_gone` marks those of records withdrawn since."""
        current = self.model.objects.filter(kind=OuterRef("kind"), slug=OuterRef("slug"), ended_at_sequence=None)
        return self.annotate(is_gone=Exists(current.filter(action=Publication.Action.WITHDRAWN)))

    def with_titles(self):
        """Fetch each line with its proposal, which knows the title, but without the proposal's long texts."""
        return self.told_today().select_related("proposal").defer("proposal__snapshot", "proposal__document")

    def newest(self):
        """The number and the time of the last line. Every answer asks for it, so it goes past the ORM."""
        with connections[self.db].cursor() as cursor:
            table = self.model._meta.db_table
            cursor.execute(f"SELECT sequence, published_at FROM {table} ORDER BY sequence DESC LIMIT 1")
            return cursor.fetchone() or (0, None)

    def newest_sequence(self):
        return self.newest()[0]


class Publication(Row):
    """One line of the append-only log: one version of one record, as the document the public got.

    A line is never changed but to note where it ended, and never deleted. `document` is canonical JSON: keys sorted,
    no spaces, UTF-8, no floating point numbers (RFC 8785 for such data); `sha256` is the digest of its bytes.
    """

    class Action(models.TextChoices):
        PUBLISHED = "PUBLISHED", "published"
        REVISED = "REVISED", "revised"
        WITHDRAWN = "WITHDRAWN", "withdrawn"
        RESTORED = "RESTORED", "restored"

    sequence = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=120)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action)
    document = models.TextField(blank=True)  # empty for a withdrawal
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="publications")
    proposal = models.OneToOneField("publishing.Proposal", models.PROTECT, related_name="publication")
    ended_at_sequence = models.PositiveBigIntegerField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["kind", "ended_at_sequence", "sequence"], name="publishing_state_of_a_kind"),
            models.Index(fields=["published_at", "sequence"], name="publishing_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug", "version"],
                name="%(app_label)s_%(class)s_one_line_per_version",
                violation_error_message="This version of the record is already in the log.",
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(ended_at_sequence__isnull=True),
                name="%(app_label)s_%(class)s_one_current_version",
                violation_error_message="The record already has a current version.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at_sequence__isnull=True) | Q(ended_at_sequence__gt=F("sequence")),
                name="%(app_label)s_%(class)s_ends_after_it_began",
                violation_error_message="A version ends after it began.",
            ),
            models.CheckConstraint(
                condition=Q(action="WITHDRAWN", document="") | (~Q(action="WITHDRAWN") & ~Q(document="")),
                name="%(app_label)s_%(class)s_document_unless_withdrawn",
                violation_error_message="A line holds a document, unless it withdraws one.",
            ),
        ]

    def __str__(self):
        return f"{self.sequence}: {self.kind} {self.slug} v{self.version} {self.get_action_display()}"

    @property
    def is_withdrawal(self):
        return self.action == self.Action.WITHDRAWN

    @property
    def told_document(self):
        """The document, unless the record has been withdrawn since. Needs `told_today()`."""
        return "" if self.is_gone else self.document

    @property
    def told_title(self):
        """What the line is about; of a withdrawn record only the slug is told. Needs `with_titles()`."""
        return self.slug if self.is_gone else self.proposal.title

    @property
    def permanent_url(self):
        """The address of this version for ever."""
        return f"{self.history_url.removesuffix('history/')}v{self.version}/"

    @property
    def history_url(self):
        return f"/{self.kind}s/{self.slug}/history/"


class Counter(models.Model):
    """The last sequence given out. Publishing locks this one row, so sequences follow commits and leave no gap."""

    last_sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.last_sequence)

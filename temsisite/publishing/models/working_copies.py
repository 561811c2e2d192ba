"""Working copies: what somebody has typed into a form and not yet saved as a record."""

import datetime
import json
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

LONGEST = 2_000_000  # characters of one form with all that was typed into it
KEPT_FOR = datetime.timedelta(days=365)  # after it was last touched


class WorkingCopyQuerySet(models.QuerySet):
    def of(self, user):
        """Nobody sees the working copies of others; that there are some is all they are told."""
        return self.filter(author=user)

    def about(self, record):
        return self.filter(kind=record.kind(), record=record.pk)

    def about_nothing_stored(self, model):
        """What would become a new record: begun as one, or left over from one that is gone."""
        return self.filter(kind=model.kind()).exclude(record__in=model.objects.values("pk"))

    def as_seen(self, *, copy, saves, tab=""):
        """The one that a form has seen kept so often, or has kept itself; what another tab kept since is not it."""
        return self.filter(Q(saves=saves) | Q(tab=tab) & ~Q(tab=""), copy=copy)

    @transaction.atomic
    def keep(self, *, author, copy, saves, data, tab="", **fields):
        """Keep what a form holds, and return its working copy.

        `saves` is how often the form has seen it kept. If another tab has kept it since, neither overwrites the
        other: this one gets a working copy of its own. A tab that names itself may have missed an answer.
        With each new one, those of the same author go that nobody has touched for a year.
        """
        data = json.dumps(data, ensure_ascii=False)  # NUL is escaped all the same: PostgreSQL holds none
        if len(data) > LONGEST:
            raise ValidationError(
                f"There are {len(data):,} characters in this form; an unfinished draft holds {LONGEST:,} at most. "
                "Shorten it before you leave this page."
            )
        kept = fields | {"data": data, "tab": tab, "saved_at": timezone.now()}
        held, is_new = self.get_or_create(author=author, copy=copy, defaults=kept | {"saves": 1})
        if is_new:
            self.of(author).filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
            return held
        held = self.select_for_update(of=("self",)).get(pk=held.pk)
        if held.saves != saves and held.data != data and not (tab and held.tab == tab):
            return self.create(author=author, copy=uuid.uuid4(), saves=1, **kept)
        for name, value in kept.items():
            setattr(held, name, value)
        held.saves += 1
        held.save()
        return held


class WorkingCopy(models.Model):
    """What its author has typed into the form of a record and may go on with; nobody else ever sees it."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies")
    copy = models.UUIDField()  # made when the form is opened, so that each has its own
    tab = models.CharField(max_length=40, blank=True)  # which of several windows on it kept it last, if it said so
    kind = models.CharField(max_length=40)
    record = models.PositiveBigIntegerField(null=True, blank=True)  # the key of the record; none for a new one
    title = models.CharField(max_length=300, blank=True)
    data = models.TextField()  # the form as it would be sent: JSON, for each name its values
    saves = models.PositiveIntegerField(default=0)
    lacking = models.PositiveIntegerField(default=0)  # how many things a submission would still find fault with
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name_plural = "working copies"
        indexes = [models.Index(fields=["kind", "record"], name="publishing_copies_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "copy"],
                name="%(app_label)s_%(class)s_once_per_form",
                violation_error_message="This form has been kept already.",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("data"), LONGEST),
                name="%(app_label)s_%(class)s_of_bearable_length",
                violation_error_message=f"An unfinished draft holds {LONGEST:,} characters at most.",
            ),
        ]

    def __str__(self):
        return self.title or f"new {self.kind}"

    @property
    def typed(self):
        """The form as it would be sent: {"inn": ["temsirolimus"], "sources": ["3", "5"]}."""
        return json.loads(self.data)

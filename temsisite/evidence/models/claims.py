"""Claims: one statement from one source, with its place in it and the editors' verdict."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property

from temsisite.evidence import quotations
from temsisite.evidence.models.ageing import AgeingQuerySet
from temsisite.evidence.models.sources import Source
from temsisite.publishing.models import Record, all_of
from temsisite.publishing.prepared import parts_of


class Verdict(models.TextChoices):
    """What the editors found when they held a claim against the literature."""

    SUPPORTED = "SUPPORTED", "supported"
    REFINED = "REFINED", "refined"  # partly right: more exact, under a condition, or otherwise in part
    CONTRADICTED = "CONTRADICTED", "contradicted"
    UNVERIFIABLE = "UNVERIFIABLE", "unverifiable"  # no source consulted decides it
    NOT_ASSESSED = "NOT_ASSESSED", "not assessed yet"


class AbsenceReason(models.TextChoices):
    """Why a value is missing."""

    NOT_REPORTED = "NOT_REPORTED", "the source does not state it"
    NOT_CHECKED = "NOT_CHECKED", "the source could not be read to check it"
    UNCONFIRMED = "UNCONFIRMED", "no source consulted confirms it"
    QUALITATIVE = "QUALITATIVE", "the claim is in words, not in figures"


class ClaimQuerySet(AgeingQuerySet):
    """Questions about claims of any kind."""

    def in_order_of_source(self):
        return self.order_by("position", "slug")

    def with_sources(self):
        """Fetch what a claim is shown with: its source and those that decide its verdict."""
        deciding = Prefetch("verdict_sources", Source.objects.to_refer_to())
        aside = [*Record.ASIDE, *(f"source__{name}" for name in Source.ASIDE)]
        return self.select_related("source").defer(*aside).prefetch_related(deciding)

    def resting_on_doubt(self):
        """The public ones whose source, or a source that decides their verdict, was retracted or doubted."""
        doubted, decided = Source.objects.doubted().values("pk"), self.model.verdict_sources.through.objects
        by_verdict = decided.filter(source__in=doubted).values(self.model._meta.model_name)
        return self.public().filter(Q(source__in=doubted) | Q(pk__in=by_verdict))

    def waiting_for_a_verdict(self):
        """The public ones that nobody assessed; a primary source's own word waits for no verdict."""
        return self.public().filter(verdict=Verdict.NOT_ASSESSED).exclude(source__standing=Source.Standing.PRIMARY)


class Claim(Record):
    """One statement from one source."""

    # As readers choose by them: what a primary source says of itself bears no verdict, and pages name it so.
    VERDICTS = [
        *((verdict.value, verdict.label) for verdict in Verdict if verdict != Verdict.NOT_ASSESSED),
        (Verdict.NOT_ASSESSED.value, "primary source or not assessed yet"),
    ]

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="%(class)ss", help_text="The document that says it."
    )
    locator = models.CharField(
        max_length=120,
        blank=True,
        help_text="Where in the document: “section 2, paragraph 1, sentence 6”, “Table 2”.",
    )
    position = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Its place in the order of the source; the source's page walks through these.",
    )
    statement = models.TextField(
        help_text="What the source says, as one sentence in the site's own words. Never the source's sentence."
    )
    as_printed = models.CharField(
        max_length=200,
        blank=True,
        help_text="The figure or odd name exactly as printed, such as “57.6 percent”.",
    )
    quotation = models.CharField(
        max_length=300,
        blank=True,
        help_text="A few words quoted, if the wording matters. They must occur in the source.",
    )
    verdict = models.CharField(
        max_length=12,
        choices=Verdict,
        default=Verdict.NOT_ASSESSED,
        help_text="How the claim fares in the literature.",
    )
    verdict_note = models.TextField(
        blank=True,
        help_text="What the literature says, in a sentence or two. Needed for all but a supported claim.",
    )
    verdict_sources = models.ManyToManyField(
        Source,
        blank=True,
        related_name="decided_%(class)ss",
        help_text="The sources that decide the verdict.",
    )
    last_reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last held the claim against the literature."
    )

    objects = ClaimQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True
        ordering = ["source", "position", "slug"]
        indexes = [
            *Record.Meta.indexes,
            # The list of sources says how many claims each makes.
            models.Index(fields=["source", "status"], name="%(app_label)s_%(class)s_of_source"),
            # The editors' desk lists them source by source.
            models.Index(fields=["source", "position", "slug"], name="%(app_label)s_%(class)s_in_place"),
            # The editors' desk asks for those that were not reviewed for long.
            models.Index(fields=["status", "last_reviewed_on", "publication"], name="%(app_label)s_%(class)s_ageing"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(verdict__in=["REFINED", "CONTRADICTED", "UNVERIFIABLE"]) | ~Q(verdict_note=""),
                name="%(app_label)s_%(class)s_verdict_with_note",
                violation_error_message="Say in the verdict note what the literature says, or why it is silent.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="NOT_ASSESSED") | Q(last_reviewed_on__isnull=False),
                name="%(app_label)s_%(class)s_verdict_with_day",
                violation_error_message="A verdict needs the day it was reached, in “last reviewed on”.",
            ),
        ]

    def __str__(self):
        return self.statement

    @classmethod
    def subject_names(cls):
        """The foreign keys to records that a kind of claim adds to those of every claim, in their order."""
        of_every_claim = {field.name for field in Claim._meta.fields}
        return [
            field.name
            for field in cls._meta.fields
            if field.name not in of_every_claim
            and isinstance(field, models.ForeignKey)
            and issubclass(field.related_model, Record)
        ]

    def clean(self):
        all_of(super().clean, self._clean_review, self._clean_quotation)

    def _clean_review(self):
        if self.last_reviewed_on and self.last_reviewed_on > datetime.date.today():
            raise ValidationError({"last_reviewed_on": "A review cannot lie in the future."})

    def _clean_quotation(self):
        if self.quotation and self.source_id and self.source.text and not self.source.says(self.quotation):
            raise ValidationError({"quotation": quotations.complaint(self.quotation, self.source.text)})

    def clean_for_publication(self):
        super().clean_for_publication()
        decided = {Verdict.SUPPORTED, Verdict.REFINED, Verdict.CONTRADICTED}
        if self.verdict in decided and not self.verdict_sources.exists():
            raise ValidationError({"verdict_sources": "Name the sources that decide the verdict."})

    @cached_property
    def deciding(self):
        """The sources that decide the verdict, or were asked in vain; pages ask for them again and again."""
        return list(parts_of(self, "verdict_sources"))

    @property
    def figure(self):
        """The claim's number as a reader reads it; a kind of claim that has numbers says how."""
        return ""

    @property
    def no_figure(self):
        """Why the number is missing, where one would be expected: “no figure: the source does not state it”."""
        return ""

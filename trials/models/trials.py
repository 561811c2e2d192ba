"""Clinical trials and their arms."""

import datetime
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThanOrEqual

from drugs.models import Disease, Drug
from temsisite.evidence.fields import PartialDateField, lies_before
from temsisite.evidence.identifiers import Identifier, validate_nct_id
from temsisite.evidence.models import AgeingQuerySet, Source
from temsisite.publishing.models import Part, Record, all_of, stands_once


def phases(phase):
    """The phases that a value stands for, as the registry lists them: PHASE1_PHASE2 → ["PHASE1", "PHASE2"]."""
    return [phase] if phase == "EARLY_PHASE1" else phase.split("_")


class TrialQuerySet(AgeingQuerySet):
    """Questions about trials, in the reader's words."""

    def of_phase(self, phase):
        """Trials that have this phase; a phase 1/2 trial has two."""
        return self.filter(phase__in=[value for value in Trial.Phase if phase in phases(value)])

    def in_a_row(self):
        """Fetch what a row of a table or a cell tells of a trial."""
        return self.only(
            *("slug", "nct_id", "acronym", "brief_title", "phase", "overall_status"),
            *("start_date", "enrollment", "enrollment_type"),
        )

    def with_parts(self):
        """Fetch what a trial's own page shows of its arms and of the records it names."""
        return self.prefetch_related(
            Prefetch("arms", Arm.objects.order_by("number")),
            Prefetch("arms__drugs", Drug.objects.only("slug", "status", "inn")),
            Prefetch("diseases", Disease.objects.only("slug", "status", "name")),
            Prefetch("sources", Source.objects.to_refer_to()),
            "identifiers",
        )

    def due_for_review(self, today):
        """Those whose status a registry may have changed meanwhile."""
        return super().due_for_review(today).exclude(overall_status__in=Trial.FINAL)

    def of_drug(self, drug):
        return self.named_by(Arm.objects.filter(drugs=drug), "trial")

    def in_disease(self, disease):
        return self.named_by(Trial.diseases.through.objects.filter(disease=disease), "trial")


class Trial(Record):
    """A clinical trial: people are given a treatment, and what happens is counted.

    Words and values are the registry's (ClinicalTrials.gov v2); the registry says "study".
    """

    class OverallStatus(models.TextChoices):
        NOT_YET_RECRUITING = "NOT_YET_RECRUITING", "not yet recruiting"
        RECRUITING = "RECRUITING", "recruiting"
        ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION", "enrolling by invitation"
        ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING", "active, not recruiting"
        SUSPENDED = "SUSPENDED", "suspended"
        TERMINATED = "TERMINATED", "terminated"
        COMPLETED = "COMPLETED", "completed"
        WITHDRAWN = "WITHDRAWN", "withdrawn before enrollment"
        UNKNOWN = "UNKNOWN", "unknown"

    STOPPED_EARLY = (OverallStatus.SUSPENDED, OverallStatus.TERMINATED, OverallStatus.WITHDRAWN)
    FINAL = ("", *STOPPED_EARLY, OverallStatus.COMPLETED)  # a status that no registry will change

    class Phase(models.TextChoices):
        """The registry lists phases; a trial of two phases has a value of its own here, as in FHIR."""

        NA = "NA", "not applicable"
        EARLY_PHASE1 = "EARLY_PHASE1", "early phase 1"
        PHASE1 = "PHASE1", "phase 1"
        PHASE1_PHASE2 = "PHASE1_PHASE2", "phase 1/2"
        PHASE2 = "PHASE2", "phase 2"
        PHASE2_PHASE3 = "PHASE2_PHASE3", "phase 2/3"
        PHASE3 = "PHASE3", "phase 3"
        PHASE4 = "PHASE4", "phase 4"

    class StudyType(models.TextChoices):
        INTERVENTIONAL = "INTERVENTIONAL", "interventional"
        OBSERVATIONAL = "OBSERVATIONAL", "observational"
        EXPANDED_ACCESS = "EXPANDED_ACCESS", "expanded access"

    class Actuality(models.TextChoices):
        ACTUAL = "ACTUAL", "actual"
        ESTIMATED = "ESTIMATED", "planned"

    NAMES = ("acronym", "nct_id", "official_title", "identifiers.value")

    nct_id = models.CharField(
        "NCT number",
        max_length=11,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_nct_id],
        help_text="The number at ClinicalTrials.gov: NCT and eight digits. Empty if none is known.",
        error_messages={"unique": "Another trial already has this NCT number."},
    )
    brief_title = models.CharField(
        max_length=300, help_text="A short title in the site's own words or the registry's."
    )
    official_title = models.TextField(blank=True, help_text="As the registry or the report prints it.")
    acronym = models.CharField(max_length=60, blank=True, help_text="Such as ARCC, or a group's number: IND.199.")
    phase = models.CharField(max_length=13, choices=Phase)
    study_type = models.CharField(max_length=15, choices=StudyType, default=StudyType.INTERVENTIONAL)
    overall_status = models.CharField(
        max_length=23,
        choices=OverallStatus,
        blank=True,
        help_text="Empty if no registry says; “unknown” is a registry's own word for what was long not confirmed.",
    )
    overall_status_label = models.CharField(
        "status as printed",
        max_length=60,
        blank=True,
        help_text="The registry's own word, kept beside our code.",
    )
    why_stopped = models.TextField(blank=True, help_text="The registry's reason, as printed, if it stopped early.")
    enrollment = models.PositiveIntegerField(null=True, blank=True, help_text="How many people took part.")
    enrollment_type = models.CharField(
        max_length=9, choices=Actuality, blank=True, help_text="Whether that number was counted or planned."
    )
    start_date = PartialDateField(help_text="2009-12, or a full date.")
    primary_completion_date = PartialDateField(help_text="When the last person was measured for the main question.")
    completion_date = PartialDateField(help_text="When the trial ended.")
    lead_sponsor = models.CharField(max_length=160, blank=True, help_text="Who is responsible for it.")
    collaborators = models.CharField(
        max_length=300, blank=True, help_text="Others who support it, separated by commas."
    )
    diseases = models.ManyToManyField(Disease, blank=True, related_name="trials")
    population = models.TextField(blank=True, help_text="Who took part: disease, stage, earlier treatment.")
    summary = models.TextField(blank=True, help_text="What was tried and what came of it, in two or three sentences.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="trials", help_text="Where the facts above come from."
    )
    last_reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last compared all this with the registry and the reports."
    )

    objects = TrialQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-start_date", "slug"]
        indexes = [
            *Record.Meta.indexes,
            # With what trials are chosen by, so that the index alone chooses them, and counts them.
            models.Index(
                fields=["status", "-start_date", "slug", "phase", "overall_status"], name="trials_trial_by_start"
            ),
            models.Index(fields=["status", "brief_title", "slug"], name="trials_trial_by_title"),
            models.Index(fields=["status", "last_reviewed_on", "publication"], name="trials_trial_ageing"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(enrollment__isnull=True, enrollment_type="")
                | (Q(enrollment__isnull=False) & ~Q(enrollment_type="")),
                name="%(app_label)s_%(class)s_enrollment_with_type",
                violation_error_message="Say whether the enrollment was counted or planned, or leave both empty.",
            ),
            models.CheckConstraint(
                # Their years only, for one of the dates may be no more than a year; clean() compares the rest.
                condition=Q(completion_date="")
                | Q(start_date="")
                | GreaterThanOrEqual(Substr("completion_date", 1, 4), Substr("start_date", 1, 4)),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message="The trial is completed before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(nct_id__isnull=True) | ~Q(nct_id=""),
                name="%(app_label)s_%(class)s_nct_id_null_not_blank",
                violation_error_message="A trial without an NCT number has none, not an empty one.",
            ),
        ]

    def __str__(self):
        return self.brief_title

    def clean(self):
        self.nct_id = self.nct_id or None
        all_of(super().clean, self._clean_slug, self._clean_review, self._clean_dates)

    def _clean_slug(self):
        if self.has_number_for_slug:
            raise ValidationError({"slug": "NCT numbers lead to trials already: give the address words of its own."})

    def _clean_review(self):
        if self.last_reviewed_on and self.last_reviewed_on > datetime.date.today():
            raise ValidationError({"last_reviewed_on": "A review cannot lie in the future."})

    def _clean_dates(self):
        ended = {name: getattr(self, name) for name in ("primary_completion_date", "completion_date")}
        if early := [name for name, day in ended.items() if lies_before(day, self.start_date)]:
            when = f"lies before {self.start_date}, when the trial started."
            raise ValidationError({name: f"{ended[name]} {when}" for name in early})

    def clean_for_publication(self):
        super().clean_for_publication()
        if self.is_public:  # no public finding names another
            self._refuse_fewer_people_than_findings_count()
            self._refuse_new_numbers_of_arms_in_use()

    def _refuse_fewer_people_than_findings_count(self):
        findings = self.findings.public().filter(discrepancy_note="").select_related("arm").order_by("slug")
        if above := [finding.slug for finding in findings if finding.counts_more_than_enrolled]:
            raise ValidationError(
                f"N is above the number of people enrolled in what is public: {', '.join(above)}. Correct the "
                "enrollment, or explain the difference in the discrepancy notes of these findings first."
            )

    def _refuse_new_numbers_of_arms_in_use(self):
        published = {arm["number"] for arm in json.loads(self.publication.document)["arms"]}
        if arm := self.arms.exclude(number__in=published).filter(findings__isnull=False).first():
            raise ValidationError(
                f"“{arm}” cannot become arm {arm.number}: findings name it by the number it was published with. Give "
                "it that number again, or leave it as it was and add another arm."
            )

    @property
    def phases(self):
        """The phases as the registry lists them: ["PHASE1", "PHASE2"]."""
        return phases(self.phase)

    @property
    def stopped_early(self):
        return self.overall_status in self.STOPPED_EARLY

    @property
    def has_number_for_slug(self):
        """Whether its slug reads like an NCT number; at /trials/<NCT number>/ another view answers."""
        return validate_nct_id.regex.match(self.slug.upper()) is not None

    @property
    def registry_url(self):
        return f"https://clinicaltrials.gov/study/{self.nct_id}" if self.nct_id else ""


class TrialIdentifier(Identifier):
    """A trial's other number: the sponsor's, the European registry's."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="identifiers")
    whole = "trial"

    class Meta(Identifier.Meta):
        verbose_name = "identifier"
        constraints = [stands_once("trial", "scheme", "value")]


class Arm(Part):
    """A group of people in a trial who get the same treatment.

    Its key is its number, not its title: findings keep their arm when an editor renames it.
    """

    class GroupType(models.TextChoices):
        EXPERIMENTAL = "EXPERIMENTAL", "experimental"
        ACTIVE_COMPARATOR = "ACTIVE_COMPARATOR", "active comparator"
        PLACEBO_COMPARATOR = "PLACEBO_COMPARATOR", "placebo comparator"
        SHAM_COMPARATOR = "SHAM_COMPARATOR", "sham comparator"
        NO_INTERVENTION = "NO_INTERVENTION", "no intervention"
        OTHER = "OTHER", "other"

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="arms")
    number = models.PositiveSmallIntegerField(help_text="Its place in the trial; it stays when the title changes.")
    title = models.CharField(max_length=200, help_text="What sets it apart: “temsirolimus 25 mg weekly”.")
    group_type = models.CharField(max_length=18, choices=GroupType, default=GroupType.EXPERIMENTAL)
    drugs = models.ManyToManyField(Drug, blank=True, related_name="arms")
    regimen = models.TextField(blank=True, help_text="Doses and schedule: 25 mg intravenously once a week.")
    enrollment = models.PositiveIntegerField(null=True, blank=True, help_text="How many people were put in this arm.")

    whole = "trial"
    own_key = ("number",)

    class Meta:
        ordering = ["trial", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "number"],
                name="%(app_label)s_%(class)s_number_once",
                violation_error_message="Another arm of this trial has this number.",
            )
        ]

    def __str__(self):
        return self.title

"""What was found in trials: claims with their numbers, checked for what arithmetic can check."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from temsisite.evidence.models import AbsenceReason, Claim, Quantity, Unit, as_number
from temsisite.publishing.models import all_of
from trials import measures
from trials.arithmetic import count_disagreement, percent_disagreement
from trials.models.questions import FindingQuerySet
from trials.models.trials import Arm, Trial


class Finding(Claim, Quantity):
    """A claim about a trial: what it was, what was counted in it, what came out."""

    class Measure(models.TextChoices):
        DESIGN = "DESIGN", "what was tried"
        ENROLLMENT = "ENROLLMENT", "enrollment"
        POPULATION = "POPULATION", "who took part"
        OBJECTIVE_RESPONSE = "OBJECTIVE_RESPONSE", "objective response"
        COMPLETE_RESPONSE = "COMPLETE_RESPONSE", "complete response"
        PARTIAL_RESPONSE = "PARTIAL_RESPONSE", "partial response"
        STABLE_DISEASE = "STABLE_DISEASE", "stable disease"
        PROGRESSIVE_DISEASE = "PROGRESSIVE_DISEASE", "progressive disease"
        DISEASE_CONTROL = "DISEASE_CONTROL", "disease control"
        STABLE_DISEASE_DURATION = "STABLE_DISEASE_DURATION", "duration of stable disease"
        PROGRESSION_FREE_SURVIVAL = "PROGRESSION_FREE_SURVIVAL", "progression-free survival"
        OVERALL_SURVIVAL = "OVERALL_SURVIVAL", "overall survival"
        HAZARD_RATIO_PROGRESSION = "HAZARD_RATIO_PROGRESSION", "hazard ratio for progression"
        HAZARD_RATIO_DEATH = "HAZARD_RATIO_DEATH", "hazard ratio for death"
        ADVERSE_EVENT = "ADVERSE_EVENT", "adverse event"
        DOSE_LIMITING_TOXICITY = "DOSE_LIMITING_TOXICITY", "dose-limiting toxicity"
        MAXIMUM_TOLERATED_DOSE = "MAXIMUM_TOLERATED_DOSE", "maximum tolerated dose"
        RECOMMENDED_DOSE = "RECOMMENDED_DOSE", "recommended phase 2 dose"
        TOLERABILITY = "TOLERABILITY", "tolerability"
        DISCONTINUATION = "DISCONTINUATION", "discontinuation"
        EARLY_STOP = "EARLY_STOP", "early stop"

    SETTING = (Measure.DESIGN, Measure.ENROLLMENT, Measure.POPULATION)
    # What one person's best response can be only one of, so that the numbers cannot exceed the people.
    CATEGORIES = (
        Measure.COMPLETE_RESPONSE,
        Measure.PARTIAL_RESPONSE,
        Measure.STABLE_DISEASE,
        Measure.PROGRESSIVE_DISEASE,
    )

    RESPONSES = (Measure.OBJECTIVE_RESPONSE, *CATEGORIES, Measure.DISEASE_CONTROL)
    SURVIVAL = (Measure.PROGRESSION_FREE_SURVIVAL, Measure.OVERALL_SURVIVAL)

    TOLD_TOGETHER = {"figure": (*Quantity.PRINTED, "numerator", "denominator", "interval_type", "interval_level")}

    class Denominator(models.TextChoices):
        """Whom the denominator counts."""

        RANDOMIZED = "RANDOMIZED", "randomized or enrolled"
        TREATED = "TREATED", "treated"
        RESPONSE_EVALUABLE = "RESPONSE_EVALUABLE", "evaluable for response"
        TOXICITY_EVALUABLE = "TOXICITY_EVALUABLE", "evaluable for toxicity"
        SUBGROUP = "SUBGROUP", "a subgroup"
        NOT_STATED = "NOT_STATED", "not stated"

    class IntervalType(models.TextChoices):
        CONFIDENCE = "CONFIDENCE", "confidence interval"
        RANGE = "RANGE", "range"
        NOT_STATED = "NOT_STATED", "interval of a kind not stated"

    class Criteria(models.TextChoices):
        """By which rules tumor response was judged."""

        WHO = "WHO", "WHO"
        RECIST_1_0 = "RECIST_1_0", "RECIST 1.0"
        RECIST_1_1 = "RECIST_1_1", "RECIST 1.1"
        IRECIST = "IRECIST", "iRECIST"
        OTHER = "OTHER", "other"

    class Assessor(models.TextChoices):
        INVESTIGATOR = "INVESTIGATOR", "investigator"
        INDEPENDENT_REVIEW = "INDEPENDENT_REVIEW", "independent review"
        NOT_STATED = "NOT_STATED", "not stated"

    class GradeBand(models.TextChoices):
        """Which CTCAE grades an adverse event counts; 1 is mild, 5 is death."""

        ANY = "ANY", "any grade"
        GRADES_1_2 = "GRADES_1_2", "grade 1–2"
        GRADES_3_4 = "GRADES_3_4", "grade 3–4"
        GRADE_3_UP = "GRADE_3_UP", "grade 3 or higher"
        ABOVE_3 = "ABOVE_3", "above grade 3"
        GRADE_5 = "GRADE_5", "grade 5"

    trial = models.ForeignKey(Trial, models.PROTECT, related_name="findings")
    arm = models.ForeignKey(
        Arm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        help_text="Empty for the whole trial.",
    )
    compared_with = models.ForeignKey(
        Arm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comparisons",
        help_text="The other arm of a hazard ratio.",
    )
    measure = models.CharField(max_length=26, choices=Measure)
    value_absence = models.CharField(
        "why there is no value",
        max_length=12,
        choices=AbsenceReason,
        blank=True,
        help_text="Only when it is empty.",
    )
    numerator = models.PositiveIntegerField("n", null=True, blank=True, help_text="How many people had it.")
    denominator = models.PositiveIntegerField("N", null=True, blank=True, help_text="Out of how many.")
    denominator_counts = models.CharField("N counts", max_length=18, choices=Denominator, blank=True)
    interval_type = models.CharField(max_length=10, choices=IntervalType, blank=True)
    interval_level = models.PositiveSmallIntegerField(
        "confidence level", null=True, blank=True, help_text="In percent, usually 95."
    )
    p_value = models.CharField("P", max_length=20, blank=True, help_text="As printed: 0.008 or <0.001.")
    time_frame = models.CharField(max_length=120, blank=True, help_text="Over which time: “at 6 months”.")
    population = models.CharField(
        max_length=160, blank=True, help_text="Only when fewer than the whole arm: “endometrial carcinoma”."
    )
    criteria = models.CharField("response criteria", max_length=10, choices=Criteria, blank=True)
    assessor = models.CharField(max_length=18, choices=Assessor, blank=True)
    event_term = models.CharField("adverse event", max_length=120, blank=True, help_text="As printed: mucositis.")
    grade_band = models.CharField("grades", max_length=10, choices=GradeBand, blank=True)
    ctcae_version = models.CharField("CTCAE version", max_length=5, blank=True, help_text="3.0, 4.0, 4.03, 5.0.")
    discrepancy_note = models.TextField(
        blank=True, help_text="When the source's own numbers disagree: what it prints, and what they give."
    )

    objects = FindingQuerySet.as_manager()

    class Meta(Claim.Meta):
        indexes = [
            *Claim.Meta.indexes,
            # With what findings are chosen by, so that the index alone chooses them, and counts them.
            models.Index(
                fields=["status", "trial", "arm", "measure", "slug", "verdict", "source"],
                name="trials_finding_by_trial",
            ),
            models.Index(fields=["status", "value_absence"], name="trials_finding_absences"),
        ]
        constraints = [
            *Claim.Meta.constraints,
            *Quantity.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_absence="") | (Q(value__isnull=True) & ~Q(value_absence="")),
                name="%(app_label)s_%(class)s_value_or_reason",
                violation_error_message="Give either the value or the reason it is missing.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(denominator__isnull=False, numerator__lte=F("denominator")),
                name="%(app_label)s_%(class)s_numerator_up_to_denominator",
                violation_error_message="n is above N, or N is missing: n counts some of the N people.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=1),
                name="%(app_label)s_%(class)s_denominator_above_zero",
                violation_error_message="N counts at least one person.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True, denominator_counts="")
                | (Q(denominator__isnull=False) & ~Q(denominator_counts="")),
                name="%(app_label)s_%(class)s_denominator_says_whom",
                violation_error_message="Say whom N counts, or leave both empty.",
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True, interval_type="") | (Q(lower__isnull=False) & ~Q(interval_type="")),
                name="%(app_label)s_%(class)s_interval_says_kind",
                violation_error_message="Say what kind of interval it is, or leave its ends empty.",
            ),
            models.CheckConstraint(
                condition=Q(interval_level__isnull=True)
                | Q(interval_type="CONFIDENCE", interval_level__gte=50, interval_level__lte=99),
                name="%(app_label)s_%(class)s_level_of_confidence_interval",
                violation_error_message="Only a confidence interval has a level, between 50 and 99 percent.",
            ),
            models.CheckConstraint(
                # What some of the people had. Survival is left out: a change of it in percent may have any size.
                condition=~Q(
                    unit="PERCENT",
                    measure__in=[
                        "OBJECTIVE_RESPONSE",
                        "COMPLETE_RESPONSE",
                        "PARTIAL_RESPONSE",
                        "STABLE_DISEASE",
                        "PROGRESSIVE_DISEASE",
                        "DISEASE_CONTROL",
                        "ADVERSE_EVENT",
                        "DOSE_LIMITING_TOXICITY",
                        "DISCONTINUATION",
                    ],
                )
                | Q(value__isnull=True)
                | (GreaterThanOrEqual(as_number("value"), 0) & LessThanOrEqual(as_number("value"), 100)),
                name="%(app_label)s_%(class)s_share_of_people_up_to_100_percent",
                violation_error_message="A share of the people lies between 0 and 100 percent.",
            ),
        ]

    def clean(self):
        all_of(super().clean, self._clean_arms, self._clean_agreement)

    def _clean_agreement(self):
        # It may be the source's own mistake: with a note it is kept as printed, and shown.
        if not self.discrepancy_note and (disagreements := self.disagreements()):
            way_out = "Correct the figures, or say in the discrepancy note that it is printed so."
            raise ValidationError({name: f"{sentence} {way_out}" for name, sentence in disagreements.items()})

    def _clean_arms(self):
        for name in ("arm", "compared_with"):
            arm = getattr(self, name)
            if arm and self.trial_id and arm.trial_id != self.trial_id:
                raise ValidationError({name: f"“{arm}” is an arm of another trial."})
        if self.compared_with and self.compared_with == self.arm:
            raise ValidationError({"compared_with": "An arm is not compared with itself."})

    def clean_for_publication(self):
        super().clean_for_publication()
        if shortcomings := measures.shortcomings(self):
            raise ValidationError(shortcomings)

    def disagreements(self) -> dict[str, str]:
        """Where the figures contradict each other or the trial: a sentence by field."""
        found = {}
        if self.trial_id and self.counts_more_than_enrolled:
            found["denominator"] = f"N is {self.denominator}, but only {self.enrolled} people were enrolled."
        if (total := self._people_in_categories()) > (self.denominator or 0):
            found["numerator"] = (
                f"With the other responses of this group {total} people are counted, but N is {self.denominator}."
            )
        if sentence := self._disagreement_of_value():
            found["value"] = sentence
        return found

    def _disagreement_of_value(self):
        if self.unit == Unit.PERCENT:
            return percent_disagreement(self.value, self.numerator, self.denominator, comparator=self.comparator)
        if self.unit == Unit.PATIENTS:
            return count_disagreement(self.value, self.numerator, comparator=self.comparator)
        return ""

    def _people_in_categories(self):
        """How many people this finding counts together with those in the other categories; 0 if there are none."""
        if not self.trial_id or self.measure not in self.CATEGORIES or self.numerator is None:
            return 0
        others = Finding.objects.public().alike(self).filter(measure__in=self.CATEGORIES).exclude(measure=self.measure)
        counted = others.aggregate(total=Sum("numerator"))["total"]
        return self.numerator + counted if counted else 0

    @property
    def is_share(self):
        """Whether it is one of the `shares()`."""
        is_survival = self.measure in self.SURVIVAL and self.time_frame != ""
        in_percent = self.unit == Unit.PERCENT and self.value is not None and 0 <= self.value <= 100
        return (self.measure in self.RESPONSES or is_survival) and (in_percent or self.numerator is not None)

    @property
    def enrolled(self):
        """How many people its arm, or else its trial, is known to have had; None where they were only planned."""
        if self.arm and self.arm.enrollment is not None:
            return self.arm.enrollment
        return self.trial.enrollment if self.trial.enrollment_type == Trial.Actuality.ACTUAL else None

    @property
    def counts_more_than_enrolled(self):
        return None not in (self.denominator, self.enrolled) and self.denominator > self.enrolled

    @property
    def figure(self):
        """The number with what it counts: “57.6 %, 19/33”."""
        count = "" if self.numerator is None else f"{self.numerator}/{self.denominator}"
        return ", ".join(filter(None, [self.printed_value, count, self.interval]))

    @property
    def no_figure(self):
        missing = self.value_absence and self.value_absence != AbsenceReason.QUALITATIVE  # some never meant one
        return f"no figure: {AbsenceReason(self.value_absence).label}" if missing else ""

    @property
    def interval(self):
        """“95 % confidence interval 14–43”, or the empty string."""
        if None in (self.lower, self.upper, self.value) or not self.interval_type:  # a draft may be half typed
            return ""
        level = f"{self.interval_level} % " if self.interval_level else ""
        return f"{level}{Finding.IntervalType(self.interval_type).label} {self.lower}–{self.upper}"

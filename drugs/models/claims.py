"""Claims about drugs, targets and diseases: approvals, mechanisms, regulations, statements."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from drugs.models.records import Disease, Drug, Target
from temsisite.evidence.fields import PARTIAL_DATE, PartialDateField, first_day, in_words, is_date
from temsisite.evidence.models import AbsenceReason, Claim, ClaimQuerySet, Quantity
from temsisite.publishing.models import all_of

FIRST_APPROVALS = 1938  # the US Food, Drug, and Cosmetic Act made approval before sale a law


class ApprovalQuerySet(ClaimQuerySet):
    """Questions about approvals."""

    def given_by(self, day):
        """Approvals that may have been given by a day: a date known in part may lie before it, and so may none."""
        return self.filter(action_date__lte=day.isoformat())  # such dates sort as text, and no date comes first

    def given_later_in_the_year(self, day):
        """Approvals given after a day for certain, as far as one known to the year could be one of them."""
        return self.filter(action_date__gt=day.isoformat(), action_date__lte=f"{day.year:04}-12-31")


class Approval(Claim):
    """A claim that an authority allowed a drug to be sold for a use."""

    class Jurisdiction(models.TextChoices):
        US = "US", "United States"
        EU = "EU", "European Union"
        JP = "JP", "Japan"
        UK = "UK", "United Kingdom"
        NOT_STATED = "NOT_STATED", "not stated"

    drug = models.ForeignKey(Drug, models.PROTECT, related_name="approvals")
    disease = models.ForeignKey(
        Disease,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approvals",
        help_text="Empty if it is no disease.",
    )
    authority = models.CharField(max_length=80, blank=True, help_text="Who decided: FDA, European Commission.")
    jurisdiction = models.CharField(max_length=10, choices=Jurisdiction, help_text="Where the decision holds.")
    action_date = PartialDateField(
        help_text="The day of the decision, as far as the source gives it: 2007-05-30 or 2007-05."
    )
    action_date_absence = models.CharField(
        "why there is no date",
        max_length=12,
        choices=AbsenceReason,
        blank=True,
        help_text="Only when the date is empty.",
    )
    brand_name = models.CharField(max_length=80, blank=True)
    holder = models.CharField(max_length=160, blank=True, help_text="The company the decision was given to.")
    indication = models.TextField(blank=True, help_text="Whom the drug may be given to, in the site's own words.")

    objects = ApprovalQuerySet.as_manager()

    class Meta(Claim.Meta):
        indexes = [
            *Claim.Meta.indexes,
            models.Index(fields=["status", "-action_date", "slug"], name="drugs_approval_by_day"),
        ]
        constraints = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=Q(action_date="") ^ Q(action_date_absence=""),
                name="%(app_label)s_%(class)s_date_or_reason",
                violation_error_message="Give either the date of the decision or the reason it is missing.",
            ),
        ]

    def clean(self):
        all_of(super().clean, self._clean_day)

    def _clean_day(self):
        if not self.action_date:
            return
        if self.action_date < str(FIRST_APPROVALS):
            raise ValidationError(
                {"action_date": f"No medicine was approved before {FIRST_APPROVALS}, when the first law asked for it."}
            )
        if first_day(self.action_date) > datetime.date.today().isoformat():
            raise ValidationError({"action_date": f"An approval cannot lie in the future; {self.action_date} does."})

    @property
    def figure(self):
        return in_words(self.action_date)

    @property
    def no_figure(self):
        return f"no date: {self.get_action_date_absence_display()}" if self.action_date_absence else ""


class MechanismQuerySet(ClaimQuerySet):
    """Questions about mechanisms."""

    def touching(self, targets):
        """Mechanisms that act on one of these targets, or through it."""
        return self.filter(Q(target__in=targets) | Q(through__in=targets))


class Mechanism(Claim):
    """A claim that a drug acts on a target: the first step of how it works."""

    class Action(models.TextChoices):
        ACTS_ON = "ACTS_ON", "acts on"  # the source does not say how
        BINDS = "BINDS", "binds"
        INHIBITS = "INHIBITS", "inhibits"
        ACTIVATES = "ACTIVATES", "activates"

    drug = models.ForeignKey(Drug, models.PROTECT, related_name="mechanisms")
    action = models.CharField(max_length=10, choices=Action)
    target = models.ForeignKey(Target, models.PROTECT, related_name="mechanisms")
    through = models.ForeignKey(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mechanisms_through",
        help_text="The protein the drug must bind first, when only their complex acts.",
    )
    site = models.CharField(max_length=120, blank=True, help_text="Which part of the target, like “FRB domain”.")

    objects = MechanismQuerySet.as_manager()

    class Meta(Claim.Meta):
        pass

    @property
    def edge(self):
        """The claim as an arrow: “temsirolimus inhibits mTOR (MTOR)”."""
        return f"{self.drug} {self.get_action_display()} {self.target}"


class RegulationQuerySet(ClaimQuerySet):
    """Questions about regulations."""

    def touching(self, targets):
        """Regulations of these targets or by them."""
        return self.filter(Q(regulator__in=targets) | Q(target__in=targets))


class Regulation(Claim):
    """A claim that one protein of the pathway steers another, or a process of the cell."""

    class Effect(models.TextChoices):
        ACTIVATES = "ACTIVATES", "activates"
        INACTIVATES = "INACTIVATES", "inactivates"
        REGULATES = "REGULATES", "regulates"  # the source does not say in which direction

    SIGNS = {Effect.ACTIVATES: 1, Effect.INACTIVATES: -1, Effect.REGULATES: 0}

    regulator = models.ForeignKey(
        Target, models.PROTECT, related_name="regulations", help_text="The protein that does something."
    )
    effect = models.CharField(max_length=12, choices=Effect)
    target = models.ForeignKey(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="regulated_by",
        help_text="The protein it steers …",
    )
    process = models.CharField(max_length=120, blank=True, help_text="… or the process it steers: cell growth.")
    modification = models.CharField(max_length=80, blank=True, help_text="By which step, like phosphorylation.")

    objects = RegulationQuerySet.as_manager()

    class Meta(Claim.Meta):
        constraints = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=Q(target__isnull=False, process="") | (Q(target__isnull=True) & ~Q(process="")),
                name="%(app_label)s_%(class)s_target_xor_process",
                violation_error_message="Name either the protein or the process that is regulated, not both.",
            ),
        ]

    @property
    def sign(self):
        """+1, −1, or 0 when the direction is not stated."""
        return self.SIGNS[self.effect]

    @property
    def edge(self):
        return f"{self.regulator} {self.get_effect_display()} {self.target or self.process}"


class StatementQuerySet(ClaimQuerySet):
    """Questions about statements."""

    def telling_of_events(self):
        """What tells of something that happened, and when."""
        topics = [Statement.Topic.ORIGIN, Statement.Topic.HISTORY, Statement.Topic.DEVELOPMENT]
        return self.filter(topic__in=topics, period__regex=PARTIAL_DATE)


class Statement(Claim, Quantity):
    """A claim about exactly one drug, target or disease that is no approval, mechanism, regulation or finding."""

    class Topic(models.TextChoices):
        ORIGIN = "ORIGIN", "origin"
        HISTORY = "HISTORY", "history"
        DEVELOPMENT = "DEVELOPMENT", "development"
        PHARMACOLOGY = "PHARMACOLOGY", "pharmacology"
        ROLE = "ROLE", "role in the body"
        EPIDEMIOLOGY = "EPIDEMIOLOGY", "how common"
        PROGNOSIS = "PROGNOSIS", "course and survival"
        TREATMENT = "TREATMENT", "treatment"
        IDENTITY = "IDENTITY", "names"
        OUTLOOK = "OUTLOOK", "outlook and opinion"

    TOLD_TOGETHER = {"figure": Quantity.PRINTED}

    topic = models.CharField(max_length=12, choices=Topic)
    drug = models.ForeignKey(Drug, models.PROTECT, null=True, blank=True, related_name="statements")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="statements")
    disease = models.ForeignKey(Disease, models.PROTECT, null=True, blank=True, related_name="statements")
    population = models.CharField(max_length=160, blank=True, help_text="Whom the number counts: “adults in the UK”.")
    period = models.CharField(
        max_length=40,
        blank=True,
        help_text="When they were counted: 2014–2020. Or when it happened: 1964, 2007-05.",
    )

    objects = StatementQuerySet.as_manager()

    class Meta(Claim.Meta):
        constraints = [
            *Claim.Meta.constraints,
            *Quantity.Meta.constraints,
            models.CheckConstraint(
                condition=Q(drug__isnull=False, target__isnull=True, disease__isnull=True)
                | Q(drug__isnull=True, target__isnull=False, disease__isnull=True)
                | Q(drug__isnull=True, target__isnull=True, disease__isnull=False),
                name="%(app_label)s_%(class)s_about_exactly_one",
                violation_error_message="A statement is about exactly one drug, target or disease.",
            ),
        ]

    @property
    def event_date(self):
        """When it happened, if its period is a single date: “1964”, “2007-05”, not “2014–2020”."""
        return self.period if is_date(self.period) else ""

    @property
    def subject(self):
        """The drug, target or disease it is about."""
        return self.drug or self.target or self.disease

    @property
    def figure(self):
        return self.printed_value

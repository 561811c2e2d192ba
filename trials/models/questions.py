"""What one asks of findings, in the reader's words."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from temsisite.evidence.models import ClaimQuerySet, Unit, as_number
from trials.models.trials import Arm, Trial


class FindingQuerySet(ClaimQuerySet):
    """Questions about findings."""

    def outcomes(self):
        """What came out of trials, as against what the trials were."""
        return self.exclude(measure__in=self.model.SETTING)

    def shares(self):
        """What tells which part of the people had something: a response, or survival up to a time."""
        in_percent = Q(
            GreaterThanOrEqual(as_number("value"), 0), LessThanOrEqual(as_number("value"), 100), unit=Unit.PERCENT
        )
        survival = Q(measure__in=self.model.SURVIVAL) & ~Q(time_frame="")
        return self.filter(Q(measure__in=self.model.RESPONSES) | survival, in_percent | Q(numerator__isnull=False))

    def with_names_of_trial(self):
        """Fetch what a finding's own page says of its trial and of its arms."""
        shown = {"id", "slug", "status", "brief_title"}
        aside = [f"trial__{field.name}" for field in Trial._meta.concrete_fields if field.name not in shown]
        return self.select_related("trial", "arm", "compared_with").defer(*aside)

    def of_drug(self, drug):
        return self.named_by(Arm.objects.filter(drugs=drug), "trial", own="trial")

    def in_disease(self, disease):
        return self.named_by(Trial.diseases.through.objects.filter(disease=disease), "trial", own="trial")

    def in_people_given(self, drug):
        """Findings in arms that got the drug, or in the whole of a trial all of whose arms got it."""
        others = Arm.objects.filter(trial=OuterRef("trial")).exclude(drugs=drug)
        whole = Q(arm=None) & ~Exists(others)
        given = Exists(Arm.drugs.through.objects.filter(arm=OuterRef("arm"), drug=drug))  # sooner than a list of all
        return self.of_drug(drug).filter(given | whole)

    def of_disease(self, disease):
        """Findings of trials in people who have it, each with whether the trial took `other_diseases` as well."""
        listed = Trial.diseases.through.objects
        others = listed.filter(trial=OuterRef("trial")).exclude(disease=disease)
        return self.filter(trial__diseases=disease).annotate(other_diseases=Exists(others))

    def in_order_of_trials(self):
        """As trials are listed, the newest first; then arm by arm, what concerns the whole trial first."""
        arm = F("arm__number").asc(nulls_first=True)
        return self.order_by("-trial__start_date", "trial__slug", arm, "measure", "slug")

    def behind_verdict_on(self, finding):
        """What the sources that decide its verdict say of its trial, but for the same measure in the same people."""
        same = {"measure": finding.measure, "arm": finding.arm_id}
        return self.filter(trial=finding.trial_id, source__in=finding.deciding).exclude(**same)

    def alike(self, finding):
        """Findings of the same source about the same people, judged at the same time by the same rules."""
        return self.filter(
            source=finding.source_id,
            trial=finding.trial_id,
            arm=finding.arm_id,
            population=finding.population,
            time_frame=finding.time_frame,
            denominator=finding.denominator,
            criteria=finding.criteria,
            assessor=finding.assessor,
        ).exclude(pk=finding.pk)

    def resembling(self, finding):
        """Findings, drafts too, that tell the same of the same people; another source may have printed it again."""
        told = ("arm_id", "compared_with_id", "measure", "grade_band")
        words = ("time_frame", "population", "event_term")
        same = {name: getattr(finding, name) for name in told}
        same |= {f"{name}__iexact": getattr(finding, name) for name in words}
        return self.filter(trial=finding.trial_id, **same).exclude(status="WITHDRAWN").exclude(pk=finding.pk)

"""The form of a finding: it makes the address that nobody typed, and offers what belongs to the trial."""

from django.utils.functional import cached_property

from temsisite.evidence.admin import ClaimForm
from temsisite.evidence.models import Source
from temsisite.publishing.admin.choosing import may_be_a_key, offer
from trials.models import Arm, Finding, Trial
from trials.wording import address_of

OFFERED = 50  # rows that a list to choose from brings along


class FindingForm(ClaimForm):
    address_made_of = "trial, measure and conditions"
    taken = frozenset()  # addresses that are spoken for, though no row has them yet

    class Meta:
        labels = {"numerator": "n", "p_value": "P"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "arm", lambda: self._arms)
        offer(self, "compared_with", lambda: self._arms)
        offer(self, "source", self._sources)
        offer(self, "trial", self._trials)

    def made_address(self):
        own = {field.name for field in Finding._meta.concrete_fields}
        typed = {name: value for name, value in self.cleaned_data.items() if name in own}
        return address_of(Finding(**typed), self.taken)

    # What belongs together, to choose from

    @cached_property
    def _arms(self):
        trial = self._chosen("trial")
        return list(Arm.objects.filter(trial=trial).select_related("trial")[:OFFERED]) if trial else []

    def _sources(self):
        trial = self._chosen("trial")
        return list(sources_on(trial)[:OFFERED]) if trial else []

    def _trials(self):
        trial, source = self._chosen("trial"), self._chosen("source")
        return list(trials_in(source)[:OFFERED]) if source and not trial else []

    def _chosen(self, name):
        value = self[name].value() if name in self.fields else None
        value = getattr(value, "pk", value)
        return value if value and may_be_a_key(value) else None


def sources_on(trial):
    """The sources that a trial, or what was found in it, names."""
    links = Trial.sources.through.objects.filter(trial=trial).values_list("source", flat=True)
    told = Finding.objects.filter(trial=trial).order_by().values_list("source", flat=True).distinct()
    named = {*links[:OFFERED], *told[:OFFERED]}
    return Source.objects.to_refer_to().filter(pk__in=named).exclude(status=Source.Status.WITHDRAWN)


def trials_in(source):
    """The trials that name a source, or of which it tells something."""
    links = Trial.sources.through.objects.filter(source=source).values_list("trial", flat=True)
    told = Finding.objects.filter(source=source).order_by().values_list("trial", flat=True).distinct()
    named = {*links[:OFFERED], *told[:OFFERED]}
    return Trial.objects.filter(pk__in=named).exclude(status=Trial.Status.WITHDRAWN)

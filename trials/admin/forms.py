"""The form of a finding: it makes the address that nobody typed, and offers what belongs to the trial."""

from temsisite.evidence.models import Source
from temsisite.publishing.admin.choosing import may_be_a_key, offer
from temsisite.publishing.admin.forms import RecordForm
from trials.models import Arm, Finding, Trial
from trials.wording import address_of

OFFERED = 50  # rows that a list to choose from brings along


class FindingForm(RecordForm):
    taken = frozenset()  # addresses that are spoken for, though no row has them yet
    offers = True  # brings along what belongs to its trial

    class Meta:
        labels = {"numerator": "n", "p_value": "P"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = "Left empty, it is made of trial, measure and conditions. Publication fixes it."
        if self.offers:
            self._offer_what_belongs_together()

    def clean(self):
        super().clean()
        if "slug" in self.fields and "slug" not in self.errors and not self.cleaned_data.get("slug"):
            own = {field.name for field in Finding._meta.concrete_fields}
            typed = {name: value for name, value in self.cleaned_data.items() if name in own}
            self.cleaned_data["slug"] = address_of(Finding(**typed), self.taken)

    def _offer_what_belongs_together(self):
        """The arms and sources of the trial; or the trials of the source, if no trial is chosen."""
        trial, source = self._chosen("trial"), self._chosen("source")
        if trial:
            arms = list(Arm.objects.filter(trial=trial).select_related("trial")[:OFFERED])
            offer(self, "arm", arms)
            offer(self, "compared_with", arms)
            offer(self, "source", sources_on(trial)[:OFFERED])
        elif source:
            offer(self, "trial", trials_in(source)[:OFFERED])

    def _chosen(self, name):
        value = self[name].value() if name in self.fields else None
        value = getattr(value, "pk", value)
        return value if value and may_be_a_key(value) else None


def without_offers(form):
    """The same form for where nobody will see it: it looks up nothing to choose from."""
    return type(form.__name__, (form,), {"offers": False})


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

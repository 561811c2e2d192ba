"""Rows of the lists of trials and findings. They are read by columns, for to make whole records takes much longer."""

from functools import cache
from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from drugs.models import Disease, Drug
from temsisite.evidence.models import Source
from temsisite.evidence.presenters import claim_line
from temsisite.publishing.prepared import ByKeys
from trials.models import Finding, Trial
from trials.presenters import columns, trial_row

OF_SOURCE = ("slug", "title", "authors", "container", "issued", "standing", "retraction")


def _by_key(rows):
    """What was read of each record: it comes in several rows where it names several others."""
    return [list(same) for _, same in groupby(rows, key=itemgetter("pk"))]


# Trials


TRIALS = ByKeys(
    Trial.objects.public()
    .order_by("diseases__name", "arms__drugs__inn")
    .values(
        *("pk", "slug", "brief_title", "nct_id", "phase", "overall_status", "enrollment", "enrollment_type"),
        *("start_date", "diseases__name", "diseases__slug", "arms__drugs__inn", "arms__drugs__slug"),
    )
)


def trial_rows(trials):
    """Rows of a page of trials, with links to what they name."""
    linked = cache(lambda model, slug, title: format_html('<a href="{}">{}</a>', model.address(slug), title))

    def links(same, model, slug, title):
        named = dict.fromkeys((trial[slug], trial[title]) for trial in same if trial[slug])
        return mark_safe(", ".join(linked(model, *names) for names in named))

    return [
        trial_row(SimpleNamespace(**same[0]))
        | {
            "diseases": links(same, Disease, "diseases__slug", "diseases__name"),
            "drugs": links(same, Drug, "arms__drugs__slug", "arms__drugs__inn"),
        }
        for same in _by_key(trials)
    ]


# Findings


FINDINGS = ByKeys(
    Finding.objects.public()
    .order_by()
    .values(
        *("pk", "slug", "statement", "locator", "verdict", "verdict_note", "measure", "event_term", "grade_band"),
        *("population", "time_frame", "comparator", "value", "unit", "lower", "upper", "value_absence", "numerator"),
        *("denominator", "denominator_counts", "interval_type", "interval_level", "p_value", "discrepancy_note"),
        *("trial__slug", "trial__brief_title", "arm__title", "compared_with__title", "verdict_sources__retraction"),
        *(f"source__{name}" for name in OF_SOURCE),
    )
)


class SourceLine(SimpleNamespace):
    """A source by its columns, told as a source is."""

    reference, warning = Source.reference, Source.warning

    def get_absolute_url(self):
        return Source.address(self.slug)


class FindingLine(SimpleNamespace):
    """A finding by its columns, told as a finding is."""

    printed_value, _with_unit = Finding.printed_value, Finding._with_unit
    interval, no_figure = Finding.interval, Finding.no_figure

    def get_absolute_url(self):
        return Finding.address(self.slug)


def finding_rows(findings):
    """Rows of a page of findings."""
    return [finding_line(same) for same in _by_key(findings)]


def finding_line(same):
    """The row of one finding: what every claim shows, what findings have beside, and its trial."""
    told = same[0]
    source = SourceLine(**{name: told[f"source__{name}"] for name in OF_SOURCE})
    finding = FindingLine(**told, source=source, compared_with=told["compared_with__title"])
    deciding = frozenset(told["verdict_sources__retraction"] for told in same)
    return (
        claim_line(finding, deciding)
        | columns(finding)
        | {
            "trial": told["trial__brief_title"],
            "trial_url": Trial.address(told["trial__slug"]),
            "arm": told["arm__title"],
        }
    )

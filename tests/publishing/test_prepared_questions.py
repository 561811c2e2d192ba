"""Questions whose SQL is kept give what the queryset gives that they are made of."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F, Prefetch

from drugs.models import Drug
from temsisite.publishing.prepared import Prepared, parts_of
from tests.factories import make_disease, make_drug, make_finding, make_source, make_trial
from trials.models import Arm, Finding, Trial

pytestmark = pytest.mark.django_db


def test_gives_the_rows_of_each_value():
    temsirolimus, sirolimus = make_drug(slug="temsirolimus"), make_drug(slug="sirolimus")
    by_slug = Prepared(lambda slug: Drug.objects.filter(slug=slug))

    assert [by_slug("temsirolimus"), by_slug("sirolimus"), by_slug("none")] == [[temsirolimus], [sirolimus], []]


def test_tells_nothing_from_something():
    trial = make_trial(arms=[{"title": "temsirolimus"}])
    whole, of_arm = make_finding(trial=trial), make_finding(trial=trial, arm=trial.arms.get())
    by_arm = Prepared(lambda arm: Finding.objects.filter(arm=arm))

    assert [by_arm(None), by_arm(trial.arms.get().pk), by_arm(None)] == [[whole], [of_arm], [whole]]


def test_puts_each_value_in_its_own_places():
    early, late = make_trial(slug="arcc", start_date="2003"), make_trial(slug="ind-199", start_date="2009")
    between = Prepared(
        lambda slug, day: Trial.objects.exclude(slug=slug).filter(start_date__gt=day).exclude(start_date=day)
    )

    assert [between("arcc", "2001"), between("ind-199", "2001")] == [[late], [early]]


def test_gives_each_record_its_own_parts(django_assert_num_queries):
    drugs = [make_drug(inn=inn) for inn in ("temsirolimus", "sirolimus")]
    make_trial(slug="arcc", arms=[{"drugs": drugs[:1]}, {"drugs": drugs}], diseases=[make_disease()])
    by_slug = Prepared(
        lambda slug: Trial.objects.filter(slug=slug).prefetch_related(
            Prefetch("arms", Arm.objects.order_by("-number")), "arms__drugs", "diseases", "identifiers"
        )
    )

    [trial] = by_slug("arcc")

    with django_assert_num_queries(0):
        assert [arm.trial for arm in trial.arms.all()] == [trial, trial]
        told = [[drug.inn for drug in arm.drugs.all()] for arm in trial.arms.all()]
        assert told == [["sirolimus", "temsirolimus"], ["temsirolimus"]]
        assert (len(trial.diseases.all()), len(trial.identifiers.all())) == (1, 0)


def test_what_was_fetched_can_be_asked_further(django_assert_num_queries):
    make_trial(slug="arcc", arms=[{"title": "temsirolimus"}, {"title": "interferon alfa"}])
    by_slug = Prepared(lambda slug: Trial.objects.filter(slug=slug).prefetch_related("arms", "diseases"))

    [trial] = by_slug("arcc")

    with django_assert_num_queries(0):
        assert (trial.arms.count(), trial.arms.exists(), trial.diseases.exists()) == (2, True, False)
    assert [arm.number for arm in trial.arms.filter(title="interferon alfa")] == [2]


def test_gives_two_records_a_part_that_both_name():
    source = make_source()
    make_finding(verdict="SUPPORTED", verdict_sources=[source])
    make_finding(verdict="SUPPORTED", verdict_sources=[source])
    judged = Prepared(lambda verdict: Finding.objects.filter(verdict=verdict).with_sources())

    assert [finding.deciding for finding in judged("SUPPORTED")] == [[source], [source]]


def test_makes_the_records_that_the_queryset_makes(django_assert_num_queries):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}])
    make_finding(slug="stable", trial=trial, arm=trial.arms.get(), value="57.6", unit="PERCENT")
    asked = Finding.objects.select_related("trial", "arm", "compared_with").annotate(of=F("trial__slug"))
    by_slug = Prepared(lambda slug: asked.defer("trial__summary").filter(slug=slug))

    [own], [theirs] = by_slug("stable"), asked.filter(slug="stable")

    with django_assert_num_queries(0):
        assert (own.of, own.trial.slug, own.arm.title, own.compared_with) == ("arcc", "arcc", "temsirolimus", None)
    names = [field.attname for field in Finding._meta.concrete_fields]
    assert [getattr(own, name) for name in names] == [getattr(theirs, name) for name in names]
    assert own.trial.get_deferred_fields() == {"summary"}


def test_parts_are_read_as_they_were_fetched_or_else_asked_for(django_assert_num_queries):
    trial = make_trial(slug="arcc", arms=[{"title": "temsirolimus"}])
    [fetched] = Prepared(lambda slug: Trial.objects.filter(slug=slug).prefetch_related("arms"))("arcc")

    with django_assert_num_queries(0):
        assert [arm.title for arm in parts_of(fetched, "arms")] == ["temsirolimus"]
    with django_assert_num_queries(1):
        assert [arm.title for arm in parts_of(trial, "arms")] == ["temsirolimus"]


@pytest.mark.django_db(transaction=True)
def test_asks_by_the_connection_of_its_thread():
    make_drug(slug="temsirolimus")
    by_slug = Prepared(lambda slug: Drug.objects.filter(slug=slug))

    def ask(slug):
        found = [drug.slug for drug in by_slug(slug)]
        connection.close()
        return found

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ask, ["temsirolimus", "none"] * 5)) == [["temsirolimus"], []] * 5

"""Trials with arms and findings in any number, as if they had passed the gate.

One trial and one finding go through the real gate; all others are copies of their documents with other values, so
what is measured has the shape of what is published. Seeded: the same number gives the same site.
"""

import datetime
import json
import random

from django.db import connection, transaction

from temsisite.publishing import documents, search
from temsisite.publishing.models import Counter, Proposal, Publication, SearchDocument
from tests.factories import make_disease, make_drug, make_finding, make_source, make_trial, make_user
from trials.models import Arm, Finding, Trial

BATCH = 1000
FINDINGS = 4  # of each trial
DRUGS, DISEASES, SOURCES = 40, 60, 100
WORDS = """
response survival tumour weekly infusion dose escalation advanced metastatic refractory untreated combination placebo
crossover biomarker kinase inhibitor rash mucositis anaemia hyperglycaemia elderly adjuvant second-line
"""
MEASURES = [
    Finding.Measure.OBJECTIVE_RESPONSE,
    Finding.Measure.PARTIAL_RESPONSE,
    Finding.Measure.STABLE_DISEASE,
    Finding.Measure.DISEASE_CONTROL,
]
COMMON, RARE = 0, -1  # the first drug and disease stand in a third of the trials, the last in hardly any


class Site:
    """The synthetic site: the records that everything refers to, and how many trials there are."""

    def __init__(self):
        self.random, self.words = random.Random(2779), WORDS.split()
        self.drugs = [make_drug(inn=f"{name}limus", slug=f"{name}limus") for name in _names(DRUGS)]
        self.diseases = [make_disease(name=f"{name} carcinoma", slug=f"{name}-carcinoma") for name in _names(DISEASES)]
        self.sources = [make_source(slug=f"report-{number}") for number in range(SOURCES)]
        trial = make_trial(
            slug="pattern", diseases=self.diseases[:1], arms=[{"drugs": self.drugs[:1]}, {"drugs": self.drugs[1:2]}]
        )
        finding = make_finding(
            slug="pattern",
            trial=trial,
            arm=trial.arms.first(),
            source=self.sources[0],
            measure=Finding.Measure.PARTIAL_RESPONSE,
            value="10.0",
            unit="PERCENT",
            numerator=4,
            denominator=40,
            denominator_counts="TREATED",
        )
        self.trial = json.loads(trial.publication.document)
        self.finding = json.loads(finding.publication.document)
        self.author, self.reviewer = make_user("editor"), make_user("reviewer")
        self.indexed = {(row.kind, row.slug): row for row in SearchDocument.objects.all()}
        self.trials = 1

    def grow(self, size):
        """Add trials until there are `size`, then let the database count what it holds."""
        while self.trials < size:
            with transaction.atomic():
                self._add(min(BATCH, size - self.trials))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _add(self, number):
        counter = Counter.objects.get()
        first = self.trials
        self.trials += number
        plans = [self._plan(place) for place in range(first, self.trials)]
        indexed = dict(self.indexed)
        lines = self._publish(counter, [self._trial_document(plan) for plan in plans], indexed)
        trials = Trial.objects.bulk_create(
            Trial(status="PUBLISHED", publication=line, **plan["trial"])
            for plan, line in zip(plans, lines, strict=True)
        )
        Trial.diseases.through.objects.bulk_create(
            Trial.diseases.through(trial=trial, disease=plan["disease"])
            for trial, plan in zip(trials, plans, strict=True)
        )
        arms = Arm.objects.bulk_create(
            Arm(trial=trial, number=place, title=f"arm {place}") for trial in trials for place in (1, 2)
        )
        drugs = [drug for plan in plans for drug in plan["drugs"]]
        Arm.drugs.through.objects.bulk_create(
            Arm.drugs.through(arm=arm, drug=drug) for arm, drug in zip(arms, drugs, strict=True)
        )
        findings = [self._finding(trial, place) for trial in trials for place in range(FINDINGS)]
        lines = self._publish(counter, [self._finding_document(finding) for finding in findings], indexed)
        arm_of = {arm.trial_id: arm for arm in arms if arm.number == 1}
        Finding.objects.bulk_create(
            Finding(status="PUBLISHED", publication=line, arm=arm_of[finding["trial"].pk], **finding)
            for finding, line in zip(findings, lines, strict=True)
        )
        counter.save()

    def _plan(self, place):
        """What is random about a trial."""
        title = " ".join(self.random.choices(self.words, k=6))
        return {
            "disease": self._some(self.diseases),
            "drugs": [self._some(self.drugs), self._some(self.drugs)],
            "trial": {
                "slug": f"trial-{place}",
                "nct_id": f"NCT{place:08}",
                "brief_title": f"Trial {place}: {title}",
                "phase": self.random.choice(Trial.Phase.values),
                "overall_status": self.random.choice(Trial.OverallStatus.values),
                "start_date": f"{self.random.randint(1998, 2026)}-{self.random.randint(1, 12):02}",
                "enrollment": self.random.randint(10, 900),
                "enrollment_type": "ACTUAL",
                "summary": " ".join(self.random.choices(self.words, k=120)),
            },
        }

    def _some(self, records):
        """One of them; the first in a third of the cases, each next less often."""
        return (
            records[min(int(self.random.expovariate(0.4)), len(records) - 2)]
            if self.random.random() < 0.999
            else records[RARE]
        )

    def _finding(self, trial, place):
        numerator = self.random.randint(0, 40)
        return {
            "slug": f"{trial.slug}-finding-{place}",
            "trial": trial,
            "source": self.random.choice(self.sources),
            "measure": MEASURES[place],
            "statement": f"{numerator} of 40 had it: {' '.join(self.random.choices(self.words, k=12))}, {trial.slug}.",
            "value": f"{numerator * 2.5:.1f}",
            "unit": "PERCENT",
            "numerator": numerator,
            "denominator": 40,
            "denominator_counts": "TREATED",
        }

    def _trial_document(self, plan):
        arms = [
            pattern | {"drugs": [drug.slug]} for pattern, drug in zip(self.trial["arms"], plan["drugs"], strict=True)
        ]
        phases = {"phases": Trial(phase=plan["trial"]["phase"]).phases}
        own = {name: value for name, value in plan["trial"].items() if name != "phase"}
        return self.trial | own | phases | {"arms": arms, "diseases": [plan["disease"].slug]}

    def _finding_document(self, finding):
        related = {"trial": finding["trial"].slug, "source": finding["source"].slug}
        return self.finding | finding | related

    def _publish(self, counter, bodies, indexed):
        """Write the lines of the log that hold these documents, and the rows by which the search finds them."""
        now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        proposals = Proposal.objects.bulk_create(
            Proposal(
                action="NEW",
                kind=body["kind"],
                slug=body["slug"],
                title=body.get("brief_title") or body["statement"][:300],
                author=self.author,
                state="ACCEPTED",
                decided_by=self.reviewer,
                decided_at=now,
            )
            for body in bodies
        )
        lines = []
        for body, proposal in zip(bodies, proposals, strict=True):
            counter.last_sequence += 1
            body["url"] = f"/{body['kind']}s/{body['slug']}/"
            text = documents.stamped(body, version=1, sequence=counter.last_sequence, published_at=now)
            lines.append(
                Publication(
                    sequence=counter.last_sequence,
                    kind=body["kind"],
                    slug=body["slug"],
                    version=1,
                    action="PUBLISHED",
                    document=text,
                    sha256=documents.digest(text),
                    published_at=now,
                    published_by=self.reviewer,
                    proposal=proposal,
                )
            )
        Publication.objects.bulk_create(lines)
        rows = [
            search.row_for(line, line.proposal.title, body, indexed) for line, body in zip(lines, bodies, strict=True)
        ]
        SearchDocument.objects.bulk_create(rows)
        indexed |= {(row.kind, row.slug): row for row in rows}
        return lines


def _names(number):
    """Names that nothing else has: ba, be, bi …"""
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    return [f"{syllables[place % 70]}{syllables[place // 70]}" for place in range(number)]

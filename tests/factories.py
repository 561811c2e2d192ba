"""Records for tests: published unless a test says `publish=False`; a test names only what it is about.

Every factory goes through the gate that editors use, so a test record obeys the same rules as a real one. Parts are
given as rows: `make_drug(inn="temsirolimus", synonyms=[{"name": "Torisel"}])`, `make_trial(arms=[{"drugs": [drug]}])`.
"""

import datetime
from copy import copy
from functools import cache
from itertools import count

from django.contrib.auth.models import Group, User
from django.test import Client

from drugs.models import Approval, Disease, Drug, Mechanism, Regulation, Statement, Target
from temsisite.evidence.models import Source
from temsisite.publishing import actions
from temsisite.publishing.prepared import Prepared
from trials.models import Arm, Finding, Trial

_numbers = count(10_001)  # of as many digits, so that what is made later comes later by its slug, too
HIRED = {"editor": {"Editors"}, "reviewer": {"Editors", "Reviewers"}}
STAFF, SESSIONS = {}, {}  # who was hired, and their cookies, by username


def make_user(name, *groups, **fields):
    """A person who may sign in to the admin, in the groups of these names: "Editors", "Reviewers"."""
    assert not (fields and name in HIRED), f"{name} is hired already: give another name"
    if name in STAFF and set(groups) <= HIRED[name]:
        return copy(STAFF[name])
    user = User.objects.filter(username=name).first()
    user = user or User.objects.create(username=name, **{"is_staff": True} | fields)
    if groups and (missing := Group.objects.filter(name__in=groups).exclude(user=user)):
        user.groups.add(*missing)
    return user


def hire(**signal):
    """Let the two be there who publish what tests need, and both be signed in, without each test making them anew."""
    STAFF.clear()
    for name, groups in HIRED.items():
        STAFF[name] = make_user(name, *groups)
        SESSIONS[name] = session_of(STAFF[name])


def session_of(user):
    """The cookie of a browser in which somebody has signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def publish(record):
    """Publish a draft: one person writes, another accepts."""
    actions.publish_without_review(record=record, by=make_user("editor"), reviewer=make_user("reviewer"))
    [now] = _rows(type(record), "pk")(record.pk)
    vars(record).clear()
    vars(record).update(vars(now))
    return record


@cache
def _rows(model, field):
    return Prepared(lambda value: model.objects.filter(**{field: value}))


def propose(record, by, note="As the label has it.", **fields):
    """A proposal to change these fields of a public record."""

    def edit():
        type(record).objects.filter(pk=record.pk).update(**fields)

    return actions.propose_change(record=record, by=by, edit=edit, note=note)


def withdraw(record, reason="It was recorded twice."):
    """Take a published record off the site."""
    proposal = actions.propose_withdrawal(record=record, by=make_user("editor"), reason=reason)
    actions.accept(proposal=proposal, by=make_user("reviewer"))
    record.refresh_from_db()
    return record


def make_source(**fields):
    fields.setdefault("type", Source.Type.JOURNAL_ARTICLE)
    fields.setdefault("standing", Source.Standing.PRIMARY)
    fields.setdefault("title", f"Temsirolimus in practice, part {next(_numbers)}")
    return _make(Source, fields)


def make_drug(**fields):
    fields.setdefault("inn", f"limus{next(_numbers)}")
    fields.setdefault("slug", fields["inn"])
    return _make(Drug, fields)


def make_target(**fields):
    fields.setdefault("gene_symbol", f"GENE{next(_numbers)}")
    fields.setdefault("name", fields["gene_symbol"])
    fields.setdefault("slug", fields["gene_symbol"].lower())
    return _make(Target, fields)


def make_disease(**fields):
    fields.setdefault("name", f"carcinoma {next(_numbers)}")
    fields.setdefault("slug", fields["name"].replace(" ", "-"))
    return _make(Disease, fields)


def make_trial(**fields):
    fields.setdefault("brief_title", f"Temsirolimus in people, study {next(_numbers)}")
    fields.setdefault("phase", Trial.Phase.PHASE2)
    return _make(Trial, fields)


def make_arm(**fields):
    """One more arm of a trial. If the trial is published, its page shows the arm but its document lacks it."""
    fields["trial"] = fields.get("trial") or make_trial()
    fields.setdefault("number", fields["trial"].arms.count() + 1)
    fields.setdefault("title", f"arm {fields['number']}")
    return _create(Arm, fields)


def make_approval(**fields):
    fields["drug"] = fields.get("drug") or _usual(Drug, make_drug)
    fields.setdefault("jurisdiction", Approval.Jurisdiction.US)
    if not fields.get("action_date_absence"):
        fields.setdefault("action_date", "2007-05-30")
    return _make_claim(Approval, fields)


def make_mechanism(**fields):
    fields["drug"] = fields.get("drug") or _usual(Drug, make_drug)
    fields["target"] = fields.get("target") or make_target()
    fields.setdefault("action", Mechanism.Action.INHIBITS)
    return _make_claim(Mechanism, fields)


def make_regulation(**fields):
    fields["regulator"] = fields.get("regulator") or make_target()
    if not fields.get("process"):
        fields["target"] = fields.get("target") or make_target()
    fields.setdefault("effect", Regulation.Effect.ACTIVATES)
    return _make_claim(Regulation, fields)


def make_statement(**fields):
    if not any(fields.get(name) for name in ("drug", "target", "disease")):
        fields["drug"] = _usual(Drug, make_drug)
    fields.setdefault("topic", Statement.Topic.HISTORY)
    return _make_claim(Statement, fields)


def make_finding(**fields):
    """A finding, in words unless a value or the reason for its absence is given; what its measure needs is made up."""
    fields["trial"] = fields.get("trial") or _usual(Trial, make_trial)
    in_words = fields.get("value") is None and fields.get("denominator") is None
    fields.setdefault("measure", Finding.Measure.TOLERABILITY if in_words else Finding.Measure.DISCONTINUATION)
    if fields.get("value") is None:
        fields.setdefault("value_absence", "QUALITATIVE")
    elif fields["measure"] in Finding.SURVIVAL:
        fields.setdefault("time_frame", "median")
    if fields["measure"] == Finding.Measure.ADVERSE_EVENT and not fields.get("grade_band"):
        fields.setdefault("event_term", "mucositis")
    return _make_claim(Finding, fields)


def _usual(model, make):
    """The record that stands in where a test does not say which: made once, for publishing takes its time."""
    slug = f"usual-{model.kind()}"
    return next(iter(_rows(model, "slug")(slug)), None) or make(slug=slug)


def _make_claim(model, fields):
    fields["source"] = fields.get("source") or _usual(Source, make_source)
    fields.setdefault("statement", f"The source says so in sentence {next(_numbers)}.")
    if fields.get("verdict", "NOT_ASSESSED") != "NOT_ASSESSED":
        fields.setdefault("last_reviewed_on", datetime.date(2026, 1, 15))
        fields.setdefault("verdict_sources", [fields["source"]])
        if fields["verdict"] != "SUPPORTED":
            fields.setdefault("verdict_note", "The literature says it otherwise.")
    return _make(model, fields)


def _make(model, fields):
    """Create a draft with its parts; publish it unless `publish=False`."""
    publish_it = fields.pop("publish", True)
    fields.setdefault("slug", f"{model.kind()}-{next(_numbers)}")
    names = {relation.get_accessor_name(): relation for relation in model._meta.related_objects}
    parts = [(relation, fields.pop(name)) for name, relation in names.items() if name in fields]
    record = _create(model, fields)
    for relation, rows in parts:
        for number, row in enumerate(rows, start=1):
            own = {"number": number, "title": f"arm {number}"} if relation.related_model is Arm else {}
            _create(relation.related_model, own | row | {relation.field.name: record})
    return publish(record) if publish_it else record


def _create(model, fields):
    """A row of `model` with its many-to-many fields."""
    many = {field.name: fields.pop(field.name) for field in model._meta.many_to_many if field.name in fields}
    row = model.objects.create(**fields)
    for name, others in many.items():
        getattr(row, name).add(*others)
    return row

"""Load the sample content through the same gate as an editor's work."""

import json

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import DataError, IntegrityError, transaction

from temsisite.database import is_behind
from temsisite.publishing import actions, rules
from temsisite.publishing.groups import EDITORS, REVIEWERS
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Part, Publication, Record

FIXTURES = ["article", "literature"]
ORIGIN = "seed"
NOTE = "Entered with the sample content."
DEMO_ACCOUNTS = {"editor": [EDITORS], "reviewer": [EDITORS, REVIEWERS]}
DEMO_PASSWORD = "rapa-nui-1964"


class Command(BaseCommand):
    help = "Migrate the database and publish the sample content. Records that exist already are left alone."

    def add_arguments(self, parser):
        parser.add_argument(
            "fixtures", nargs="*", default=FIXTURES, help="Fixtures to load instead of the site's own."
        )
        parser.add_argument("--port", default="8000", help="Where the site will be served, for the closing message.")

    def handle(self, *, fixtures, port, **options):
        if is_behind():
            call_command("migrate", verbosity=0)
        rows = [row for name in fixtures for row in read_fixture(name)]
        with transaction.atomic():
            published = publish_new(rows)
        self.stdout.write(f"{published} records published, the log is at {Publication.objects.newest_sequence()}.")
        if settings.DEBUG:
            self.show_the_doors(port)

    def show_the_doors(self, port):
        for name, groups in DEMO_ACCOUNTS.items():
            make_demo_account(name, groups)
        self.stdout.write(f"Read  http://127.0.0.1:{port}/")
        self.stdout.write(
            f"Edit  http://127.0.0.1:{port}/admin/   as “editor” or “reviewer”, password {DEMO_PASSWORD}"
        )
        self.stdout.write(f"Copy  http://127.0.0.1:{port}/api/v1/")


def read_fixture(name):
    """The rows of one fixture, as Django's serialization has them."""
    for folder in settings.FIXTURE_DIRS:
        path = folder / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
    raise CommandError(f"There is no fixture {name}.json in {', '.join(map(str, settings.FIXTURE_DIRS))}.")


def publish_new(rows):
    """Load the records that do not exist yet as drafts, then submit and accept them; return how many there were."""
    new = load(rows)
    author, reviewer = (seeding_user(name) for name in ("sample-editor", "sample-reviewer"))
    waiting = list(new)
    while waiting:
        stuck = [record for record in waiting if not publish(record, author, reviewer)]
        if stuck == waiting:
            names = ", ".join(f"{other.kind()} {other.slug}" for other in rules.missing_references(stuck[0]))
            name = f"{stuck[0].kind()} {stuck[0].slug}"
            raise CommandError(f"{name} refers to what is not and cannot be published: {names}.")
        waiting = stuck
    return len(new)


def publish(record, author, reviewer):
    """Publish a draft; say no if something has to be published before it."""
    try:
        actions.publish_without_review(record=record, by=author, reviewer=reviewer, note=NOTE, origin=ORIGIN)
    except rules.NotYet:
        return False
    except ValidationError as error:
        raise CommandError(f"{name_of(type(record), vars(record))}: {' '.join(sentences(error))}") from error
    return True


def load(rows):
    """Write the rows of new records as drafts, each model after those it refers to, and return the records."""
    models = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, (Record, Part))}
    order = [model._meta.label_lower for model in serializers.sort_dependencies([(None, list(models.values()))])]
    known = {model: set(model.objects.values_list("slug", flat=True)) for model in kinds().values()}
    records = []
    for row in sorted(rows, key=lambda row: position(row, order)):
        model, fields = models[row["model"]], row["fields"]
        if whose(model, fields) in known[whole_of(model)]:
            continue
        records += write(model, row)
    return records


def write(model, row):
    """Save one row; if its table refuses it, say by which rule. Return it if it is a record."""
    try:
        item = next(iter(serializers.deserialize("python", [row])))
        with transaction.atomic():
            item.save()
    except DeserializationError as error:
        raise CommandError(f"{name_of(model, row['fields'])}: {error}") from error
    except (IntegrityError, DataError) as error:
        raise CommandError(f"{name_of(model, row['fields'])}: {broken_rules(item.object) or error}") from error
    return [item.object] if issubclass(model, Record) else []


def broken_rules(row):
    """The sentences for what the database only calls by the name of a constraint."""
    try:
        row.full_clean()
    except ValidationError as error:
        return " ".join(sentences(error))


def position(row, order):
    try:
        return order.index(row["model"])
    except ValueError:
        raise CommandError(f"“{row['model']}” is not a kind of record; the fixture has a misspelt model.") from None


def whole_of(model):
    """The model of the record that a row of `model` is, or belongs to."""
    return model._meta.get_field(model.whole).related_model if issubclass(model, Part) else model


def whose(model, fields):
    """The slug of the record that the row is, or belongs to."""
    return fields[model.whole][0] if issubclass(model, Part) else fields["slug"]


def name_of(model, fields):
    """What a complaint calls a row: “finding c45-…”, “identifier of drug sirolimus”."""
    whole = whole_of(model)
    name = f"{whole.kind()} {whose(model, fields)}"
    return name if whole is model else f"{model._meta.verbose_name} of {name}"


def seeding_user(name):
    """The user that signs the seed; nobody can log in as it."""
    user, created = get_user_model().objects.get_or_create(username=name)
    if created:
        user.set_unusable_password()
        user.save()
    return user


def make_demo_account(name, groups):
    """Make an account to try the desk with, unless somebody has made it theirs."""
    user, created = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if created:
        user.set_password(DEMO_PASSWORD)
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))


def sentences(error):
    """The messages of a validation error, each with the field it is about."""
    if hasattr(error, "message_dict"):
        return [f"{field}: {message}" for field, messages in error.message_dict.items() for message in messages]
    return error.messages

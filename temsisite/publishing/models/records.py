"""Records and their parts: the rows that editors work on."""

from functools import cache
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from temsisite.publishing.models.checks import CheckedAtOnce
from temsisite.publishing.models.log import Publication
from temsisite.publishing.models.rows import Row
from temsisite.publishing.prepared import Prepared


@cache
def listing(model):
    """The address of the list of a kind. It is kept, for pages tell hundreds of addresses that begin with it."""
    return reverse(f"{model._meta.app_label}:{model._meta.model_name}_list")


@cache
def _names_of_parts(model):
    """Under which names a record of this kind has its parts, and of which models they are: {"arms": Arm, …}."""
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.whole
    }


@cache
def _stored(model):
    return Prepared(lambda pk: model.objects.whole().filter(pk=pk))


def _is_reference(field):
    return field.is_relation and issubclass(field.related_model, Record)


class RecordQuerySet(models.QuerySet):
    """The questions one asks of any kind of record."""

    GATHERED = 1_000  # links at most

    def public(self):
        """What a reader may see."""
        return self.filter(status=Record.Status.PUBLISHED)

    def named_by(self, links, name, own="pk"):
        """Those whose `own` stands in the field `name` of some of these links.

        A few links are looked up. Of many, a page's worth is found sooner by asking row after row, in their order.
        """
        if links.order_by()[: self.GATHERED + 1].count() > self.GATHERED:
            return self.filter(Exists(links.filter(**{name: OuterRef(own)})))
        return self.filter(**{f"{own}__in": links.values(name)})

    def drafts(self):
        return self.filter(status=Record.Status.DRAFT)

    def whole(self):
        """Fetch each with its parts and all that it and they refer to several of, as its document tells them."""
        parts = _names_of_parts(self.model)
        many = [f"{name}__{field.name}" for name, part in parts.items() for field in part._meta.many_to_many]
        own = [field.name for field in self.model._meta.many_to_many]
        one = [field.name for field in self.model._meta.fields if _is_reference(field)]
        rows = self.select_related(*one) if one else self
        return rows.prefetch_related(*parts, *many, *own)

    def with_line(self):
        """Fetch each with its line of the log, and of the proposal behind it only the title."""
        proposal = Publication._meta.get_field("proposal").related_model
        others = {field.name for field in proposal._meta.concrete_fields} - {"id", "title"}
        aside = [*Record.ASIDE, "publication__note", "publication__published_by", "publication__ended_at_sequence"]
        aside += [f"publication__proposal__{name}" for name in others]
        return self.select_related("publication__proposal").defer(*aside)

    def to_name(self):
        """Fetch what it takes to say what each is called."""
        return self

    def to_refer_to(self):
        """Fetch what other records say of these; a kind with long texts leaves them where they are."""
        return self

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Record(CheckedAtOnce, Row):
    """Something the site publishes under an address of its own: a drug, a trial, a source, a claim."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "draft"  # only editors see it
        IN_REVIEW = "IN_REVIEW", "in review"  # a second person has been asked
        PUBLISHED = "PUBLISHED", "published"  # public; changes are proposals from now on
        WITHDRAWN = "WITHDRAWN", "withdrawn"  # taken off the site; the log still tells of it

    # What the life of a record is made of: never part of a snapshot, for restoring it would undo later decisions.
    LIFECYCLE = frozenset({"status", "publication", "created_by", "created_at", "changed_at"})

    ASIDE = ("created_by", "created_at", "changed_at")  # no page tells of it

    # Where its document has names besides the title, for the search: "acronym", "synonyms.name".
    NAMES: tuple[str, ...] = ()

    # A property that puts in words what each of these fields alone tells too little of: {"figure": ("value", "unit")}.
    TOLD_TOGETHER: dict[str, tuple[str, ...]] = {}

    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text="The last part of the record's address. It is fixed once the record has been published.",
        error_messages={"unique": "Another record of this kind already has this address."},
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    publication = models.OneToOneField(
        "publishing.Publication", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # Defaults rather than auto_now: fixtures and snapshots are saved raw, which skips auto_now.
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["slug"]
        # Lists are public and ordered: an index that begins with the status holds the keys of a page together,
        # and with them where in the log their documents are.
        indexes = [models.Index(fields=["status", "slug", "publication"], name="%(app_label)s_%(class)s_by_slug")]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_public_with_publication",
                condition=Q(status="PUBLISHED", publication__isnull=False)
                | (~Q(status="PUBLISHED") & Q(publication__isnull=True)),
                violation_error_message="A record is public exactly when a line of the publication log holds it.",
            )
        ]

    def save(self, *args, **kwargs):
        self.changed_at = timezone.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return f"{listing(type(self))}{self.slug}/"

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        super().clean()
        if self.has_been_public:
            before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            if before is not None and before != self.slug:
                raise ValidationError({"slug": f"The address “{before}” has been published and stays as it is."})

    def clean_for_publication(self):
        """Check what only holds for a whole record, its many-to-many fields and parts included."""

    @classmethod
    def kind(cls):
        """The name of this kind of record in the log, the API and the addresses: "drug", "finding"."""
        return cls._meta.model_name

    @classmethod
    def stored(cls, pk):
        """The whole record of this key as it stands in the database now."""
        for record in _stored(cls)(pk):
            return record
        raise cls.DoesNotExist(f"No {cls._meta.verbose_name} has the key {pk}.")

    @classmethod
    def subject_names(cls):
        """The references that tell what a record of this kind is about, the closest first; a thing is about itself."""
        return []

    @classmethod
    def address(cls, slug):
        """The address of the record of this slug, for where no more of it is read than its name."""
        return f"{listing(cls)}{slug}/"

    @property
    def is_public(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_withdrawn(self):
        return self.status == self.Status.WITHDRAWN

    @property
    def has_been_public(self):
        return self.status in {self.Status.PUBLISHED, self.Status.WITHDRAWN}

    def parts(self):
        """The rows that belong to this record and are published with it: arms, synonyms, identifiers."""
        return [
            part
            for name in _names_of_parts(type(self))
            for part in sorted(getattr(self, name).all(), key=attrgetter("pk"))
        ]

    def log(self):
        """The record's own lines of the publication log, oldest first."""
        return Publication.objects.of(self.kind(), self.slug)


class PartQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key):
        """Find a part by its whole's slug and its own key, as `Part.natural_key` gives them."""
        whole, *own = key
        return self.get(**{f"{self.model.whole}__slug": whole}, **dict(zip(self.model.own_key, own, strict=True)))


def stands_once(whole, *own):
    """The rule that a part stands only once in its record."""
    return models.UniqueConstraint(
        fields=[whole, *own],
        name="%(app_label)s_%(class)s_once",
        violation_error_message="This stands here already.",
    )


class Part(CheckedAtOnce, Row):
    """A row that belongs to one record, is edited with it and published inside its document."""

    whole: str  # the name of the foreign key to the record
    own_key: tuple[str, ...]  # what tells the part from its siblings

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return (getattr(self, self.whole).slug, *(getattr(self, name) for name in self.own_key))

"""Sources: the documents that say something."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from temsisite.evidence import quotations
from temsisite.evidence.authors import authors
from temsisite.evidence.fields import PartialDateField
from temsisite.evidence.identifiers import validate_doi, validate_nct_id, validate_pmid
from temsisite.publishing.models import Record, RecordQuerySet
from temsisite.publishing.shape import shortened

NAMED = 5  # a refusal names so many claims and counts the rest


class SourceQuerySet(RecordQuerySet):
    def public(self):
        """What a reader may see; the text is long and not for readers, so it stays where it is."""
        return super().public().defer("text")

    def to_refer_to(self):
        """Fetch what other records say of their sources."""
        return self.defer(*Source.ASIDE)

    def to_name(self):
        return self.defer("text")

    def retracted(self):
        return self.filter(retraction=Source.Retraction.RETRACTED)

    def doubted(self):
        """Those that were retracted or are under an expression of concern."""
        return self.filter(retraction__in=Source.DOUBTED)


class Source(Record):
    """A document that says something: an article, a label, a regulator's notice, a registry record."""

    class Type(models.TextChoices):
        ARTICLE = "ARTICLE", "article"  # general text without peer review
        JOURNAL_ARTICLE = "JOURNAL_ARTICLE", "journal article"
        REVIEW = "REVIEW", "review article"
        BOOK_CHAPTER = "BOOK_CHAPTER", "book chapter"
        LABEL = "LABEL", "product label"
        REGULATORY_NOTICE = "REGULATORY_NOTICE", "regulatory notice"
        REGISTRY_RECORD = "REGISTRY_RECORD", "trial registry record"
        REFERENCE_DATABASE = "REFERENCE_DATABASE", "reference database"
        GUIDELINE = "GUIDELINE", "guideline or appraisal"
        PRESS = "PRESS", "press release or news"
        WEB_PAGE = "WEB_PAGE", "web page"

    class Standing(models.TextChoices):
        PRIMARY = "PRIMARY", "primary or official"
        SECONDARY = "SECONDARY", "review or secondary"
        WEAK = "WEAK", "weak"

    class Retraction(models.TextChoices):
        """What CIViC and Crossref tell apart."""

        NONE = "NONE", "none known"
        CORRECTION = "CORRECTION", "corrected"
        EXPRESSION_OF_CONCERN = "EXPRESSION_OF_CONCERN", "expression of concern"
        RETRACTED = "RETRACTED", "retracted"

    DOUBTED = (Retraction.RETRACTED, Retraction.EXPRESSION_OF_CONCERN)

    NAMES = ("doi", "pmid", "nct_id")

    # What only a source's own page tells of it; where others refer to it, this is not fetched.
    ASIDE = ("volume_and_pages", "accessed_on", "access_note", "retracted_on", "text")
    ASIDE += ("publication", *Record.ASIDE)

    type = models.CharField(max_length=20, choices=Type, help_text="What sort of document it is.")
    title = models.CharField(max_length=400, help_text="The document's own title.")
    authors = models.CharField(
        max_length=600,
        blank=True,
        help_text="As printed, separated by commas: Hudes G, Carducci M, Tomczak P.",
    )
    container = models.CharField(max_length=200, blank=True, help_text="Journal, book, site or agency it appeared in.")
    volume_and_pages = models.CharField(max_length=60, blank=True, help_text="As printed, like 356:2271–2281.")
    issued = PartialDateField(help_text="When it appeared: 2007, 2007-05 or 2007-05-31.")
    doi = models.CharField("DOI", max_length=120, blank=True, validators=[validate_doi])
    pmid = models.CharField("PubMed number", max_length=9, blank=True, validators=[validate_pmid])
    nct_id = models.CharField(
        "NCT number",
        max_length=11,
        blank=True,
        validators=[validate_nct_id],
        help_text="For a registry record.",
    )
    url = models.URLField("address", max_length=400, blank=True)
    accessed_on = models.DateField(null=True, blank=True, help_text="The day the document was read at its address.")
    standing = models.CharField(max_length=10, choices=Standing, help_text="How close it is to the facts.")
    access_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="How it was read, if not in the original: abstract only, archived copy.",
    )
    retraction = models.CharField(max_length=21, choices=Retraction, default=Retraction.NONE)
    retracted_on = PartialDateField(help_text="When the retraction or concern was published.")
    text = models.TextField(
        blank=True, help_text="The text, kept to check quotations against it. It is never published."
    )

    objects = SourceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["title", "pk"]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["status", "title"], name="evidence_source_by_title"),
            models.Index(fields=["status", "issued", "slug"], name="evidence_source_by_day"),
            models.Index(fields=["retraction"], name="evidence_source_in_doubt"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                Lower("doi"),  # the case of a DOI says nothing
                condition=~Q(doi=""),
                name="%(app_label)s_%(class)s_doi_once",
                violation_error_message="Another source already has this DOI.",
            ),
            models.UniqueConstraint(
                fields=["pmid"],
                condition=~Q(pmid=""),
                name="%(app_label)s_%(class)s_pmid_once",
                violation_error_message="Another source already has this PubMed number.",
            ),
            models.CheckConstraint(
                condition=~Q(retraction="NONE") | Q(retracted_on=""),
                name="%(app_label)s_%(class)s_retraction_date_needs_retraction",
                violation_error_message="A source that is not retracted has no retraction date.",
            ),
        ]

    def __str__(self):
        return self.title

    def clean_for_publication(self):
        """Whoever changes or adds the text is told which public claims quote what it does not have."""
        super().clean_for_publication()
        if self.text and (lost := [claim for claim in self._quoted_by() if not self.says(claim.quotation)]):
            named = "; ".join(
                f"{claim._meta.verbose_name} “{claim.slug}”: “{claim.quotation}”" for claim in lost[:NAMED]
            )
            more = f"; and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
            raise ValidationError(
                {
                    "text": f"What is public quotes words that this text does not have ({named}{more}). Correct the "
                    "text, or take these quotations back first."
                }
            )

    def _quoted_by(self):
        """The public claims of every kind that quote it."""
        kinds = [relation.related_model for relation in self._meta.related_objects if relation.field.name == "source"]
        return [
            claim
            for kind in kinds
            for claim in kind.objects.public().filter(source=self).exclude(quotation="").order_by("slug")
        ]

    @property
    def is_retracted(self):
        return self.retraction == self.Retraction.RETRACTED

    @property
    def warning(self):
        """What every claim that rests on it has to say: “retracted”, “expression of concern”, or nothing."""
        return Source.Retraction(self.retraction).label if self.retraction in Source.DOUBTED else ""

    def says(self, words):
        """Whether the words occur in its text, wherever its lines break."""
        return quotations.occurs(words, self.text)

    @property
    def text_sha256(self) -> str:
        """The digest that stands for the text in the document, blind to line breaks as `says` is; empty without it."""
        return hashlib.sha256(quotations.folded(self.text).encode()).hexdigest() if self.text else ""

    @property
    def original_url(self) -> str:
        """Where the document itself is: its address, or that of its DOI, PubMed or registry record."""
        if self.url:
            return self.url
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return f"https://clinicaltrials.gov/study/{self.nct_id}" if self.nct_id else ""

    @property
    def reference(self) -> str:
        """A short reference as a margin note gives it: the first author or both, container, year."""
        first, *others = authors(self.authors) or [shortened(self.title)]
        if len(others) > 1 or any(name.endswith("et al.") for name in others):
            first, others = f"{first} et al.", []
        return ", ".join(filter(None, [" and ".join([first, *others]), self.container, self.issued[:4]]))

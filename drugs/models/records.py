"""Drugs, their targets and the diseases they are for, with their other names and identifiers."""

from django.core.exceptions import ValidationError
from django.db import models

from temsisite.evidence.identifiers import Identifier
from temsisite.evidence.models import Source
from temsisite.publishing.models import Part, Record, stands_once


def _leads_back(record, key):
    """Whether the way from record to record along the foreign key `key` comes back to where it started."""
    passed, other = set(), getattr(record, key)
    while other and other not in passed:
        if other == record.pk:
            return True
        passed.add(other)
        other = type(record).objects.filter(pk=other).values_list(key, flat=True).first()
    return False


class Drug(Record):
    """A drug, filed under its international nonproprietary name (INN)."""

    class MoleculeType(models.TextChoices):
        """ChEMBL's molecule types, as far as they occur here."""

        SMALL_MOLECULE = "SMALL_MOLECULE", "small molecule"
        ANTIBODY = "ANTIBODY", "antibody"
        PROTEIN = "PROTEIN", "protein"

    class Origin(models.TextChoices):
        NATURAL = "NATURAL", "natural product"
        SEMI_SYNTHETIC = "SEMI_SYNTHETIC", "semi-synthetic"
        SYNTHETIC = "SYNTHETIC", "synthetic"
        BIOTECHNOLOGICAL = "BIOTECHNOLOGICAL", "biotechnological"

    class Route(models.TextChoices):
        INTRAVENOUS = "INTRAVENOUS", "intravenous"
        ORAL = "ORAL", "oral"
        SUBCUTANEOUS = "SUBCUTANEOUS", "subcutaneous"

    NAMES = ("synonyms.name", "identifiers.value")

    inn = models.CharField(
        "INN",
        max_length=120,
        unique=True,
        help_text="The international nonproprietary name, in lower case: temsirolimus.",
    )
    drug_class = models.CharField(
        "class",
        max_length=120,
        blank=True,
        help_text="As the WHO's ATC names it, like “mTOR kinase inhibitor”.",
    )
    molecule_type = models.CharField(max_length=20, choices=MoleculeType, blank=True)
    origin = models.CharField(max_length=20, choices=Origin, blank=True, help_text="How the molecule is made.")
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derivatives",
        help_text="The drug it was made from.",
    )
    route = models.CharField("route of administration", max_length=20, choices=Route, blank=True)
    developer = models.CharField(max_length=120, blank=True, help_text="Who brought it to the clinic.")
    molecular_formula = models.CharField(max_length=60, blank=True, help_text="Like C56H87NO16.")
    smiles = models.TextField("SMILES", blank=True, help_text="The structure as a line of text.")
    summary = models.TextField(blank=True, help_text="Two or three sentences for a reader new to it.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="drugs", help_text="Where the facts above come from."
    )

    class Meta(Record.Meta):
        ordering = ["inn"]

    def __str__(self):
        return self.inn

    def clean(self):
        super().clean()
        if _leads_back(self, "derived_from_id"):
            raise ValidationError({"derived_from": "A drug is made neither from itself nor from what came of it."})


class Target(Record):
    """A protein that a drug acts on, or that stands in its pathway, filed under its gene symbol."""

    NAMES = ("name", "gene_symbol", "synonyms.name", "identifiers.value")

    name = models.CharField(max_length=160, help_text="The protein's usual name: mTOR, 4E-BP1.")
    gene_symbol = models.CharField(
        max_length=20, unique=True, help_text="The HGNC symbol of its gene: MTOR, EIF4EBP1."
    )
    summary = models.TextField(blank=True, help_text="What it does, in two or three sentences.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="targets", help_text="Where the facts above come from."
    )

    class Meta(Record.Meta):
        ordering = ["gene_symbol"]

    def __str__(self):
        return f"{self.name} ({self.gene_symbol})" if self.name != self.gene_symbol else self.name


class Disease(Record):
    """A disease that a drug is for or was tried in."""

    NAMES = ("synonyms.name", "identifiers.value")

    name = models.CharField(max_length=160, unique=True, help_text="In lower case: renal cell carcinoma.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", help_text="The wider disease."
    )
    summary = models.TextField(blank=True, help_text="What it is, in two or three sentences.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="diseases", help_text="Where the facts above come from."
    )

    class Meta(Record.Meta):
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if _leads_back(self, "parent_id"):
            raise ValidationError({"parent": "The wider disease is neither this one nor one that lies within it."})


class Synonym(Part):
    """Another name that people search for."""

    class Type(models.TextChoices):
        BRAND = "BRAND", "brand name"
        CODE = "CODE", "research code"
        ALIAS = "ALIAS", "other name"

    name = models.CharField(max_length=160, help_text="As people write it: Torisel, CCI-779, LKB1, RCC.")
    type = models.CharField(max_length=5, choices=Type, default=Type.ALIAS)

    own_key = ("name",)

    class Meta:
        abstract = True
        ordering = ["type", "name"]

    def __str__(self):
        return self.name


class DrugSynonym(Synonym):
    """Another name of a drug: a brand, a code, an older name."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="synonyms")
    whole = "drug"

    class Meta(Synonym.Meta):
        verbose_name = "synonym"
        constraints = [stands_once("drug", "name")]


class DrugIdentifier(Identifier):
    """A drug's identifier in another database."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="identifiers")
    whole = "drug"

    class Meta(Identifier.Meta):
        verbose_name = "identifier"
        constraints = [stands_once("drug", "scheme", "value")]


class TargetSynonym(Synonym):
    """Another name of a protein or its gene."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="synonyms")
    whole = "target"

    class Meta(Synonym.Meta):
        verbose_name = "synonym"
        constraints = [stands_once("target", "name")]


class TargetIdentifier(Identifier):
    """A target's identifier in another database."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="identifiers")
    whole = "target"

    class Meta(Identifier.Meta):
        verbose_name = "identifier"
        constraints = [stands_once("target", "scheme", "value")]


class DiseaseSynonym(Synonym):
    """Another name of a disease, or its abbreviation."""

    disease = models.ForeignKey(Disease, models.CASCADE, related_name="synonyms")
    whole = "disease"

    class Meta(Synonym.Meta):
        verbose_name = "synonym"
        constraints = [stands_once("disease", "name")]


class DiseaseIdentifier(Identifier):
    """A disease's identifier in another database."""

    disease = models.ForeignKey(Disease, models.CASCADE, related_name="identifiers")
    whole = "disease"

    class Meta(Identifier.Meta):
        verbose_name = "identifier"
        constraints = [stands_once("disease", "scheme", "value")]

"""Identifiers of other people's databases: their patterns, checked, and the addresses they lead to."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from temsisite.publishing.models import Part


class Scheme(models.TextChoices):
    """Who gave the identifier. Patterns follow each authority's own documentation."""

    ATC = "ATC", "ATC (WHO)"
    UNII = "UNII", "UNII (FDA)"
    RXNORM = "RXNORM", "RxNorm"
    CAS = "CAS", "CAS"
    CHEMBL = "CHEMBL", "ChEMBL"
    DRUGBANK = "DRUGBANK", "DrugBank"
    CHEBI = "CHEBI", "ChEBI"
    PUBCHEM = "PUBCHEM", "PubChem"
    INCHIKEY = "INCHIKEY", "InChIKey"
    NCIT = "NCIT", "NCI Thesaurus"
    MESH = "MESH", "MeSH"
    HGNC = "HGNC", "HGNC"
    UNIPROT = "UNIPROT", "UniProt"
    ENSEMBL = "ENSEMBL", "Ensembl"
    ENTREZ = "ENTREZ", "NCBI Gene"
    OMIM = "OMIM", "OMIM"
    MONDO = "MONDO", "MONDO"
    DOID = "DOID", "Disease Ontology"
    ICD10CM = "ICD10CM", "ICD-10-CM"
    EUDRACT = "EUDRACT", "EudraCT"
    SPONSOR = "SPONSOR", "sponsor's number"


# scheme: (what a value looks like, an example, the page about it; {} is the value)
PATTERNS = {
    Scheme.ATC: (
        r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?",
        "L01EG01",
        "https://atcddd.fhi.no/atc_ddd_index/?code={}",
    ),
    Scheme.UNII: (r"[A-Z0-9]{10}", "624KN6GM2T", "https://precision.fda.gov/uniisearch/srs/unii/{}"),
    Scheme.RXNORM: (
        r"\d{1,8}",
        "657797",
        "https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={}",
    ),
    Scheme.CAS: (r"\d{2,7}-\d{2}-\d", "162635-04-3", "https://commonchemistry.cas.org/detail?cas_rn={}"),
    Scheme.CHEMBL: (r"CHEMBL\d+", "CHEMBL1201182", "https://www.ebi.ac.uk/chembl/explore/compound/{}"),
    Scheme.DRUGBANK: (r"DB\d{5}", "DB06287", "https://go.drugbank.com/drugs/{}"),
    Scheme.CHEBI: (r"CHEBI:\d+", "CHEBI:79699", "https://www.ebi.ac.uk/chebi/searchId.do?chebiId={}"),
    Scheme.PUBCHEM: (r"\d{1,10}", "6918289", "https://pubchem.ncbi.nlm.nih.gov/compound/{}"),
    Scheme.INCHIKEY: (r"[A-Z]{14}-[A-Z]{10}-[A-Z]", "CBPNZQVSJQDFBE-FUXHJELOSA-N", ""),
    Scheme.NCIT: (r"C\d{3,7}", "C9385", "https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/{}"),
    Scheme.MESH: (r"[CD]\d{6,9}", "D002292", "https://meshb.nlm.nih.gov/record/ui?ui={}"),
    Scheme.HGNC: (
        r"HGNC:\d+",
        "HGNC:3942",
        "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/{}",
    ),
    Scheme.UNIPROT: (
        r"[A-Z][0-9][A-Z0-9]{3}[0-9]([A-Z][A-Z0-9]{2}[0-9])?",
        "P42345",
        "https://www.uniprot.org/uniprotkb/{}",
    ),
    Scheme.ENSEMBL: (r"ENSG\d{11}", "ENSG00000198793", "https://www.ensembl.org/id/{}"),
    Scheme.ENTREZ: (r"\d{1,9}", "2475", "https://www.ncbi.nlm.nih.gov/gene/{}"),
    Scheme.OMIM: (r"\d{6}", "601231", "https://omim.org/entry/{}"),
    Scheme.MONDO: (r"MONDO:\d{7}", "MONDO:0005086", "https://monarchinitiative.org/{}"),
    Scheme.DOID: (r"DOID:\d+", "DOID:4450", "https://disease-ontology.org/?id={}"),
    Scheme.ICD10CM: (r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", "C64", ""),
    Scheme.EUDRACT: (r"\d{4}-\d{6}-\d{2}", "2012-001661-32", ""),
    Scheme.SPONSOR: (r"\S(.{0,60}\S)?", "09-131", ""),
}

validate_nct_id = RegexValidator(
    r"^NCT[0-9]{8}\Z", "A ClinicalTrials.gov number is NCT and eight digits, like NCT01026792."
)
validate_doi = RegexValidator(
    r"^10\.[0-9]{4,9}/[^\s\x00]+\Z", "A DOI begins with 10. and has a slash, like 10.1056/NEJMoa066838."
)
validate_pmid = RegexValidator(r"^[1-9][0-9]{0,8}\Z", "A PubMed number has digits only, at most nine, like 17538086.")


class Identifier(Part):
    """One identifier of a record in one scheme; never two joined in a string."""

    scheme = models.CharField(max_length=10, choices=Scheme, help_text="Who gave the identifier.")
    value = models.CharField(
        max_length=64, help_text="Exactly as the authority writes it, like CHEBI:79699 or L01EG01."
    )
    note = models.CharField(
        max_length=120,
        blank=True,
        help_text="What is special about it, such as “superseded in 2022” or “of the salt”.",
    )

    own_key = ("scheme", "value")

    class Meta:
        abstract = True
        ordering = ["scheme", "value"]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self):
        super().clean()
        pattern, example, _ = PATTERNS.get(self.scheme, (".*", "", ""))
        if not re.fullmatch(pattern, self.value, re.ASCII):
            label = self.get_scheme_display()
            raise ValidationError({"value": f"“{self.value}” is not a {label} identifier; one looks like {example}."})

    @property
    def url(self):
        """The authority's page about it, or the empty string."""
        return PATTERNS[self.scheme][2].format(self.value)

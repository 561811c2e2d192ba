"""Drugs, targets, diseases and the claims about them in the words of schema.org."""

from drugs.models import DrugSynonym
from temsisite.evidence.linked_data import claim, identifiers
from temsisite.publishing.linked_data import mentions, named, node


def drug(drug, absolute):
    brands = [synonym.name for synonym in drug.synonyms.all() if synonym.type == DrugSynonym.Type.BRAND]
    return node(
        "Drug",
        drug,
        absolute,
        nonProprietaryName=drug.inn,
        proprietaryName=brands,
        alternateName=[synonym.name for synonym in drug.synonyms.all() if synonym.name not in brands],
        description=drug.summary,
        drugClass=named("DrugClass", drug.drug_class),
        administrationRoute=drug.get_route_display(),
        relatedDrug=mentions([drug.derived_from], absolute),
        identifier=identifiers(drug),
        subjectOf=mentions(drug.sources.all(), absolute),
    )


def target(target, absolute):
    return _named_thing("Protein", target, absolute)


def disease(disease, absolute):
    return _named_thing("MedicalCondition", disease, absolute)


def _named_thing(type, record, absolute):
    return node(
        type,
        record,
        absolute,
        alternateName=[synonym.name for synonym in record.synonyms.all()],
        description=record.summary,
        identifier=identifiers(record),
        subjectOf=mentions(record.sources.all(), absolute),
    )


approval = mechanism = regulation = statement = claim

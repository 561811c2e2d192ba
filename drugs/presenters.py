"""Rows and facts for the pages of drugs, targets, diseases and the claims about them.

Everything asked for here has been fetched by the view.
"""

from drugs.comparisons import compare_approvals, compare_mechanisms, compare_regulations
from drugs.decisions import decisions_of
from drugs.models import Approval, Statement
from drugs.sections import stylesheets
from temsisite.evidence.facts import (
    NOT_RECORDED,
    claim_facts,
    contents,
    fact,
    identifier_facts,
    known,
    link,
    record_fact,
    source_rows,
)
from temsisite.evidence.fields import in_words
from temsisite.evidence.matters import in_order_of_trust
from temsisite.evidence.presenters import claim_card, matter_cards

# Drugs, targets, diseases


def other_names(record):
    """Synonyms in their order: brands, codes, other names."""
    return ", ".join(synonym.name for synonym in record.synonyms.all())


def drug_row(drug):
    return {
        "title": drug.inn,
        "url": drug.get_absolute_url(),
        "other_names": other_names(drug),
        "drug_class": drug.drug_class,
        "molecule": drug.get_molecule_type_display(),
        "origin": drug.get_origin_display(),
        "route": drug.get_route_display(),
    }


def drug_facts(drug):
    return known(
        fact("INN", drug.inn),
        *[fact(synonym.get_type_display().capitalize(), synonym.name) for synonym in drug.synonyms.all()],
        fact("Class", drug.drug_class, absent=NOT_RECORDED),
        fact("Molecule", drug.get_molecule_type_display(), absent=NOT_RECORDED),
        fact("Origin", drug.get_origin_display(), absent=NOT_RECORDED),
        record_fact("Made from", drug.derived_from),
        fact("Given", drug.get_route_display(), absent=NOT_RECORDED),
        fact("Developer", drug.developer, absent=NOT_RECORDED),
        fact("Formula", drug.molecular_formula),
        fact("Structure (SMILES)", drug.smiles),
    )


def drug_page(drug, **sections):
    return _page(drug, drug_facts(drug), sections) | {
        "contents": contents(
            ("approvals", "Approvals", sections["approvals"]),
            ("timeline", "Through the years", sections["timeline"]),
            ("pathway", "The pathway", sections["pathway"]),
            ("mechanisms", "How it works", sections["mechanisms"]),
            *_topic_entries(sections["topics"]),
            *_section_entries(sections["sections"]),
            ("derivatives", "Made from it", sections["derivatives"]),
            ("identifiers", "In other databases", drug.identifiers.all()),
        ),
        "identifiers": identifier_facts(drug),
    }


def target_row(target):
    return {
        "title": target.name,
        "url": target.get_absolute_url(),
        "gene_symbol": target.gene_symbol,
        "other_names": other_names(target),
        "summary": target.summary,
    }


def target_facts(target):
    return known(fact("Protein", target.name), fact("Gene", target.gene_symbol), *identifier_facts(target))


def target_page(target, **sections):
    return _page(target, target_facts(target), sections) | {
        "contents": contents(
            ("pathway", "The pathway", sections["pathway"]),
            ("mechanisms", "What acts on it", sections["mechanisms"]),
            ("through", "What acts through it", sections["through"]),
            ("steers", "What it regulates", sections["steers"]),
            ("steered-by", "What regulates it", sections["steered_by"]),
            *_topic_entries(sections["topics"]),
        )
    }


def disease_row(disease):
    return {
        "title": disease.name,
        "url": disease.get_absolute_url(),
        "other_names": other_names(disease),
        "parent": disease.parent and link(disease.parent),
        "summary": disease.summary,
    }


def disease_facts(disease):
    return known(fact("Disease", disease.name), record_fact("Kind of", disease.parent), *identifier_facts(disease))


def disease_page(disease, **sections):
    return _page(disease, disease_facts(disease), sections) | {
        "contents": contents(
            ("approvals", "Approvals", sections["approvals"]),
            *_topic_entries(sections["topics"]),
            *_section_entries(sections["sections"]),
            ("children", "Kinds of it", sections["children"]),
        )
    }


def _page(record, facts, sections):
    """What the pages of drugs, targets and diseases have in common."""
    return sections | {
        "other_names": other_names(record),
        "facts": facts,
        "sources": source_rows(record.sources.all()),
        "stylesheets": stylesheets(sections.get("sections", [])),
    }


def _topic_entries(topics):
    return [(topic["id"], topic["title"], topic["claims"]) for topic in topics]


def _section_entries(sections):
    return [(section["id"], section["title"], section["rows"]) for section in sections]


def link_rows(records):
    """Records as `components/_related.html` lists them."""
    return [link(record) for record in records]


# Claims: a row is the claim's card with what its table wants beside


def approval_row(approval):
    return claim_card(approval) | {
        "title": f"{approval.drug}, {where(approval)}",
        "authority": approval.authority,
        "date": in_words(approval.action_date),
        "date_absence": approval.get_action_date_absence_display(),
        "brand_name": approval.brand_name,
        "indication": approval.indication,
        "disease": approval.disease,
        "holder": approval.holder,
    }


def where(approval):
    """Where the decision holds: “United States”, “jurisdiction not stated”."""
    unknown = approval.jurisdiction == Approval.Jurisdiction.NOT_STATED
    return "jurisdiction not stated" if unknown else approval.get_jurisdiction_display()


def approval_rows(approvals):
    """Rows of the approvals of a page; where several sources tell of one decision, all but the most trusted say so."""
    approvals = list(approvals.select_related("drug", "disease").with_sources())
    alike = {approval: claims for claims in decisions_of(approvals) for approval in claims}
    return [approval_row(approval) | {"decision": _decision(approval, alike[approval])} for approval in approvals]


def _decision(approval, alike):
    """How an approval stands to the most trusted source on the same decision; nothing for that source itself."""
    first = in_order_of_trust(alike)[0]
    said = f"The same decision as told by {first.source.reference}. {compare_approvals(first, approval)[1]}"
    return "" if first == approval else said


def approval_facts(approval):
    return known(
        record_fact("Drug", approval.drug),
        fact("Brand name", approval.brand_name, absent=NOT_RECORDED),
        fact(
            "Date of the decision", in_words(approval.action_date), absent=approval.get_action_date_absence_display()
        ),
        fact("Jurisdiction", approval.get_jurisdiction_display()),
        fact("Authority", approval.authority, absent=NOT_RECORDED),
        fact("Given to", approval.holder, absent=NOT_RECORDED),
        record_fact("Disease", approval.disease),
        fact("Indication", approval.indication, absent=NOT_RECORDED),
        *claim_facts(approval),
    )


def mechanism_row(mechanism):
    return claim_card(mechanism) | {
        "title": mechanism.edge,
        "through": mechanism.through and link(mechanism.through),
        "site": mechanism.site,
    }


def mechanism_cards(mechanisms):
    """Cards of mechanisms, those of one drug and one target together."""
    mechanisms = mechanisms.select_related("drug", "target")
    return matter_cards(mechanisms, lambda claim: f"{claim.drug} → {claim.target}", compare_mechanisms)


def mechanism_facts(mechanism):
    return known(
        record_fact("Drug", mechanism.drug),
        fact("Action", mechanism.get_action_display()),
        record_fact("Target", mechanism.target),
        record_fact("Together with", mechanism.through),
        fact("Site", mechanism.site),
        *claim_facts(mechanism),
    )


def regulation_row(regulation):
    return claim_card(regulation) | {"title": regulation.edge, "modification": regulation.modification}


def regulation_cards(regulations):
    """Cards of regulations, those of one pair together."""
    regulations = regulations.select_related("regulator", "target")
    return matter_cards(
        regulations, lambda claim: f"{claim.regulator} → {claim.target or claim.process}", compare_regulations
    )


def regulation_facts(regulation):
    return known(
        record_fact("Regulator", regulation.regulator),
        fact("Effect", regulation.get_effect_display()),
        record_fact("Regulated protein", regulation.target),
        fact("Regulated process", regulation.process),
        fact("By", regulation.modification),
        *claim_facts(regulation),
    )


def statement_row(statement):
    return claim_card(statement) | {
        "about": statement.subject,
        "about_url": statement.subject.get_absolute_url(),
        "topic": statement.get_topic_display(),
    }


def statement_facts(statement):
    return known(
        record_fact(statement.subject._meta.verbose_name.capitalize(), statement.subject),
        fact("Topic", statement.get_topic_display()),
        fact("Figure", statement.printed_value),
        fact("Interval", _interval(statement)),
        fact("Counted among", statement.population),
        fact("When", in_words(statement.event_date) or statement.period),
        *claim_facts(statement),
    )


def statement_card(statement):
    """The card of a statement. Whom its figure counts and when stand beside it, for others count other people."""
    counted = ", ".join(filter(None, [statement.population, statement.period]))
    figure = {"value": statement.figure, "interval": _interval(statement), "counted": counted}
    return claim_card(statement) | {"figure": statement.figure and figure}


def statements_by_topic(statements):
    """Cards by topic, topics in their order: [{"id": "origin", "title": "Origin", "claims": […]}]."""
    topics = {topic: [] for topic in Statement.Topic}
    for statement in statements.with_sources():
        topics[statement.topic].append(statement_card(statement))
    return [
        {"id": topic.lower(), "title": topic.label.capitalize(), "claims": cards}
        for topic, cards in topics.items()
        if cards
    ]


def _interval(quantity):
    """The ends of the interval around a value; a range without a value is the figure itself."""
    alone = quantity.value is None or quantity.lower is None
    return "" if alone else f"{quantity.lower}–{quantity.upper}"

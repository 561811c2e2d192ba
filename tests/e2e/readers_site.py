"""The small site that readers look at in a real browser: one of everything a page can show."""

from tests.factories import (
    make_approval,
    make_disease,
    make_drug,
    make_finding,
    make_mechanism,
    make_regulation,
    make_source,
    make_statement,
    make_target,
    make_trial,
    withdraw,
)


def make_site():
    article = make_source(slug="article", title="Temsirolimus: a long-lived antineoplastic drug", type="ARTICLE")
    paper = make_source(slug="tinker-2013", title="Temsirolimus in cervical carcinoma", pmid="23672928")
    drug = make_drug(
        inn="temsirolimus",
        summary="The first mTOR inhibitor approved against cancer.",
        synonyms=[{"name": "Torisel", "type": "BRAND"}],
        identifiers=[{"scheme": "INCHIKEY", "value": "CBPNZQVSJQDFBE-FUXHJELOSA-N"}],
        sources=[paper],
    )
    mtor = make_target(slug="mtor", gene_symbol="MTOR", name="mTOR")
    disease = make_disease(name="cervical cancer", slug="cervical-cancer")
    trial = make_trial(slug="ind-199", nct_id="NCT01026792", diseases=[disease], arms=[{"drugs": [drug]}])
    make_approval(slug="torisel", drug=drug, source=article, verdict="SUPPORTED", verdict_sources=[paper])
    fkbp12 = make_target(slug="fkbp12", name="FKBP12", gene_symbol="FKBP1A")
    make_mechanism(slug="inhibits-mtor", drug=drug, target=mtor, through=fkbp12, source=article)
    make_regulation(slug="mtor-4e-bp1", regulator=mtor, source=article, verdict="CONTRADICTED")
    counted = {"value": "34", "unit": "HOURS", "population": "people with gynecologic tumors, median age of 60 years"}
    make_statement(slug="developer", drug=drug, source=article, **counted)
    make_regulation(slug="mtor-growth", regulator=mtor, process="cell growth", verdict="SUPPORTED")
    make_finding(
        slug="stable-disease",
        trial=trial,
        arm=trial.arms.get(),
        source=article,
        measure="STABLE_DISEASE",
        value="57.6",
        unit="PERCENT",
        verdict="REFINED",
        verdict_note="19 of 33 had stable disease, for a median of 6.5 months.",
    )
    withdraw(make_drug(inn="tamsilimus"))

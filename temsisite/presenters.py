"""What the front page is made of. Its figures come from published claims; the template types no result."""

from drugs.models import Approval, Mechanism, Regulation, Statement
from drugs.pathways import pathway_of_drug
from drugs.timelines import timeline
from temsisite.evidence.models import Verdict
from temsisite.evidence.presenters import warning
from trials.models import Finding

ARTICLE = "temsirolimus-article"  # the source that the site was built to check

HEROES = ["temsirolimus", "sirolimus"]  # the drugs that the story names

# The claims whose figures the story tells, by the name under which the template asks for them.
STORY = {
    Approval: {
        "sirolimus_approved": "fda-1999-09-15-rapamune",
        "approved_us": "fda-2007-05-30-torisel",
        "approved_eu": "ec-2007-11-19-torisel",
        "approved_lymphoma": "ec-2009-08-21-torisel-mcl",
    },
    Mechanism: {
        "binds_fkbp12": "us-label-torisel-binds-fkbp12",
        "inhibits_mtor": "us-label-torisel-inhibits-mtor",
    },
    Regulation: {
        "switches_on_4ebp1": "c26-mtor-activates-4ebp1",
    },
    Statement: {
        "soil": "acs-rapamycin-origin",
        "semi_synthesis": "skotnicki-2014-semi-synthesis",
        "arrest_in_g1": "us-label-torisel-g1-arrest",
        "female_mice": "harrison-2009-female-mice",
        "male_mice": "harrison-2009-male-mice",
        "people_in_pearl": "pearl-trial-design",
        "pearl_missed": "pearl-trial-primary-endpoint",
        "longer_life": "c65-temsirolimus-longer-life",
    },
    Finding: {
        "randomized": "hudes-2007-enrollment",
        "survival": "hudes-2007-median-os-temsirolimus",
        "survival_interferon": "hudes-2007-median-os-interferon",
        "hazard": "hudes-2007-hazard-ratio-death-temsirolimus",
        "cervix_response": "cervix-phase-2-2013-partial-response",
        "cervix_stable": "cervix-phase-2-2013-stable-disease",
        "cervix_progression_free": "cervix-phase-2-2013-pfs-6-months",
        "triple_response": "fury-2012-partial-response",
        "erlotinib_people": "erlotinib-hnscc-phase-2-enrollment",
        "erlotinib_left": "erlotinib-hnscc-phase-2-withdrawals",
        "bevacizumab_response": "bevacizumab-doxorubicin-phase-1-2012-objective-response",
        "bevacizumab_stable": "bevacizumab-doxorubicin-phase-1-2012-stable-disease",
        "article_progression_free": "c57-bevacizumab-doxorubicin-progression-free",
    },
}


def story():
    """The story's figures by name; a claim that is not public is left out, and the template its sentence."""
    return {
        name: story_figure(claim) for model, slugs in STORY.items() for name, claim in _by_name(model, slugs).items()
    }


def pictures(drug):
    """The pathway and the timeline of the drug that the story is about; none while it has no page."""
    return {"pathway": drug and pathway_of_drug(drug), "timeline": drug and timeline(drug)}


def story_figure(claim):
    """A claim as `{% figure %}` shows it. A claim that nobody has judged yet is linked without a mark."""
    is_assessed = claim.verdict != Verdict.NOT_ASSESSED
    number = getattr(claim, "value", None)
    return {
        "text": claim.printed_value if number is not None else claim.figure,
        "number": "" if number is None else str(number),
        "url": claim.get_absolute_url(),
        "verdict": claim.verdict if is_assessed else "",
        "label": claim.get_verdict_display() if is_assessed else "",
        "warning": warning(claim),
    }


def _by_name(model, slugs):
    claims = {claim.slug: claim for claim in model.objects.public().with_sources().filter(slug__in=slugs.values())}
    return {name: claims[slug] for name, slug in slugs.items() if slug in claims}

"""The words of the field, each defined once, with the standard it comes from."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst, slugify

from temsisite.publishing.shape import headline

REGISTRY = ("ClinicalTrials.gov glossary", "https://clinicaltrials.gov/study-basics/glossary")
CONSORT = ("CONSORT 2010", "https://doi.org/10.1136/bmj.c332")
ENDPOINTS = ("FDA guidance on cancer endpoints, 2018", "https://www.fda.gov/media/71195/download")
RECIST = ("RECIST 1.1, 2009", "https://doi.org/10.1016/j.ejca.2008.10.026")
CTCAE = (
    "CTCAE, US National Cancer Institute",
    "https://ctep.cancer.gov/protocoldevelopment/electronic_applications/ctc.htm",
)
ICH_E9 = ("ICH E9, on whom to count", "https://database.ich.org/sites/default/files/E9_Guideline.pdf")
OURS = ("This site’s own word", "")


@dataclass(frozen=True)
class Term:
    """A word of the field. A spelling in small letters may begin a sentence; any other counts only as it stands."""

    name: str
    definition: str
    standard: tuple[str, str]
    short: str = ""
    also: tuple[str, ...] = ()

    @cached_property
    def slug(self):
        return slugify((self.short or self.name).replace("/", "-"))

    @property
    def title(self):
        return headline(self.name)

    @property
    def url(self):
        return f"/glossary/#{self.slug}"

    @property
    def spellings(self):
        written = [spelling for spelling in (self.name, self.short, *self.also) if spelling]
        return {*written, *(capfirst(spelling) for spelling in written if spelling.islower())}


TRIALS = [
    Term(
        "phase of a trial",
        "How far the testing of a treatment in people has come: phases 1 to 4 go from finding a dose to watching a "
        "drug in daily use. A trial may combine two phases.",
        REGISTRY,
        also=("Phase", "Phases"),  # in small letters it may be one of the cell cycle
    ),
    Term(
        "early phase 1",
        "A small dose for few people, to see what the body does with a drug; too little to help. Formerly phase 0.",
        REGISTRY,
        also=("phase 0",),
    ),
    Term(
        "phase 1",
        "Finds a dose: few people, doses raised step by step, and the harms counted. Whether the drug helps is not "
        "the question yet.",
        REGISTRY,
        also=("phase I",),
    ),
    Term(
        "phase 2",
        "Looks for signs that the drug works against one disease, and for harms; often with no group to compare.",
        REGISTRY,
        also=("phase II", "phase 1/2"),
    ),
    Term(
        "phase 3",
        "Compares the treatment with the usual one, or with none, in many people. Approvals mostly rest on it.",
        REGISTRY,
        also=("phase III", "phase 2/3"),
    ),
    Term("phase 4", "Watches an approved drug in daily use.", REGISTRY, also=("phase IV",)),
    Term(
        "arm",
        "A group of people in a trial who get the same treatment.",
        REGISTRY,
        also=("arms",),
    ),
    Term(
        "enrollment",
        "How many people take part in a trial: counted, or planned while it still runs.",
        REGISTRY,
        also=("enrolled",),
    ),
    Term(
        "randomized",
        "Chance decides who gets which treatment, so that the groups differ in nothing else but by chance.",
        CONSORT,
        also=("randomised", "randomization"),
    ),
    Term(
        "open-label",
        "People and doctors know who gets which treatment. The opposite is masked, or blinded.",
        REGISTRY,
        also=("open label",),
    ),
    Term(
        "evaluable",
        "Counted in a result: those of whom enough is known, by the rules of the trial. They may be fewer than "
        "those who took part.",
        ICH_E9,
    ),
]

RESULTS = [
    Term(
        "response evaluation criteria in solid tumors",
        "Rules by which the change of a tumor on scans becomes one of four words: complete response, partial "
        "response, stable disease, progressive disease. Version 1.1 replaced 1.0 in 2009, so results judged by "
        "different versions are not quite alike.",
        RECIST,
        short="RECIST",
        also=("RECIST 1.0", "RECIST 1.1"),
    ),
    Term("complete response", "Every measured tumor has disappeared.", RECIST, also=("complete responses",)),
    Term(
        "partial response",
        "The diameters of the measured tumors, added up, have shrunk by at least 30 % since the beginning.",
        RECIST,
        also=("partial responses",),
    ),
    Term(
        "objective response",
        "A complete or a partial response. The objective response rate is the share of people who had one.",
        RECIST,
        also=("objective responses", "objective response rate"),
    ),
    Term(
        "stable disease",
        "The tumors neither shrank enough for a response nor grew enough for progression. It says nothing of how "
        "long that lasts, and is not survival without progression.",
        RECIST,
    ),
    Term(
        "progressive disease",
        "The diameters added up have grown by at least 20 %, and by 5 mm or more, from their smallest sum; or a new "
        "tumor has appeared.",
        RECIST,
        also=("disease progression",),
    ),
    Term(
        "disease control",
        "A response or stable disease, sometimes only if it lasted for a set time. Trials count it differently.",
        OURS,
    ),
    Term(
        "progression-free survival",
        "The time from the start of a trial until the tumor grows or the person dies, whichever comes first. "
        "“At 6 months” it is the share of people to whom neither has happened by then.",
        ENDPOINTS,
        short="PFS",
    ),
    Term(
        "overall survival",
        "The time from the start of a trial until the person dies, of whatever cause.",
        ENDPOINTS,
        short="OS",
    ),
    Term(
        "adverse event",
        "Anything bad that happens to a person during a treatment, whether or not the treatment caused it. Only what "
        "it did cause is a side effect.",
        ("ICH E2A", "https://database.ich.org/sites/default/files/E2A_Guideline.pdf"),
        also=("adverse events", "side effect", "side effects"),
    ),
    Term(
        "common terminology criteria for adverse events",
        "Names and grades for adverse events: 1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 death. Versions "
        "differ, so a grade is to be read with its version.",
        CTCAE,
        short="CTCAE",
    ),
    Term(
        "dose-limiting toxicity",
        "A harm so grave, by rules set before the trial, that the dose may not be raised further.",
        ("Le Tourneau et al., 2009", "https://doi.org/10.1093/jnci/djp079"),
        short="DLT",
        also=("dose-limiting toxicities", "DLTs"),
    ),
    Term(
        "maximum tolerated dose",
        "The highest dose at which no more people than agreed beforehand have a dose-limiting toxicity.",
        ("Le Tourneau et al., 2009", "https://doi.org/10.1093/jnci/djp079"),
        short="MTD",
    ),
]

NUMBERS = [
    Term(
        "n/N",
        "How many people of how many: 19/33 is 19 of 33. N may count all who took part, or fewer.",
        OURS,
    ),
    Term(
        "median",
        "The middle value: half of the people lie below it, half above.",
        ("Statistics", ""),
        also=("medians",),
    ),
    Term(
        "hazard ratio",
        "The risk of an event, such as death, at any moment in one group divided by that in another. Below 1 the "
        "event comes later in the first group; 0.73 means a risk lower by 27 %.",
        ("Spruance et al., 2004", "https://doi.org/10.1128/AAC.48.8.2787-2792.2004"),
        also=("hazard ratios",),
    ),
    Term(
        "confidence interval",
        "A range around a result that says how exact it is. If a study were repeated many times, 95 of 100 such "
        "95 % intervals would hold the true value. Few people make a wide one.",
        ("Neyman, 1937", "https://doi.org/10.1098/rsta.1937.0005"),
        also=("confidence intervals",),
    ),
    Term(
        "Wilson interval",
        "A way to compute a confidence interval for a share, such as 1 of 33, that also holds for few people and for "
        "shares near 0 or 100 %. Where this site computes one, it says so.",
        ("Wilson, 1927", "https://doi.org/10.1080/01621459.1927.10502953"),
        also=("Wilson intervals",),
    ),
    Term(
        "P value",
        "How likely a difference as large as the one found, or larger, would be by chance alone if there were none "
        "in truth. It is not the chance that the result is wrong, and says nothing of how much a treatment helps.",
        ("American Statistical Association, 2016", "https://doi.org/10.1080/00031305.2016.1154108"),
        also=("P values", "p value", "P"),
    ),
]

DRUGS = [
    Term(
        "international nonproprietary name",
        "The one name a medicine’s active substance has all over the world, given by the World Health Organization. "
        "Brand names lead to it: Torisel is temsirolimus.",
        ("World Health Organization", "https://www.who.int/teams/health-product-and-policy-standards/inn"),
        short="INN",
    ),
    Term(
        "orphan designation",
        "A status that authorities give to a medicine for a rare disease while it is being developed, with help and "
        "a time without competitors. It is no approval.",
        ("Regulation (EC) No 141/2000", "https://eur-lex.europa.eu/eli/reg/2000/141/oj"),
        also=("orphan drug", "orphan medicine", "orphan status", "orphan medicinal product"),
    ),
    Term(
        "mechanistic target of rapamycin",
        "An enzyme that tunes the growth of a cell to the nutrients and signals at hand.",
        ("UniProt P42345", "https://www.uniprot.org/uniprotkb/P42345"),
        short="mTOR",
    ),
    Term(
        "mTOR inhibitor",
        "A drug that hinders the enzyme mTOR. Temsirolimus, everolimus and sirolimus are such.",
        ("ATC group L01EG, WHO", "https://atcddd.fhi.no/atc_ddd_index/?code=L01EG"),
        also=("mTOR inhibitors",),
    ),
    Term(
        "FKBP12",
        "The protein that temsirolimus binds first; only the two together inhibit mTOR.",
        ("UniProt P62942", "https://www.uniprot.org/uniprotkb/P62942"),
    ),
]

EVIDENCE = [
    Term("claim", "One statement from one source, with its place in that source.", OURS),
    Term(
        "primary source",
        "A document in which those who did the work, or the authority that decided, speak themselves: the report of "
        "a trial, a label, a decision. A secondary source sums up what others found.",
        OURS,
        also=("primary sources",),
    ),
    Term(
        "as printed",
        "A figure or name exactly as its source has it, right or wrong.",
        OURS,
    ),
    Term(
        "verdict",
        "What the editors found when they held a claim against the literature: one of the five words that follow.",
        OURS,
        also=("verdicts",),
    ),
]

"""A source retold in our words: its sections, paragraphs and sentences, each clause with what the literature says."""

from collections import Counter
from itertools import chain, count, groupby

from django.utils.text import capfirst, slugify

from temsisite.evidence.models import Source, Verdict
from temsisite.evidence.presenters import MEANINGS, STANDINGS, claim_card
from temsisite.publishing.shape import headline

NOTED = (Verdict.REFINED, Verdict.CONTRADICTED)  # what the literature says of these stands open beside the text
OWN_WORDS = {
    Source.Standing.PRIMARY: "It is a primary source: {}. Verdicts on other claims rest on such sources, "
    "so its own statements carry none.",
    Source.Standing.SECONDARY: "It is a secondary source: {}. Its statements have not been held against others yet.",
    Source.Standing.WEAK: "It is a weak source: {}. Its statements have not been held against others yet.",
}


def clauses(claims):
    """The claims of one source as clauses of its text, numbered through the whole of it."""
    return [_clause(claim, number) for number, claim in enumerate(claims, start=1)]


def sections(clauses):
    """Clauses by section, paragraph and sentence, as their locators tell them apart."""
    told = [(title, list(section)) for title, section in groupby(clauses, key=lambda row: row["section"])]
    return [
        {
            "title": capfirst(title),
            "id": name,
            "paragraphs": [
                [_sentence(place, list(group)) for place, group in groupby(paragraph, key=lambda row: row["place"])]
                for _, paragraph in groupby(section, key=lambda row: row["paragraph"])
            ],
        }
        for name, (title, section) in zip(_names([title for title, _ in told]), told, strict=True)
    ]


def _names(titles):
    """An id for each section, numbered where a source comes back to one: results, table-2, results-2."""
    names = {}
    for title in titles:
        plain = slugify(title)
        numbered = (f"{plain}-{number}" for number in count(2))
        names[next(name for name in chain([plain], numbered) if name not in names)] = title
    return list(names)


def filters(claims, url, chosen):
    """Links that show the clauses of one verdict, with how many there are; the chosen one is marked."""
    counts = Counter(claim.verdict for claim in claims)
    every = {"label": "", "count": len(claims), "url": f"{url}#claims", "verdict": "", "is_chosen": not chosen}
    return [every] + [
        {
            "label": verdict.label,
            "count": counts[verdict],
            "url": f"{url}?verdict={verdict.value}#claims",
            "verdict": verdict.value,
            "is_chosen": chosen == verdict,
            "meaning": MEANINGS[verdict],
        }
        for verdict in Verdict
        if counts[verdict]
    ]


def own_words(source):
    """Why the statements of a source that nobody has judged stand without verdicts."""
    return OWN_WORDS[source.standing].format(STANDINGS[source.standing])


def _clause(claim, number):
    """A claim within the text of its source: what it is about instead of who says it."""
    subject = next(filter(None, (getattr(claim, name) for name in claim.subject_names())), None)
    section, paragraph, place = _place(claim.locator)
    is_assessed = claim.verdict != Verdict.NOT_ASSESSED
    discrepancy = getattr(claim, "discrepancy_note", "")
    return claim_card(claim, subject=headline(subject), subject_url=subject.get_absolute_url()) | {
        "number": number,
        "section": section,
        "paragraph": paragraph,
        "place": place,
        "has_note": claim.verdict in NOTED or bool(discrepancy or (claim.verdict_note and not is_assessed)),
        "is_assessed": is_assessed,
        "discrepancy_note": discrepancy,
    }


def _place(locator):
    """Section, paragraph and sentence of a locator, each empty where it does not say."""
    section, *rest = [part.strip() for part in locator.split(",")]
    paragraph = next((part for part in rest if part.startswith("paragraph")), "")
    return section, paragraph, ", ".join(part for part in rest if part != paragraph)


def _sentence(place, clauses):
    """One sentence: its clauses, the notes beside it, and what is folded away because it only agrees or stays open."""
    return {
        "place": place,
        "clauses": clauses,
        "notes": [clause for clause in clauses if clause["has_note"]],
        "more": [clause for clause in clauses if clause["is_assessed"] and not clause["has_note"]],
    }

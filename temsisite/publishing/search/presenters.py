"""Rows for the search page: where one may narrow, and the records found with the words asked for marked."""

import json
from html import escape
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.safestring import mark_safe
from django.utils.text import capfirst, get_text_list

from temsisite.publishing.doubts import doubts
from temsisite.publishing.kinds import kinds
from temsisite.publishing.presenters import record_url, verdict_of
from temsisite.publishing.search import matches
from temsisite.publishing.search.answers import answers
from temsisite.publishing.search.results import COUNTED, verdicts
from temsisite.publishing.search.rows import told
from temsisite.publishing.shape import headline

PAGE_SIZE, OF_EACH_KIND = 25, 5
BEFORE, AFTER = 60, 180  # how many characters of context a result shows around the first word found


def search_results(found, problems, number):
    """All that the page shows: what was found, and where one may narrow it; with `problems` nothing is listed."""
    others = {name: sentences for name, sentences in problems.items() if name not in ("kind", "verdict")}
    context = {"found": found, "problems": problems, "other_problems": others, "search_query": found.question.text}
    context["answers"] = [] if problems else answers(found.question)
    fewer, unknown = (None, []) if problems else found.instead()
    if fewer:
        context |= {"fewer": in_quotes(fewer.question.words, "and"), "unknown": in_quotes(unknown, "or")}
    return context | facets(fewer or found) | ({} if problems else results_by_kind(fewer or found, number))


def in_quotes(words, last):
    """Words as a sentence may list them: “side” and “effects”."""
    return get_text_list([f"“{bare}”" for word in words if (bare := word.strip('"'))], last)


def results_by_kind(found, number):
    """Page `number` of what was found, by kind: some of each kind, or all of the only one."""
    best = found.best
    only = len(best) == 1
    page = Paginator(next(iter(best.values())), PAGE_SIZE).get_page(number) if only else None
    all_fit = found.count <= PAGE_SIZE
    shown = {kind: list(page) if only else keys[: None if all_fit else OF_EACH_KIND] for kind, keys in best.items()}
    results = results_of(matches.shown([key for keys in shown.values() for key in keys]), found.question)
    groups = [
        {
            "kind": kind,
            "title": kind_in_plural(kind),
            "count": in_words(found.by_kind[kind]),
            "url": "" if len(keys) == len(best[kind]) or only else address(found, kind=kind),
            "rows": [results[key] for key in keys if key in results],
        }
        for kind, keys in shown.items()
    ]
    return {
        "groups": groups,
        "page": page,
        "count": records(found),
        "unnarrowed_url": address(found, kind="", verdict="") if found.is_too_narrow else "",
        "pager_query": address(found).removeprefix("?"),
    }


def facets(found):
    """Where one may narrow: the kinds, then the verdicts, each with how many there are; and where all are."""
    every = [facet("All", sum(found.by_kind.values()), address(found, kind=""), not found.kind)]
    of_kinds = [
        facet(kind_in_plural(kind), count, address(found, kind=kind), kind == found.kind)
        for kind, count in found.by_kind.items()
    ]
    of_verdicts = [
        facet(capfirst(label), found.by_verdict[verdict], address(found, verdict=verdict), verdict == found.verdict)
        | {"verdict": verdict}
        for verdict, label in verdicts()
        if verdict in found.by_verdict
    ]
    return {
        "kind_facets": [*every, *of_kinds] if of_kinds else [],
        "verdict_facets": of_verdicts,
        "any_verdict_url": address(found, verdict="") if found.verdict else "",
    }


def facet(label, count, url, is_current):
    return {"label": label, "count": in_words(count), "url": url, "is_current": is_current}


def kind_in_plural(kind):
    return capfirst(kinds()[kind]._meta.verbose_name_plural)


def in_words(count):
    """A count as it may be said, for counting stops after a thousand."""
    return str(count) if count < COUNTED else f"{COUNTED - 1:,}+"


def records(found):
    """“No record has”: the beginning of the sentence that says how much was found."""
    if found.count == COUNTED:
        return f"More than {COUNTED - 1:,} records"
    if found.count:
        return f"{found.count} record{'s' if found.count > 1 else ''}"
    return f"No record{' of this kind' if found.kind else ''}{' with this verdict' if found.verdict else ''}"


def address(found, **changed):
    """The address of what was found, or of what else would be found."""
    asked = {"q": found.question.text, "kind": found.kind, "verdict": found.verdict} | changed
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def results_of(rows, question):
    """The records found, by row, each with what is to be said of the sources that it rests on."""
    documents = {row: json.loads(row.document) for row in rows}
    return {
        row.pk: result(row, document, question) | {"warning": warning}
        for (row, document), warning in zip(documents.items(), doubts(documents.values()), strict=True)
    }


def result(row, document, question):
    """One record found: its title, what it is about, and the field that holds most of the words asked for."""
    verdict = verdict_of(document)
    shown = [row.title, verdict["note"] or "" if verdict else ""]
    texts = [(label, text) for label, text in told(document) if not any(text in other for other in shown)]
    label, text = max(texts, key=lambda told: question.held(told[1]), default=("", ""))
    context = excerpt(text, question)
    return {
        "url": record_url(row),
        "title": marked(headline(row.title), question),
        "subjects": [marked(headline(subject), question) for subject in row.subjects.splitlines()],
        "verdict": verdict,
        "field": label if context else "",
        "excerpt": marked(context, question),
    }


def marked(text, question):
    """A text as HTML, the words asked for marked."""
    pieces = question.marked(text)
    return mark_safe("".join(f"<mark>{escape(piece)}</mark>" if found else escape(piece) for found, piece in pieces))


def excerpt(text, question):
    """The part of a text around the first word asked for, cut between words; nothing if it holds none."""
    text = " ".join(text.split())
    position = question.first(text)
    if position is None:
        return ""
    start = max(position - BEFORE, 0)
    start = text.find(" ", start) + 1 if start else 0
    start = min(start, position)
    end = position + AFTER
    end = len(text) if end >= len(text) else max(text.rfind(" ", position, end), position + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")

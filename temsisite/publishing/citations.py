"""How to cite: one description of a work, written as a sentence, as BibTeX, as RIS and as CSL-JSON."""

import datetime
import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpResponse

from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication
from temsisite.publishing.prepared import Prepared
from temsisite.publishing.shape import headline

SITE = "temsisite"
LINES = Prepared(lambda *of: Publication.objects.of(*of).values_list("sequence", "action", "proposal__title"))
WITHDRAWN = Publication.Action.WITHDRAWN
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Names(NamedTuple):
    """What the formats call a sort of work, and what they call the place where it appeared."""

    bibtex: str
    ris: str
    bibtex_container: str
    ris_container: str
    csl_container: str


# By the words of CSL 1.0.2.
NAMES = {
    "article-journal": Names("article", "JOUR", "journal", "T2", "container-title"),
    "chapter": Names("incollection", "CHAP", "booktitle", "T2", "container-title"),
    "dataset": Names("misc", "DATA", "publisher", "PB", "publisher"),
    "document": Names("misc", "GEN", "howpublished", "PB", "publisher"),
    "report": Names("misc", "RPRT", "howpublished", "PB", "publisher"),
    "webpage": Names("misc", "ELEC", "howpublished", "T2", "container-title"),
}


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a citation tells. Authors are as CSL has them, {"family", "given"} or {"literal"}; dates may be partial."""

    key: str
    type: str
    title: str
    authors: list[dict] = field(default_factory=list)
    genre: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issued: str = ""
    accessed: str = ""
    version: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    note: str = ""

    def __post_init__(self):
        for name, value in vars(self).items():
            if value and isinstance(value, str):
                object.__setattr__(self, name, one_line(value))

    @property
    def names(self):
        return NAMES[self.type]


def one_line(text: str) -> str:
    """A text without line breaks and control characters, which would end a field early."""
    kept = text if text.isprintable() else re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", text)  # few need a look
    return " ".join(kept.split())


def cited(line: Publication, absolute) -> Work:
    """One version of a record as it was published, with what it was about then. Needs `with_titles()`."""
    subject = subject_of(line)
    kind = kinds()[line.kind]._meta.verbose_name if line.kind in kinds() else line.kind
    return Work(
        key=f"{SITE}-{line.kind}-{line.slug}-v{line.version}",
        type="dataset",
        title=headline(line.told_title).rstrip("."),
        authors=[{"literal": SITE}],
        genre=f"{kind} on “{headline(subject)}”" if subject else f"{kind} record",
        container=SITE,
        issued=line.published_at.date().isoformat(),
        version=str(line.version),
        url=absolute(line.permanent_url),
        note=f"sha256 {line.sha256}",
    )


def subject_of(line: Publication) -> str:
    """The title that the trial or drug of a claim had when the line was written; empty for what is no claim."""
    model = kinds().get(line.kind)
    names = model.subject_names() if model else []
    document = json.loads(line.document) if names else {}
    for name in names:
        if slug := document.get(name):
            return _title_at(line.sequence, model._meta.get_field(name).related_model.kind(), slug)
    return ""


def _title_at(sequence, kind, slug):
    """The title of a record right after a line of the log; empty if it had none, the slug if it is gone since."""
    lines = LINES(kind, slug)
    _, action, title = next((line for line in reversed(lines) if line[0] <= sequence), (0, WITHDRAWN, ""))
    if action == WITHDRAWN:
        return ""
    return slug if lines[-1][1] == WITHDRAWN else title


def citation(work: Work, label: str, address: str) -> dict:
    """What `components/_cite.html` shows: the sentence, and the files at `address` with each ending."""
    files = [{"title": title, "url": f"{address}.{ending}"} for ending, (title, _, _) in FORMATS.items()]
    return {"label": label, "text": sentence(work), "files": files}


def citation_file(work: Work, ending: str) -> HttpResponse:
    """The citation for a reference manager, to download."""
    if ending not in FORMATS:
        raise Http404(f"A citation comes with the endings {', '.join(FORMATS)}; there is none with “{ending[:20]}”.")
    _, media_type, write = FORMATS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{work.key}.{ending}"'}
    return HttpResponse(write(work), content_type=media_type, headers=headers)


# For people


def sentence(work: Work) -> str:
    """temsisite, “Median survival was 10.9 months”, finding on “Global ARCC”, version 2, 23 November 2026, …"""
    authors = ", ".join(_name(author, " ") for author in work.authors)
    issue = f"({work.issue})" if work.issue else ""
    pages = f":{work.pages}" if work.pages else ""
    appeared = " ".join(filter(None, [work.container, f"{work.volume}{issue}{pages}"]))
    parts = [
        authors,
        f"“{work.title}”",
        work.genre,
        appeared if appeared != authors else "",
        f"version {work.version}" if work.version else "",
        _day(work.issued),
        work.url,
        f"read {_day(work.accessed)}" if work.accessed else "",
        work.note,
    ]
    said = [part for part in parts if part]
    return ", ".join(said) + ("" if said[-1] == work.url else ".")  # a full stop would become part of the address


# For programs


def bibtex(work: Work) -> str:
    """An entry for BibTeX and biblatex. The title stands in two braces, so that no style makes MTOR of mTOR."""
    year, month, day = (*work.issued.split("-"), "", "")[:3]
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        work.names.bibtex_container: _tex(work.container),
        "type": _tex(work.genre),
        "volume": _tex(work.volume),
        "number": _tex(work.issue),
        "pages": _tex(work.pages).replace("–", "--"),
        "year": year,
        "month": month and MONTHS[int(month) - 1],
        "day": day.lstrip("0"),
        "version": work.version,
        "doi": _verbatim(work.doi),
        "pmid": work.pmid,
        "url": _verbatim(work.url),
        "urldate": work.accessed,
        "note": _tex(work.note),
    }
    rows = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{work.names.bibtex}{{{work.key},\n{''.join(rows)}}}\n"


def ris(work: Work) -> str:
    """A record as reference managers import it: two letters and a value a line, lines ended by CR and LF."""
    first, _, last = re.sub(r"\s*[–—-]\s*", "–", work.pages).partition("–")
    rows = [
        ("TY", work.names.ris),
        ("ID", work.key),
        *(("AU", _name(author, ", ")) for author in work.authors),
        ("TI", work.title),
        (work.names.ris_container, work.container),
        ("M3", work.genre),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", first),
        ("EP", last),
        ("PY", work.issued[:4]),
        ("DA", work.issued and "/".join((*work.issued.split("-"), "", "", "")[:4])),
        ("ET", work.version),
        ("DO", work.doi),
        ("AN", work.pmid),
        ("UR", work.url),
        ("Y2", work.accessed and f"{work.accessed.replace('-', '/')}/"),
        ("N1", work.note),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def csl_json(work: Work) -> str:
    """A list of one item, as citation processors and reference managers read it."""
    item = {
        "id": work.key,
        "type": work.type,
        "title": work.title,
        "author": work.authors,
        work.names.csl_container: work.container,
        "genre": work.genre,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "issued": _date_parts(work.issued),
        "accessed": _date_parts(work.accessed),
        "version": work.version,
        "DOI": work.doi,
        "PMID": work.pmid,
        "URL": work.url,
        "note": work.note,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


# ending: (what people call it, its media type, who writes it)
FORMATS = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}

TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped ones too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def _tex(text):
    return "".join(TEX.get(sign, sign) for sign in text)


def _verbatim(address):
    """An address as BibTeX's url and doi take it: nothing escaped but what would end the field."""
    return re.sub(r"[{}\\]", lambda sign: quote(sign[0]), address)


def _name(author, between):
    return author.get("literal") or between.join(filter(None, [author["family"], author.get("given")]))


def _bibtex_name(author):
    if author.get("literal") == "et al.":
        return "others"
    if "literal" in author:
        return f"{{{_tex(author['literal'])}}}"
    return ", ".join(_bibtex_part(author[part]) for part in ("family", "given") if author.get(part))


def _bibtex_part(name):
    """A part of a name, in braces where BibTeX would take a word or a comma in it for the next name or part."""
    return f"{{{_tex(name)}}}" if re.search(r"\b(and|others)\b|,", name, re.IGNORECASE) else _tex(name)


def _date_parts(issued):
    return {"date-parts": [[int(part) for part in issued.split("-")]]} if issued else None


def _day(issued):
    """2007-05-30 → 30 May 2007, 2007-05 → May 2007."""
    if issued.count("-") < 2:
        return datetime.date.fromisoformat(f"{issued}-01").strftime("%B %Y") if "-" in issued else issued
    day = datetime.date.fromisoformat(issued)
    return f"{day.day} {day:%B %Y}"

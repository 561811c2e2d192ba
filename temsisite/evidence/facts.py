"""What pages of records are made of: rows of fact tables, lists of sources, the contents of a long page."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from temsisite.publishing.prepared import parts_of
from temsisite.publishing.shape import day_in_words

NOT_RECORDED = "not recorded"
ASKED_FOR = ("value", "url", "note", "links", "absent_reason")


def fact(term, value="", *, url="", absent="", note=""):
    """One row. `absent` says why there is no value; without either there is nothing to show, and so no row."""
    if value in ("", None):
        return _row(term, absent_reason=absent) if absent else None
    return _row(term, value=value, url=url, note=note)


def _row(term, **told):
    """With all that a template asks for, because asking for what is not there takes ten times as long."""
    return {"term": term, **dict.fromkeys(ASKED_FOR, ""), **told}


def link(record):
    """What a list of links says of a record."""
    return {"title": str(record), "url": record.get_absolute_url()}


def record_fact(term, record, *, absent=""):
    """A row whose value is another record."""
    return fact(term, str(record), url=record.get_absolute_url()) if record else fact(term, absent=absent)


def records_fact(term, records, *, absent=""):
    """A row whose value is several other records."""
    links = [link(record) for record in records]
    return _row(term, links=links) if links else fact(term, absent=absent)


def identifier_facts(record):
    """A row for each identifier, leading to the authority that gave it."""
    return [
        fact(capfirst(identifier.get_scheme_display()), identifier.value, url=identifier.url, note=identifier.note)
        for identifier in parts_of(record, "identifiers")
    ]


NOT_REVIEWED = "not reviewed since it was entered"


def claim_facts(claim):
    """What is known of every claim beside its statement: when it was reviewed last, and when it should be again."""
    return [fact("Last reviewed", day_in_words(claim.last_reviewed_on), absent=NOT_REVIEWED), review_fact(claim)]


def review_fact(record, term="Next review due"):
    """When a record is due to be looked at again; nothing for a kind that does not age."""
    due = review_due_on(record)
    overdue = due is not None and due < timezone.now().date()
    return fact(term, day_in_words(due), note="overdue, which does not mean that it is wrong" if overdue else "")


def review_due_on(record):
    """The day on which a record should be looked at again, or None: counted from its last review or publication."""
    days = settings.REVIEW_DUE_AFTER.get(record.kind())
    published_on = record.publication and record.publication.published_at.date()
    seen_on = getattr(record, "last_reviewed_on", None) or published_on
    return seen_on + datetime.timedelta(days=days) if days and seen_on else None


def known(*facts):
    """The rows that say something, in their order."""
    return [row for row in facts if row]


def source_rows(sources):
    """Where facts come from, as `evidence/_facts.html` lists it."""
    return [
        {
            "title": source.title,
            "url": source.get_absolute_url(),
            "meta": ", ".join(filter(None, [source.get_type_display(), source.issued[:4]])),
            "warning": source.warning,
        }
        for source in sources
    ]


def contents(*sections):
    """What stands on a long page: links to those of its sections, given as (id, title, rows), that have rows."""
    return [{"url": f"#{name}", "title": title} for name, title, rows in sections if rows]

"""Every version of a record, what is proposed about it, and what was done to it as a draft."""

import json

from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db.models import Q

from temsisite.publishing.comparing import compared
from temsisite.publishing.models import Proposal, Publication
from temsisite.publishing.naming import Names, named_in_documents

VERSIONS = 10  # on a page: each is read with its document
PROPOSALS = 20
DIGITS = 10


class History:
    """For the admin of records: their history begins with what became public."""

    object_history_template = "admin/record/history.html"

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        context = {"may_propose": self.has_change_permission(request)}
        if record and self.has_view_or_change_permission(request, record):
            context |= history_of(request, record)
        return super().history_view(request, object_id, context | (extra_context or {}))


def what_comes_back(record, version):
    """What would change if a record said again what it said in an older version; nothing if there is none of it."""
    texts = dict(
        record.log().filter(Q(version=version) | Q(ended_at_sequence=None)).values_list("version", "document")
    )
    old = json.loads(texts.get(version) or "null")
    now = json.loads(texts[max(texts)]) if record.is_public else None
    names = Names(named_in_documents(now, old))
    return {"rows": compared(now, old, names) if old else [], "sides": "both" if now else "only-after"}


def version_asked_for(request):
    """The number of an older version in the address of a page, or None; what is no number asks for none."""
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < DIGITS else None


def history_of(request, record):
    """A page of its versions, newest first, and the proposals that came to nothing yet."""
    lines = record.log().order_by("-version").select_related("proposal__author", "published_by")
    lines = lines.defer("proposal__snapshot", "proposal__document")
    page = Paginator(lines, VERSIONS).get_page(request.GET.get("page"))
    page.object_list = _entries(record, list(page.object_list))
    about = Proposal.objects.about(record).with_newest_version().select_related("author", "decided_by")
    about = about.defer("snapshot", "document")
    return {
        "page": page,
        "open": about.open()[:PROPOSALS],
        "returned": about.filter(state=Proposal.State.RETURNED).order_by("-decided_at")[:PROPOSALS],
    }


def _entries(record, lines):
    """Versions, newest first, each with its difference from the last document before it."""
    documents = [json.loads(line.document) if line.document else None for line in lines]
    names = Names(named_in_documents(*documents, oldest := _document_before(record, lines)))
    entries, before = [], oldest
    for line, document in zip(lines[::-1], documents[::-1], strict=True):
        entries.append(
            {
                "line": line,
                "is_first": before is None,
                "rows": compared(before, document, names) if before and document else [],
                "may_be_restored": document is not None and (record.is_withdrawn or line.ended_at_sequence),
            }
        )
        before = document or before
    return entries[::-1]


def _document_before(record, lines):
    """The last document before the oldest of these versions, or None."""
    if not lines:
        return None
    before = record.log().filter(version__lt=lines[-1].version).exclude(action=Publication.Action.WITHDRAWN).last()
    return json.loads(before.document) if before else None

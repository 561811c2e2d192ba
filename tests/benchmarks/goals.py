"""What is measured, what it is held against, and how far it may be from that."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

import orjson
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory, override_settings

from temsisite.publishing import actions, pagination, search
from temsisite.publishing.models import Proposal, Publication
from temsisite.publishing.search import matches, results
from tests.benchmarks.synthesis import COMMON, RARE
from tests.factories import make_user
from trials.models import Finding, Trial


class Door:
    """The site as a server sees it: an environment goes in, bytes come out."""

    def __init__(self, site):
        self.site, self.handler, self.requests = site, WSGIHandler(), RequestFactory()
        self.fresh = count()

    def get(self, address, expect=200, **headers):
        """The length of an answer, read to its end as a server would."""
        environ = self.requests.get(address, secure=True, **headers).environ
        said = {}
        answer = self.handler(environ, lambda status, headers: said.update(headers, status=int(status[:3])))
        length = sum(map(len, answer))
        answer.close()
        assert said["status"] == expect, f"{address} answered {said['status']}"
        self.etag = said.get("ETag")
        return length

    def trial(self):
        """A trial that nobody has asked for yet, so that no cache knows it."""
        return f"trial-{next(self.fresh) % (self.site.trials - 1) + 1}"


@dataclass(frozen=True)
class Goal:
    """One line of the table. With `at_least` the operation has to be so many times faster than the other."""

    name: str
    times: float
    operation: Callable
    against: Callable
    at_least: bool = False
    milliseconds: float | None = None  # instead of a ratio
    sqlite_only: bool = False
    is_own: bool = False  # set by ourselves beside those that the site was planned by
    every: int = 1  # rounds; what takes long runs in every tenth, and leaves the others' memory in peace


def empty(door):
    return lambda: door.get("/empty/")


def page(address):
    """A page by its address; `{disease}` and the like name what is common or rare."""

    def prepare(door):
        site = door.site
        names = {"common": site.drugs[COMMON].slug, "rare": site.drugs[RARE].slug, "last": site.trials // 25}
        names |= {"common_source": site.sources[COMMON].slug}
        names |= {"common_disease": site.diseases[COMMON].slug, "rare_disease": site.diseases[RARE].slug}
        return lambda: door.get(address.format(**names))

    return prepare


def first_asked(address):
    """A page that nobody has asked for since the last publication, so that nothing of it is kept."""

    def prepare(door):
        get, releases = page(address)(door), count()

        def run():
            with override_settings(RELEASE=f"release {next(releases)}"):  # it is part of every key
                get()

        return run

    return prepare


def new_trial_page(door):
    return lambda: door.get(f"/trials/{door.trial()}/")


def new_finding_page(door):
    return lambda: door.get(f"/findings/{door.trial()}-finding-0/")


def kept_page(door):
    return lambda: door.get("/trials/pattern/")


def unchanged_page(door):
    door.get("/trials/pattern/")
    etag = door.etag
    return lambda: door.get("/trials/pattern/", expect=304, HTTP_IF_NONE_MATCH=etag)


def last_api_page(door):
    last = Trial.objects.order_by("-slug").values_list("slug", flat=True)[101:102].get()
    address = pagination.address_from([last], "/api/v1/trials/", ["slug"])
    return lambda: door.get(address)


def desk_page(address):
    """A page of the editors’ desk, as somebody sees it who reviews; `{proposal}` is one that waits."""

    def prepare(door):
        somebody = Client()
        somebody.force_login(make_user("reviewer", "Editors", "Reviewers"))
        session = f"{settings.SESSION_COOKIE_NAME}={somebody.cookies[settings.SESSION_COOKIE_NAME].value}"
        where = address.format(proposal=waiting_proposal(door.site).pk)
        return lambda: door.get(where, HTTP_COOKIE=session)

    return prepare


def waiting_proposal(site):
    """A proposal to change a finding that waits for review; the first that asks proposes it."""
    finding = Finding.objects.get(slug="pattern")

    def edit():
        Finding.objects.filter(pk=finding.pk).update(locator="Table 2")

    waiting = Proposal.objects.about(finding).open().first()
    return waiting or actions.propose_change(record=finding, by=site.author, edit=edit, note="As Table 2 has it.")


def by_primary_key(door):
    newest = Publication.objects.newest_sequence()
    return lambda: Publication.objects.get(pk=newest)


def newest_found(door):
    def run():
        asked = matches.expression(results.completed(search.Question.of("mucositis")))  # as the page asks
        matches.shown([row for _, row in matches.newest([asked], 25)])

    return run


def best_found(door):
    return lambda: search.Found(search.Question.of("mucositis rash")).best


def export(door):
    return lambda: door.get("/api/v1/export.ndjson")


def raw_export(door):
    """The same content from the bare tables: rows, put together by trial, encoded by orjson."""

    def run():
        raw = connection.connection
        raw.row_factory = sqlite3.Row
        drugs, arms, diseases, findings = {}, {}, {}, {}
        for row in raw.execute(
            "SELECT a.arm_id, d.slug FROM trials_arm_drugs a JOIN drugs_drug d ON d.id = a.drug_id"
        ):
            drugs.setdefault(row[0], []).append(row[1])
        for row in raw.execute("SELECT * FROM trials_arm"):
            arms.setdefault(row["trial_id"], []).append(dict(row) | {"drugs": drugs.get(row["id"], [])})
        for row in raw.execute(
            "SELECT t.trial_id, d.slug FROM trials_trial_diseases t JOIN drugs_disease d ON d.id = t.disease_id"
        ):
            diseases.setdefault(row[0], []).append(row[1])
        for row in raw.execute("SELECT * FROM trials_finding"):
            findings.setdefault(row["trial_id"], []).append(dict(row))
        for row in raw.execute("SELECT * FROM trials_trial"):
            more = {"arms": arms.get(row["id"]), "diseases": diseases.get(row["id"])}
            orjson.dumps(dict(row) | more | {"findings": findings.get(row["id"])})
        raw.row_factory = None

    return run


own = partial(Goal, is_own=True)


def bearable(name, milliseconds, operation):
    """A long page: somebody waits for it now and then, so what counts is how long."""
    return own(name, 0, operation, empty, milliseconds=milliseconds, every=10)


FILTERS = [
    "phase=PHASE2",
    "overall_status=COMPLETED",
    "drug={common}",
    "drug={rare}",
    "disease={common_disease}",
    "disease={rare_disease}",
]
FIRST_PAGE = page("/trials/?page=1")  # with a query, so that it is not kept

GOALS = [
    Goal("List of trials, filtered", 20, page("/trials/?phase=PHASE2&overall_status=COMPLETED"), empty),
    Goal("List of findings, filtered", 20, page("/findings/?measure=STABLE_DISEASE"), empty),
    own("List of trials, first chosen so", 20, first_asked("/trials/?phase=PHASE2&overall_status=COMPLETED"), empty),
    own("List of findings, first chosen so", 20, first_asked("/findings/?measure=STABLE_DISEASE"), empty),
    Goal("A trial nobody has read yet", 14, new_trial_page, empty),
    Goal("A finding nobody has read yet", 14, new_finding_page, empty),
    Goal("Unchanged page, 304", 3, unchanged_page, empty),
    Goal("Page from the cache", 2, kept_page, empty),
    Goal("Last page of the trials against the first", 3, page("/trials/?page={last}"), FIRST_PAGE),
    *(
        Goal(f"Trials by {query} against all", 3, page(f"/trials/?{query}"), page("/trials/?page=1"))
        for query in FILTERS
    ),
    Goal("API, 100 trials", 5, page("/api/v1/trials/"), empty),
    Goal("API, 100 findings", 5, page("/api/v1/findings/"), empty),
    Goal("API, last page against the first", 3, last_api_page, page("/api/v1/trials/")),
    Goal("Search, the 25 newest against one row by its key", 3, newest_found, by_primary_key),
    Goal("Search, ranked", 0, best_found, empty, milliseconds=20, sqlite_only=True),
    own("Search page", 20, page("/search/?q=mucositis"), empty),
    own("Front page", 40, first_asked("/"), empty),
    # These grow with what they show, up to a hundred trials with their findings; not with the site.
    bearable("A drug given in a third of all trials", 150, first_asked("/drugs/{common}/")),
    bearable("A disease of a third of all trials", 150, first_asked("/diseases/{common_disease}/")),
    bearable("A source of a hundredth of all findings", 150, first_asked("/sources/{common_source}/")),
    Goal("Whole export against raw rows by orjson", 6, export, raw_export, at_least=True, sqlite_only=True, every=10),
    bearable("Desk, its first page", 300, desk_page("/admin/")),
    bearable("Desk, list of findings", 300, desk_page("/admin/trials/finding/")),
    bearable("Desk, findings searched", 300, desk_page("/admin/trials/finding/?q=mucositis")),
    bearable("Desk, form of a new finding", 300, desk_page("/admin/trials/finding/add/")),
    bearable("Desk, a proposal", 300, desk_page("/admin/publishing/proposal/{proposal}/change/")),
]

"""The small site that editors see in a real browser: in the middle of its work."""

from typing import NamedTuple

from temsisite.publishing import actions
from temsisite.publishing.models import Proposal
from tests.factories import (
    make_approval,
    make_drug,
    make_finding,
    make_source,
    make_trial,
    make_user,
    propose,
    withdraw,
)


class Site(NamedTuple):
    """Where it is, what lies there, and who works on it."""

    url: str
    keys: dict
    people: dict

    def __call__(self, path):
        return self.url + path.format(**self.keys)


def make_site(url):
    """A record in every state that a page of the desk can show."""
    editor, reviewer = make_user("editor", "Editors"), make_user("reviewer", "Editors", "Reviewers")
    label = make_source(title="Torisel prescribing information", slug="label", type="LABEL")
    paper = make_source(title="Temsirolimus in carcinoma of the cervix", slug="tinker-2013", standing="SECONDARY")
    drug = make_drug(inn="temsirolimus", summary="The first mTOR inhibitor approved against cancer.")
    trial = make_trial(
        brief_title="Temsirolimus in cancer of the cervix",
        nct_id="NCT01026792",
        overall_status="RECRUITING",
        last_reviewed_on="2025-01-15",
        arms=[{"title": "temsirolimus 25 mg weekly", "drugs": [drug]}],
        sources=[paper],
    )
    share = {"measure": "STABLE_DISEASE", "value": "57.6", "unit": "PERCENT", "source": paper, "trial": trial}
    finding = make_finding(statement="Of 33 women 19 had stable disease.", last_reviewed_on="2023-01-15", **share)
    draft = make_finding(
        statement="The disease of 57.6 % of the women did not progress.",
        **share,
        locator="Results, paragraph 2",
        publish=False,
        created_by=editor,
    )
    approval = make_approval(drug=drug, source=label, statement="The FDA approved temsirolimus in May 2007.")
    withdrawn = withdraw(make_drug(inn="tamsilimus"))
    propose(approval, editor, holder="Wyeth Pharmaceuticals", indication="Advanced renal cell carcinoma.")
    proposal = Proposal.objects.open().get()
    back = propose(drug, editor, developer="Pfizer")
    actions.return_(proposal=back, by=reviewer, reason="Which label says so? The one of 2007 names Wyeth.")
    stale = propose(drug, editor, summary="The first mTOR inhibitor approved in oncology.")
    faster = propose(drug, reviewer, summary="It was the first mTOR inhibitor approved against cancer.")
    actions.accept(proposal=faster, by=editor)
    propose(trial, reviewer, acronym="IND.199")
    type(label).objects.filter(pk=label.pk).update(retraction="EXPRESSION_OF_CONCERN")
    keys = {"draft": draft, "finding": finding, "trial": trial, "drug": drug, "withdrawn": withdrawn, "source": paper}
    keys = {name: record.pk for name, record in keys.items()} | {"proposal": proposal.pk, "stale": stale.pk}
    return Site(url, keys, {"editor": editor, "reviewer": reviewer})

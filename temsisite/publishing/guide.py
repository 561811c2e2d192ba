"""The editors' guide: its chapters, and the pages of the admin that lead to each of them."""

from fnmatch import fnmatch

# By the anchor in the guide: the heading, and how a link to it goes on after “How to …”.
CHAPTERS = {
    "claims": ("What a claim is", "tell what a claim is"),
    "verdicts": ("Verdicts", "reach a verdict"),
    "life": ("From draft to publication", "get a draft published"),
    "four-eyes": ("Four eyes", "review a proposal"),
    "findings": ("Adding findings", "enter findings"),
    "changes": ("Proposing a change", "change what is public"),
    "rebasing": ("When somebody was faster", "go on when somebody was faster"),
    "importing": ("Importing many at once", "import many at once"),
    "quotations": ("Quotations", "quote"),
    "due": ("What “due for review” means", "go through what is due"),
}

# By the names of addresses, the first that fits: what their pages need explained.
PAGES = {
    "index": ["due", "life"],
    "password_change": [],
    "*_reviewed_again": ["due"],
    "publishing_proposal_rebase": ["rebasing"],
    "publishing_proposal_*": ["four-eyes", "rebasing"],
    "*import*": ["importing"],
    "*_results_*": ["findings"],
    "*_history": ["changes"],
    "trials_finding_add": ["findings", "claims", "verdicts", "quotations"],
    "trials_finding_changelist": ["findings", "importing"],
    "trials_finding_change": ["changes", "findings", "verdicts", "quotations"],
    "trials_trial_change": ["findings", "changes"],
    "evidence_source_add": ["life", "quotations"],
    "evidence_source_change": ["changes", "quotations"],
    "evidence_source_changelist": ["importing"],
    "drugs_*_add": ["life", "claims", "verdicts"],
    "*_add": ["life"],
    "*_withdrawal": ["changes"],
    "drugs_*_change": ["changes", "verdicts"],
    "*_change": ["changes"],
}


def how_to(request):
    """The chapters that explain the page of this request."""
    name = request.resolver_match.url_name if request.resolver_match else None
    anchors = next((anchors for pattern, anchors in PAGES.items() if fnmatch(name or "", pattern)), [])
    return chapters(*anchors)


def chapters(*anchors):
    """What a page says of these chapters: [("changes", "change what is public")]."""
    return [(anchor, CHAPTERS[anchor][1]) for anchor in anchors]

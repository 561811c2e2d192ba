"""The review queue, and the page on which a proposal is decided."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from temsisite.publishing import actions, guide
from temsisite.publishing.admin.asking import WhoseProposal
from temsisite.publishing.admin.forms import DecisionForm
from temsisite.publishing.admin.log import LookOnly
from temsisite.publishing.admin.proposals import Preview, Rebasing, what_is_proposed
from temsisite.publishing.desk import ago
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Proposal
from temsisite.publishing.rules import Refused

NOT_ACCEPTED = {Proposal.State.RETURNED, Proposal.State.SUPERSEDED}


@admin.register(Proposal)
class ProposalAdmin(Preview, Rebasing, LookOnly, admin.ModelAdmin):
    """What waits comes first, the longest waiting on top, then what was decided last. Nothing is edited here."""

    list_display = ["title", "kind", "action", "author", "proposed", "standing"]
    list_filter = ["state", WhoseProposal, "action", "kind"]
    list_select_related = ["author"]
    list_per_page = 50
    search_fields = ["title", "slug", "note", "reason", "author__username"]
    ordering = [F("decided_at").desc(nulls_first=True), "created_at", "pk"]  # as an index holds them

    @admin.display(ordering="created_at")
    def proposed(self, proposal):
        return ago(proposal.created_at)

    @admin.display(description="state", ordering="state")
    def standing(self, proposal):
        return f"{proposal.get_state_display()}, out of date" if proposal.is_stale else proposal.get_state_display()

    def get_queryset(self, request):
        """With what tells a stale one, and without the long texts, which only the page of one needs."""
        return super().get_queryset(request).with_newest_version().defer("snapshot", "document")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page."""
        proposal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = DecisionForm(request.POST or None, initial={"sha256": proposal.sha256})
        if request.method == "POST" and form.is_valid():
            try:
                if "_take_up" in request.POST:
                    return HttpResponseRedirect(self._taken_up(request, proposal))
                self._decide(request, proposal, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
                proposal.refresh_from_db()
            else:
                return HttpResponseRedirect(reverse("admin:publishing_proposal_changelist"))
        return TemplateResponse(
            request,
            "admin/publishing/proposal/review.html",
            {
                **self.admin_site.each_context(request),
                **what_is_proposed(proposal),
                **_what_the_user_may_do(proposal, request.user),
                **_what_it_is_to(proposal, request.user),
                "subtitle": str(proposal),
                "opts": self.opts,
                "original": proposal,
                "form": form,
            },
        )

    def _taken_up(self, request, proposal):
        """Where its author goes on with what was proposed and not accepted."""
        if not _what_the_user_may_do(proposal, request.user)["may_take_up"]:
            raise PermissionDenied
        record = kinds()[proposal.kind].objects.filter(slug=proposal.slug).first()
        if record is None or not record.is_public:
            raise Refused(f"The {proposal.kind} “{proposal.slug}” is not public any more, so it cannot be changed.")
        return self.admin_site.get_model_admin(type(record)).take_up(request, proposal, record)

    def _decide(self, request, proposal, *, sha256, reason):
        """Carry out the button that was pressed."""
        if "_take_back" in request.POST:
            actions.retract(proposal=proposal, by=request.user)
            messages.success(request, "You took the proposal back.")
            return
        if not request.user.has_perm("publishing.review_proposal"):
            raise PermissionDenied
        if "_return" in request.POST:
            actions.return_(proposal=proposal, by=request.user, reason=reason)
            messages.success(request, f"Returned to {proposal.author}, with your reason.")
        elif "_accept" in request.POST:
            publication = actions.accept(proposal=proposal, by=request.user, sha256=sha256)
            messages.success(
                request,
                format_html(
                    'Done, and for everybody to see as line {} of the log: <a href="{}">{}</a>',
                    publication.sequence,
                    publication.history_url,
                    proposal.title,
                ),
            )
        else:
            raise ValidationError("Say whether you accept or return it.")


def _what_it_is_to(proposal, user):
    """How the page is called for this person, and what of the guide explains it; nobody reviews their own."""
    if proposal.author == user:
        return {
            "title": "Your proposal" if proposal.is_open else "Your decided proposal",
            "how_to": guide.chapters("changes", "rebasing"),
        }
    return {"title": "Review a proposal" if proposal.is_open else "A decided proposal"}


def _what_the_user_may_do(proposal, user):
    is_own = proposal.author == user
    may_review = user.has_perm("publishing.review_proposal")
    return {
        "is_own": is_own,
        "may_review": may_review,
        "may_decide": proposal.is_open and may_review and not (is_own and settings.PUBLISHING_FOUR_EYES),
        "may_rebase": proposal.is_stale and is_own,
        "may_take_up": is_own and proposal.state in NOT_ACCEPTED and proposal.action == Proposal.Action.CHANGE,
    }

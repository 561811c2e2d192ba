"""The page on which an author brings a proposal together with what was published since."""

import json

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from temsisite.publishing import actions, versions
from temsisite.publishing.admin.forms import LONGEST_TEXT, sentences
from temsisite.publishing.admin.proposals.choices import conflict_rows
from temsisite.publishing.admin.proposals.reading import difference
from temsisite.publishing.kinds import kinds
from temsisite.publishing.lost_sessions import typed_before
from temsisite.publishing.models import Proposal, Publication
from temsisite.publishing.naming import Names, named_in_documents

LINES = 10  # versions published since that the page tells of
DIGITS = 9


class Rebasing:
    """For the admin of proposals: an address of its own for bringing each one up to date."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.rebase_view)
        return [path("<path:object_id>/rebase/", view, name="publishing_proposal_rebase"), *super().get_urls()]

    def rebase_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        refusal, sent = None, request.POST
        if request.method == "GET" and (typed := typed_before(request)):
            messages.warning(request, "You had been signed out. What you chose and wrote is here, but not sent yet.")
            sent = typed
        if request.method == "POST":
            if not may_write(request.user, proposal):
                raise PermissionDenied
            try:
                anew = self._rebase(request, proposal)
            except ValidationError as refused:
                refusal = refused
            else:
                messages.success(request, f"It waits for review again, from version {anew.base_version}.")
                return HttpResponseRedirect(reverse("admin:publishing_proposal_change", args=[anew.pk]))
        context = {
            **self.admin_site.each_context(request),
            **what_to_bring_together(proposal, sent, refusal),
            "may_rebase": may_write(request.user, proposal),
            "title": "Propose it anew",
            "subtitle": str(proposal),
            "opts": self.opts,
            "original": proposal,
        }
        return TemplateResponse(request, "admin/publishing/proposal/rebase.html", context)

    def _rebase(self, request, proposal):
        sent = request.POST
        chosen = {name.removeprefix("choose "): sent[name] for name in sent if name.startswith("choose ")}
        texts = {name.removeprefix("text "): sent[name] for name in sent if name.startswith("text ")}
        texts = {name: _clean(name, text) for name, text in texts.items()}
        onto = int(sent["onto"][:DIGITS]) if sent.get("onto", "")[:DIGITS].isdecimal() else None
        return actions.rebase(proposal=proposal, by=request.user, chosen=chosen, texts=texts, onto=onto)


def _clean(key, text):
    """A text as the forms of records would take it."""
    try:
        return forms.CharField(required=False, validators=[MaxLengthValidator(LONGEST_TEXT)]).clean(
            text.replace("\r\n", "\n")
        )
    except ValidationError as error:
        raise ValidationError({key: error.messages}) from error


def may_write(user, proposal):
    """Its author may bring it up to date, who has to be an editor of such records still."""
    model = kinds()[proposal.kind]
    change = f"{model._meta.app_label}.change_{model._meta.model_name}"
    return proposal.author == user and user.has_perm(change)


def what_to_bring_together(proposal, sent, refusal):
    """What was proposed, what was published since, and what of it has to be chosen between."""
    lines = Publication.objects.of(proposal.kind, proposal.slug).select_related("proposal__author", "published_by")
    newest, base_version = lines.last(), proposal.base_version
    base = lines.filter(version=base_version).first()
    documents = [
        json.loads(text) if text else None
        for text in (base and base.document, newest and newest.document, proposal.document)
    ]
    names = Names(named_in_documents(*documents))
    old, now, proposed = documents
    return {
        "newest": newest,
        "since": base_version and lines.filter(version__gt=base_version).order_by("-version")[:LINES],
        "theirs": difference(old, now, names),
        "mine": difference(old, proposed, names),
        **_what_to_choose(proposal, sent, refusal),
    }


def _what_to_choose(proposal, sent, refusal):
    """The conflicts, and the sentences that say why the whole cannot be."""
    record = kinds()[proposal.kind].objects.filter(slug=proposal.slug).first()
    try:
        conflicts = _conflicts(proposal, record)
    except ValidationError as obstacle:
        return {"obstacle": obstacle.messages, "typed": [sent[name] for name in sent if name.startswith("text ")]}
    beside, rest = _sorted_out(refusal, {conflict.key for conflict in conflicts}, type(record))
    return {"conflicts": conflict_rows(conflicts, type(record), sent, beside), "refused": rest}


def _sorted_out(refusal, asked, model):
    """What was wrong, beside what was asked; and the rest as sentences."""
    if not hasattr(refusal, "error_dict"):
        return {}, refusal.messages if refusal else []
    problems = refusal.message_dict
    rest = {name: said for name, said in problems.items() if name not in asked}
    return problems, sentences(ValidationError(rest), model) if rest else []


def _conflicts(proposal, record):
    if not proposal.is_open:
        raise ValidationError(f"This proposal has been {proposal.get_state_display()} already.")
    if not proposal.is_stale:
        raise ValidationError("It starts from the newest version: there is nothing to bring together.")
    if record is None:
        raise ValidationError("The record is gone. What was proposed is kept here.")
    if proposal.action == Proposal.Action.WITHDRAWAL:
        return []
    return versions.merge_of(proposal, record).conflicts

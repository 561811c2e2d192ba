"""The public page of a record as it would be once a proposal is accepted."""

from copy import copy

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse

from temsisite.publishing import actions
from temsisite.publishing.kinds import kinds
from temsisite.publishing.models import Publication


class Preview:
    """For the admin of proposals: an address of its own for each one's preview."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name="publishing_proposal_preview"), *super().get_urls()]

    def preview_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._preview(request, proposal)

    def _preview(self, request, proposal):
        try:
            with actions.rehearsed(proposal) as publication:
                content = public_page_of(request, publication, banner(proposal))
        except ValidationError as refusal:
            return self._no_preview(request, proposal, refusal.messages)
        return HttpResponse(content)  # the admin lets nobody store what it answers

    def _no_preview(self, request, proposal, sentences):
        context = {
            **self.admin_site.each_context(request),
            "title": "There is nothing to preview" if not proposal.is_open else "It cannot be previewed yet",
            "subtitle": str(proposal),
            "opts": self.opts,
            "original": proposal,
            "sentences": sentences,
            "publication": Publication.objects.filter(proposal=proposal).first(),
        }
        return TemplateResponse(request, "admin/publishing/proposal/no_preview.html", context)


def public_page_of(request, publication, banner):
    """What a reader without an account gets at the address of the record: rendered by the public view itself."""
    address = kinds()[publication.kind].address(publication.slug)
    asked = copy(request)
    vars(asked).pop("newest_line", None)  # the rehearsal has added another
    asked.path = asked.path_info = address
    asked.GET, asked.META = QueryDict(), request.META | {"PATH_INFO": address, "QUERY_STRING": ""}
    asked.user, asked.rehearsal = AnonymousUser(), banner
    view = resolve(address)
    return view.func(asked, *view.args, **view.kwargs).content


def banner(proposal):
    """What stands above the page, so that nobody takes it for published."""
    return {
        "label": "Preview",
        "sentence": f"Readers would see this if the proposal by {proposal.author} were accepted. Nothing of it is "
        "published, and its links lead to the site as it is.",
        "url": reverse("admin:publishing_proposal_change", args=[proposal.pk]),
        "url_label": "Back to the proposal",
    }

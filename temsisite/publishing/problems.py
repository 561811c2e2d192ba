"""Refusals that name the thing and the way out: problem documents for partners (RFC 9457)."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound

MEDIA_TYPE = "application/problem+json"


def repeated(query):
    """What is given more than once in an address, for only the last would count and nobody would be told."""
    sentence = "This stands in the address more than once, and only one value can count: leave the others out."
    return {name: [sentence] for name, values in query.lists() if len(values) > 1}


class BadParameter(APIException):
    """A parameter that is unknown, or whose value is not understood."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__(" ".join(f"{name}: {' '.join(sentences)}" for name, sentences in errors.items()))
        self.errors = errors


class Withdrawn(APIException):
    """The record was taken off the site; `publication` is the line of the log that says why."""

    status_code = status.HTTP_410_GONE

    def __init__(self, publication):
        super().__init__(f"The {publication.kind} “{publication.slug}” was withdrawn: {publication.note}")
        self.publication = publication


def problem(exception, context):
    """DRF's exception handler: every refusal is a problem document; what is no refusal stays a server error."""
    if isinstance(exception, Http404):
        exception = NotFound(str(exception) or "There is nothing at this address.")
    elif isinstance(exception, PermissionDenied) or not isinstance(exception, APIException):
        return None
    return problem_response(exception)


def problem_response(exception: APIException) -> JsonResponse:
    phrase = HTTPStatus(exception.status_code).phrase
    body = {"title": phrase, "status": exception.status_code, "detail": str(exception.detail)}
    if isinstance(exception, BadParameter):
        body["title"] = "A parameter is not understood."
        body["errors"] = [
            {"parameter": name, "detail": " ".join(sentences)} for name, sentences in exception.errors.items()
        ]
    if isinstance(exception, Withdrawn):
        body["title"] = "The record was withdrawn."
    headers = {"Allow": "GET, HEAD, OPTIONS"} if exception.status_code == status.HTTP_405_METHOD_NOT_ALLOWED else {}
    return JsonResponse(
        body,
        status=exception.status_code,
        content_type=MEDIA_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )

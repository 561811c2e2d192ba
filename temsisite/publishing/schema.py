"""What the generated OpenAPI description does not see by itself."""

from django.conf import settings

INTRODUCTION = """
Evidence on temsirolimus and its class: claims with their sources and verdicts. No key is needed.

**To mirror the site**, load `/api/v1/export.ndjson` once and keep its header `X-Sequence`. From there on follow
`/api/v1/changes/?since=<sequence>`: a line holds a document to keep, or none where the record is to be removed.

**In a document** other records are named by their slugs, and `url` is a path on this site. What is absent is `null`.
`value`, `lower` and `upper` are strings with exactly the digits printed; counts are integers. Keys may be added under
`/api/v1/`, never renamed or removed: ignore what you do not know.

**Lists** take the filters of the pages. Follow `next` as it stands. Every list, document and export has an `ETag`:
send it back as `If-None-Match`, and while nothing was published the answer is an empty 304.

**A request that is not understood** gets a problem document (RFC 9457) that names the parameter, never a guess.
"""
PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that names the thing and the way out."},
        "errors": {
            "type": "array",
            "description": "For a bad request: what is wrong with each parameter.",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFUSALS = {
    "400": "A parameter is not understood.",
    "404": "There is no such record, or no such version of it.",
    "410": "The record was withdrawn; the detail says why.",
}


def introduce(result, generator, request, public):
    """Say what a partner has to know first, and of each operation in a line what it gives; a hook as the next one."""
    result["info"] |= {"description": INTRODUCTION.strip(), "license": settings.DATA_LICENSE}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation.setdefault("summary", operation["description"].partition("\n")[0].replace("`", ""))
    return result


def describe_refusals(result, generator, request, public):
    """Add the problem documents to every operation, and name the tables; drf-spectacular's post-processing hook."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, operations in result["paths"].items():
        for operation in operations.values():
            if path.endswith(".csv"):
                kinds = path.split("/")[-1].removesuffix(".csv")
                operation["operationId"], operation["tags"] = f"{kinds}_table", [kinds]
            for status, sentence in REFUSALS.items():
                if status == "400" or "{slug}" in path:
                    operation["responses"][status] = {"description": sentence, "content": content}
    return result

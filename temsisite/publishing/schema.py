"""What the generated OpenAPI description does not see by itself."""

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

"""What stands between the server and every view."""

from django.middleware.gzip import GZipMiddleware


class PublicGZipMiddleware(GZipMiddleware):
    """Compress what everybody may see; an editor's page keeps its secrets, which a length could betray (BREACH)."""

    max_random_bytes = 0  # the same page is the same bytes

    def process_response(self, request, response):
        if "public" not in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)

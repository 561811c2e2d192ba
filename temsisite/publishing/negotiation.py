"""In which form the API answers: its addresses say so, and there is nothing to negotiate."""

from rest_framework.negotiation import BaseContentNegotiation


class AsAddressed(BaseContentNegotiation):
    """The form of the address, whatever a program says it accepts: who asks for /trials.csv wants a table."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type

"""The site behind the browser tests: one server for all of them, which can tell that nobody is asking it any more."""

import socket
import threading
from contextlib import suppress

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import ThreadedWSGIServer
from pytest_django.live_server_helper import LiveServer


class KeptFiles(StaticFilesHandler):
    """Styles and scripts that the browser asks for once and keeps, as it does in production."""

    def serve(self, request):
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


class Lines(ThreadedWSGIServer):
    """Knows the connections that are open."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.open = set()

    def process_request(self, request, client_address):
        self.open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request):
        self.open.discard(request)
        super().close_request(request)


class Server(LiveServer):
    """Serves from a thread, and unlike the fixture live_server leaves it to each test whose data it shows."""

    def __init__(self):
        super().__init__("localhost", start=False)
        self.thread.static_handler, self.thread.server_class = KeptFiles, Lines
        self.start()

    def let_requests_end(self):
        """Answer what was asked and hang up, for PostgreSQL empties no table that a request still reads."""
        for line in list(self.thread.httpd.open):
            with suppress(OSError):  # it was closed meanwhile
                line.shutdown(socket.SHUT_RD)
        for thread in threading.enumerate():
            if "process_request" in thread.name:
                thread.join(timeout=5)

"""How requests are read on the green engine: at a glance where they are plain, else line by line.

The server's library and its clock are handed in, so that one file alone names them (`web.engines`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from web import limits
from web.glance import Glance, glance, of_connection


def protocol_on(
    wsgi: Any, timeout: Any, seconds: float, look: Callable[[bytes], Glance | None] = glance
) -> type:
    """What the server makes of each connection; `seconds` is the time that a request has to come in."""

    class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
        """Tells the app which HTTP the other side speaks; eventlet says 1.0 of everybody."""

        def setup(self) -> None:
            super().setup()
            self.capitalize_response_headers = False  # ours are written as they should be
            self.known: dict[str, Any] = {}
            ends = of_connection(self.request.getsockname(), self.client_address)
            self.always = self.server.get_environ() | ends | {"hall.connection": self.known}

        def handle_one_request(self) -> None:
            """A plain request that has arrived whole is taken as it is, any other line by line."""
            plain = self.plain_request()
            if plain is None:
                super().handle_one_request()
                return
            self.take(plain)
            self.server.outstanding_requests += 1
            try:
                self.handle_one_response()
            except OSError as error:
                if error.errno not in wsgi.BROKEN_SOCK:
                    raise
            finally:
                self.server.outstanding_requests -= 1

        def plain_request(self) -> Glance | None:
            """Waits as long as a connection may be silent."""
            try:
                return look(self.rfile.peek())
            except TimeoutError:
                raise
            except (OSError, ValueError):
                return None  # eventlet's own reader finds the line broken, too

        def take(self, plain: Glance) -> None:
            """What eventlet's own reader would have found out."""
            self.rfile.read(plain.head)
            self.conn_state[2] = wsgi.STATE_REQUEST
            self.command, self.request_version = plain.said["REQUEST_METHOD"], "HTTP/1.1"
            self.close_connection, self.headers = False, {"Connection": plain.connection}
            body = wsgi.Input(self.rfile, plain.length, self.connection)
            self.environ = self.always | plain.said
            self.environ |= {"wsgi.input": body, "eventlet.input": body, "eventlet.posthooks": []}
            self.application = self.server.app

        def get_environ(self) -> dict[str, Any]:
            environ: dict[str, Any] = super().get_environ() | {"SERVER_PROTOCOL": self.request_version}
            environ["hall.connection"] = self.known
            limits.read_in_time(environ["wsgi.input"], seconds, timeout)
            return environ

        def _read_request_line(self) -> Any:
            with timeout(limits.SILENT_SECONDS + seconds, False):
                return super()._read_request_line()
            return ""

        def parse_request(self) -> bool:
            with timeout(seconds, False):
                return bool(super().parse_request())
            self.close_connection = True
            return False

    return Protocol

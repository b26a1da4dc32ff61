"""How requests are read on the green engine: at a glance where they are plain, else line by line.

What is understood at a glance is also answered in one go where the answer is there as a whole. All else, of
reading and of answering, is the library's. It is handed in, so that one file alone names it (`web.engines`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from web import limits
from web.answering import in_one
from web.arriving import Arriving
from web.glance import MOST_BYTES, STAYS, Glance, glance, of_connection

Environ = dict[str, Any]


def protocol_on(library: Any, seconds: float, look: Callable[[bytes], Glance | None] = glance) -> type:
    """What the server makes of each connection; `seconds` is the time that a request has to come in."""
    wsgi: Any = library.wsgi
    timeout: Any = library.Timeout

    class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
        """Tells the app which HTTP the other side speaks; eventlet says 1.0 of everybody."""

        close_connection: Any

        def setup(self) -> None:
            super().setup()
            self.capitalize_response_headers = False  # ours are written as they should be
            self.known: dict[str, Any] = {}
            ends = of_connection(self.request.getsockname(), self.client_address)
            self.always = self.server.get_environ() | ends | {"hall.connection": self.known}
            self.line = Arriving(self.connection, self.rfile.detach(), library)
            self.rfile: Any = io.BufferedReader(self.line, MOST_BYTES)

        def handle_one_request(self) -> None:
            """A plain request that has arrived whole is taken as it is, any other line by line."""
            arrived = self.line.look()
            plain = look(arrived)
            if plain is None:
                self.line.leave()
                super().handle_one_request()
                if not self.close_connection:
                    self.line.take_back(self.rfile)
                return
            self.conn_state[2] = wsgi.STATE_REQUEST
            self.close_connection = False
            body, self.line.held = arrived[plain.head : plain.end], arrived[plain.end :]
            self.server.outstanding_requests += 1
            try:
                self.answer(plain, self.always | plain.said | {"wsgi.input": io.BytesIO(body)})
            finally:
                self.server.outstanding_requests -= 1

        def answer(self, plain: Glance, environ: Environ) -> None:
            """In one go, if the app has said all there is to say; what it says else is the library's."""
            self.begun: tuple[Any, ...] = ()
            self.further: Callable[..., Callable[[bytes], Any]] | None = None
            try:
                said = self.server.app(environ, self.begin)
            except (Exception, timeout) as error:  # noqa: BLE001 - raised again where the library catches it
                self.answer_as_ever(plain, environ, error)
                return
            written = in_one(*self.begun[:2], said, self.ending(plain)) if self.begun else None
            if written is None:
                self.answer_as_ever(plain, environ, said)
                return
            try:
                self.connection.sendall(written)
            except OSError:
                self.close_connection = True
            finally:
                if hasattr(said, "close"):
                    said.close()

        def begin(self, *begun: Any) -> Callable[[bytes], Any]:
            """What an app calls to say status and headers."""
            self.begun = begun
            return self.further(*begun) if self.further else not_written

        def ending(self, plain: Glance) -> str:
            """What a browser is told that asks whether the connection stays."""
            if plain.connection.lower() != STAYS:
                return ""
            return f"Connection: keep-alive\r\nKeep-Alive: timeout={int(self.server.keepalive)}\r\n"

        def answer_as_ever(self, plain: Glance, environ: Environ, said: Any) -> None:
            """As the library does, from what the app has said, or raised, already."""

            def again(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
                self.further = start_response
                if isinstance(said, BaseException):
                    raise said
                whole: Iterable[bytes] = said
                if self.begun:
                    start_response(*self.begun)
                return whole

            read = wsgi.Input(io.BytesIO(), 0, self.connection)
            self.environ = environ | {"eventlet.input": read, "eventlet.posthooks": []}
            self.command, self.request_version = environ["REQUEST_METHOD"], "HTTP/1.1"
            self.headers, self.application = {"Connection": plain.connection}, again
            try:
                self.handle_one_response()
            except OSError as error:
                if error.errno not in wsgi.BROKEN_SOCK:
                    raise

        def finish(self) -> None:
            """Where the line was cut in the middle of an answer the library leaves one of its ends open."""
            try:
                super().finish()
            finally:
                self.rfile.close()

        def log_message(self, *said: Any) -> None:
            """What couldn't be read may be anything that somebody typed: it stands in no log."""

        def get_environ(self) -> Environ:
            environ: Environ = super().get_environ() | {"SERVER_PROTOCOL": self.request_version}
            environ["hall.connection"] = self.known
            limits.read_in_time(environ["wsgi.input"], seconds, timeout)
            return environ

        def _read_request_line(self) -> Any:
            with timeout(limits.SILENT_SECONDS + seconds, False):
                return super()._read_request_line()
            return ""

        def parse_request(self) -> bool:
            with timeout(seconds, False):
                return bool(super().parse_request()) and self.has_one_length()
            self.close_connection = True
            return False

        def has_one_length(self) -> bool:
            """Two lengths of one body may be two requests to somebody in between: it is refused."""
            read: Any = self.headers
            if len(set(read.get_all("Content-Length") or ())) < 2:
                return True
            self.send_error(400)
            self.close_connection = True
            return False

    return Protocol


def not_written(said: bytes) -> None:
    """The old way in which an app may say its body."""
    raise NotImplementedError("answers are returned, not written")

"""Flask without what this hall never uses, since every single request pays for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin
from werkzeug.exceptions import BadHost
from werkzeug.routing import MapAdapter

from web.closing import SOCKETS


class NoSessions(SessionInterface):
    """Who is signed in stands in a row of our own (`web.sessions`): Flask keeps no cookie beside it."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return NOTHING

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


NO_HOST = "unnamed"
"""In the place of a host that can't be written as a name."""

NOTHING = NullSession()
"""Nobody may write into it, so one is enough."""


class LeanFlask(Flask):
    """No view of ours is a coroutine, so none is asked whether it is one; sockets have no routes."""

    session_interface = NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Each word over a socket is a request to Flask: its way would end among the unknown addresses."""
        if request is not None and request.environ.get("PATH_INFO", "").startswith(SOCKETS):
            return None
        try:
            return super().create_url_adapter(request)
        except BadHost:  # a host that no name can be, such as a..b; no route asks for one
            return self.url_map.bind_to_environ({**request.environ, "HTTP_HOST": NO_HOST} if request else {})

"""Flask without what this hall never uses, since every single request pays for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin


class NoSessions(SessionInterface):
    """Who is signed in stands in a row of our own (`web.sessions`): Flask keeps no cookie beside it."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return NOTHING

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


NOTHING = NullSession()
"""Nobody may write into it, so one is enough."""


class LeanFlask(Flask):
    """No view of ours is a coroutine, so none is asked whether it is one."""

    session_interface = NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

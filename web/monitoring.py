"""What monitors and balancers ask: whether this server is ready for people."""

from __future__ import annotations

from flask import Flask, Response, request

from queueing.errors import HallError
from queueing.records import Json
from web.closing import LEAVING
from web.context import here
from web.routes import as_json

NOT_NOW = 503


def install(app: Flask) -> None:
    app.add_url_rule("/readyz", "readyz", readyz)


def readyz() -> Response:
    """Whether people should be sent here: the hall can read and keep, and the server isn't leaving."""
    said = readiness()
    return as_json(said, 200 if said["status"] == "ready" else NOT_NOW)


def readiness() -> Json:
    if request.environ.get(LEAVING):
        return {"status": "leaving"}
    trouble = here().store.trouble or unreadable()
    return {"status": "trouble", "trouble": trouble} if trouble else {"status": "ready"}


def unreadable() -> str | None:
    """The code of what keeps the hall from reading its log: there is none, or it has no tables yet."""
    try:
        here().store.look(lambda desk: desk.seq())
        return None
    except HallError as error:
        return error.code

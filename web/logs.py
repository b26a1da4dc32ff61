"""The server's log: lines for people, or one JSON object a line for whoever gathers many machines' logs.

An object says when, how grave, which part of the program, which hall, and what it belongs to: the request,
and the press by a mark of its key. What a caller wrote stands in none of them: of a failure the object holds
where it happened and its kind, not its words, which may quote what somebody typed.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import Any

from flask import Response, has_app_context
from pythonjsonlogger.json import JsonFormatter

from web.asked import asked, is_asked
from web.context import here

PRESSES = logging.getLogger("hall.presses")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
"""What a proxy of one's own may call a request."""

HEADER = "X-Request-Id"
MARK = 12
NAMES = {"levelname": "level", "name": "part", "exc_info": "failure"}

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def write_as(form: str, hall: str) -> None:
    """From now on everything that is logged is written in this form, "text" or "json"."""
    if form == "text":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Object())
    handler.addFilter(partial(belongs_to, hall))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for talkative in ("werkzeug", "geventwebsocket", "engineio", "socketio"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


class Object(JsonFormatter):
    """One log record as a JSON object on a line of its own."""

    def __init__(self) -> None:
        fields = "{levelname}{name}{message}"
        super().__init__(fields, style="{", rename_fields=NAMES, timestamp="time", json_ensure_ascii=False)

    def formatException(self, ei: Failure) -> str:
        """Where and of which kind; a failure's words may quote a person's."""
        kind, _, trace = ei
        steps = [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(trace)]
        return "\n".join([*steps, kind.__name__ if kind else ""])


def belongs_to(hall: str, record: logging.LogRecord) -> bool:
    """Adds the hall, the request and the press that a line is about."""
    record.hall = here().house.hall.id if is_asked() or has_app_context() else hall
    if is_asked():
        record.request = request_id()
        key = asked().header("IDEMPOTENCY_KEY")
        if key:
            record.press = sha256(key.encode()).hexdigest()[:MARK]
    return True


def request_id() -> str:
    """The name that the proxy gave it, if one of our own stands before the hall; else a new one."""
    present = asked()
    if not present.request_id:
        given = (present.header("X_REQUEST_ID") or "") if here().house.server.trusted_proxies else ""
        present.request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
    return present.request_id


def name_request(answer: Response) -> Response:
    """An answer carries the name under which the log speaks of it, when it does."""
    if asked().request_id:
        answer.headers[HEADER] = asked().request_id
    return answer


def log_press(action: str, outcome: str, status: int, seconds: float) -> None:
    """One line a press; only where the log is for machines."""
    if PRESSES.isEnabledFor(logging.INFO):
        about: dict[str, Any] = {"action": action, "outcome": outcome, "status": status}
        PRESSES.info("press", extra=about | {"ms": round(seconds * 1000, 1)})

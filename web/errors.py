"""The one place where refusals and mistakes become HTTP: problem+json for programs, a page for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as NoSuchAddress

from queueing.errors import HallError
from queueing.records import Json
from web.refusals import BadBody, NotFound
from web.sentences import sentence

PROBLEM = "application/problem+json"

FOR_PROGRAMS = ("/api/", "/voice/")
"""Addresses that no person opens."""

CODES: Mapping[int, str] = {405: "method_not_allowed", 413: "too_large"}
"""What Flask refuses by itself."""


def handle_errors(app: Flask) -> None:
    """Every way a request can end badly."""
    app.register_error_handler(HallError, refused)
    app.register_error_handler(ValidationError, not_understood)
    app.register_error_handler(NoSuchAddress, lambda error: refused(NotFound()))
    app.register_error_handler(HTTPException, refused_by_flask)
    app.register_error_handler(Exception, broken)


def refused(error: HallError) -> Response:
    """A refusal of the hall, by its own code and status."""
    g.refused = error.code
    response = told(problem(error))
    if error.status == 429 and "seconds" in error.detail:
        response.headers["Retry-After"] = str(error.detail["seconds"])
    return response


def not_understood(error: ValidationError) -> Response:
    return refused(bad_body(error))


def bad_body(error: ValidationError) -> BadBody:
    """The first thing that the body's model objects to."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"]) or "body"
    return BadBody(where=where, problem=first["msg"])


def refused_by_flask(error: HTTPException) -> Any:
    """Redirects and ready answers pass as they are."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        return broken(error)
    allowed = [pair for pair in error.get_headers() if pair[0] == "Allow"]
    return told(described(error.code, CODES.get(error.code, "bad_request"), "bad_request"), allowed)


def broken(error: Exception) -> Response:
    """A mistake of ours: logged in full, told in one sentence."""
    rule = request.url_rule.rule if request.url_rule else "an address"  # itself it may hold a link's key
    current_app.logger.error("%s %s failed", request.method, rule, exc_info=error)
    return told(described(500, "failed", "failed"))


def problem(error: HallError) -> Json:
    """RFC 9457: the refusal for a program, with its sentence in the reader's language."""
    return dict(error.detail) | described(error.status, error.code, error.code, error.detail)


def described(status: int, code: str, said: str, detail: Mapping[str, Any] | None = None) -> Json:
    """The members that every problem has; `said` is the code of the sentence for people."""
    return {
        "type": f"urn:service-hall:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": sentence(said, detail or {}),
        "code": code,
    }


def told(said: Json, headers: list[tuple[str, str]] | None = None) -> Response:
    """The problem in the form that the asker reads."""
    if request.path.startswith(FOR_PROGRAMS):
        body = json.dumps(said, ensure_ascii=False, default=str)
        return Response(body, said["status"], headers, content_type=PROBLEM)
    if said["code"] == "too_many":
        return Response(said["detail"], said["status"], headers, content_type="text/plain; charset=utf-8")
    return Response(render_template("shared/error.html", problem=said), said["status"], headers)

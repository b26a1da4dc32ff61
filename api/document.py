"""The OpenAPI document, made from the endpoints themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from flask import Flask, current_app
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from api.blueprint import blueprint
from queueing.errors import HallError
from queueing.records import Json
from web.access import ROLES
from web.admission import is_door, line_of
from web.asking import SCREENS
from web.context import here
from web.errors import PROBLEM
from web.idempotency import HEADER, LONGEST
from web.routes import Answer, Answered, Endpoint, Picture, endpoint

REF = "#/components/schemas/{model}"
VERSION = "1.0.0"

PICTURE: Json = {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}
OTHERWISE = "Any other refusal, such as not_found, too_large or throttled"

ABOUT = """One hall: take numbers, call them, serve, rate. Every change is a POST with an Idempotency-Key: the
same key with the same body gives the same answer and changes nothing again; with another body it is refused.
Pushes come by Socket.IO on the same server. Errors are RFC 9457 problems whose `code` never changes."""


class Problem(BaseModel):
    """RFC 9457; more members may say what the code is about."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


class Document(Answer):
    """An OpenAPI 3.1 document."""

    model_config = ConfigDict(extra="allow")

    openapi: str


@endpoint(blueprint, "GET", "/openapi.json", gives=Document)
def openapi() -> Answered:
    """This document."""
    known: Json = current_app.extensions.setdefault("openapi", {})
    if not known:
        known.update(document(current_app))
    return known


def document(app: Flask) -> Json:
    """The whole document: every endpoint with its models, keys, refusals and who may use it."""
    found = [(rule, made) for rule, made in endpoints(app) if is_door(f"{made.method} {rule.rule}")]
    spec = APISpec(
        title=here().house.hall.name.en, version=VERSION, openapi_version="3.1.0", info={"description": ABOUT}
    )
    for name, schema in schemas([made for _, made in found]).items():
        spec.components.schema(name, schema)
    add_schemes(spec)
    for rule, made in found:
        spec.path(path_of(rule), operations={made.method.lower(): operation(rule, made)})
    return dict(spec.to_dict())


def endpoints(app: Flask) -> Iterator[tuple[Rule, Endpoint]]:
    """Every rule of the app that an endpoint stands behind, by address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        made = app.view_functions[rule.endpoint]
        if isinstance(made, Endpoint):
            yield rule, made


def schemas(found: list[Endpoint]) -> dict[str, Any]:
    models = {made.takes for made in found} | {made.gives for made in found} | {Problem}
    wanted = sorted((model for model in models if model), key=lambda model: model.__name__)
    _, whole = models_json_schema([(model, "validation") for model in wanted], ref_template=REF)
    return dict(whole["$defs"])


def add_schemes(spec: APISpec) -> None:
    """The two cookies; a ticket's link carries its right in the address."""
    told = {"staff": "From POST /api/v1/session.", "device": "From POST /devices/pair."}
    staff, device = (
        {"type": "apiKey", "in": "cookie", "name": f"{name}{here().cookie_ending}", "description": said}
        for name, said in told.items()
    )
    spec.components.security_scheme("staff", staff)
    spec.components.security_scheme("device", device)


def path_of(rule: Rule) -> str:
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)


def operation(rule: Rule, made: Endpoint) -> Json:
    said: Json = {
        "operationId": rule.endpoint.removeprefix("api."),
        "summary": made.summary,
        "parameters": list(parameters(rule, made)),
        "responses": responses(rule, made),
        "security": security(f"{made.method} {rule.rule}"),
    }
    if made.takes:
        said["requestBody"] = {"required": True, "content": content("application/json", made.takes)}
    return said


def parameters(rule: Rule, made: Endpoint) -> Iterator[Json]:
    for name in sorted(rule.arguments):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    if made.query:
        for name, schema in made.query.model_json_schema()["properties"].items():
            yield {"name": name, "in": "query", "required": False, "schema": schema}
    if made.method != "GET":
        key = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        yield {"name": HEADER, "in": "header", "required": True, "schema": key}


def responses(rule: Rule, made: Endpoint) -> Json:
    """The answer, and each status with the codes it may stand for; `default` is what no endpoint can help."""
    said = PICTURE if made.gives is Picture else whole(made.gives)
    good = {"description": HTTPStatus(made.status).phrase, "content": said}
    refusals = {
        str(status): {"description": ", ".join(codes), "content": content(PROBLEM, Problem)}
        for status, codes in sorted(by_status(rule, made).items())
    }
    other = {"description": OTHERWISE, "content": content(PROBLEM, Problem)}
    return {str(made.status): good} | refusals | {"default": other}


def by_status(rule: Rule, made: Endpoint) -> dict[int, list[str]]:
    """The codes that the endpoint names, those of its door, and those of every change."""
    changing = ("key_missing", "key_reused", "bad_request", "storage_failed") if made.method != "GET" else ()
    found: dict[int, list[str]] = {}
    status_of = {error.code: error.status for error in every_refusal()}
    for code in dict.fromkeys((*made.refuses, *at_the_door(f"{made.method} {rule.rule}"), *changing)):
        found.setdefault(status_of[code], []).append(code)
    if made.query:
        found.setdefault(422, []).append("bad_request")
    return found


def at_the_door(door: str) -> tuple[str, ...]:
    """How those are refused who may not come in."""
    line = line_of(door) or frozenset()
    if "anyone" in line:
        return ()
    stranger = "not_signed_in" if line & ROLES else "not_paired"
    return (stranger, "not_allowed", *(("password_must_change",) if line & ROLES else ()))


def whole(gives: type[Answer]) -> Json:
    """In each form in which it may be sent."""
    return {kind: form for each in gives.kinds for kind, form in content(each, gives).items()}


def content(kind: str, model: type[BaseModel]) -> Json:
    return {kind: {"schema": {"$ref": REF.format(model=model.__name__)}}}


def security(door: str) -> list[dict[str, list[str]]]:
    """Any one of these opens the door; nothing is needed where anyone may come in."""
    line = line_of(door) or frozenset()
    schemes = [("staff", ROLES | {"newcomer"}), ("device", SCREENS)]
    return [] if "anyone" in line else [{name: []} for name, who in schemes if line & who]


def every_refusal(error: type[HallError] = HallError) -> Iterator[type[HallError]]:
    yield error
    for special in error.__subclasses__():
        yield from every_refusal(special)

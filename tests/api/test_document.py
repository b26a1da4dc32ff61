"""The OpenAPI document, made from the code: complete, and true of the answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from api.document import document, endpoints
from tests.running import RunningHall


@pytest.fixture
def doc(app: Flask) -> dict[str, Any]:
    with app.test_request_context():
        return document(app)


def operations(doc: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, op) for path, methods in doc["paths"].items() for method, op in methods.items()]


def references(value: Any) -> set[str]:
    """Every $ref anywhere in the document."""
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(references(each) for each in value.values()))
    return set().union(*(references(each) for each in value)) if isinstance(value, list) else set()


def test_every_endpoint_of_the_api_is_in_it(app: Flask, doc: dict[str, Any]) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert {re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule) for rule in rules} == set(doc["paths"])
    assert len(list(endpoints(app))) == len(operations(doc))


def test_it_is_openapi_3_1_without_loose_ends(doc: dict[str, Any]) -> None:
    assert doc["openapi"] == "3.1.0"
    known = {f"#/components/schemas/{name}" for name in doc["components"]["schemas"]}
    assert references(doc) <= known
    ids = [op["operationId"] for _, _, op in operations(doc)]
    assert len(ids) == len(set(ids))


def test_every_change_names_its_key_and_its_refusals(doc: dict[str, Any]) -> None:
    for path, method, op in operations(doc):
        headers = [each["name"] for each in op["parameters"] if each["in"] == "header"]
        assert headers == (["Idempotency-Key"] if method == "post" else []), path
        assert method == "get" or "application/problem+json" in op["responses"]["400"]["content"]


def test_every_path_parameter_is_described(doc: dict[str, Any]) -> None:
    for path, _, op in operations(doc):
        described = {each["name"] for each in op["parameters"] if each["in"] == "path"}
        assert described == set(re.findall(r"{([^}]+)}", path))


def test_staff_actions_need_a_session(doc: dict[str, Any]) -> None:
    assert doc["paths"]["/api/v1/windows/{window}/call_next"]["post"]["security"] == [{"staff": []}]
    assert doc["paths"]["/api/v1/tickets"]["post"]["security"] == [{"staff": []}, {"device": []}]
    assert doc["paths"]["/api/v1/hall"]["get"]["security"] == []


def test_the_answers_are_as_described(server: RunningHall, app: Flask) -> None:
    """Plays a visit and holds every answer against its model."""
    gives = {(made.method, rule.rule): made.gives for rule, made in endpoints(app)}
    li, admin, kiosk = server.clerk("li"), server.administrator(), server.somebody()

    def window(name: str, **body: Any) -> None:
        gives["POST", f"/api/v1/windows/<window>/{name}"].model_validate(li.press(name, "1", **body))

    window("sit")
    taken = kiosk.take("id-card")
    gives["POST", "/api/v1/tickets"].model_validate(taken)
    for name in ("call_next", "recall", "serve", "hold"):
        window(name)
    window("resume", ticket=taken["ticket"]["ticket"])
    window("finish_and_next", outcome="more_needed")
    window("undo")
    window("finish")
    window("pause", reason="meeting", sign={"kind": "go_to", "window": "2"})
    window("open")
    for path in ("hall", "services", "windows", "reasons", "session"):
        gives["GET", f"/api/v1/{path}"].model_validate(kiosk.get(f"/api/v1/{path}"))
    for path in ("scores", "staff", "devices", "scores/mine"):
        gives["GET", f"/api/v1/{path}"].model_validate(admin.get(f"/api/v1/{path}"))
    gives["GET", "/api/v1/windows/<window>"].model_validate(kiosk.get("/api/v1/windows/1"))
    gives["GET", "/api/v1/t/<token>"].model_validate(kiosk.get(f"/api/v1{taken['link']}"))

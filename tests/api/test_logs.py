"""The log for machines: one object a line, which says what it belongs to and quotes nobody."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from flask import Flask, Response

from tests.running import SMALL, Json, running_hall
from web.context import Built
from web.logs import GIVEN, HEADER, Object, log_press, name_request, request_id

SECRET = "my name is Li Hua"


def objects(said: str) -> list[Json]:
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def test_presses_are_named_and_quote_nobody(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + '\n[server]\nlog = "json"\n', "utf-8")
    with running_hall(tmp_path / "data", file) as hall:
        li = hall.clerk("li")
        li.press("sit", "1")
        refused = li.send("/api/v1/windows/1/finish", {"outcome": SECRET}, {"Idempotency-Key": SECRET})
        again = requests.get(f"{hall.url}/healthz", timeout=20)
    told = objects(hall.said)
    sit = next(each for each in told if each.get("action") == "sit")
    assert (sit["level"], sit["part"], sit["outcome"]) == ("INFO", "hall.presses", "done")
    assert sit["hall"] == "small"
    assert sit["time"].startswith("20") and sit["ms"] > 0 and len(sit["press"]) == 12
    last = next(each for each in told if each["request"] == refused.headers["X-Request-Id"])
    assert (last["action"], last["outcome"], last["status"]) == ("finish", "refused", 422)
    assert SECRET[:8] not in hall.said and "X-Request-Id" not in again.headers


def test_a_failures_words_are_left_out() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        failure = (type(error), error, error.__traceback__)
    record = logging.LogRecord("web", logging.ERROR, __file__, 1, "It failed", None, failure)
    told = json.loads(Object().format(record))
    assert told["message"] == "It failed" and told["failure"].endswith("ValueError")
    assert "test_logs.py" in told["failure"] and SECRET not in json.dumps(told)


@pytest.mark.parametrize(
    ("proxies", "given", "is_kept"),
    [(1, "abcdef-123456", True), (0, "abcdef-123456", False), (1, "a b{c}d<e>f", False), (1, "short", False)],
)
def test_a_proxy_of_ones_own_names_a_request(
    built: Built, app: Flask, proxies: int, given: str, is_kept: bool
) -> None:
    built.house = replace(built.house, server=replace(built.house.server, trusted_proxies=proxies))
    with app.test_request_context(headers={HEADER: given}):
        name = request_id()
        assert (name == given) is is_kept and GIVEN.fullmatch(name)
        assert request_id() == name
        assert name_request(Response()).headers[HEADER] == name


def test_a_press_is_told_in_thousandths_of_a_second(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "hall.presses"):
        log_press("issue", "done", 201, 0.12345)
    assert [(each.action, each.status, each.ms) for each in caplog.records] == [("issue", 201, 123.5)]  # type: ignore[attr-defined]

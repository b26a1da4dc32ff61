"""Monitors are answered while nothing can be read: that is when they matter."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from queueing.database_errors import DatabaseAway
from web.context import Built


@pytest.fixture
def away(built: Built, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The hall with its database gone: whoever looks is refused, as by the store itself."""

    def look(work: Any) -> Any:
        raise DatabaseAway(reason="for the test")

    monkeypatch.setattr(built.store, "look", look)
    return app


def test_healthz_says_that_the_server_lives(away: Flask) -> None:
    answer = away.test_client().get("/healthz", base_url="http://localhost")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_readyz_says_what_keeps_people_away(away: Flask) -> None:
    answer = away.test_client().get("/readyz", base_url="http://localhost")
    assert (answer.status_code, answer.json) == (503, {"status": "trouble", "trouble": "database_away"})


def test_what_was_counted_is_told(away: Flask) -> None:
    answer = away.test_client().get("/metrics", base_url="http://localhost")
    assert answer.status_code == 200 and b"hall_requests_under_way" in answer.data


def test_everybody_else_is_refused(away: Flask) -> None:
    assert away.test_client().get("/kiosk", base_url="http://localhost").status_code == 503

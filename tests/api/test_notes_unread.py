"""The trail says who tried to bend a rating, also while the hall's data can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from flask import Flask

from queueing.records import Press
from storage.store import SqliteStore
from tests.api.browsers import Browsers
from web.context import Built


@pytest.fixture
def unread(built: Built) -> Iterator[Built]:
    """A hall with one ticket whose file the system doesn't open any more."""
    built.hall.issue(service="id-card", by=Press("device:k", "kiosk"))
    store = cast(SqliteStore, built.store)
    while store._readers:
        store._readers.pop().close()
    aside = store._path.rename(store._path.with_suffix(".aside"))
    store._path.mkdir()
    yield built
    store._path.rmdir()
    aside.rename(store._path)


def test_what_was_rated_is_left_open_and_who_tried_is_noted(
    app: Flask, unread: Built, caplog: pytest.LogCaptureFixture
) -> None:
    stranger, noted = Browsers(app, unread).stranger(), list[str]()
    unread.store.on_commit = lambda events: noted.extend(event.after["code"] for event in events)  # type: ignore[attr-defined]
    said = {"level": "very_satisfied", "ticket": "guess"}
    answer = stranger.post("/api/v1/windows/1/rating", **said)
    assert answer.get_json()["code"] == "not_paired"
    assert noted == ["not_paired"]
    assert not [record.getMessage() for record in caplog.records if record.exc_info]

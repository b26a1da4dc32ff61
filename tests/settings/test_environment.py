"""What the environment says instead of the hall's file is blamed on the environment."""

from __future__ import annotations

import pytest

from settings.reading import check
from tests.scene import SMALL


def test_a_wrong_address_is_not_blamed_on_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_DATABASE", "mysql://hall:secret@db/hall")
    (said,) = check(SMALL)
    assert said.startswith("The environment variable HALL_DATABASE: isn't a PostgreSQL's address.")
    assert "secret" not in said


def test_a_right_one_is_taken_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("postgresql://hall@db/hall", ""):
        monkeypatch.setenv("HALL_DATABASE", value)
        assert check(SMALL) == []

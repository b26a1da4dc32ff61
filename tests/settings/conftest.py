"""The small hall, as a text to be spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import Finding, HallFileError, load_house
from tests.settings.mistakes import Findings

PROJECT = Path(__file__).resolve().parents[2]
SMALL = PROJECT / "tests" / "halls_for_tests" / "small.toml"


@pytest.fixture(scope="session")
def small() -> str:
    return SMALL.read_text("utf-8")


@pytest.fixture
def findings(tmp_path: Path) -> Findings:
    """What the loader says about a text; nothing if it opens."""

    def about(text: str) -> tuple[Finding, ...]:
        path = tmp_path / "hall.toml"
        path.write_text(text, "utf-8")
        try:
            load_house(path)
        except HallFileError as error:
            return error.findings
        return ()

    return about

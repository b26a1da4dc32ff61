"""Half an hour of a real hall, started and played as `make day` does."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bench.day import options, run

SMALL = Path(__file__).resolve().parents[1] / "halls_for_tests" / "small.toml"


def test_half_an_hour_passes_without_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    wish = options(["--hall", str(SMALL), "--speed", "300", "--visitors", "150", "--quick", "--seed", "2"])
    code = asyncio.run(run(wish))
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert "errors    0" in printed
    assert int(re.findall(r"tickets +(\d+)", printed)[0]) > 0
    assert int(re.findall(r"calls +(\d+)", printed)[0]) > 0

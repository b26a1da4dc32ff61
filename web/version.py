"""Which release this is: the one place that says so is pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def version() -> str:
    """Such as 0.2.0."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])

"""Reads a province's limits for bad ratings, or says what is wrong with the file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scoring.province import Province
from settings.findings import Finding, HallFileError
from settings.traditional import with_traditional

LEAST = {"contact_days": 1, "put_right_days": 1, "second_days": 0}
MOST = 366


def load_province(path: Path) -> Province:
    """The limits of the file; raises HallFileError with every finding."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        province = TypeAdapter(Province).validate_json(json.dumps(data), strict=True)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HallFileError([_finding(path, "", f"can't be read: {error}.")]) from error
    except ValidationError as error:
        raise HallFileError(
            [_finding(path, ".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()]
        ) from error
    wrong = [name for name, least in LEAST.items() if not least <= getattr(province, name) <= MOST]
    if wrong:
        raise HallFileError(
            [_finding(path, name, f"lies outside {LEAST[name]} to {MOST}.") for name in wrong]
        )
    return with_traditional(province)


def _finding(path: Path, key: str, problem: str) -> Finding:
    return Finding(str(path), 1, key, problem, "Correct it as in schemes/provinces/example.toml.")

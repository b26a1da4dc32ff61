"""Reads an assessment scheme, or says what is wrong with its file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scoring.scheme import Scheme
from settings.findings import Finding, HallFileError
from settings.traditional import with_traditional


def load_scheme(path: Path) -> Scheme:
    """The scheme of the file; raises HallFileError with every finding."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        scheme = TypeAdapter(Scheme).validate_json(json.dumps(data))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _refused(path, "", f"can't be read: {error}.") from error
    except ValidationError as error:
        raise HallFileError(
            [_finding(path, ".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()]
        ) from error
    if not scheme.rating.verdicts:
        raise _refused(path, "rating.verdicts", "is empty.")
    return with_traditional(scheme)


def _refused(path: Path, key: str, problem: str) -> HallFileError:
    return HallFileError([_finding(path, key, problem)])


def _finding(path: Path, key: str, problem: str) -> Finding:
    return Finding(str(path), 1, key, problem, "Correct it as in schemes/county-window.toml.")

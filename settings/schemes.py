"""Reads assessment schemes, or says what is wrong with their files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scoring.scheme import Scheme
from scoring.versions import HallSchemes, age
from scoring.versions import scheme_in_force as scheme_in_force
from settings.checks.schemes import contradictions
from settings.findings import Finding, HallFileError, Slip, spelled
from settings.lines import Lines
from settings.reading import tables_of, text_of
from settings.shape import slip_of
from settings.traditional import with_traditional


@cache
def _adapter() -> TypeAdapter[Scheme]:
    return TypeAdapter(Scheme)


def load_scheme(path: Path) -> Scheme:
    """The scheme of the file; raises HallFileError with every finding."""
    text = text_of(path)
    data = tables_of(text, path)
    try:
        scheme = _adapter().validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        slips = [slip_of(dict(each), Scheme) for each in error.errors(include_url=False)]
        raise _refused(path, text, slips) from error
    if slips := list(contradictions(scheme)):
        raise _refused(path, text, slips)
    return with_traditional(scheme)


def _refused(path: Path, text: str, slips: Iterable[Slip]) -> HallFileError:
    lines = Lines(text)
    return HallFileError(
        Finding(str(path), lines.line_of(slip.path), spelled(slip.path), slip.problem, slip.remedy)
        for slip in slips
    )


def versions(path: Path) -> tuple[Scheme, ...]:
    """The scheme of the file and the other versions of it in the same folder, the oldest first."""
    named = load_scheme(path)
    found = [(path, named)]
    for file in sorted(path.parent.glob("*.toml")):
        if file.resolve() != path.resolve() and _id_of(file) == named.id:
            found.append((file, load_scheme(file)))
    _told_apart(found)
    return tuple(sorted((scheme for _, scheme in found), key=age))


def _id_of(file: Path) -> object:
    """A neighbour that can't be read is no version of anything."""
    try:
        return tables_of(text_of(file), file).get("id")
    except HallFileError:
        return None


def _told_apart(found: Sequence[tuple[Path, Scheme]]) -> None:
    seen: dict[object, Path] = {}
    for file, scheme in found:
        for key in ("version", "valid_from"):
            mark = (key, getattr(scheme, key))
            if mark in seen:
                problem = f"'{scheme.id}' has the same {key} in {seen[mark].name}."
                raise HallFileError([Finding(str(file), 1, key, problem, "Give each version its own.")])
            seen[mark] = file


def schemes_of(window: Path, clerk: Path) -> HallSchemes:
    """Raises HallFileError when a file is wrong, or is made for the other subject."""
    found = HallSchemes(versions(window), versions(clerk))
    for path, schemes, subject in ((window, found.window, "window"), (clerk, found.clerk, "clerk")):
        if any(each.subject != subject for each in schemes):
            problem, remedy = f"isn't made for a {subject}.", f'Name a scheme with subject = "{subject}".'
            raise HallFileError([Finding(str(path), 1, "subject", problem, remedy)])
    return found

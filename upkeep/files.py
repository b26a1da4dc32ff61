"""The files beside the hall's data, such as boards' pictures and recorded voices: kept with backups.

None of them is ever changed in place, so one copy serves every backup that names it. It lies in the folder of
the backups under its SHA-256, by which it is checked each night and before it is put back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from storage.backups import UNFINISHED, fresh_part, settle, sync_folder
from web.secret import write_privately

PATTERNS = ("media/*", "voices/packs/*.zip")
INDEX = "index.json"
RESERVE = 32 * 2**20
"""Bytes that copies leave to the hall."""

Files = tuple[tuple[str, str], ...]
"""Where each lies in the data folder, and what it holds."""


@dataclass(frozen=True)
class Kept:
    """What a backup names; `problem` says which couldn't be kept, and why."""

    files: Files = ()
    problem: str = ""


@dataclass(frozen=True)
class Returned:
    """How many were put back, and which are lost."""

    put: int = 0
    lost: tuple[str, ...] = ()


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Those that belong to the hall, by their place in the data folder."""
    for pattern in PATTERNS:
        for file in sorted(folder.glob(pattern)):
            if file.is_file() and not file.name.endswith(UNFINISHED):
                yield file.relative_to(folder).as_posix(), file


def is_ours(name: str) -> bool:
    """Whether a note may name it: nothing is ever put anywhere else."""
    path = PurePosixPath(name)
    known = any(fits(path, PurePosixPath(pattern)) for pattern in PATTERNS)
    return known and ".." not in path.parts and not path.is_absolute()


def fits(path: PurePosixPath, pattern: PurePosixPath) -> bool:
    """From its first folder on: `match` alone looks from the end."""
    return len(path.parts) == len(pattern.parts) and path.match(str(pattern))


def keep_files(folder: Path, shelf: Path, check: bool = False) -> Kept:
    """Every file's copy on the shelf; one that can't be kept is named and holds up no other."""
    found, problems, known = [], [], _index(shelf)
    for name, file in files_in(folder):
        try:
            digest = known[_mark(name, file)] = _kept(file, shelf, known.get(_mark(name, file)), check)
            found.append((name, digest))
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}")
    if found:
        marks = {_mark(name, folder / name) for name, _ in found}
        kept = {mark: digest for mark, digest in known.items() if mark in marks}
        write_privately(shelf / INDEX, json.dumps(kept).encode())
    return Kept(tuple(found), "; ".join(problems))


def _kept(file: Path, shelf: Path, known: str | None, check: bool) -> str:
    """A copy that is there is believed by its size, and read again when it is to be checked."""
    if known and _is_there(shelf / known, file) and not (check and digest_of(shelf / known) != known):
        return known
    digest = digest_of(file)
    copy = shelf / digest
    if not _is_there(copy, file) or digest_of(copy) != digest:
        _put(file, copy)
    return digest


def _is_there(copy: Path, file: Path) -> bool:
    return copy.is_file() and copy.stat().st_size == file.stat().st_size


def _put(file: Path, copy: Path) -> None:
    """On the same disk the same file under a second name, which takes no room; else a copy."""
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy.unlink(missing_ok=True)
    try:
        os.link(file, copy)
    except OSError:
        _copy(file, copy)
    sync_folder(copy.parent)


def _copy(file: Path, copy: Path) -> None:
    if shutil.disk_usage(copy.parent).free < file.stat().st_size + RESERVE:
        raise OSError("there is no room for it")
    part = fresh_part(copy)
    shutil.copyfile(file, part)
    settle(part, copy)


def put_back(folder: Path, shelf: Path, files: Files) -> Returned:
    """Those that aren't in their place; what lies there stays as it is."""
    put, lost = 0, []
    for name, digest in files:
        place, copy = folder / name, shelf / digest
        if place.exists() or not is_ours(name):
            continue
        if not copy.is_file() or digest_of(copy) != digest:
            lost.append(name)
            continue
        _copy(copy, place)
        put += 1
    return Returned(put, tuple(lost))


def sweep(shelf: Path, named: Iterable[str]) -> int:
    """Takes the copies that no backup names any more."""
    wanted = {*named, INDEX}
    gone = [file for file in shelf.glob("*") if file.name not in wanted] if shelf.is_dir() else []
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _mark(name: str, file: Path) -> str:
    """Another one as soon as the file is."""
    found = file.stat()
    return f"{name} {found.st_size} {found.st_mtime_ns}"


def _index(shelf: Path) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads((shelf / INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known

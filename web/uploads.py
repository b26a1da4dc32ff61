"""Files on their way in: whose they are and how large they will be stands in their names.

So a restart ends none. Everybody has a few; who begins one more gives up their own oldest, nobody else's.
"""

from __future__ import annotations

import hmac
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from flask import current_app

from queueing.boards import MediaRefused, TooMuchMedia
from queueing.errors import HallError, KeyReused
from queueing.records import Press
from web.context import here

EXTENSION = "uploads"
MOST_EACH, UNFINISHED_SECONDS = 4, 600.0
DISK_STAYS_FREE = 1024**3
TURNS, REMEMBERED = 64, 64
NAME = re.compile(r"[0-9a-f]{16}")
PART = re.compile(r"([0-9a-f]{16})\.([0-9]{1,10})\.([0-9a-f]{8})\.part")


@dataclass
class Uploads:
    """Who waits for whom: pieces of one file come one after the other, pictures are painted one at a time."""

    turns: list[Lock] = field(default_factory=lambda: [Lock() for _ in range(TURNS)])
    painting: Lock = field(default_factory=Lock)
    refused: dict[str, HallError] = field(default_factory=dict)
    """Why the last few weren't taken: who asks again hears the same."""

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Names may share a turn, never the other way round. Held around threads, not in them."""
        with self.turns[int(name, 16) % TURNS]:
            yield

    def remember(self, name: str, why: HallError) -> None:
        self.refused[name] = why
        for old in list(self.refused)[:-REMEMBERED]:
            self.refused.pop(old, None)


def uploads_here() -> Uploads:
    """Those of the hall that the present request came to."""
    if EXTENSION not in current_app.extensions:
        current_app.extensions.setdefault(EXTENSION, Uploads())
    found: Uploads = current_app.extensions[EXTENSION]
    return found


@dataclass(frozen=True)
class Part:
    """An unfinished file; `touched`: when its last piece came."""

    path: Path
    name: str
    size: int
    owner: str
    touched: float


def name_for(by: Press) -> str:
    """The same press, sent again, has the same name; nobody without the hall's secret can tell it."""
    return _tag(f"{by.actor}:{by.key}")[:16]


def owner_for(by: Press) -> str:
    return _tag(by.actor)[:8]


def _tag(words: str) -> str:
    return hmac.digest(here().secret, b"media:" + words.encode(), "sha256").hex()


def begin_part(where: Path, name: str, size: int, owner: str) -> None:
    """Room for one more. Raises TooMuchMedia, KeyReused."""
    parts = under_way(where)
    again = next((part for part in parts if part.name == name), None)
    if again is not None:
        if again.size != size:
            raise KeyReused
        return
    own = sorted((part for part in parts if part.owner == owner), key=lambda part: part.touched)
    given_up = own[: max(0, len(own) - MOST_EACH + 1)]
    left = sum(part.size for part in parts if part not in given_up)
    if shutil.disk_usage(where).free - left < size + DISK_STAYS_FREE:
        raise TooMuchMedia
    for part in given_up:
        part.path.unlink(missing_ok=True)
    (where / f"{name}.{size}.{owner}.part").touch()


def under_way(where: Path) -> list[Part]:
    """All that still come; those of which no piece came for a while are swept, and nothing else is.

    A whole file that the database doesn't know may be newer than a backup that was put back.
    """
    found = []
    for path in where.glob("*.part"):
        touched, named = touched_at(path), PART.fullmatch(path.name)
        if time.time() - touched > UNFINISHED_SECONDS:
            path.unlink(missing_ok=True)
        elif named:
            found.append(Part(path, named[1], int(named[2]), named[3], touched))
    return found


def touched_at(path: Path) -> float:
    """Long ago when it is gone meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def part_of(where: Path, name: str) -> Part | None:
    return next((part for part in under_way(where) if part.name == name), None)


def write_piece(part: Part, at: int, piece: bytes) -> int:
    """How much there is now; the same piece twice comes to the same place."""
    with part.path.open("r+b") as file:
        there = file.seek(0, 2)
        if at > there or at + len(piece) > part.size:
            raise MediaRefused(why="out_of_order")
        file.seek(at)
        file.write(piece)
        return max(there, at + len(piece))

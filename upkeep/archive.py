"""The folder of backups: what lies there, what was found when each was read, and which ones may go."""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queueing.clock import Instant, local
from queueing.upkeep_rules import BackupRules
from storage.backups import UNFINISHED
from storage.chain import Verdict
from upkeep.files import Files, Kept, sweep
from web.secret import write_privately

NAME = re.compile(r"(?P<hall>[\w-]+)-(?P<stamp>\d{8}T\d{6}\.?\d*Z)-(?P<why>[a-z]+)(?:-\d+)?\.db")
FOR_GOOD = frozenset({"upgrade"})
"""Copies of a moment that doesn't come again: no rule takes them."""

NOTHING = Kept()
BAD_ONES_KEPT = 2
"""Copies that failed their check, newest first: for whoever looks into it."""


class BackupUnderWay(Exception):
    """Another process is making a backup in this folder."""

    def __str__(self) -> str:
        return "another one is being made at this moment; try again when it is there"


@dataclass(frozen=True)
class Backup:
    """One copy; `good` is None until it has been read from end to end."""

    file: Path
    at: Instant
    why: str
    bytes: int
    good: bool | None = None
    seq: int = 0
    head: str = ""
    problem: str = ""
    files: Files = ()
    """The files beside the data that belong to it."""
    files_problem: str = ""

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def note(self) -> Path:
        """Where it is written what was found."""
        return self.file.with_suffix(".json")


class Archive:
    """One hall's backups in one folder."""

    def __init__(self, folder: Path, hall: str) -> None:
        self.folder, self.hall = folder, hall

    def new_name(self, at: Instant, why: str) -> Path:
        """A name that nothing has yet."""
        stamp = re.sub(r"[-:]|\.\d+", "", at)
        plain = self.folder / f"{self.hall}-{stamp}-{why}.db"
        later = (plain.with_stem(f"{plain.stem}-{n}") for n in range(2, 1000))
        return next(each for each in (plain, *later) if not each.exists())

    def all(self) -> list[Backup]:
        """Every backup, the newest first."""
        files = self.folder.glob(f"{self.hall}-*.db") if self._is_there() else ()
        found = [backup for file in files if (backup := _backup(file, self.hall))]
        return sorted(found, key=lambda each: (each.at, each.name), reverse=True)

    def named(self, name: str) -> Backup | None:
        return next((each for each in self.all() if each.name == name), None)

    def newest_good(self) -> Backup | None:
        return next((each for each in self.all() if each.good), None)

    @property
    def shelf(self) -> Path:
        """Where the files lie that belong to backups."""
        return shelf_beside(self.folder, self.hall)

    def keep_verdict(
        self, file: Path, at: Instant, why: str, verdict: Verdict, kept: Kept = NOTHING
    ) -> Backup:
        """Writes beside the copy what was found in it, and which files belong to it."""
        broken = verdict.broken
        problem = f"{broken.what} {broken.seq or ''} {broken.detail}".strip() if broken else ""
        backup = Backup(
            file, at, why, file.stat().st_size, verdict.good, verdict.seq, verdict.head, problem,
            kept.files, kept.problem,
        )  # fmt: skip
        told = {name: value for name, value in vars(backup).items() if name != "file"}
        write_privately(backup.note, json.dumps(told, ensure_ascii=False, indent=1).encode())
        return backup

    def thin(self, rules: BackupRules, timezone: str) -> list[str]:
        """Takes what the rules don't keep; the newest good one stays whatever they say."""
        gone = superfluous(self.all(), rules, timezone)
        for each in gone:
            each.file.unlink()
            each.note.unlink(missing_ok=True)
        with suppress(BackupUnderWay), self.alone():
            sweep(self.shelf, (digest for each in self.all() for _, digest in each.files))
        return [each.name for each in gone]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One backup at a time, whoever makes it; raises BackupUnderWay."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "backup.lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupUnderWay from None
            self._clear_unfinished()
            yield

    def _clear_unfinished(self) -> None:
        """What a power cut left half-written."""
        for file in self.folder.glob(f"{self.hall}-*{UNFINISHED}"):
            file.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        return self.folder.is_dir()


def _backup(file: Path, hall: str) -> Backup | None:
    """What the name and the note say; a file of another kind is none of ours."""
    found = NAME.fullmatch(file.name)
    if not found or found["hall"] != hall:
        return None
    told = _noted(file.with_suffix(".json"))
    return Backup(
        file, told.get("at") or _instant_of(found["stamp"]), found["why"], file.stat().st_size,
        told.get("good"), told.get("seq", 0), told.get("head", ""), told.get("problem", ""),
        files_named(told), told.get("files_problem", ""),
    )  # fmt: skip


def shelf_beside(folder: Path, hall: str) -> Path:
    return folder / f"{hall}-files"


def files_named(told: dict[str, Any]) -> Files:
    return tuple((name, digest) for name, digest in told.get("files", ()))


def files_of(file: Path) -> Files:
    """What the note beside a copy names, wherever the copy lies."""
    return files_named(_noted(file.with_suffix(".json")))


def _noted(note: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _instant_of(stamp: str) -> Instant:
    day, time = stamp.rstrip("Z").split("T")
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:6]}.000Z"


def superfluous(backups: list[Backup], rules: BackupRules, timezone: str) -> list[Backup]:
    """Those that neither hour, day nor month keeps; given newest first, given back newest first."""
    good = [each for each in backups if each.good]
    kept = set(good[:1])
    for length, count in ((13, rules.keep_hourly), (10, rules.keep_daily), (7, rules.keep_monthly)):
        kept |= set(_newest_of_each(good, [_wall(each, timezone)[:length] for each in good], count))
    others = [each for each in backups if not each.good]
    kept |= set(others[:BAD_ONES_KEPT])
    return [each for each in backups if each not in kept and each.why not in FOR_GOOD]


def _newest_of_each(backups: list[Backup], stretches: list[str], count: int) -> Iterator[Backup]:
    """The first of each hour, day or month, for so many of them."""
    seen: set[str] = set()
    for each, stretch in zip(backups, stretches, strict=True):
        if stretch not in seen and len(seen) < count:
            seen.add(stretch)
            yield each


def _wall(backup: Backup, timezone: str) -> str:
    """Year to hour on the hall's clock."""
    return local(backup.at, timezone).isoformat()

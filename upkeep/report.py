"""How a hall's data stand: facts for the office page, and what of them somebody should look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from queueing.clock import Instant, minutes_between, shifted
from queueing.hall import Hall
from queueing.records import Event, Json
from queueing.store import Desk
from storage.desk import SqlDesk
from upkeep.archive import Archive, Backup
from upkeep.places import RESERVE, size_of
from upkeep.purging import kept

DAY_MINUTES = 24 * 60.0
SHOWN = 30
"""Backups in the report, the newest first."""

LATE_HOURS = 26.0
"""Without a good backup for so long somebody should look, whatever the hall's file says; a new hall has
as long."""

FEW_DAYS, FEWER_DAYS = 60.0, 14.0
LITTLE_ROOM = 4 * RESERVE
RECENT_DAYS = 7.0
"""How long a jump of the clock or an unclean stop stays among what to look at."""

WATCHED = ("clock_back", "unclean_stop", "restore")


@dataclass(frozen=True)
class Seen:
    """One look at everything that the report is made of."""

    at: Instant
    seq: int
    first_at: Instant | None
    backups: list[Backup]
    failure: Json | None
    disk: Json
    signature: Json | None
    happened: dict[str, Json]
    kept: list[Json]

    @property
    def newest_good(self) -> Backup | None:
        return next((each for each in self.backups if each.good), None)


def seen(hall: Hall, folder: Path, archive: Archive, failure: Json | None, in_file: bool = True) -> Seen:
    at, backups = hall.now(), archive.all()

    def look(desk: Desk) -> Seen:
        sql = cast(SqlDesk, desk)
        newest = next(iter(sql.signatures(1)), None)
        signature = vars(newest) if newest else None
        recent = sql.notes_since(shifted(at, minutes=-RECENT_DAYS * DAY_MINUTES), WATCHED)
        disk = disk_of(folder, archive, backups, in_file)
        happened = {action: times_of(recent, action) for action in WATCHED}
        seq, first_at, rows = desk.seq(), sql.first_at(), kept(desk, hall.house, at)
        return Seen(at, seq, first_at, backups, failure, disk, signature, happened, rows)

    return hall.store.look(look)


def times_of(notes: list[Event], action: str) -> Json:
    """How often, and when last."""
    when = [note.at for note in notes if note.action == action]
    return {"times": len(when), "last_at": when[-1] if when else None}


def disk_of(folder: Path, archive: Archive, backups: list[Backup], in_file: bool = True) -> Json:
    """Room and size in bytes; at the present pace data and copies fill it in so many days.

    Data that lie in a database lie on no disk of this machine's.
    """
    there = archive.folder if archive.folder.is_dir() else folder
    free, size = shutil.disk_usage(folder).free, size_of(folder)
    together = in_file and there.stat().st_dev == folder.stat().st_dev
    pace = growth(backups)
    left = (free - RESERVE) / (pace * (1 + len(backups) * together)) if pace else None
    return {
        "free": free,
        "backup_free": shutil.disk_usage(there).free,
        "together": together,
        "size": size,
        "a_day": round(pace) if pace else None,
        "days_left": max(0.0, round(left, 1)) if left is not None else None,
    }


def growth(backups: list[Backup]) -> float | None:
    """Bytes a day between the oldest and the newest copy; None when they tell too little."""
    sound = [each for each in backups if each.good]
    days = minutes_between(sound[-1].at, sound[0].at) / DAY_MINUTES if sound else 0.0
    if days < 1:
        return None
    return max(0.0, (sound[0].bytes - sound[-1].bytes) / days) or None


def report_of(now: Seen, rules: Json, trouble: str | None, forecast: str | None = None) -> Json:
    """Everything that the page shows; `findings` first, the worst of them is the whole's state."""
    findings = [*findings_of(now, trouble), *([finding("caution", forecast)] if forecast else [])]
    good = now.newest_good
    return {
        "at": now.at,
        "status": worst_of(findings),
        "findings": findings,
        "seq": now.seq,
        "checked": {"seq": good.seq, "at": good.at, "head": good.head} if good else None,
        "backups": [told(each) for each in now.backups[:SHOWN]],
        "failure": now.failure,
        "rules": rules,
        "disk": now.disk,
        "signature": now.signature,
        "clock_back": now.happened["clock_back"],
        "unclean_stop": now.happened["unclean_stop"],
        "kept": now.kept,
    }


def told(backup: Backup) -> Json:
    names = ("at", "why", "bytes", "good", "seq", "problem")
    return {"file": backup.name} | {name: getattr(backup, name) for name in names}


def worst_of(findings: list[Json]) -> str:
    levels = {each["level"] for each in findings}
    return next((level for level in ("bad", "caution") if level in levels), "good")


def findings_of(now: Seen, trouble: str | None) -> Iterator[Json]:
    if trouble:
        yield finding("bad", "not_kept", reason=trouble)
    yield from _of_backups(now)
    yield from _of_the_disk(now.disk)
    for action in ("clock_back", "unclean_stop", "restore"):
        if now.happened[action]["times"]:
            yield finding("caution", action, **now.happened[action])
    if now.disk["together"]:
        yield finding("hint", "same_disk")


def _of_backups(now: Seen) -> Iterator[Json]:
    newest, good = next(iter(now.backups), None), now.newest_good
    if now.failure:
        yield finding("bad", "backup_failed", reason=now.failure["reason"], at=now.failure["at"])
    if newest and newest.good is False:
        yield finding("bad", "backup_bad", file=newest.name, problem=newest.problem)
    if good and good.files_problem:
        yield finding("caution", "files_not_kept", problem=good.files_problem)
    if good is None:
        yield finding(_without_backup(now), "no_backup")
    elif good.seq < now.seq and abs(minutes_between(good.at, now.at)) > LATE_HOURS * 60:
        yield finding("bad", "backup_late", at=good.at)


def _without_backup(now: Seen) -> str:
    """A hall that has just begun has its first backup to come, or it is being read."""
    is_new = now.first_at is None or minutes_between(now.first_at, now.at) <= LATE_HOURS * 60
    if not is_new:
        return "bad"
    return "caution" if any(each.good is False for each in now.backups) else "hint"


def _of_the_disk(disk: Json) -> Iterator[Json]:
    days = disk["days_left"]
    if disk["free"] < LITTLE_ROOM or (days is not None and days < FEWER_DAYS):
        yield finding("bad", "disk_low", days=days)
    elif days is not None and days < FEW_DAYS:
        yield finding("caution", "disk_low", days=days)


def finding(level: str, code: str, **facts: Any) -> Json:
    return {"level": level, "code": code, "facts": facts}

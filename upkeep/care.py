"""Takes care of a running hall's data: backups on time and when asked for, and the work of each night."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any, cast

from queueing.clock import Instant, local, minutes_between
from queueing.errors import StorageFailed
from queueing.hall import ITSELF
from queueing.records import Event, Json, Press
from storage.desk import SqlDesk
from storage.store import SqliteStore
from upkeep.archive import Archive, Backup, BackupUnderWay
from upkeep.aside import sweep
from upkeep.checking import verdict_from_aside
from upkeep.copying import copy_of_database
from upkeep.places import NoRoom, archive_of
from upkeep.purging import purge_all
from upkeep.report import Seen, report_of, seen
from upkeep.signing import export, key_of, list_of, sign_until
from upkeep.taking import Check, take_backup
from web.context import Built

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
RECENT = 20
"""Events in which a start looks for a restore."""

ONE_AT_A_TIME = threading.Semaphore(1)
"""Halls that share a process copy and read their data one after the other."""

FAILURES = (NoRoom, BackupUnderWay, OSError, sqlite3.Error, StorageFailed)
"""What keeps a backup from being made and leaves the hall as it is."""


def take_care(built: Built) -> None:
    """From now on, as long as the server runs."""
    care = Care(built, verdict_from_aside)
    if getattr(built.store, "was_unclean", False):
        built.hall.note("unclean_stop", ITSELF)
    built.keeper = care
    if built.together.many:
        built.hearing.append(care.hear)
    built.nightly.append(care.night_begins)
    built.sockets.start_background_task(care.look_again_and_again)


def standing(built: Built) -> str:
    """After a restore the first words of a start say where the hall stands again; else nothing."""
    last = built.store.look(lambda desk: desk.events_after(max(0, desk.seq() - RECENT), RECENT))
    back = next((event.after for event in reversed(last) if event.action == "restore"), None)
    if back is None:
        return ""
    wall = f"{local(back['to_at'], built.house.hall.timezone):%Y-%m-%d %H:%M}" if back["to_at"] else "?"
    return f"Restored from {back['file']}: the hall stands again at event {back['to_seq']}, {wall}.\n\n"


class Care:
    """One loop that looks each second whether something is due; it alone makes backups here."""

    def __init__(self, built: Built, check: Check) -> None:
        self._built, self._check = built, check
        self.archive: Archive = archive_of(built.house, built.data, simulated=built.clock.simulated)
        self._in_file = isinstance(built.store, SqliteStore)  # as a trial is, whatever the hall's file says
        self._copy = None if self._in_file else copy_of_database(built.house)
        self._key = key_of(built.house, built.data)
        self._tried: Instant = self._last_try()
        self._seq = 0
        self._new_day = ""
        self._asked = False
        self._running = False
        self.failure: Json | None = None

    def _last_try(self) -> Instant:
        newest = next(iter(self.archive.all()), None)
        return newest.at if newest else self._built.hall.now()

    # -- what others say to it ------------------------------------------------------------------

    def night_begins(self, day: str) -> None:
        """Called from another thread: no more than taken note of."""
        self._new_day = day

    def hear(self, events: Sequence[Event]) -> None:
        """Of several processes the one that leads makes the backup; all of them say how it went."""
        for event in events:
            if event.action == "backup_asked":
                self._asked = self._running = True
            elif event.action == "backup" and not self._built.together.leads:
                self._asked = self._running = False

    def ask_for_backup(self, by: Press) -> Json:
        """A press that comes twice has one note, and a backup more does no harm."""
        asked = self._built.hall.note("backup_asked", by)
        self._asked = self._running = True
        return {"asked": True, "seq": asked["seq"]}

    def _seen(self) -> Seen:
        return seen(self._built.hall, self._built.data, self.archive, self.failure, self._in_file)

    def report(self) -> Json:
        built = self._built
        now: Seen = built.in_thread(self._seen)
        rules = vars(built.house.backup) | {"folder": str(self.archive.folder.resolve())}
        told = [trouble for ask in built.troubles if (trouble := ask())]
        forecast = next((trouble for trouble in told if trouble.startswith("forecast_")), None)
        trouble = getattr(built.store, "trouble", None)
        return report_of(now, rules, trouble, forecast) | {"running": self._running}

    # -- the loop -------------------------------------------------------------------------------

    def look_again_and_again(self) -> None:
        while True:
            self._built.sockets.sleep(LOOK_SECONDS)
            try:
                self.look()
            except StorageFailed:  # the store has told the operator
                continue
            except Exception:
                LOG.exception("The care of the data failed")

    def look(self) -> None:
        """Whatever is due now; a failure is logged and doesn't stop the next round."""
        if not self._built.together.leads:
            return
        day, self._new_day = self._new_day, ""
        if day:
            self.work_the_night(day)
        if self._asked or self._is_due():
            why = "asked" if self._asked else "timer"
            self._asked = False
            self._running = True
            self.back_up(why)
            self._running = False

    def work_the_night(self, day: str) -> None:
        """Step by step; what fails doesn't keep the next one from being done."""
        for step in (self._purge, self._sweep, self._sign, self._look_over, self._back_up_the_day):
            self._try(step, day)

    def _try(self, step: Callable[[str], Any], day: str) -> None:
        try:
            step(day)
        except FAILURES as error:
            LOG.error("The night's work isn't whole (%s): %s", step.__name__.strip("_"), error)
        except Exception:
            LOG.exception("%s failed", step.__name__)

    def _purge(self, day: str) -> None:
        purge_all(self._built.hall)

    def _sweep(self, day: str) -> None:
        """What an upgrade or a restore put aside, with people in it whom nights have purged since."""
        gone = sweep(self._built.data, self._built.house.keep.aside_days)
        if gone:
            self._built.hall.note("purge", ITSELF, kind="set_aside", rows=gone)

    def _sign(self, day: str) -> None:
        """Where the log stood when the last day ended, also written down beside the backups."""
        sign_until(self._built.hall, self._key, day)
        signed = self._built.store.look(lambda desk: cast(SqlDesk, desk).signatures())
        hall = self._built.house.hall.id
        self.archive.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        export(list_of(self.archive.folder, hall), hall, signed)

    def _look_over(self, day: str) -> None:
        """A database plans its looks by what it knows of its tables."""
        if not isinstance(self._built.store, SqliteStore):
            self._built.in_thread(cast(Any, self._built.store).look_over)

    # -- backups --------------------------------------------------------------------------------

    def _is_due(self) -> bool:
        """By the hall's clock, whichever way it jumped; not when nothing has happened."""
        hours = abs(minutes_between(self._tried, self._built.hall.now())) / 60.0
        return hours >= self._built.house.backup.every_hours and self._stands_at() > self._seq

    def _stands_at(self) -> int:
        return self._built.store.look(lambda desk: desk.seq())

    def _back_up_the_day(self, day: str) -> None:
        """Each night, and at a start that has no good one of the day yet."""
        newest, hall = self.archive.newest_good(), self._built.hall
        if self._stands_at() and (newest is None or hall.day(newest.at) != day):
            self.back_up("night")

    def back_up(self, why: str) -> Backup | None:
        """A backup and its verdict, both noted in the log; None when it couldn't be made."""
        with ONE_AT_A_TIME:
            return self._back_up(why)

    def _back_up(self, why: str) -> Backup | None:
        at = self._tried = self._built.hall.now()
        try:
            backup = take_backup(
                self._built.data, self.archive, at, why, self._check, self._built.in_thread, self._copy
            )
            self.archive.thin(self._built.house.backup, self._built.house.hall.timezone)
        except FAILURES as error:
            self._has_failed(at, why, error)
            return None
        self.failure = None
        self._note(why, file=backup.name, good=backup.good, at_seq=backup.seq)
        return backup

    def _has_failed(self, at: Instant, why: str, error: Exception) -> None:
        """Said on the office page, in the server's own log and, where there is still room, in the hall's."""
        LOG.error("The backup (%s) failed: %s", why, error)
        self.failure = {"at": at, "why": why, "reason": reason_of(error), "detail": str(error)}
        self._note(why, good=False, reason=reason_of(error))

    def _note(self, why: str, **facts: Any) -> None:
        try:
            self._seq = self._built.hall.note("backup", ITSELF, why=why, **facts)["seq"]
        except StorageFailed as error:
            LOG.error("The backup (%s) isn't noted in the log: %s", why, error)
        except Exception:
            LOG.exception("The backup (%s) isn't noted in the log", why)


def reason_of(error: Exception) -> str:
    return {NoRoom: "no_room", BackupUnderWay: "under_way"}.get(type(error), "failed")

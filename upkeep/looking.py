"""A hall that is only looked at, by a command at the machine, beside a server that may be running."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from queueing.clock import HallClock, RealClock, moment
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Json
from queueing.store import Desk
from settings import holidays_of, worked_weekends_of
from storage.db import Db, SqliteDb, open_for_a_look
from storage.desk import SqlDesk
from storage.opening import FILE, explained
from storage.upgrading import missing_steps
from upkeep.folder import SIMULATED, must_be_of
from upkeep.moved import must_not_have_moved
from web.starting import CannotStart, folder_of, old_folder

Answer = TypeVar("Answer")


class OnlyLooking:
    """A store that reads one file and can't change it, whether a server has it open or not."""

    trouble = None

    def __init__(self, db: Db, hall: str) -> None:
        self._desk = SqlDesk(db, hall)

    def look(self, work: Callable[[Any], Answer]) -> Answer:
        return work(self._desk)

    def try_again(self) -> None: ...

    def change(self, work: Callable[[Desk], Json], press: Any) -> Json:
        raise AssertionError("a command that reads changes nothing")


@contextmanager
def hall_to_look_at(options: argparse.Namespace, house: House) -> Iterator[Hall]:
    """The hall of that data folder, in one consistent picture."""
    folder = kept_folder(options, house)
    if house.server.database:
        with in_database(house) as store:
            yield standing(house, store, folder)
        return
    with explained(folder), closing(open_for_a_look(folder / FILE)) as database:
        database.conn.execute("BEGIN")
        yield standing(house, OnlyLooking(SqliteDb(database), house.hall.id), folder)


@contextmanager
def in_database(house: House) -> Iterator[OnlyLooking]:
    """The same for a hall that lies in a database."""
    from storage.moving import NotMoved, picture_of

    try:
        with picture_of(house.server.database) as db:
            yield OnlyLooking(db, house.hall.id)
    except (NotMoved, OSError) as error:
        raise CannotStart(f"Nothing can be read: {error}") from error


def kept_folder(options: argparse.Namespace, house: House) -> Path:
    """The folder, if it is this hall's and of this release; with a database only what lies beside it."""
    folder = folder_of(options.data, house, RealClock())
    must_not_have_moved(folder, bool(house.server.database))
    return folder if house.server.database else folder_in_file(options, house)


def folder_in_file(options: argparse.Namespace, house: House) -> Path:
    """The folder whose file is this hall's and of this release."""
    folder = old_folder(folder_of(options.data, house, RealClock()))
    must_be_of(house, folder)
    if missing_steps(folder / FILE):
        raise CannotStart(
            f"The data in {folder} are of an earlier release. Open the hall once, then ask again."
        )
    return folder


def standing(house: House, store: Any, folder: Path) -> Hall:
    """A simulated hall stands at the time that its log tells."""
    last = store.look(lambda desk: desk.last_at())
    clock = HallClock(moment(last), 0.0) if last and (folder / SIMULATED).exists() else RealClock()
    return Hall(house, store, clock, holidays_of(house), worked_weekends_of(house))

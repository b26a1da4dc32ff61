"""Opens one hall: its data, the hall itself, the web in front of it and the care of it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from queueing.clock import Clock
from queueing.house import House
from storage.opening import FILE
from upkeep.care import standing, take_care
from upkeep.folder import keep_clocks_mark, must_be_of_this_clock, store_of
from upkeep.processes import join
from web.building import built_of
from web.context import Built
from web.engines import Engine
from web.opening import open_web, start
from web.people import first_start
from web.starting import ahead


@dataclass(frozen=True)
class Opened:
    """A hall that lives, its app, and what the operator should read of it."""

    built: Built
    app: Flask
    said: str
    password: str | None
    """The administrator's one-time password, at the first start alone."""

    kept: str
    """Where the data are, without a password."""


def open_hall(
    engine: Engine, house: House, clock: Clock, folder: Path, port: int, file: Path, fresh: bool, **more: Any
) -> Opened:
    """The hall of that file on that data, open; `more` goes to the built hall. Raises CannotStart."""
    must_be_of_this_clock(house, folder, clock)
    store = store_of(house, folder, engine.in_thread, fresh=fresh)
    with ExitStack() as undone:
        undone.callback(store.close)
        keep_clocks_mark(folder, clock)
        built = built_of(house, clock, store, engine.name, engine.in_thread, folder, port)
        built.file = file
        for name, part in more.items():
            setattr(built, name, part)
        undone.callback(lambda: built.together.close())  # nobody else leads while it is held here
        join(built)
        password = first_start(house, store, clock)
        app = open_web(built)
        undone.pop_all()
    store.on_commit, store.give_way = built.push.hear, engine.give_way
    store.work_beside(lambda work: built.sockets.start_background_task(built.in_thread, work))
    take_care(built)
    start(built)
    return Opened(built, app, standing(built) + ahead(built, clock), password, kept_at(house, folder, fresh))


def kept_at(house: House, folder: Path, fresh: bool) -> str:
    """The file, or the database and the folder beside it."""
    if fresh or not house.server.database:
        return str(folder.resolve() / FILE)
    from storage.postgres_address import shown

    return f"{shown(house.server.database)}; keys, media and reports: {folder.resolve()}"

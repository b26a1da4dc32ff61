"""Opens a hall: builds it from its TOML file, opens the rooms and serves.

python app.py serve [--hall config.toml] [--data var] [--port 8000] [--clock 2026-10-12T08:25 --speed 1]
python app.py --help     every other command
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upkeep.commands import add_commands

if TYPE_CHECKING:
    from web.engines import Engine


Opened = Callable[[], list[Any]]
"""The stores to close when the process ends."""


def few_heaps() -> None:
    """All threads share two heaps; one for each of dozens grows for weeks and gives little back."""
    arenas_at_most = -8
    with contextlib.suppress(AttributeError):  # not every system's C library has this
        ctypes.CDLL(None).mallopt(arenas_at_most, 2)


SWITCH_SECONDS = 0.0005
"""How long a thread that computes keeps the others out; Python's own 0.005 s add up for a press, which waits
for its turn after each read and write."""


NEW_THINGS = 5_000, 5, 5
"""So many more than have gone, and the garbage collector looks through them: requests under way are some
thousands, and with Python's own 700 each of them would be looked through again and again."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description="A service hall: tickets, windows, screens, ratings.")
    commands = made.add_subparsers(required=True)
    serving = commands.add_parser("serve", help="open the hall")
    serving.add_argument("--hall", type=Path, default=Path("config.toml"), help="a file or a folder of them")
    serving.add_argument("--data", type=Path, help="the data folder")
    serving.add_argument("--port")
    serving.add_argument("--clock", help="start a simulated clock at this local time, 2026-10-12T08:25")
    serving.add_argument("--speed", type=float, default=1.0, help="hall seconds per real second")
    serving.set_defaults(do=serve)
    add_commands(commands)
    return made


def serve(options: argparse.Namespace) -> None:
    """Opens the hall and keeps it open until the process is asked to stop."""
    few_heaps()
    gc.disable()  # what is made now stays: looking for what could go takes a sixth of the start
    sys.setswitchinterval(SWITCH_SECONDS)
    from web.engines import engine_of

    engine = engine_of(options.hall)
    halls, said = (open_city if options.hall.is_dir() else open_one)(options, engine)
    gc.collect()
    gc.freeze()  # what was made until here is never looked at by the garbage collector
    gc.set_threshold(*NEW_THINGS)
    gc.enable()
    engine.serve(lambda: print(said, flush=True))
    close(halls())


def open_one(options: argparse.Namespace, engine: Engine) -> tuple[Opened, str]:
    """One hall: what is open at the end, and what the operator reads."""
    from upkeep.opening import open_hall
    from web.limits import of_one_address
    from web.logs import write_as
    from web.starting import clock_of, folder_of, house_of, listening, port_of, welcome

    house = house_of(options.hall)
    write_as(house.server.log, house.hall.id)
    clock = clock_of(options.clock, options.speed, house)
    folder = folder_of(options.data, house, clock)
    port = house.server.port if options.port is None else port_of(options.port)
    socket = listening(house.server.host, port)
    fresh = options.data is None and clock.simulated
    made = open_hall(engine, house, clock, folder, socket.getsockname()[1], options.hall, fresh)
    engine.request_seconds = house.doors.request_seconds
    engine.of_one_address = of_one_address(house)
    engine.open(socket, made.app)
    return lambda: [made.built], made.said + welcome(made.built, options.hall, made.password, made.kept)


def open_city(options: argparse.Namespace, engine: Engine) -> tuple[Opened, str]:
    """The same of all halls of a folder."""
    from upkeep.city import said_of, serve_city

    city = serve_city(options, engine)
    return lambda: [opened.built for opened in city.opened], said_of(city)


def close(halls: list[Any]) -> None:
    """The process ends with its halls: nothing that still waits wakes up to find them closed."""
    for built in halls:
        built.together.close()
        built.store.close()
    sys.stdout.flush()
    os._exit(0)


def main() -> int:
    options = parser().parse_args()
    os.umask(0o077)  # whatever the hall writes is its owner's alone
    try:
        options.do(options)
    except Exception as reason:
        from queueing.errors import HallError
        from web.starting import CannotStart

        if not isinstance(reason, CannotStart | HallError):
            raise
        print(reason, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

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
from pathlib import Path
from typing import Any

from upkeep.commands import add_commands


def few_heaps() -> None:
    """All threads share two heaps; one for each of dozens grows for weeks and gives little back."""
    arenas_at_most = -8
    with contextlib.suppress(AttributeError):  # not every system's C library has this
        ctypes.CDLL(None).mallopt(arenas_at_most, 2)


SWITCH_SECONDS = 0.0005
"""How long a thread that computes keeps the others out; Python's own 0.005 s add up for a press, which waits
for its turn after each read and write."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description="A service hall: tickets, windows, screens, ratings.")
    commands = made.add_subparsers(required=True)
    serving = commands.add_parser("serve", help="open the hall")
    serving.add_argument("--hall", type=Path, default=Path("config.toml"), help="the hall's TOML file")
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
    sys.setswitchinterval(SWITCH_SECONDS)
    from web.engines import engine_of

    engine = engine_of(options.hall)
    from upkeep.care import standing
    from upkeep.folder import keep_clocks_mark, store_of
    from web.building import built_of
    from web.limits import of_one_address
    from web.people import first_start
    from web.starting import ahead, clock_of, folder_of, house_of, listening, port_of, welcome

    house = house_of(options.hall)
    clock = clock_of(options.clock, options.speed, house)
    folder = folder_of(options.data, house, clock)
    port = house.server.port if options.port is None else port_of(options.port)
    socket = listening(house.server.host, port)
    store = store_of(house, folder, engine.in_thread, fresh=options.data is None and clock.simulated)
    keep_clocks_mark(folder, clock)
    port = socket.getsockname()[1]
    built = built_of(house, clock, store, engine.name, engine.in_thread, folder, port)
    built.file = options.hall
    app = opened(built)
    engine.request_seconds = house.doors.request_seconds
    engine.of_one_address = of_one_address(house)
    said = standing(built) + ahead(built, clock)
    said += welcome(built, options.hall, first_start(house, store, clock))
    engine.open(socket, app)
    engine.serve(lambda: print(said, flush=True))
    close(store)


def close(store: Any) -> None:
    """The process ends with the hall: nothing that still waits wakes up to find it closed."""
    store.close()
    sys.stdout.flush()
    os._exit(0)


def opened(built: Any) -> Any:
    """The web in front of the hall; what was made until here is never looked at by the garbage collector."""
    from upkeep.care import take_care
    from web.opening import open_web, start

    app = open_web(built)
    built.store.on_commit = built.push.hear
    take_care(built)
    start(built)
    gc.collect()
    gc.freeze()
    return app


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

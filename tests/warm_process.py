"""Loads the hall's program once and forks a server of it for each wish.

    python -m tests.warm_process WIRE          WIRE: a connected socket's number; started by tests.warm

It reads one JSON object a message and answers with one number:

    {"words": […]}, with a file for what is said     the number of a new process that runs `app.py` with them
    {"ended": number}                                how that process ended

It ends when the tests hang up. Loading never runs the loop of the engine, so that a fork begins with none.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "halls_for_tests" / "small.toml"
LONGEST = 64 * 1024
fork, waitpid, plain_socket = os.fork, os.waitpid, socket.socket
"""As the system has them: the engine replaces some."""

QUICK = "scrypt:1024:8:1"
"""How passwords are hashed here; a real hall takes thirty times as long on purpose."""


def load() -> None:
    """All that `serve` would import, in its order: first the engine."""
    gc.disable()
    from web.engines import engine_of

    engine_of(ROOT / "config.toml")
    for name in ("upkeep.opening", "web.logs", "web.limits", "web.starting", "upkeep.city"):
        import_module(name)
    from web.rooms import ROOMS, has_room

    for room in filter(has_room, (*ROOMS, "city")):
        import_module(room)
    import web.people
    from settings import load_house

    web.people.METHOD = QUICK
    load_house(SMALL)  # reading a file makes what reads the next one: countries, converters, shapes
    gc.collect()
    gc.freeze()  # no fork looks at it again, which would copy its memory
    gc.enable()


def answered(wire: socket.socket) -> bool:
    """One wish; nobody is there any more when it is empty."""
    said, files, *_ = socket.recv_fds(wire, LONGEST, 1)
    if not said:
        return False
    wish = json.loads(said)
    if "ended" in wish:
        number = os.waitstatus_to_exitcode(waitpid(wish["ended"], 0)[1])
    else:
        number = forked(wire, wish["words"], files[0])
        os.close(files[0])
    wire.send(str(number).encode())
    return True


def forked(wire: socket.socket, words: list[str], said: int) -> int:
    """The new process's number; the new process itself never comes back."""
    if number := fork():
        return number
    wire.close()
    for stream in (1, 2):
        os.dup2(said, stream)
    os.close(said)
    sys.exit(served(words))


def served(words: list[str]) -> int:
    from eventlet import hubs

    import app

    hubs.use_hub()  # one of its own: the other's belongs to every fork
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["app.py", *words]
    return app.main()


def main(words: list[str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with plain_socket(fileno=int(words[0])) as wire:
        load()
        while answered(wire):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

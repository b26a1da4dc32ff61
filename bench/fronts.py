"""What a request for a number costs before and after its change, in processor time.

python -m bench.fronts

Two tables: reading and answering HTTP alone, by three readers asked in turn; and all that is between the
server and the change, called again and again in one process with a change that costs nothing.
"""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import time
import uuid
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.day_hall import ROOT
from bench.issuing import Rounds, round_of
from bench.servers import HALL, MORNING, served
from bench.taps import Kiosks
from web.engines import engine_of

ROUNDS, TIMES = 12, 500
CLIENTS, TAPS = (1, 64), 800
READERS = {
    "at a glance": "glance",
    "line by line": "by_line",
    "eventlet as it comes": "as_it_comes",
}


async def readers() -> None:
    """The server's processor time for each answer of an app of one line."""
    print("\nReading and answering, processor ms")
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(served("serve_bare", how)) for how in READERS.values()]
        for number in CLIENTS:
            kiosks = [await Kiosks.at(server.url, number) for server in servers]
            rounds = [Rounds() for _ in servers]
            for _ in range(ROUNDS):
                for asked, server, kept in zip(kiosks, servers, rounds, strict=True):
                    await round_of(asked, server, TAPS, kept)
            for name, kept in zip(READERS, rounds, strict=True):
                print(f"{number:3d} at once  {name:24s} {median(kept.processor):.3f}", flush=True)


def ways(folder: Path) -> None:
    """The short way in and Flask's, in turn, and a bare Flask handler."""
    engine = engine_of(HALL)
    from flask import Flask, jsonify

    from upkeep.opening import open_hall
    from web.starting import clock_of, house_of, listening

    house, socket = house_of(HALL), listening("127.0.0.1", 0)
    clock, port = clock_of(f"{MORNING:%Y-%m-%dT%H:%M}", 1.0, house), socket.getsockname()[1]
    made = open_hall(engine, house, clock, folder, port, HALL, False)
    hall, bare = made.built.hall, Flask("bare")
    taken = hall.issue(service="s1", by=press_of(made))
    hall.issue = lambda **given: taken
    bare.post("/api/v1/tickets")(lambda: (jsonify(number=1), 201))
    entrances = {
        "the short way": (made.app, ""),
        "Flask's way": (made.app, "a=1"),
        "a bare Flask handler": (bare, ""),
    }
    took = {name: [] for name in entrances}
    for _ in range(ROUNDS):
        for name, (app, query) in entrances.items():
            began = time.process_time()
            for _ in range(TIMES):
                ask(app, port, query)
            took[name].append(1000 * (time.process_time() - began) / TIMES)
    print("\nBetween the server and the change, processor ms")
    for name, each in took.items():
        print(f"{name:37s} {median(each):.3f}", flush=True)
    os._exit(0)  # the hall's own loops don't end by themselves


def press_of(made):
    from queueing.records import Press

    return Press("loopback", "loopback")


def ask(app, port, query):
    """As a server hands a request on."""
    body = b'{"service": "s1"}'
    environ = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": "/api/v1/tickets", "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(port),
        "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": f"127.0.0.1:{port}", "HTTP_IDEMPOTENCY_KEY": uuid.uuid4().hex, "HTTP_ACCEPT": "*/*",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate", "HTTP_USER_AGENT": "bench", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    told = []
    said = app(environ, lambda status, headers, error=None: told.append(status))
    b"".join(said)
    if hasattr(said, "close"):
        said.close()
    if told[0] != "201 CREATED":
        raise RuntimeError(told)


def main() -> None:
    asyncio.run(readers())
    with TemporaryDirectory(prefix="hall-bench-") as folder:
        ways_in = [sys.executable, "-c", f"from bench.fronts import *; ways(Path({folder!r}))"]
        subprocess.run(ways_in, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()

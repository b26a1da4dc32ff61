"""Opens a hall: builds it from its TOML file, opens the rooms and serves. The only file that names eventlet.

python app.py serve [--hall config.toml] [--data var] [--port 8000] [--clock 2026-10-12T08:25 --speed 1]
python app.py --help     every other command
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from upkeep.commands import add_commands


class Engine:
    """How requests run side by side: here, each in a thread of its own."""

    name = "threading"
    request_seconds = 30.0
    of_one_address = 2000

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        """Runs work that blocks, without holding up anybody else."""
        return work(*args)

    def serve(self, socket: Any, app: Any, ready: Callable[[], None]) -> None:
        """Serves until the process is asked to stop; says when it can be asked."""
        import logging

        from werkzeug.serving import make_server

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        host, port = socket.getsockname()[:2]
        server = make_server(host, port, app, threaded=True, fd=socket.fileno())
        on_stop(lambda: threading.Thread(target=server.shutdown).start())
        ready()
        server.serve_forever()


class Eventlet(Engine):
    """Green threads of eventlet; blocking work goes to its pool of real ones."""

    name = "eventlet"

    def __init__(self) -> None:
        os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # the system's resolver is good enough
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
            import eventlet
        import eventlet.tpool

        plain_open = os.open
        eventlet.monkey_patch()
        os.open = plain_open  # eventlet's own gives every real thread that opens a file a loop, never closed
        self._eventlet = eventlet

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return self._eventlet.tpool.execute(work, *args)

    def serve(self, socket: Any, app: Any, ready: Callable[[], None]) -> None:
        import eventlet
        import eventlet.wsgi

        from web import limits

        class Protocol(eventlet.wsgi.HttpProtocol):
            """Tells the app which HTTP the other side speaks; eventlet says 1.0 of everybody."""

            def get_environ(self) -> dict[str, Any]:
                environ = super().get_environ() | {"SERVER_PROTOCOL": self.request_version}
                limits.read_in_time(environ["wsgi.input"], seconds, eventlet.Timeout)
                return environ

            def _read_request_line(self) -> Any:
                with eventlet.Timeout(limits.SILENT_SECONDS + seconds, False):
                    return super()._read_request_line()
                return ""

            def parse_request(self) -> bool:
                with eventlet.Timeout(seconds, False):
                    return super().parse_request()
                self.close_connection = True
                return False

        seconds, stopped = self.request_seconds, self._stopped_by_signal()
        options = {"log_output": False, "debug": False, "protocol": Protocol} | limits.of_connections()
        door = limits.Door(socket, eventlet.sleep, self.of_one_address)
        eventlet.spawn(eventlet.wsgi.server, door, app, **options).link(limits.closed)
        ready()
        stopped()

    def _stopped_by_signal(self) -> Callable[[], Any]:
        """Waits for a byte in a pipe: a signal alone doesn't wake the loop."""
        from eventlet.green import os as green_os

        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        on_stop(lambda: None)
        signal.set_wakeup_fd(writer)
        return lambda: green_os.read(reader, 1)


class Gevent(Engine):
    """Green threads of gevent."""

    name = "gevent"

    def __init__(self) -> None:
        from gevent import monkey

        monkey.patch_all()
        import gevent

        self._gevent = gevent

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return self._gevent.get_hub().threadpool.apply(work, args)

    def serve(self, socket: Any, app: Any, ready: Callable[[], None]) -> None:
        from gevent.event import Event
        from gevent.pywsgi import WSGIServer

        stopped = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            self._gevent.signal_handler(each, stopped.set)
        server = WSGIServer(socket, app, log=None)
        server.start()
        ready()
        stopped.wait()


def few_heaps() -> None:
    """All threads share two heaps; one for each of dozens grows for weeks and gives little back."""
    arenas_at_most = -8
    with contextlib.suppress(AttributeError):  # not every system's C library has this
        ctypes.CDLL(None).mallopt(arenas_at_most, 2)


def on_stop(stop: Callable[[], Any]) -> None:
    """Does this when the process is asked to end."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: stop())


def engine_of(hall: Path) -> Engine:
    """The engine that the hall's file names; it must be there before anything else is imported."""
    try:
        server = tomllib.loads(hall.read_text(encoding="utf-8")).get("server", {})
    except (OSError, ValueError):
        server = {}  # the hall's own check says what is wrong with the file
    name = server.get("engine", "eventlet") if isinstance(server, dict) else "eventlet"
    return {"gevent": Gevent, "threading": Engine}.get(name, Eventlet)()


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
    engine.serve(socket, app, lambda: print(said, flush=True))
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

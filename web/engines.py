"""The engines that requests run on side by side. The only file that names eventlet and gevent.

An engine is chosen and made before anything else of ours is imported: the green ones replace parts of the
standard library, and whoever has imported those before would go on with the blocking ones.
"""

from __future__ import annotations

import os
import signal
import threading
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any


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

        class Protocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
            """Tells the app which HTTP the other side speaks; eventlet says 1.0 of everybody."""

            def get_environ(self) -> dict[str, Any]:
                environ: dict[str, Any] = super().get_environ() | {"SERVER_PROTOCOL": self.request_version}
                environ["hall.connection"] = self.__dict__.setdefault("known", {})
                limits.read_in_time(environ["wsgi.input"], seconds, eventlet.Timeout)
                return environ

            def _read_request_line(self) -> Any:
                with eventlet.Timeout(limits.SILENT_SECONDS + seconds, False):
                    return super()._read_request_line()
                return ""

            def parse_request(self) -> bool:
                with eventlet.Timeout(seconds, False):
                    return bool(super().parse_request())
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

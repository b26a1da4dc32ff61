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

AT_ONCE = 128
"""Added to the signal's number: what the system's own programs end with when they are cut off."""


class Engine:
    """How requests run side by side: here, each in a thread of its own."""

    name = "threading"
    request_seconds = 30.0
    of_one_address = 2000

    def __init__(self) -> None:
        from web.closing import Gate

        self.gate = Gate(self.give_way)
        self.doors: list[Callable[[], Any]] = []
        """What shuts each listening socket, when the process leaves."""

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        """Runs work that blocks, without holding up anybody else."""
        return work(*args)

    def give_way(self) -> None:
        """Lets everybody else go on whose request has arrived: real threads do so by themselves."""

    def open(self, socket: Any, app: Any) -> None:
        """From now on what comes in at this socket is the app's; returns at once."""
        import logging

        from werkzeug.serving import WSGIRequestHandler, make_server

        class Once(WSGIRequestHandler):
            """Ends with its request: what a websocket's client says last is none."""

            def run_wsgi(self) -> None:
                super().run_wsgi()
                self.close_connection = True

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        host, port = socket.getsockname()[:2]
        server = make_server(
            host, port, self.gate.around(app), threaded=True, request_handler=Once, fd=socket.fileno()
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.doors += [server.shutdown, server.server_close, socket.close]

    def serve(self, ready: Callable[[], None]) -> None:
        """Until the process is asked to stop and nobody waits any more; says when it can be asked."""
        stopped = self._stopped_by_signal(os.read)
        ready()
        stopped()
        self.leave()

    def _stopped_by_signal(self, read: Callable[[int, int], Any]) -> Callable[[], Any]:
        """Waits for a byte in a pipe: a signal alone wakes neither a loop nor the thread that waits."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        on_stop(lambda: None)
        signal.set_wakeup_fd(writer)
        return lambda: read(reader, 1)

    def leave(self) -> None:
        """Nobody new comes in, and whoever is inside gets an answer."""
        for shut in self.doors:
            shut()
        self.gate.leave()


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
        log_with(eventlet.patcher.original("_thread").RLock)
        self._eventlet = eventlet
        self._pool: Any = None
        super().__init__()

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        return self._eventlet.tpool.execute(work, *args)

    def give_way(self) -> None:
        self._eventlet.sleep(0)

    def open(self, socket: Any, app: Any) -> None:
        import eventlet
        import eventlet.wsgi

        from web import limits
        from web.reading import protocol_on

        seconds, limited = self.request_seconds, limits.of_connections()
        self._pool = self._pool or eventlet.GreenPool(limited["max_size"])  # one limit for all that is open
        options = {"log_output": False, "debug": False, "custom_pool": self._pool}
        options["protocol"] = protocol_on(eventlet, seconds)
        door = limits.Door(socket, eventlet.sleep, self.of_one_address)
        served = eventlet.spawn(eventlet.wsgi.server, door, self.gate.around(app), **(limited | options))
        served.link(door.left)

        def shut() -> None:
            number = socket.fileno()
            door.shut()
            eventlet.hubs.notify_opened(number)  # the next connection to a database may get that number

        self.doors.append(shut)
        eventlet.sleep(0)  # it has begun before anybody can ask it to end

    def serve(self, ready: Callable[[], None]) -> None:
        from eventlet.green import os as green_os

        stopped = self._stopped_by_signal(green_os.read)
        ready()
        stopped()
        self.leave()


def log_with(new_lock: Callable[[], Any]) -> None:
    """Lines of the log are written under the system's own locks, since real threads write some, too.

    An engine's lock holds within one thread: who waits for one that another thread has is woken by the wrong
    loop, or never. Nobody gives way while a line is written, so that none is held for longer than that.
    """
    import logging

    def create_lock(handler: logging.Handler) -> None:
        handler.lock = new_lock()

    logging.Handler.createLock = create_lock  # type: ignore[assignment, method-assign]
    logging._lock = new_lock()  # type: ignore[attr-defined]
    known = [found() for found in logging._handlerList]  # type: ignore[attr-defined]
    for handler in filter(None, [logging.lastResort, *known]):
        handler.createLock()


def outcome(work: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    """What came of it: gevent itself prints whatever is raised in a thread, expected or not."""
    try:
        return work(*args), None
    except Exception as error:  # noqa: BLE001 - raised again where it was asked for
        return None, error


class Gevent(Engine):
    """Green threads of gevent."""

    name = "gevent"

    def __init__(self) -> None:
        from gevent import monkey

        monkey.patch_all()
        log_with(monkey.get_original("_thread", "RLock"))
        import gevent

        self._gevent = gevent
        super().__init__()

    def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        answer, error = self._gevent.get_hub().threadpool.apply(outcome, (work, args))
        if error is not None:
            raise error
        return answer

    def give_way(self) -> None:
        self._gevent.sleep(0)

    def open(self, socket: Any, app: Any) -> None:
        from gevent.pywsgi import WSGIServer

        server = WSGIServer(socket, self.gate.around(app), log=None)
        server.start()
        self.doors.append(server.close)

    def serve(self, ready: Callable[[], None]) -> None:
        from gevent.event import Event

        stopped = Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            self._gevent.signal_handler(each, once(stopped.set), each)
        ready()
        stopped.wait()
        self.leave()


def on_stop(stop: Callable[[], Any]) -> None:
    """Does this when the process is asked to end."""
    asked = once(stop)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, asked)


def once(stop: Callable[[], Any]) -> Callable[..., None]:
    """What a signal does; who asks a second time doesn't want to wait, and all that was answered is kept."""
    asked: list[int] = []

    def ask(number: int, frame: object = None) -> None:
        if asked:
            os._exit(AT_ONCE + number)
        asked.append(number)
        stop()

    return ask


def engine_of(hall: Path) -> Engine:
    """What the hall's file names, or its city's; it must be there before anything else is imported."""
    file = hall / "city.toml" if hall.is_dir() else hall
    try:
        server = tomllib.loads(file.read_text(encoding="utf-8")).get("server", {})
    except (OSError, ValueError):
        server = {}  # the hall's own check says what is wrong with the file
    name = server.get("engine", "eventlet") if isinstance(server, dict) else "eventlet"
    return {"gevent": Gevent, "threading": Engine}.get(name, Eventlet)()

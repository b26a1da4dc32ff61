"""Puts the web in front of a built hall: one Flask app, one Socket.IO server, all rooms, all guards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix

from web import admission, files, monitoring, office_menu, rates, squeezing, watching, words
from web.context import EXTENSION, Built, here
from web.errors import handle_errors
from web.foreseeing import Foreseeing
from web.lean import LeanFlask
from web.pace import LONGEST_MESSAGE, pace_polling
from web.packets import ClientPacket, refuse_nonsense
from web.push import Push
from web.rooms import OF_THE_CITY, ROOMS, open_rooms
from web.security import guard
from web.short import ShortWay
from web.sockets import open_sockets
from web.ticker import Ticker

ROOT = Path(__file__).resolve().parent.parent
PING_SECONDS, PONG_SECONDS = 5, 5
"""A socket that is silent for so long is closed."""


def open_web(built: Built) -> Flask:
    """The app, ready to be served; nothing runs by itself before `start`."""
    app = LeanFlask("service-hall", root_path=str(ROOT))
    app.secret_key = built.secret
    app.extensions[EXTENSION] = built
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.add_url_rule("/healthz", "healthz", healthz)
    guards = (guard, handle_errors, words.install, rates.install, admission.install, watching.install)
    for part in (*guards, files.install, squeezing.install, office_menu.install):
        part(app)
    open_rooms(app, OF_THE_CITY if built.city else ROOMS)
    built.sockets = sockets_of(app, built)
    built.push = Push(built, built.sockets)
    monitoring.install(app, built)
    foresee(built)
    refuse_nonsense(built.sockets, built.push.hang_up)
    pace_polling(built.sockets, built.push.hang_up)
    app.wsgi_app = ShortWay(app, app.wsgi_app)  # type: ignore[method-assign]
    behind_proxies(app, built.house.server.trusted_proxies)
    return app


def start(built: Built) -> None:
    """Pushes, beats and the end of the day begin."""
    built.push.start()
    if built.house.server.queue and built.together.many:
        built.sockets.server.manager.open()
    Ticker(built, built.sockets).start()
    for begin in built.starting:
        begin()


def foresee(built: Built) -> None:
    """Waits are played forward, unless the hall's file says otherwise."""
    built.foreseeing = Foreseeing(built)
    built.nightly.append(built.foreseeing.night)
    if built.house.waits.forecast:
        built.hearing.append(built.foreseeing.hear)
        built.troubles.append(built.foreseeing.trouble)
        built.starting.append(built.foreseeing.start)


def healthz() -> dict[str, str]:
    """Says that the server answers, and what keeps it from its work: first what keeps no change."""
    built = here()
    trouble = built.store.trouble or next(filter(None, (ask() for ask in built.troubles)), None)
    return {"status": "degraded", "trouble": trouble} if trouble else {"status": "ok"}


def sockets_of(app: Flask, built: Built) -> SocketIO:
    """Websockets only, unless the hall's file says otherwise: long polling needs sticky sessions."""
    server = built.house.server
    sockets = SocketIO(
        app,
        async_mode=built.engine,
        transports=["websocket", "polling"] if server.polling else ["websocket"],
        client_manager=queue_of(built),
        ping_interval=PING_SECONDS,
        ping_timeout=PONG_SECONDS,
        max_http_buffer_size=LONGEST_MESSAGE,
        http_compression=False,
        serializer=ClientPacket,
    )
    open_sockets(sockets)
    return sockets


def queue_of(built: Built) -> Any:
    """Socket.IO's message queue, if the hall's file names one; only then the library for it is loaded."""
    if not built.house.server.queue or not built.together.many:
        return None
    from web.bus import Queue

    built.bus = queue = Queue(built.house.server.queue, built.house.hall.id, built.secret)
    built.troubles.append(queue.trouble)
    return queue


def behind_proxies(app: Flask, proxies: int) -> None:
    """Believes so many proxies of one's own what they say of the browser, and nobody else."""
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )

"""Two servers of the eventlet engine: one reads plain requests at a glance, the other never: PORT PORT."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from itertools import count
from pathlib import Path

from web.engines import Eventlet

TOLD = frozenset({"GATEWAY_INTERFACE", "headers_raw", "SCRIPT_NAME", "RAW_PATH_INFO", "PATH_INFO"})

BUSY_SECONDS = 0.05
TURNS = count()

SELDOM = {
    "/no-content": ("204 NO CONTENT", [("X-Odd", "1")]),
    "/not-modified": ("304 NOT MODIFIED", [("Content-Length", "5")]),
    "/nothing": ("200 OK", [("Content-Length", "0")]),
    "/dated": ("200 OK", [("Content-Length", "1000"), ("date", "long ago")]),
    "/latin": ("200 OK", [("Content-Length", "3"), ("X-Odd", "\u00e4")]),
    "/beyond-latin": ("200 OK", [("Content-Length", "3"), ("X-Odd", "\u53f7")]),
    "/small-length": ("200 OK", [("content-length", "3")]),
}


def told(environ):
    """What the app was told of the request, whatever the connection's own port is."""
    names = [name for name in environ if name.isupper() or name in TOLD or name.startswith("wsgi.")]
    plain = {name: environ[name] for name in names if not name.startswith(("wsgi.input", "wsgi.errors"))}
    return plain | {"REMOTE_PORT": bool(environ["REMOTE_PORT"]), "SERVER_PORT": bool(environ["SERVER_PORT"])}


def echo(environ, start_response):
    """Says what it was asked; some paths do what apps do seldom."""
    path = environ["PATH_INFO"]
    read = "" if path == "/unread" else environ["wsgi.input"].read().decode("latin-1")
    body = json.dumps([told(environ), read], sort_keys=True).encode()
    if path == "/broken":
        raise RuntimeError("on purpose")
    if path in ("/busy", "/turn"):
        until = time.monotonic() + (BUSY_SECONDS if path == "/busy" else 0)
        while time.monotonic() < until:
            pass
        body = b"turn %d." % next(TURNS)
    if path in SELDOM:
        start_response(*SELDOM[path])
        return [] if path == "/no-content" else [b""] if path == "/nothing" else [body]
    length = [] if path == "/without-length" else [("Content-Length", str(len(body)))]
    start_response("200 OK", [("Content-Type", "application/json"), *length])
    return iter([body[:10], b"", body[10:]]) if path == "/in-pieces" else [body]


def main() -> None:
    engine = Eventlet()
    from web import reading
    from web.starting import listening

    engine.request_seconds = 2.0
    protocol_on = reading.protocol_on
    for port, look in zip(sys.argv[1:], (reading.glance, lambda arrived: None), strict=True):
        reading.protocol_on = partial(protocol_on, look=look)
        engine.open(listening("127.0.0.1", int(port)), echo)
    engine.serve(lambda: None)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()

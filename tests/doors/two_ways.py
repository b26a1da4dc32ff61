"""Two halls that are alike: one has the short way in, the other Flask alone; and what is asked of both."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkzeug.test import run_wsgi_app
from werkzeug.wsgi import ClosingIterator

from queueing.clock import instant
from queueing.people import Device, fingerprint
from queueing.records import Press
from scoring.following_up import FollowUp
from scoring.province import EXAMPLE
from scoring.scores import Scores
from settings.schemes import load_scheme
from tests.api.conftest import SCHEME
from tests.scene import Scene
from web.context import Built
from web.metrics import PRESSES
from web.opening import open_web
from web.sessions import rows
from web.short import ShortWay

HOME, FAR = "127.0.0.1", "10.0.0.7"
TICKETS = "/api/v1/tickets"
NEXT = "/api/v1/windows/1/call_next"
PERSON = {"document": "resident", "number": "110101199003070134"}
RANDOM = re.compile(r'"(ticket|digits|link|url|qr)":("[^"]*"|null)')
STAFF = ("li", "wang", "chen", "admin", "newcomer")

FIRST_KEY = f"key {TICKETS} " + repr(b'{"service": "id-card"}')

Told = tuple[str, dict[str, str], str]


def ask(path: str = TICKETS, body: Any = None, **more: Any) -> dict[str, Any]:
    """One request as a server hands it on; names in capitals go in as they are, None takes one out."""
    said = b'{"service": "id-card"}' if body is None else body
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "",
        "SERVER_NAME": "0.0.0.0", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": HOME, "HTTP_HOST": "localhost:8000", "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(raw)), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(raw),
        "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    given = environ | {"HTTP_IDEMPOTENCY_KEY": f"key {path} {raw!r}"[:100]} | more
    return {name: value for name, value in given.items() if value is not None}


def cookie(name: str) -> dict[str, str]:
    return {"HTTP_COOKIE": f"lang=en; {'device' if name in ('kiosk', 'pad') else 'staff'}=word-of-{name}"}


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("a number", {}),
    ("the same again, a lost answer", {}),
    ("the same key for another", {"HTTP_IDEMPOTENCY_KEY": FIRST_KEY, "body": {"service": "household"}}),
    ("another body", {"body": {"service": "household", "language": "en"}}),
    ("with a charset", {"body": {"service": "pension"}, "CONTENT_TYPE": "application/json; charset=utf-8"}),
    ("a class with a ground", {"body": {"service": "id-card", "ticket_class": "priority", "ground": 2}}),
    ("a ground that isn't there", {"body": {"service": "id-card", "ticket_class": "priority", "ground": 99}}),
    ("a class that isn't there", {"body": {"service": "id-card", "ticket_class": "royal"}}),
    ("a service that isn't there", {"body": {"service": "moon"}}),
    ("a document that isn't asked for", {"body": {"service": "household", "identity": PERSON}}),
    ("no service", {"body": {}}),
    ("a member too many", {"body": {"service": "id-card", "more": 1}}),
    ("a member twice", {"body": b'{"service": "moon", "service": "household"}'}),
    ("no JSON", {"body": b"service=id-card"}),
    ("half of it", {"body": b'{"service": '}),
    ("a list", {"body": b"[]"}),
    ("nothing", {"body": b"", "CONTENT_LENGTH": "0"}),
    ("no length", {"CONTENT_LENGTH": None}),
    ("a wrong length", {"CONTENT_LENGTH": "many"}),
    ("a negative length", {"CONTENT_LENGTH": "-3"}),
    ("another script's length", {"CONTENT_LENGTH": "\u0662\u0662"}),
    ("longer than what comes", {"CONTENT_LENGTH": "400"}),
    ("shorter than what comes", {"body": b'{"service": "household"}   more', "CONTENT_LENGTH": "24"}),
    ("too large", {"body": b'{"service": "' + b"x" * 70_000 + b'"}'}),
    ("U+0000", {"body": b'{"service": "a\\u0000"}'}),
    ("not UTF-8", {"body": b'{"service": "\xff"}'}),
    ("half a letter", {"body": b'{"service": "\\ud800"}'}),
    ("in chunks", {"HTTP_TRANSFER_ENCODING": "chunked"}),
    ("as a form", {"CONTENT_TYPE": "application/x-www-form-urlencoded", "body": {"service": "household"}}),
    ("without a type", {"CONTENT_TYPE": None, "body": {"service": "pension", "language": "en"}}),
    ("no key", {"HTTP_IDEMPOTENCY_KEY": None}),
    ("an empty key", {"HTTP_IDEMPOTENCY_KEY": "  "}),
    ("a key too long", {"HTTP_IDEMPOTENCY_KEY": "k" * 101}),
    ("a key with spaces around", {"HTTP_IDEMPOTENCY_KEY": "  spaced ", "body": {"service": "job-seeker"}}),
    ("the same without them", {"HTTP_IDEMPOTENCY_KEY": "spaced", "body": {"service": "job-seeker"}}),
    ("a page of ours", {"HTTP_ORIGIN": "http://localhost:8000", "body": {"service": "residence-permit"}}),
    ("a page of others", {"HTTP_ORIGIN": "http://evil.example"}),
    ("an origin that is none", {"HTTP_ORIGIN": "http://[::"}),
    ("across sites", {"HTTP_SEC_FETCH_SITE": "cross-site"}),
    ("another name for the hall", {"HTTP_HOST": "hall.example:8000"}),
    ("no name", {"HTTP_HOST": None}),
    ("an impossible name", {"HTTP_HOST": "a b"}),
    ("from elsewhere", {"REMOTE_ADDR": FAR}),
    ("from nowhere", {"REMOTE_ADDR": "nowhere"}),
    ("by a proxy", {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}),
    ("by an old proxy", {"SERVER_PROTOCOL": "HTTP/1.0"}),
    ("a query", {"QUERY_STRING": "lang=en", "body": {"service": "moon"}}),
    ("a query that isn't UTF-8", {"QUERY_STRING": "\xff"}),
    ("a slash behind", {"path": f"{TICKETS}/"}),
    ("two slashes before", {"path": f"/{TICKETS}"}),
    ("below something", {"SCRIPT_NAME": "/hall"}),
    *((method, {"REQUEST_METHOD": method}) for method in ("GET", "HEAD", "OPTIONS", "PUT", "post")),
    ("asking first", {"HTTP_EXPECT": "100-continue", "body": {"service": "pension", "language": "zh_Hant"}}),
    ("by a kiosk", cookie("kiosk") | {"REMOTE_ADDR": FAR}),
    ("by a kiosk under an odd name", cookie("kiosk") | {"REMOTE_ADDR": FAR, "HTTP_HOST": "a b"}),
    ("by a pad", cookie("pad") | {"REMOTE_ADDR": FAR}),
    ("by a cookie of no one", {"REMOTE_ADDR": FAR, "HTTP_COOKIE": "staff=nobody; device=none"}),
    ("by a cookie in letters", {"REMOTE_ADDR": FAR, "HTTP_COOKIE": "staff=\xe4; device=\xff"}),
    ("by a clerk", cookie("li") | {"REMOTE_ADDR": FAR}),
    ("by a supervisor", cookie("chen") | {"REMOTE_ADDR": FAR, "body": {"service": "pension"}}),
    ("by who has no password yet", cookie("newcomer") | {"REMOTE_ADDR": FAR}),
    ("sit", cookie("li") | {"path": "/api/v1/windows/1/sit", "body": {}}),
    ("next", cookie("li") | {"path": NEXT, "body": {}}),
    ("next again, the same press", cookie("li") | {"path": NEXT, "body": {}}),
    ("next, somebody is called", cookie("li") | {"path": NEXT, "body": {}, "HTTP_IDEMPOTENCY_KEY": "n2"}),
    ("next by nobody", {"path": NEXT, "body": {}, "REMOTE_ADDR": FAR}),
    ("next by another clerk", cookie("wang") | {"path": NEXT, "body": {}}),
    ("next with words", cookie("li") | {"path": NEXT, "body": {"window": "1"}}),
    ("next without a body", cookie("li") | {"path": NEXT, "body": b"", "HTTP_IDEMPOTENCY_KEY": "n3"}),
    ("serve", cookie("li") | {"path": "/api/v1/windows/1/serve", "body": {}}),
    ("finish badly", cookie("li") | {"path": "/api/v1/windows/1/finish", "body": {"outcome": "fled"}}),
    ("finish", cookie("li") | {"path": "/api/v1/windows/1/finish_and_next", "body": {"outcome": "done"}}),
    ("sit elsewhere", cookie("li") | {"path": "/api/v1/windows/3/sit", "body": {}}),
    ("a pause", cookie("li") | {"path": "/api/v1/windows/1/pause", "body": {"reason": "nonsense"}}),
    ("an unknown window", cookie("li") | {"path": "/api/v1/windows/77/call_next", "body": {}}),
    ("an odd window", cookie("li") | {"path": "/api/v1/windows/1%2F/call_next", "body": {}}),
    ("a window of two parts", cookie("li") | {"path": "/api/v1/windows/1/2/call_next", "body": {}}),
    ("the variable's own mark", cookie("li") | {"path": "/api/v1/windows/<window>/call_next", "body": {}}),
    ("an unknown press", cookie("li") | {"path": "/api/v1/windows/1/dance", "body": {}}),
]  # fmt: skip


class World:
    """One hall of two that are alike, and how often each way was taken."""

    def __init__(self, folder: Path, short: bool, **server: Any) -> None:
        folder.mkdir()
        self.scene = scene = Scene(folder)
        scene.house = replace(scene.house, server=replace(scene.house.server, **server))
        made = Built(
            scene.house, scene.clock, scene.store, scene.hall, scene.ratings,
            Scores(scene.hall, load_scheme(SCHEME)), folder, b"a secret for tests", "threading", 8000,
            "http://127.0.0.1:8000",
        )  # fmt: skip
        made.following = FollowUp(scene.hall, EXAMPLE)
        self.before_flask: Callable[[dict[str, Any]], object] = lambda environ: None
        self.flask_calls, self.built, self.app = 0, made, open_web(made)
        self._put(short)
        scene.store.change(self._people, Press("test"))

    def _put(self, short: bool) -> None:
        """The short way, or nothing in its place; who goes on to Flask is counted either way."""
        outer: Any = self.app.wsgi_app
        way = outer if isinstance(outer, ShortWay) else outer.app
        assert isinstance(way, ShortWay)
        flask = way._further

        def counted(environ: Any, start_response: Any) -> Any:
            self.flask_calls += 1
            self.before_flask(environ)
            return flask(environ, start_response)

        way._further = counted
        if not short:
            way._entrances = {}

    def _people(self, desk: Any) -> dict[str, Any]:
        at, later = instant(self.scene.clock.now()), instant(self.scene.clock.now() + timedelta(hours=9))
        people = rows(desk)
        people.open_accounts(STAFF)
        for staff in STAFF:
            people.keep_password(staff, "x", one_time=staff == "newcomer", at=at)
            people.start_session(fingerprint(f"word-of-{staff}"), staff, at=at, ends_at=later)
        for kind, place in (("kiosk", None), ("pad", "1")):
            people.add_device(Device(f"d-{kind}", kind, place, "en", at, FAR), fingerprint(f"word-of-{kind}"))
        return {}

    def told(self, environ: dict[str, Any]) -> Told:
        """Status, headers and body, without what is drawn by lot."""
        said, status, headers = run_wsgi_app(self.app.wsgi_app, environ)
        body = b"".join(said).decode()
        if isinstance(said, ClosingIterator):
            said.close()
        names = [name for name, _ in headers]
        assert len(names) == len(set(names)), names
        return status, dict(headers), RANDOM.sub(r'"\1":…', body)


def log_of(world: World) -> list[tuple[Any, ...]]:
    """What was kept, without what is drawn by lot."""
    return [(e.seq, e.action, e.at, e.actor, e.shown.get("number")) for e in world.scene.events()]


def presses() -> dict[tuple[str, ...], float]:
    """The counter of presses as monitors read it."""
    return {
        tuple(sample.labels.values()): sample.value
        for metric in PRESSES.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    }


def grown(work: Any) -> tuple[Any, dict[tuple[str, ...], float]]:
    before = presses()
    found = work()
    return found, {key: n - before.get(key, 0) for key, n in presses().items() if n != before.get(key, 0)}

"""One request, as everything that guards the hall looks at it.

There are two ways in: Flask's, for all that is asked, and a short one (`web.short`) for plain presses. Both
make one of these of their request, and the same guards look at it, so no rule stands anywhere twice.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Request, current_app, has_app_context, has_request_context, request
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from web.asking import Asker

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
HANDED_OVER = "hall.asked"
"""In a request's environment: what the short way found out before it left the request to Flask."""

Environ = dict[str, Any]

HOSTS_KEPT = 512


class Asked:
    """Made once for each request; what is found out for it stays with it."""

    __slots__ = (
        *("app", "environ", "method", "path", "query", "secure", "address", "rule", "action", "places"),
        *("began", "built", "counted", "asker", "request_id", "key", "trouble"),
    )

    def __init__(
        self, app: Flask, environ: Environ, path: str, query: bytes, scheme: str, address: str
    ) -> None:
        self.began = time.perf_counter()
        self.app, self.environ, self.path, self.query, self.address = app, environ, path, query, address
        self.built: Any = None
        """The hall, where it is known before Flask is asked."""

        self.method: str = environ["REQUEST_METHOD"].upper()
        self.secure = scheme in ("https", "wss")
        self.rule: str | None = None
        """The route, as its variables are written: /api/v1/tickets/<key>."""

        self.action = "unknown"
        """The view's name."""

        self.places: Mapping[str, Any] = {}
        """What stands for the route's variables."""

        self.counted = False
        self.asker: Asker | None = None
        self.request_id = self.key = ""
        self.trouble: Exception | None = None
        """Why it was refused on the short way; Flask tells it."""

    @property
    def looks(self) -> bool:
        """Whether it only wants to know something."""
        return self.method in LOOKS

    def header(self, name: str) -> str | None:
        """By its name in capitals and with underscores: IDEMPOTENCY_KEY."""
        found: str | None = self.environ.get(f"HTTP_{name}")
        return found

    @property
    def host(self) -> str:
        """Name and port as asked for; raises werkzeug's SecurityError when it can't be one."""
        environ = self.environ
        server = (environ["wsgi.url_scheme"], environ.get("SERVER_NAME"), environ.get("SERVER_PORT"))
        return host_of(environ.get("HTTP_HOST"), *server)

    def cookie(self, name: str) -> str:
        """Empty: the browser keeps none of that name."""
        raise NotImplementedError

    def body(self) -> bytes:
        """All of it; raises what Flask raises when it is too large or doesn't come."""
        raise NotImplementedError

    def tell_trouble(self) -> None:
        """Raises what it was refused with on the short way."""
        if self.trouble is not None:
            raise self.trouble

    def forget_query(self) -> None:
        """Whoever tells the refusal of a query reads none."""
        self.query = b""


@lru_cache(maxsize=HOSTS_KEPT)
def host_of(header: str | None, scheme: str, name: str | None, port: str | None) -> str:
    """Browsers ask for the same name again and again."""
    told = {"HTTP_HOST": header, "SERVER_NAME": name, "SERVER_PORT": port, "wsgi.url_scheme": scheme}
    return get_host({key: value for key, value in told.items() if value is not None})


class AskedOfFlask(Asked):
    """What came in by Flask."""

    __slots__ = ("_request",)

    def __init__(self, app: Flask, of: Request) -> None:
        super().__init__(app, of.environ, of.path, of.query_string, of.scheme, of.remote_addr or "")
        self._request, rule = cast(Request, weakref.proxy(of)), of.url_rule  # which keeps this one
        if rule is not None:
            self.rule, self.action = rule.rule, rule.endpoint.rpartition(".")[2]
        self.places = of.view_args or {}

    def cookie(self, name: str) -> str:
        return self._request.cookies.get(name, "") if "HTTP_COOKIE" in self.environ else ""

    def body(self) -> bytes:
        return self._request.get_data()

    def forget_query(self) -> None:
        self.query = self._request.query_string = b""


SHORT: ContextVar[Asked | None] = ContextVar("hall.short", default=None)
"""What is being answered on the short way."""


def asked() -> Asked:
    """The present request."""
    short = SHORT.get()
    if short is not None and not has_request_context():
        return short
    return _of_flask()


def is_asked() -> bool:
    """Whether there is a present request."""
    return SHORT.get() is not None or has_request_context()


def app_here() -> Flask:
    """The app that the present request, or the work beside it, belongs to."""
    short = SHORT.get()
    if short is not None and not has_app_context():
        return short.app
    return cast(Flask, cast(Any, current_app)._get_current_object())


def _of_flask() -> Asked:
    """Made at the first question; a request that the short way gave up is the same one still."""
    present = cast(Any, request)._get_current_object()
    known: Asked | None = present.__dict__.get(HANDED_OVER)
    if known is None:
        app = cast(Any, current_app)._get_current_object()
        known = present.__dict__[HANDED_OVER] = AskedOfFlask(app, present)
        before: Asked | None = known.environ.pop(HANDED_OVER, None)
        if before is not None:
            known.began, known.counted, known.asker = before.began, before.counted, before.asker
            known.request_id, known.trouble = before.request_id, before.trouble
    return known

"""The short way in: plain presses that are asked for most, without what Flask does for every address.

It takes a request only when it understands all of it: the exact path, no query, a JSON body of known length.
The guards are those of Flask's way, in its order, and the view is the same. Whatever is unusual goes to Flask
untouched; a refusal goes there too, to be told as all refusals are. Nothing is counted or done twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask
from werkzeug.exceptions import ClientDisconnected, HTTPException
from werkzeug.http import HTTP_STATUS_CODES, parse_cookie

from web.admission import let_in
from web.asked import HANDED_OVER, SHORT, Asked, Environ
from web.context import EXTENSION
from web.logs import HEADER as REQUEST_ID
from web.monitoring import count_press
from web.rates import count_request
from web.routes import JSON, Endpoint, Plain, in_bytes
from web.security import LARGEST_BODY, headers_of, refuse

Answering = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PLAIN_TYPES = frozenset({JSON, "application/json; charset=utf-8", "application/json;charset=utf-8"})
STRANGE = frozenset({"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE", "wsgi.input_terminated"})
"""What makes a request one that is better left to Flask."""

LINES = {code: f"{code} {words.upper()}" for code, words in HTTP_STATUS_CODES.items()}
"""As Flask writes a status."""


@dataclass(frozen=True)
class Entrance:
    """One address: its view, its route, and what its variable is called, if it has one."""

    view: Endpoint
    rule: str
    action: str
    variable: str | None


class Short(Asked):
    """A request that the short way understands."""

    __slots__ = ("_read", "given")

    def __init__(self, app: Flask, environ: Environ, entrance: Entrance, place: str) -> None:
        scheme, address = environ["wsgi.url_scheme"], environ.get("REMOTE_ADDR") or ""
        super().__init__(app, environ, environ["PATH_INFO"], b"", scheme, address)
        self.built = app.extensions[EXTENSION]
        self.rule, self.action = entrance.rule, entrance.action
        self.given = {entrance.variable: place} if entrance.variable else {}
        self.places = self.given
        self._read: bytes | None = None

    def cookie(self, name: str) -> str:
        return parse_cookie(self.environ).get(name, "")

    def body(self) -> bytes:
        """Read once, and put back for whoever reads after."""
        if self._read is None:
            length = int(self.environ["CONTENT_LENGTH"])
            read: bytes = self.environ["wsgi.input"].read(length)
            self._read = read
            if len(read) < length:
                raise ClientDisconnected
        return self._read

    def leave_to_flask(self, trouble: Exception | None) -> None:
        """With what was found out; a refusal is only told there."""
        self.trouble = trouble
        self.environ[HANDED_OVER] = self
        if self._read is not None:
            self.environ["wsgi.input"] = io.BytesIO(self._read)


class ShortWay:
    """Stands before the app, behind the proxies that it believes."""

    def __init__(self, app: Flask, further: Answering) -> None:
        self._app, self._further = app, further
        self._entrances = entrances_of(app)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        entrance, place = self._entrance(environ)
        if entrance is None:
            return self._further(environ, start_response)
        asked = Short(self._app, environ, entrance, place)
        token = SHORT.set(asked)
        try:
            return self._answered(asked, entrance.view, start_response)
        except (HTTPException, OSError):
            asked.leave_to_flask(None)
        except Exception as trouble:  # noqa: BLE001 - Flask tells it, as it tells its own
            asked.leave_to_flask(trouble)
        finally:
            SHORT.reset(token)
        return self._further(environ, start_response)

    def _entrance(self, environ: Environ) -> tuple[Entrance | None, str]:
        """Where a request may come in by the short way, and what stands for the route's variable."""
        if environ["REQUEST_METHOD"] != "POST":
            return None, ""
        path = environ["PATH_INFO"]
        place, found = "", self._entrances.get((path,))
        if found is None:
            before, _, button = path.rpartition("/")
            before, _, place = before.rpartition("/")
            found = self._entrances.get((before, button))
            if found is None or not (place.isascii() and place.isalnum()):
                return None, ""
        return (found, place) if is_plain(environ) else (None, "")

    def _answered(self, asked: Short, view: Endpoint, start_response: Callable[..., Any]) -> Iterable[bytes]:
        host = asked.host  # refused before anything is done
        refuse(asked)
        count_request(asked)
        let_in(asked)
        said = cast(Plain | tuple[Plain, int], view.answered(asked, asked.given))
        body, status = in_bytes(said, view.status)
        count_press(asked, status)
        headers = [("Content-Type", JSON), ("Content-Length", str(len(body)))]
        headers += headers_of(host, asked.secure, True)
        if asked.request_id:
            headers.append((REQUEST_ID, asked.request_id))
        start_response(LINES[status], headers)
        return [body]


def is_plain(environ: Environ) -> bool:
    """No query, a JSON body that isn't too long, nothing that needs a second look."""
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and environ.get("CONTENT_TYPE") in PLAIN_TYPES
        and length.isascii()
        and length.isdecimal()
        and 0 < int(length) <= LARGEST_BODY
        and STRANGE.isdisjoint(environ)
        and environ.get("HTTP_COOKIE", "").isascii()
    )


def entrances_of(app: Flask) -> Mapping[tuple[str, ...], Entrance]:
    """By the path, or by what stands before and behind its one variable."""
    found = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if isinstance(view, Endpoint) and view.short:
            variable = next(iter(rule.arguments), None)
            path = tuple(rule.rule.split(f"/<{variable}>/"))
            found[path] = Entrance(view, rule.rule, rule.endpoint.rpartition(".")[2], variable)
    return found

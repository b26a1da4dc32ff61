"""HTTP requests that leave no question open, read at one glance from what has arrived.

The server's own reader takes a request line by line, with a clock for each wait. Nearly every request of a
browser or a kiosk has arrived whole before anybody looks, and is plain: one pattern says so, and the rest is
a dictionary. What isn't taken here, because a part is missing or could be read in two ways, is left where it
is: the server's own reader meets it as if nobody had looked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

PLAIN = re.compile(
    rb"(GET|POST) (/(?!/|socket\.io/)[!-\"$&-~]*) HTTP/1\.1\r\n"
    rb"((?:[A-Za-z0-9-]{1,64}: ?[!-~](?:[ -~]*[!-~])?\r\n){1,99})\r\n"
)
"""Letters that all of HTTP's readers agree on: no empty or folded lines, nothing that needs decoding."""

EACH = re.compile(r"([A-Za-z0-9-]+): ?([^\r]+)\r\n")
LENGTH = re.compile(r"[0-9]{1,5}", re.ASCII)

MOST_BYTES = 8192
"""As long as one line may be; what is longer is left to whoever counts lines."""

NAMES_KEPT = 1024
SECOND_LOOK = frozenset({"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE", "HTTP_TE", "HTTP_TRAILER"})
"""Headers that change how a request is read."""

STAYS = "keep-alive"
WITHOUT_TYPE = "text/plain"
"""What the server's own reader makes of a request without a Content-Type."""


class Glance(NamedTuple):
    """What a plain request says of itself, for its environment."""

    said: dict[str, Any]
    length: str
    """Of its body."""

    connection: str
    """What it wants done with the connection, if it says so."""

    head: int
    """How many bytes come before the body."""


def glance(arrived: bytes) -> Glance | None:
    """The plain request, with all of its body, that these bytes begin with; or nothing."""
    found = PLAIN.match(arrived) if len(arrived) <= MOST_BYTES else None
    if found is None:
        return None
    method, target, lines = (part.decode("ascii") for part in found.groups())
    raw = EACH.findall(lines)
    said = {_key(name): value for name, value in raw}
    length, connection = said.get("CONTENT_LENGTH", "0"), said.get("HTTP_CONNECTION", "")
    if len(said) < len(raw) or not _is_plain(method, said, connection):
        return None
    if len(arrived) < found.end() + int(length):
        return None
    path, has_query, query = target.partition("?")
    said |= {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "RAW_PATH_INFO": path, "PATH_INFO": path}
    said |= {"QUERY_STRING": query} if has_query else {}
    said |= {"SERVER_PROTOCOL": "HTTP/1.1", "headers_raw": tuple(raw)}
    said.setdefault("CONTENT_TYPE", WITHOUT_TYPE)
    return Glance(said, length, connection, found.end())


def _is_plain(method: str, said: Mapping[str, str], connection: str) -> bool:
    """A press says how long its body is, a look has none, and neither wants the line to be another one."""
    length = said.get("CONTENT_LENGTH")
    fits = length is None if method == "GET" else length is not None and LENGTH.fullmatch(length) is not None
    return fits and connection.lower() in ("", STAYS) and SECOND_LOOK.isdisjoint(said)


@lru_cache(maxsize=NAMES_KEPT)
def _key(name: str) -> str:
    """As a WSGI environment writes a header's name."""
    key = name.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


def of_connection(server: Any, client: Any) -> dict[str, Any]:
    """What a WSGI environment says of both ends; the same for all requests of a connection."""
    ends = {"SERVER": server, "REMOTE": client}
    said = {"GATEWAY_INTERFACE": "CGI/1.1"}
    for name, end in ends.items():
        host, port = (end[0], str(end[1])) if isinstance(end, tuple) else ("unix", "")
        said |= {f"{name}_PORT": port, ("SERVER_NAME" if name == "SERVER" else "REMOTE_ADDR"): host}
    return said

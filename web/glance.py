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

END = b"\r\n\r\n"

KEY = re.compile(rb"\r\n[Ii]dempotency-[Kk]ey: ?([A-Za-z0-9-]{1,100})\r\n")
ANY_KEY = b"-"
"""What stands for the key where presses that are otherwise alike are read once."""

MOST_BYTES = 8192
"""As long as one line may be; what is longer is left to whoever counts lines."""

HEADS_KEPT, LONGEST_KEPT = 128, 1536
"""Of presses alone, whoever sends them: some hundred kilobytes at the most."""

NAMES_KEPT = 1024
SECOND_LOOK = frozenset({"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE", "HTTP_TE", "HTTP_TRAILER"})
"""Headers that change how a request is read."""

NAMES = "hall.names"
"""In an environment: the names of all headers as they came, where they are known to be no others."""

STAYS = "keep-alive"
WITHOUT_TYPE = "text/plain"
"""What the server's own reader makes of a request without a Content-Type."""


class Glance(NamedTuple):
    """What a plain request says of itself, for its environment."""

    said: dict[str, Any]
    connection: str
    """What it wants done with the connection, if it says so."""

    head: int
    """How many bytes come before the body."""

    end: int
    """How many there are with it."""


class Head(NamedTuple):
    """What stands before a plain body, the same for all presses of a page but for their key."""

    said: dict[str, Any]
    length: int
    connection: str
    key: int
    """Which of its headers is the Idempotency-Key."""


def glance(arrived: bytes) -> Glance | None:
    """The plain request, with all of its body, that these bytes begin with; or nothing."""
    end = arrived.find(END) + len(END)
    if end < len(END) or len(arrived) > MOST_BYTES:
        return None
    raw = arrived[:end]
    keyed = KEY.search(raw) if raw.startswith(b"POST") else None
    if keyed is None or end > LONGEST_KEPT:
        head, key = read_head(raw), None
    else:
        begins, ends = keyed.span(1)
        head, key = _known_head(raw[:begins] + ANY_KEY + raw[ends:]), keyed[1].decode("ascii")
    if head is None or len(arrived) < end + head.length:
        return None
    said = head.said if key is None else head.said | with_key(head, key)
    return Glance(said, head.connection, end, end + head.length)


def with_key(head: Head, key: str) -> dict[str, Any]:
    """Where the key stands in what a request says."""
    raw, at = head.said["headers_raw"], head.key
    return {"HTTP_IDEMPOTENCY_KEY": key, "headers_raw": (*raw[:at], (raw[at][0], key), *raw[at + 1 :])}


def read_head(raw: bytes) -> Head | None:
    """What a plain request says before its body; nothing where any part of it could be read in two ways."""
    found = PLAIN.fullmatch(raw)
    if found is None:
        return None
    method, target, lines = (part.decode("ascii") for part in found.groups())
    pairs = tuple(EACH.findall(lines))
    said: dict[str, Any] = {_key(name): value for name, value in pairs}
    connection = said.get("HTTP_CONNECTION", "")
    if len(said) < len(pairs) or not _is_plain(method, said, connection):
        return None
    path, has_query, query = target.partition("?")
    said |= {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "RAW_PATH_INFO": path, "PATH_INFO": path}
    said |= {"QUERY_STRING": query} if has_query else {}
    said |= {"SERVER_PROTOCOL": "HTTP/1.1", "headers_raw": pairs, NAMES: tuple(name for name, _ in pairs)}
    said.setdefault("CONTENT_TYPE", WITHOUT_TYPE)
    key = list(said).index("HTTP_IDEMPOTENCY_KEY") if "HTTP_IDEMPOTENCY_KEY" in said else -1
    return Head(said, int(said.get("CONTENT_LENGTH", "0")), connection, key)


_known_head = lru_cache(maxsize=HEADS_KEPT)(read_head)


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

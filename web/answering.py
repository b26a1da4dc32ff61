"""An answer that is there as a whole, as the bytes in which it leaves."""

from __future__ import annotations

import time
from collections.abc import Sequence
from email.utils import formatdate
from typing import Any

Headers = Sequence[tuple[str, str]]


class Dated:
    """The present second as HTTP writes it, written once."""

    def __init__(self) -> None:
        self._second, self._written = -1, ""

    def __str__(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second, self._written = second, formatdate(second, usegmt=True)
        return self._written


NOW = Dated()


def in_one(status: str, headers: Headers, said: Any, ending: str) -> bytes | None:
    """Head and body, written as the server's library does; nothing where more than writing is to be done.

    `ending`: the headers that tell what becomes of the connection.
    """
    if not isinstance(said, list) or len(said) != 1:
        return None
    names = [name for name, _ in headers]
    if "Content-Length" not in names or "Date" in names or "date" in names:
        return None
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
    try:
        head = f"HTTP/1.1 {status}\r\n{lines}Date: {NOW}\r\n{ending}\r\n".encode("latin-1")
    except UnicodeEncodeError:
        return None
    body: bytes = said[0]
    return head + body

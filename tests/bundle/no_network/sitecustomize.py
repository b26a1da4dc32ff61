"""Python without a network: whoever reaches for anything but loopback fails."""

from __future__ import annotations

import sys
from typing import Any


def refuse(event: str, words: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(words[1], tuple) and not str(words[1][0]).startswith("127."):
        raise OSError(101, "Network is unreachable")
    if event == "socket.getaddrinfo" and str(words[0]) not in ("127.0.0.1", "0.0.0.0", "localhost", "None"):
        raise OSError(101, "Network is unreachable")


sys.addaudithook(refuse)

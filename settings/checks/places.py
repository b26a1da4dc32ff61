"""Where other machines are, as far as a look at the words can tell: no address is asked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HOST = re.compile(r"[^\s/?#@\[\]]{1,253}")


def is_host(word: str) -> bool:
    """A name or an address, in one line."""
    return bool(HOST.fullmatch(word)) and word.isprintable()


def is_address(url: str) -> bool:
    """A host that could be one, a port that there is, and nothing that HTTP can't say."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    sayable = (parts.path + parts.query).isascii() and url.isprintable()
    return sayable and port != 0 and is_host(parts.hostname or "")

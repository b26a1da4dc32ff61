"""Text without U+0000: nobody types it, SQLite keeps it, PostgreSQL can't: no hall takes it."""

from __future__ import annotations

import re

from web.asked import Asked
from web.refusals import BadAddress, BadBody

NUL = "\0"

ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""As JSON writes it; after an even number of backslashes, or it is a text about itself."""


def refuse_addresses_with_nul(asked: Asked) -> None:
    """In the path or the query; what can't be kept can't be the name of anything either."""
    if NUL in asked.path:
        raise BadAddress
    if b"%00" in asked.query or b"\0" in asked.query:
        asked.forget_query()  # the refusal itself reads the query
        raise BadAddress


def without_nul(body: bytes) -> bytes:
    """The same JSON text; raises BadBody where a text in it can't be kept."""
    if ESCAPED.search(body):
        raise BadBody(where="body", problem="holds U+0000, which is no letter")
    return body

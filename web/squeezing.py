"""Scripts, styles and drawings go out squeezed to browsers that can unpack them: fewer bytes on a poor line.

Only files that are the same for everybody: a page with somebody's words or keys in it is sent as it is,
because the length of a squeezed page can tell what is in it. Each version of a file is squeezed once.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

WORDY = frozenset(
    {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
)
LEAST = 400
"""Bytes; a smaller file gains nothing."""

FILES_KEPT = 400
HARDEST = 9


def install(app: Flask) -> None:
    """From now on static files are squeezed."""
    app.after_request(squeeze)


def squeeze(answer: Response) -> Response:
    """The whole answer to a plain GET; parts of a file, and what the browser has, stay as they are."""
    if request.endpoint != "static" or answer.mimetype not in WORDY:
        return answer
    answer.vary.add("Accept-Encoding")
    if request.method != "GET" or answer.status_code != 200 or not request.accept_encodings["gzip"]:
        return answer
    answer.direct_passthrough = False
    whole = answer.get_data()
    if len(whole) >= LEAST:
        answer.set_data(squeezed(whole))
        answer.content_encoding = "gzip"
        tag, _ = answer.get_etag()
        if tag:
            answer.set_etag(tag, weak=True)
    return answer


@lru_cache(maxsize=FILES_KEPT)
def squeezed(whole: bytes) -> bytes:
    return gzip.compress(whole, HARDEST, mtime=0)

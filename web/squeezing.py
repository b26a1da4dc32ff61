"""Scripts, styles and drawings go out squeezed to browsers that can unpack them: fewer bytes on a poor line.

Only what is the same for everybody: static files, and a few pages that hold no secret and nothing of what was
asked. A page with somebody's words or keys in it is sent as it is, because the length of a squeezed page can
tell what is in it. Each version is squeezed once.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, g, request

WORDY = frozenset(
    {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
)
LEAST = 400
"""Bytes; a smaller file gains nothing."""

FILES_KEPT, PAGES_KEPT = 400, 24
HARDEST, HARD = 9, 6

PAGES = frozenset(
    {"/kiosk", "/board", "/board/<area>", "/panel/<window>", "/services", "/services/<service>"}
)
"""Made of the hall's file and of what hangs in it for all to see, byte by byte the same whoever asks."""

SAME = "same_for_all"
ASKED = frozenset({"lang"})
"""Words of an address that leave no trace in these pages."""


def install(app: Flask) -> None:
    """From now on static files are squeezed."""
    app.after_request(squeeze)


def squeeze(answer: Response) -> Response:
    """The whole answer to a plain GET; parts of a file, and what the browser has, stay as they are."""
    is_page = is_for_all(answer)
    if not is_page and (request.endpoint != "static" or answer.mimetype not in WORDY):
        return answer
    answer.vary.add("Accept-Encoding")
    if request.method != "GET" or answer.status_code != 200 or not request.accept_encodings["gzip"]:
        return answer
    answer.direct_passthrough = False
    whole = answer.get_data()
    if len(whole) >= LEAST:
        answer.set_data(page_squeezed(whole) if is_page else squeezed(whole))
        answer.content_encoding = "gzip"
        tag, _ = answer.get_etag()
        if tag:
            answer.set_etag(tag, weak=True)
    return answer


def is_for_all(answer: Response) -> bool:
    """A page of those, asked without words that could come back in it."""
    rule = request.url_rule
    told = bool(g.get(SAME)) or (
        rule is not None and rule.rule in PAGES and ASKED.issuperset(request.args)
    )  # fmt: skip
    return told and answer.mimetype == "text/html" and answer.status_code == 200


def is_the_same_for_all() -> None:
    """A view says so of the page that it is about to answer with."""
    g.setdefault(SAME, True)


@lru_cache(maxsize=PAGES_KEPT)
def page_squeezed(whole: bytes) -> bytes:
    return gzip.compress(whole, HARD, mtime=0)


@lru_cache(maxsize=FILES_KEPT)
def squeezed(whole: bytes) -> bytes:
    return gzip.compress(whole, HARDEST, mtime=0)

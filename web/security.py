"""What every answer tells the browser, and what no request may do whoever sends it."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response

from web.asked import HOSTS_KEPT, Asked, asked
from web.nul import refuse_addresses_with_nul
from web.refusals import BadAddress, LengthRequired, OtherOrigin

LARGEST_BODY = 64 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; frame-src 'self'; "
    "connect-src 'self' {wire}://{host}; base-uri 'none'; form-action 'self'; frame-ancestors {framed}"
)
A_YEAR = "max-age=31536000"


def guard(app: Flask) -> None:
    """Limit the size of requests, refuse changes from other sites, send the headers."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(lambda: refuse(asked()))
    app.after_request(with_headers)


def refuse(asked: Asked) -> None:
    """What no request may do."""
    for refuse_one in REFUSALS:
        refuse_one(asked)


def refuse_other_origins(asked: Asked) -> None:
    """A page of another site may not press our buttons; programs send no Origin."""
    if asked.looks:
        return
    origin = asked.header("ORIGIN")
    if origin is not None and site_of(origin) != asked.host:
        raise OtherOrigin
    if asked.header("SEC_FETCH_SITE") == "cross-site":
        raise OtherOrigin


def site_of(origin: str) -> str | None:
    """Host and port; none of what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def refuse_chunks(asked: Asked) -> None:
    """A body of unknown length would be taken for none at all, and a press done without its words."""
    if not asked.looks and asked.header("TRANSFER_ENCODING") is not None:
        raise LengthRequired


def refuse_unreadable_addresses(asked: Asked) -> None:
    """Browsers write UTF-8; anything else is forgotten at once, as the refusal itself reads the query."""
    try:
        asked.query.decode("utf-8")
    except UnicodeDecodeError:
        asked.forget_query()
        raise BadAddress from None


REFUSALS = (refuse_unreadable_addresses, refuse_addresses_with_nul, refuse_other_origins, refuse_chunks)


def may_be_framed(response: Response) -> Response:
    """By a page of this hall: for what the office shows inside its own."""
    response.headers["Content-Security-Policy"] = policy("'self'")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def policy(framed: str = "'none'") -> str:
    """What the page may load and talk to, and who may frame it."""
    return policy_at(asked().host, asked().secure, framed)


def policy_at(host: str, secure: bool, framed: str) -> str:
    return POLICY.format(wire="wss" if secure else "ws", host=host, framed=framed)


def with_headers(response: Response) -> Response:
    """A view may have said otherwise of itself: then its own word holds."""
    headers, present = response.headers, asked()
    for name, value in headers_of(present.host, present.secure, present.path.startswith("/api/")):
        if name not in headers:
            headers.add(name, value)
    return response


@lru_cache(maxsize=HOSTS_KEPT)
def headers_of(host: str, secure: bool, for_programs: bool) -> tuple[tuple[str, str], ...]:
    """What goes with every answer; the same for all that is asked of one name."""
    at_home = secure or host.partition(":")[0] in ("localhost", "127.0.0.1")
    return (
        ("Content-Security-Policy", policy_at(host, secure, "'none'")),
        *((("Strict-Transport-Security", A_YEAR),) if secure else ()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        # elsewhere browsers only complain of it
        *((("Cross-Origin-Opener-Policy", "same-origin"),) if at_home else ()),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        *((("Cache-Control", "no-store"),) if for_programs else ()),
    )

"""What every answer tells the browser, and what no request may do whoever sends it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from web.nul import refuse_addresses_with_nul
from web.refusals import BadAddress, LengthRequired, OtherOrigin

LARGEST_BODY = 64 * 1024
LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; frame-src 'self'; "
    "connect-src 'self' {wire}://{host}; base-uri 'none'; form-action 'self'; frame-ancestors {framed}"
)
A_YEAR = "max-age=31536000"


def guard(app: Flask) -> None:
    """Limit the size of requests, refuse changes from other sites, send the headers."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    for refuse in REFUSALS:
        app.before_request(refuse)
    app.after_request(with_headers)


def refuse_other_origins() -> None:
    """A page of another site may not press our buttons; programs send no Origin."""
    if request.method in LOOKS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and site_of(origin) != request.host:
        raise OtherOrigin
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise OtherOrigin


def site_of(origin: str) -> str | None:
    """Host and port; none of what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def refuse_chunks() -> None:
    """A body of unknown length would be taken for none at all, and a press done without its words."""
    if request.method not in LOOKS and "Transfer-Encoding" in request.headers:
        raise LengthRequired


def refuse_unreadable_addresses() -> None:
    """Browsers write UTF-8; anything else is forgotten at once, as the refusal itself reads the query."""
    try:
        request.query_string.decode("utf-8")
    except UnicodeDecodeError:
        request.query_string = b""
        raise BadAddress from None


REFUSALS = (refuse_unreadable_addresses, refuse_addresses_with_nul, refuse_other_origins, refuse_chunks)


def may_be_framed(response: Response) -> Response:
    """By a page of this hall: for what the office shows inside its own."""
    response.headers["Content-Security-Policy"] = policy("'self'")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def policy(framed: str = "'none'") -> str:
    """What the page may load and talk to, and who may frame it."""
    wire = "wss" if request.is_secure else "ws"
    return POLICY.format(wire=wire, host=request.host, framed=framed)


def with_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    if request.is_secure:
        headers["Strict-Transport-Security"] = A_YEAR
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("X-Frame-Options", "DENY")
    headers["Referrer-Policy"] = "same-origin"
    if request.is_secure or request.host.partition(":")[0] in ("localhost", "127.0.0.1"):
        headers["Cross-Origin-Opener-Policy"] = "same-origin"  # elsewhere browsers only complain of it
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
    return response

"""Which mailboxes the hall writes to, and how a message is sealed for the phone alone (RFC 8291)."""

from __future__ import annotations

import base64
import json
import time
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from queueing.records import Json
from queueing.signal_rules import Signals
from queueing.subscriptions import Subscription
from web.outside import Wish
from web.vapid import signer_of

TTL_SECONDS = 600
"""For how long a push service keeps what it can't hand over; later it would send people astray."""

SIGNED_FOR_SECONDS = 6 * 3600
TIMEOUT_SECONDS = 10.0
WILD = "*."


def is_known(endpoint: str, services: tuple[str, ...]) -> bool:
    """Encrypted, and at a push service that the hall's file names: a stranger sends us nowhere else."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    place = parts.netloc.lower()
    plain = endpoint.isascii() and endpoint.isprintable() and not {" ", "@", "#"} & set(endpoint)
    return plain and parts.scheme == "https" and any(_fits(place, each) for each in services)


def _fits(place: str, service: str) -> bool:
    if service.startswith(WILD):
        return place.endswith(service[1:]) and len(place) > len(service) - 1
    return place == service


def is_key(p256dh: str) -> bool:
    """A point of the curve that messages are sealed with."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
    except ValueError:
        return False
    return True


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def sealed(folder: Path, rules: Signals, to: Subscription, said: Json) -> Wish:
    """Takes some milliseconds: to be called in a thread."""
    from pywebpush import WebPusher

    keys = {"p256dh": to.p256dh, "auth": to.auth}
    body = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(json.dumps(said).encode())["body"]
    parts = urlsplit(to.endpoint)
    until = int(time.time()) + SIGNED_FOR_SECONDS
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": rules.push_contact, "exp": until}
    headers = {
        **signer_of(folder).sign(claims),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(TTL_SECONDS),
        "Urgency": "high",
    }
    return Wish("POST", to.endpoint, body, headers, TIMEOUT_SECONDS, inside=_is_number(parts.hostname or ""))


def _is_number(host: str) -> bool:
    """An address that the hall's file names as such; names must lead out of the own network."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

"""The key with which the hall signs what it hands to push services (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from web.secret import secret_of

FILE = "vapid.key"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256: a private key is a number below it."""


@cache
def signer_of(folder: Path) -> Any:
    """Made at the first start with it; only halls that push load the library."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from py_vapid import Vapid02

    number = int.from_bytes(secret_of(folder, FILE), "big") % (ORDER - 1) + 1
    return Vapid02(ec.derive_private_key(number, ec.SECP256R1()))


def public_key(folder: Path) -> str:
    """As browsers want it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = signer_of(folder).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")

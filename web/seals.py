"""What the processes of one hall tell each other, closed with its key: nobody else reads or says it.

A message is the sender's mark, the count of its message, and what is said in AES-GCM. Each process has a mark
of its own, and so a key (HMAC-SHA-256 of the hall's), and counts its messages: no nonce is used twice, and
what was heard once isn't heard again.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from queueing.records import Json

MARK_BYTES, COUNT_BYTES = 16, 12
"""Before each message; 12 bytes is what AES-GCM takes as a nonce (NIST SP 800-38D, 8.2)."""

MOST_SENDERS = 64
"""Whose keys are remembered, and how far they have counted."""


class Seals:
    """One process's."""

    def __init__(self, key: bytes, hall: str) -> None:
        self._hall = hall.encode()
        self._own, self._count = secrets.token_bytes(MARK_BYTES), 0
        self._cipher_of: Callable[[bytes], AESGCM] = lru_cache(MOST_SENDERS)(
            lambda mark: AESGCM(hmac.digest(key, b"bus:" + mark, "sha256"))
        )
        self._heard: OrderedDict[bytes, int] = OrderedDict()
        """The last count of each sender, those last heard at the end."""

    def closed(self, said: Json) -> bytes:
        """The message as it travels."""
        self._count += 1
        nonce = self._count.to_bytes(COUNT_BYTES, "big")
        body = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()
        return self._own + nonce + self._cipher_of(self._own).encrypt(nonce, body, self._hall)

    def opened(self, message: bytes) -> Json | None:
        """None: it is this process's own, comes again, or nobody of the hall's has said it."""
        mark, rest = message[:MARK_BYTES], message[MARK_BYTES:]
        nonce, body = rest[:COUNT_BYTES], rest[COUNT_BYTES:]
        if mark == self._own or len(nonce) < COUNT_BYTES:
            return None
        try:
            said: Json = json.loads(self._cipher_of(mark).decrypt(nonce, body, self._hall))
        except InvalidTag:
            return None
        return said if self._is_new(mark, int.from_bytes(nonce, "big")) else None

    def _is_new(self, mark: bytes, count: int) -> bool:
        """Whoever can write to Redis could send once more what was said long ago."""
        before = self._heard.pop(mark, 0)
        self._heard[mark] = max(before, count)
        if len(self._heard) > MOST_SENDERS:
            self._heard.popitem(last=False)
        return count > before

"""The hall's keys: one signs cookies and the links on tickets, one hashes the numbers of documents."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from web.starting import CannotStart

FILE = "secret.key"
OF_IDENTITIES = "identity.key"
"""Apart, so that it can be left out of a backup: who has it and the database can try all numbers."""


KEYS_KEPT = 64


def sealed(key: bytes, words: bytes, algorithm: str = "sha256") -> bytes:
    """Words' HMAC (RFC 2104), as `hmac.digest` gives it; the key is prepared once, not for all words anew."""
    one = _prepared(key, algorithm).copy()
    one.update(words)
    return one.digest()


@lru_cache(maxsize=KEYS_KEPT)
def _prepared(key: bytes, algorithm: str) -> hmac.HMAC:
    return hmac.new(key, digestmod=algorithm)


def secret_of(folder: Path, name: str = FILE) -> bytes:
    """Made at the first start, readable by nobody else."""
    file = folder / name
    try:
        return made_once(file)
    except OSError as error:
        raise CannotStart(f"The hall can't keep a secret in {file}: {error.strerror}.") from None


def made_once(file: Path) -> bytes:
    """Of several processes that start at the same moment all take the one that was there first."""
    if not file.exists():
        own = file.with_name(f"{file.stem}.{secrets.token_hex(4)}.own")
        write_privately(own, secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(own, file)
        own.unlink()
    return file.read_bytes()


def write_privately(file: Path, content: bytes) -> None:
    """Whole or not at all, and mode 0600 from the first moment."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(file)

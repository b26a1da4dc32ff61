"""Compiles the engine once and keeps what was compiled, as long as the turn rule is the same.

Numba looks only at the file that a compiled function stands in: a play compiled with yesterday's
`queueing.turns` would be taken for today's. So what is kept lies in a folder named after both texts.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from numba import config, njit

from queueing import turns

HERE = Path(__file__).parent


def fingerprint() -> str:
    """Twelve characters that change with the turn rule, the engine or its arrays."""
    texts = [Path(turns.__file__), HERE / "playing.py", HERE / "scenes.py"]
    return sha256(b"".join(each.read_bytes() for each in texts)).hexdigest()[:12]


config.CACHE_DIR = str(HERE / "__pycache__" / fingerprint())  # type: ignore[attr-defined]
compiled = njit(cache=True, nogil=True)

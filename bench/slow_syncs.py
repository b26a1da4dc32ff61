"""A slower disk than this machine's: a small C library before the server's own, compiled when needed."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_syncs.c")


@contextmanager
def slow_syncs(ms: float, jump_ms: float = 0.0) -> Iterator[dict[str, str]]:
    """What a server's environment needs so that each of its syncs takes so many milliseconds more.

    `jump_ms`: and so many for each write before it that didn't follow the last one in its file.
    """
    if not ms and not jump_ms:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        library = Path(folder) / "slow_syncs.so"
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True)
        yield {"LD_PRELOAD": str(library), "SYNC_MS": str(ms), "JUMP_MS": str(jump_ms)}

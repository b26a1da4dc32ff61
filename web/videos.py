"""Videos as they come in: MP4 and WebM by their own structure; anything else isn't taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from queueing.boards import MediaRefused
from web.ebml import is_webm
from web.pictures import Found

NEEDED = {b"ftyp", b"moov", b"mdat"}
MOST_BOXES = 10_000


def video_of(file: Path) -> Found | None:
    """The kind of video; None: it is none. What it shows the browser finds out. Raises MediaRefused."""
    with file.open("rb") as opened:
        if is_webm(opened, file.stat().st_size):
            return Found("video", ".webm", 0, 0)
        opened.seek(4)
        if opened.read(4) != b"ftyp":
            return None
        if not set(boxes(opened, file.stat().st_size)) >= NEEDED:
            raise MediaRefused(why="broken")
    return Found("video", ".mp4", 0, 0)


def boxes(opened: BinaryIO, size: int) -> Iterator[bytes]:
    """The names of the file's outermost boxes, each of which must end within it."""
    at = 0
    for _count in range(MOST_BOXES):
        if at == size:
            return
        length, name = box_at(opened, at, size)
        if length < 8 or at + length > size:
            raise MediaRefused(why="broken")
        yield name
        at += length
    raise MediaRefused(why="broken")


def box_at(opened: BinaryIO, at: int, size: int) -> tuple[int, bytes]:
    """How long the box is and its name; 0 stands for the rest of the file, 1 for a longer number."""
    opened.seek(at)
    head = opened.read(16)
    length, name = int.from_bytes(head[:4], "big"), head[4:8]
    if length == 1:
        return int.from_bytes(head[8:16], "big"), name
    return (size - at if length == 0 else length), name

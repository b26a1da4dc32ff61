"""Pictures and videos for boards: taken in pieces, checked by their content, kept under names of our own."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from pathlib import Path

from queueing.boards import Media, MediaInUse, MediaRefused, TooMuchMedia, UnknownMedia
from queueing.change import Change
from queueing.records import Json, Press
from queueing.store import Desk
from web.boards import board_rows, showing
from web.context import here, the_hall
from web.pictures import picture_of
from web.videos import video_of

FOLDER = "media"
PIECE = 4 * 1024 * 1024
LARGEST_PICTURE, LARGEST_VIDEO = 30 * 1024**2, 300 * 1024**2
MOST_BYTES, MOST_FILES = 2 * 1024**3, 100
MOST_UNFINISHED, UNFINISHED_SECONDS = 8, 3600.0
DISK_STAYS_FREE = 1024**3
TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".webm": "video/webm"}
NAME = re.compile(r"[0-9a-f]{16}")
PART = re.compile(r"([0-9a-f]{16})\.([0-9]{1,10})\.part")


def folder() -> Path:
    """Made when it is first needed."""
    found = here().data / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def begin(size: int) -> str:
    """Room for a file of so many bytes; its name."""
    kept = media()
    if size > LARGEST_VIDEO:
        raise MediaRefused(why="too_large")
    name, where = secrets.token_hex(8), folder()
    here().in_thread(lambda: _make_room(where, {each.file for each in kept}, size))
    if len(kept) >= MOST_FILES or size + sum(each.bytes for each in kept) > MOST_BYTES:
        raise TooMuchMedia
    here().in_thread((where / f"{name}.{size}.part").touch)
    return name


def _make_room(where: Path, kept: set[str], size: int) -> None:
    """Sweeps what was never finished or belongs to nothing; refuses when too much is under way or left."""
    now = time.time()
    for file in where.iterdir():
        if file.name not in kept and now - file.stat().st_mtime > UNFINISHED_SECONDS:
            file.unlink(missing_ok=True)
    under_way = [int(part[2]) for file in where.iterdir() if (part := PART.fullmatch(file.name))]
    free = shutil.disk_usage(where).free - sum(under_way)
    if len(under_way) >= MOST_UNFINISHED or free < size + DISK_STAYS_FREE:
        raise TooMuchMedia


def add_piece(name: str, at: int, piece: bytes, *, by: Press) -> tuple[int, Media | None]:
    """Puts a piece where it belongs; with the last one the file is checked and kept.

    Sent again it changes nothing: the same bytes come to the same place.
    """
    done = the_media(name)
    if done is not None:
        return done.bytes, done
    part = _part_of(name)
    size = int(part.suffixes[0][1:])
    got = here().in_thread(lambda: _write(part, at, piece, size))
    return (got, keep(part, by=by)) if got == size else (got, None)


def _part_of(name: str) -> Path:
    found = sorted(folder().glob(f"{name}.*.part")) if NAME.fullmatch(name) else []
    if not found:
        raise UnknownMedia(media=name)
    return found[0]


def _write(part: Path, at: int, piece: bytes, size: int) -> int:
    with part.open("r+b") as file:
        there = file.seek(0, 2)
        if at > there or at + len(piece) > size:
            raise MediaRefused(why="out_of_order")
        file.seek(at)
        file.write(piece)
        return max(there, at + len(piece))


def keep(part: Path, *, by: Press) -> Media:
    """The whole file: what it is by its content, made safe, and from now on a board may show it."""
    at = the_hall().now()
    made: Media = here().in_thread(lambda: _checked(part, at))

    def add(change: Change) -> Json:
        board_rows(change.desk).add_media(made)
        change.note("media_added", {"media": made.id, "kind": made.kind, "bytes": made.bytes})
        return {}

    the_hall().change(by, add)
    return made


def _checked(part: Path, at: str) -> Media:
    """Pictures are painted anew, so that nothing but the picture is left; videos keep their bytes."""
    name = part.name.partition(".")[0]
    try:
        found = picture_of(part, LARGEST_PICTURE) or video_of(part)
        if found is None:
            raise MediaRefused(why="not_a_picture_or_video")
        file = part.with_name(f"{name}{found.suffix}")
        if found.content is not None:
            file.write_bytes(found.content)
        else:
            part.rename(file)
        return Media(name, found.kind, found.suffix, file.stat().st_size, found.width, found.height, at)
    finally:
        part.unlink(missing_ok=True)


def remove(name: str, *, by: Press) -> None:
    """Away for good, unless a board still shows it."""

    def drop(change: Change) -> Json:
        kept = board_rows(change.desk)
        found = next((each for each in kept.all_media() if each.id == name), None)
        if found is None:
            raise UnknownMedia(media=name)
        if showing(name, kept.compositions()):
            raise MediaInUse(media=name)
        kept.drop_media(name)
        change.note("media_removed", {"media": name, "kind": found.kind})
        return {"file": found.file}

    gone = the_hall().change(by, drop)
    file = folder() / gone["file"]
    here().in_thread(lambda: file.unlink(missing_ok=True))


def media() -> list[Media]:
    """All that boards may show, the oldest first."""

    def look(desk: Desk) -> list[Media]:
        return board_rows(desk).all_media()

    return here().store.look(look)


def the_media(name: str) -> Media | None:
    return next((each for each in media() if each.id == name), None)


def files_there(wanted: list[Media]) -> set[str]:
    """Those whose file is in its place."""
    where = folder()
    return {each.id for each in wanted if (where / each.file).is_file()}

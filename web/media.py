"""Pictures and videos for boards: taken in pieces, checked by their content, kept under names of our own."""

from __future__ import annotations

from pathlib import Path

from queueing.boards import Media, MediaInUse, MediaRefused, TooMuchMedia, UnknownMedia
from queueing.change import Change
from queueing.errors import HallError
from queueing.records import Json, Press
from queueing.store import Desk
from web.boards import board_rows, showing
from web.context import here, the_hall
from web.pictures import Found, is_picture, repainted
from web.uploads import (
    NAME,
    Part,
    begin_part,
    name_for,
    owner_for,
    part_of,
    uploads_here,
    write_piece,
)
from web.videos import video_of

FOLDER = "media"
PIECE = 4 * 1024 * 1024
LARGEST_VIDEO = 300 * 1024**2
MOST_BYTES, MOST_FILES = 2 * 1024**3, 100
TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".webm": "video/webm"}


def folder() -> Path:
    """Made when it is first needed."""
    found = here().data / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def begin(size: int, *, by: Press) -> str:
    """Room for a file of so many bytes; its name, the same for the same press."""
    if size > LARGEST_VIDEO:
        raise MediaRefused(why="too_large")
    kept, name, owner, where = media(), name_for(by), owner_for(by), folder()
    if name in {each.id for each in kept}:
        return name
    if len(kept) >= MOST_FILES or size + sum(each.bytes for each in kept) > MOST_BYTES:
        raise TooMuchMedia
    here().in_thread(lambda: begin_part(where, name, size, owner))
    uploads_here().refused.pop(name, None)
    return name


def add_piece(name: str, at: int, piece: bytes, *, by: Press) -> tuple[int, Media | None]:
    """Puts a piece where it belongs; with the last one the file is checked and kept.

    Sent again, even at the same time, it changes nothing and is answered the same.
    """
    if not NAME.fullmatch(name):
        raise UnknownMedia(media=name)
    with uploads_here().turn(name):
        done = the_media(name)
        if done is not None:
            return at + len(piece), done
        part = _unfinished(name)
        try:
            got: int = here().in_thread(lambda: write_piece(part, at, piece))
            return (got, keep(part, by=by)) if got == part.size else (got, None)
        except FileNotFoundError:
            raise UnknownMedia(media=name) from None


def _unfinished(name: str) -> Part:
    where, refused = folder(), uploads_here().refused
    part: Part | None = here().in_thread(lambda: part_of(where, name))
    if part is None:
        raise refused.get(name) or UnknownMedia(media=name)
    return part


def keep(part: Part, *, by: Press) -> Media:
    """The whole file: what it is by its content, made safe, and from now on a board may show it."""
    try:
        made = _checked(part)
    except HallError as why:
        uploads_here().remember(part.name, why)
        raise
    finally:
        here().in_thread(lambda: part.path.unlink(missing_ok=True))

    def add(change: Change) -> Json:
        board_rows(change.desk).add_media(made)
        change.note("media_added", {"media": made.id, "kind": made.kind, "bytes": made.bytes})
        return {}

    the_hall().change(by, add)
    return made


def _checked(part: Part) -> Media:
    """Pictures are painted anew, so that nothing but the picture is left; videos keep their bytes."""
    at, beside = the_hall().now(), part.path.with_name(f"{part.name}.painted.part")
    try:
        if here().in_thread(lambda: is_picture(part.path)):
            with uploads_here().painting:
                found = repainted(part.path, beside)
        else:
            found = here().in_thread(lambda: video_of(part.path))
        if found is None:
            raise MediaRefused(why="not_a_picture_or_video")
        size = here().in_thread(lambda: _put(part, found))
        return Media(part.name, found.kind, found.suffix, size, found.width, found.height, at)
    finally:
        here().in_thread(lambda: beside.unlink(missing_ok=True))


def _put(part: Part, found: Found) -> int:
    """What is kept goes to its name; how many bytes that are."""
    file = part.path.with_name(f"{part.name}{found.suffix}")
    (found.painted or part.path).rename(file)
    return file.stat().st_size


def remove(name: str, *, by: Press) -> None:
    """Away for good, unless a board still shows it; one that is still coming is given up."""
    if NAME.fullmatch(name) and _given_up(name):
        return

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


def _given_up(name: str) -> bool:
    """Whether it was an unfinished one."""
    where = folder()
    with uploads_here().turn(name):
        part: Part | None = here().in_thread(lambda: part_of(where, name))
        if part is not None:
            here().in_thread(lambda: part.path.unlink(missing_ok=True))
        return part is not None


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

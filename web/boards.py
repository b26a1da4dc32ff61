"""Boards as the office composes them: what each shows, who may be told of a change, how it is pushed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from queueing.boards import (
    OF_DEVICE,
    BoardRows,
    ComposedMeanwhile,
    Composition,
    Media,
    UnknownBoard,
    UnknownMedia,
    boards_of,
    chosen,
)
from queueing.change import Change
from queueing.house import House
from queueing.people import Device
from queueing.records import Json, Press
from queueing.store import Desk
from web.asking import who
from web.context import here, the_hall
from web.sessions import rows

ROOM = "boards"
"""Where every board hears that one of them was composed anew."""


def board_rows(desk: Desk) -> BoardRows:
    """The desk, seen as the keeper of boards."""
    return cast(BoardRows, desk)


def known_boards(house: House, desk: Desk) -> list[str]:
    """The hall's own boards, and the screens that were connected as one."""
    return [*boards_of(house), *(f"{OF_DEVICE}{device.id}" for device in board_devices(desk))]


def board_devices(desk: Desk) -> list[Device]:
    return [each for each in rows(desk).devices() if each.kind == "board" and each.revoked_at is None]


def composed_here(area: str | None) -> tuple[Composition, list[Media], int]:
    """What the board that asks shall show, the media that there are, and the number of that state."""
    device = who().device

    def look(desk: Desk) -> tuple[Composition, list[Media], int]:
        kept = board_rows(desk)
        found = chosen(kept.compositions(), area, device.id if device else None)
        return found, kept.all_media(), kept.composed()

    return here().store.look(look)


def compose(board: str, composition: Composition | None, seen: int | None, *, by: Press) -> None:
    """From now on the board shows this; None: what its place shows. Boards are told at once.

    `seen`: the number of the state that was looked at before; an older one than the present is refused.
    """

    house = here().house

    def keep(change: Change) -> Json:
        kept = board_rows(change.desk)
        if board not in known_boards(house, change.desk):
            raise UnknownBoard(board=board)
        if seen is not None and seen != kept.composed_each().get(board, 0):
            raise ComposedMeanwhile(board=board)
        _must_exist(composition, kept)
        event = change.note("board", {"board": board, "layout": composition.layout if composition else None})
        kept.compose(board, composition, event.seq)
        return {"composed": event.seq}

    told = the_hall().change(by, keep)
    here().push.emit("board", {"composed": told["composed"]}, ROOM)


def _must_exist(composition: Composition | None, kept: BoardRows) -> None:
    """A playlist names only what is there."""
    there = {media.id for media in kept.all_media()}
    for slide in composition.playlist if composition else ():
        if slide.media not in there:
            raise UnknownMedia(media=slide.media)


def showing(media: str, compositions: dict[str, Composition]) -> list[str]:
    """The boards whose playlist has it."""
    return [name for name, each in compositions.items() if media in {slide.media for slide in each.playlist}]


def without_missing(composition: Composition, there: set[str]) -> Composition:
    """Without slides whose file is gone, as after a backup was put back on another machine."""
    return replace(composition, playlist=tuple(s for s in composition.playlist if s.media in there))

"""Boards: what each of them shows, composed by those who run the hall."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.boards import Composition, Layout, Look, Panel, Said, Size, Slide
from queueing.records import Json
from queueing.store import Desk
from web import media as files
from web.boards import board_devices, board_rows, compose, known_boards
from web.context import here
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint

Line = Annotated[str, Field(min_length=1, max_length=120)]


class SaidBody(Body):
    """One line in Chinese and English; without English words the Chinese stand for them."""

    zh: Line
    en: str = Field(default="", max_length=120)


class SlideBody(Body):
    """One picture or video in its place; `seconds` is for pictures."""

    media: str = Field(min_length=1, max_length=32)
    seconds: int = Field(default=10, ge=4, le=300)


class CompositionBody(Body):
    """What a board shows: its layout and the parts of it, in their order."""

    layout: Layout = "beside"
    panels: list[Panel] = Field(default=["waiting"], max_length=3)
    panel_seconds: int = Field(default=12, ge=6, le=120)
    ticker: bool = True
    notices: list[SaidBody] = Field(default=[], max_length=12)
    promises: list[SaidBody] = Field(default=[], max_length=6)
    playlist: list[SlideBody] = Field(default=[], max_length=60)
    look: Look = "device"
    size: Size = "usual"
    night: bool = True


class ComposeBody(Body):
    """The composition; null: the board shows again what its place, or the whole hall, shows."""

    composition: CompositionBody | None
    seen: int | None = Field(
        default=None, ge=0, le=2**62,
        description="The board's `composed` as it was looked at: refused when somebody composed it since. "
        "null: whatever stands there is replaced",
    )  # fmt: skip


class BoardAnswer(Answer):
    """A board; `composition` is null while nothing of its own was chosen."""

    board: str
    place: str | None
    composition: Json | None
    composed: int = Field(description="Rises whenever this board is composed; 0: it never was")


class MediaAnswer(Answer):
    """A picture or video; its address is `/media/<media>`. A video's size is for the browser to tell."""

    media: str
    kind: Literal["picture", "video"]
    bytes: int
    width: int
    height: int
    added_at: Instant
    there: bool = Field(description="Whether its file is in its place")


class BoardsAnswer(Answer):
    """All boards and all media; `usual` is what a board shows when nothing was chosen."""

    boards: list[BoardAnswer]
    usual: Json
    media: list[MediaAnswer]
    most_bytes: int


@endpoint(blueprint, "GET", "/boards", gives=BoardsAnswer)
def boards() -> Answered:
    """What every board shows, and the pictures and videos there are."""
    return as_they_stand()


@endpoint(
    blueprint, "POST", "/boards/<board>", takes=ComposeBody, gives=BoardsAnswer,
    refuses=("unknown_board", "unknown_media", "composed_meanwhile"),
)  # fmt: skip
def compose_board(board: str, body: ComposeBody) -> Answered:
    """Choose what a board shows; all screens that show it change at once."""
    compose(board, composition_in(body.composition), body.seen, by=the_press())
    return as_they_stand()


def composition_in(body: CompositionBody | None) -> Composition | None:
    """The domain's record of what was asked for; a panel named twice is named once."""
    if body is None:
        return None
    said = {name: tuple(Said(s.zh, s.en) for s in getattr(body, name)) for name in ("notices", "promises")}
    return Composition(
        layout=body.layout, panels=tuple(dict.fromkeys(body.panels)), panel_seconds=body.panel_seconds,
        ticker=body.ticker, playlist=tuple(Slide(s.media, s.seconds) for s in body.playlist),
        look=body.look, size=body.size, night=body.night, **said,
    )  # fmt: skip


def as_they_stand() -> Json:
    answer: Json = here().store.look(_boards)
    return answer | {
        "usual": Composition().plain(),
        "media": media_answers(),
        "most_bytes": files.MOST_BYTES,
    }


def _boards(desk: Desk) -> Json:
    kept, composed = board_rows(desk).compositions(), board_rows(desk).composed_each()
    devices = {d.id: d.place for d in board_devices(desk)}

    def answer(name: str) -> Json:
        kind, _colon, which = name.partition(":")
        place = devices[which] if kind == "device" else which or None
        composition = kept[name].plain() if name in kept else None
        return {
            "board": name, "place": place, "composition": composition, "composed": composed.get(name, 0)
        }  # fmt: skip

    return {"boards": [answer(name) for name in known_boards(here().house, desk)]}


def media_answers() -> list[Json]:
    kept = files.media()
    there = files.files_there(kept)
    return [
        {
            "media": each.id, "kind": each.kind, "bytes": each.bytes, "width": each.width,
            "height": each.height, "added_at": each.added_at, "there": each.id in there,
        }
        for each in kept
    ]  # fmt: skip

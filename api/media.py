"""Pictures and videos for boards: begun with their size, sent in pieces, taken away again."""

from __future__ import annotations

from flask import request
from pydantic import Field

from api.blueprint import blueprint
from api.boards import BoardsAnswer, as_they_stand
from web import media as files
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, endpoint


class NewMedia(Body):
    """How many bytes will come."""

    bytes: int = Field(ge=1, le=2**40)


class Begun(Answer):
    """The name under which the pieces come, and how long one may be at most."""

    media: str
    piece: int


class Piece(Body):
    """Where in the file the piece begins."""

    at: int = Field(ge=0, le=2**40)


class Got(Answer):
    """How much has come; `done`: the file was checked and a board may show it."""

    got: int
    done: bool


@endpoint(
    blueprint, "POST", "/media", takes=NewMedia, gives=Begun, status=201,
    refuses=("media_refused", "too_much_media", "key_reused"),
)  # fmt: skip
def new_media(body: NewMedia) -> Answered:
    """Begin to send a picture (JPEG, PNG, WebP) or a video (MP4, WebM)."""
    return {"media": files.begin(body.bytes, by=the_press()), "piece": files.PIECE}


@endpoint(
    blueprint, "POST", "/media/<media>/pieces", query=Piece, gives=Got,
    refuses=("unknown_media", "media_refused", "picture_too_large"),
)  # fmt: skip
def media_piece(media: str, query: Piece) -> Answered:
    """Send one piece, as plain bytes; the last one answers whether the file can be shown."""
    request.max_content_length = files.PIECE
    got, done = files.add_piece(media, query.at, request.get_data(), by=the_press())
    return {"got": got, "done": done is not None}


@endpoint(
    blueprint, "POST", "/media/<media>/remove", takes=Nothing, gives=BoardsAnswer,
    refuses=("unknown_media", "media_in_use"),
)  # fmt: skip
def remove_media(media: str, body: Nothing) -> Answered:
    """Take a picture or video away for good; one that is still coming is given up."""
    files.remove(media, by=the_press())
    return as_they_stand()

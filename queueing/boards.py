"""What a board shows besides its calls: composed in the office, kept by the hall, board by board."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from queueing.clock import Instant
from queueing.errors import HallError
from queueing.house import House
from queueing.records import Json
from queueing.store import Desk

Layout = Literal["calls", "beside", "media"]
"""Calls alone; calls with panels that take turns beside them; calls beside pictures and videos."""

Panel = Literal["waiting", "promises", "red_flags"]
Look = Literal["device", "dark", "light"]
Size = Literal["usual", "large"]
"""Large: a screen of 75 inches and more, on which smaller type is as high as on the usual one."""

WHOLE_HALL = "hall"
OF_AREA, OF_DEVICE = "area:", "device:"
MOST_MEGAPIXELS = 50


@dataclass(frozen=True)
class Said:
    """A line written in the office; Traditional Chinese is derived."""

    zh: str
    en: str


@dataclass(frozen=True)
class Slide:
    """One picture or video of a playlist; a video takes as long as it takes."""

    media: str
    seconds: int = 10


@dataclass(frozen=True)
class Composition:
    """All that is chosen for one board."""

    layout: Layout = "beside"
    panels: tuple[Panel, ...] = ("waiting",)
    panel_seconds: int = 12
    ticker: bool = True
    notices: tuple[Said, ...] = ()
    promises: tuple[Said, ...] = ()
    playlist: tuple[Slide, ...] = ()
    look: Look = "device"
    size: Size = "usual"
    night: bool = True

    def plain(self) -> Json:
        """As it is kept and sent."""
        return asdict(self)


def composition_of(kept: Json) -> Composition:
    """The composition that `plain` made; what a later release added has its default."""
    given = {name: kept[name] for name in Composition.__dataclass_fields__ if name in kept}
    lists: Json = {
        "panels": tuple(given.pop("panels", ("waiting",))),
        "notices": tuple(Said(**each) for each in given.pop("notices", ())),
        "promises": tuple(Said(**each) for each in given.pop("promises", ())),
        "playlist": tuple(Slide(**each) for each in given.pop("playlist", ())),
    }
    return Composition(**given, **lists)


@dataclass(frozen=True)
class Media:
    """A picture or a video that boards may show; its file lies in the data folder under our own name."""

    id: str
    kind: Literal["picture", "video"]
    suffix: str
    bytes: int
    width: int
    height: int
    added_at: Instant

    @property
    def file(self) -> str:
        return f"{self.id}{self.suffix}"


class BoardRows(Desk, Protocol):
    """What a desk keeps of boards."""

    def compositions(self) -> dict[str, Composition]:
        """Those that were chosen, by board; the others have the usual one."""
        ...

    def composed(self) -> int:
        """Rises with every change of any board."""
        ...

    def composed_each(self) -> dict[str, int]:
        """The same board by board; one that was never composed isn't named."""
        ...

    def compose(self, board: str, composition: Composition | None, seq: int) -> None: ...
    def all_media(self) -> list[Media]: ...
    def add_media(self, media: Media) -> None: ...
    def drop_media(self, media: str) -> None: ...


def name_of(area: str | None) -> str:
    """What the board of an area, or of the whole hall, is called."""
    return f"{OF_AREA}{area}" if area else WHOLE_HALL


def boards_of(house: House) -> list[str]:
    """The boards that every hall has: one for the whole of it and one for each area."""
    return [WHOLE_HALL, *(f"{OF_AREA}{area.id}" for area in house.areas)]


def chosen(compositions: dict[str, Composition], area: str | None, device: str | None) -> Composition:
    """The screen's own composition, else its area's, else the whole hall's, else the usual one."""
    wanted = (f"{OF_DEVICE}{device}", name_of(area), WHOLE_HALL)
    return next((compositions[name] for name in wanted if name in compositions), Composition())


class UnknownBoard(HallError):
    code = "unknown_board"
    status = 404
    sentence = "This hall has no board {board!r}."


class ComposedMeanwhile(HallError):
    """Who composed it looked at an older state."""

    code = "composed_meanwhile"
    sentence = "Board {board!r} was composed anew meanwhile; look at it again."


class UnknownMedia(HallError):
    code = "unknown_media"
    status = 404
    sentence = "There is no picture or video {media!r}."


class MediaInUse(HallError):
    code = "media_in_use"
    sentence = "A board still shows {media!r}."


class MediaRefused(HallError):
    """Not a picture or video that every board can show; `why` is a word for programs."""

    code = "media_refused"
    status = 422
    sentence = "This file can't be shown: {why}."


class PictureTooLarge(HallError):
    code = "picture_too_large"
    status = 422
    sentence = "A picture may have {most} million pixels at most; save it smaller."


class TooMuchMedia(HallError):
    code = "too_much_media"
    sentence = "There is no room for another picture or video."

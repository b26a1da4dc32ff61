"""The picture that a screen gets when it joins, from one consistent read."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from queueing import looks
from queueing.clock import Instant, business_day, instant
from queueing.errors import UnknownWindow
from queueing.hours import FAR
from queueing.people import UnknownArea
from queueing.records import Json
from queueing.store import Desk
from queueing.views import public_window, staff_ticket
from queueing.waits import Line
from web.boards import board_rows
from web.context import Built, here
from web.push import Screen
from web.sessions import rows
from web.spoken import spoken
from web.written import Written

T = TypeVar("T")

DEVICE = ("kind", "place", "language", "paired_at", "paired_from", "revoked_at")


class Join(BaseModel):
    """What a screen says of itself when it joins."""

    model_config = ConfigDict(extra="forbid")

    screen: str
    area: str | None = None
    window: str | None = None
    token: str | None = None


@dataclass(frozen=True)
class Look:
    """What a picture is drawn from: the hall, one desk, one moment, and for whom."""

    built: Built
    desk: Desk
    at: str
    seq: int = 0
    area: str | None = None
    window: str | None = None
    ticket: str | None = None
    clerk: str | None = None

    def shared(self, what: Hashable, draw: Callable[[], T]) -> T:
        """What others that look at the same moment see alike."""
        return self.built.push.shared_looks.seen(what, self.seq, self.at, draw)

    @property
    def own_window(self) -> str:
        """The window that the screen stands at."""
        if self.window is None:
            raise UnknownWindow(window="")
        return self.window


def board(look: Look) -> Json:
    """One area's, or the whole hall's."""
    if look.area is not None and look.area not in {area.id for area in look.built.house.areas}:
        raise UnknownArea(area=look.area)
    seen = look.shared(("board", look.area), lambda: calls_and_windows(look))
    return Written(seen, lines(look), announcing(look))


def calls_and_windows(look: Look) -> Written:
    """What changes with the hall's events alone."""
    seen = looks.board(look.built.hall, look.desk, look.at, look.area)
    windows = [public_window(view) for view in seen["windows"]]
    return Written(seen | {"windows": windows, "composed": board_rows(look.desk).composed()})


def announcing(look: Look) -> Json:
    """What is being said aloud, and what waits to be."""
    return {"announcing": look.built.push.loudspeakers.states()}


def lines(look: Look) -> Json:
    return look.built.push.lines.told()


def panel(look: Look) -> Json:
    return at_window(look) | {"hours": hours(look)}


def hours(look: Look) -> list[tuple[Instant, Instant]]:
    """When the window is open in the days to come, so that a sign knows by itself whether it should be."""
    hall, timezone = look.built.hall, look.built.house.hall.timezone
    window, today = hall.plan.window(look.own_window), business_day(look.at, timezone)
    days = [today + timedelta(days=ahead) for ahead in range(FAR)]
    found = [stretch for day in days for stretch in hall.hours.stretches(window, day)]
    zone = ZoneInfo(timezone)
    return [
        (instant(opens.replace(tzinfo=zone)), instant(closes.replace(tzinfo=zone))) for opens, closes in found
    ]


def at_window(look: Look) -> Json:
    seen = looks.panel(look.built.hall, look.desk, look.own_window)
    return seen | {"window": public_window(seen["window"])}


def pad(look: Look) -> Json:
    """Of the rating, no more than which ticket the pad asks about; others don't learn even that."""
    asked = look.built.ratings.asked_at_pad(look.desk, look.own_window, look.at)
    return at_window(look) | {"rating": asked}


def terminal(look: Look) -> Json:
    seen = looks.terminal(look.built.hall, look.desk, look.at, look.own_window, look.clerk)
    return seen | {"figures": figures(look, look.clerk), "closes_at": closes_today(look)}


def closes_today(look: Look) -> Instant | None:
    """When the window closes today; whoever has a number is called after that, too."""
    hall, timezone = look.built.hall, look.built.house.hall.timezone
    stretches = hall.hours.stretches(hall.plan.window(look.own_window), business_day(look.at, timezone))
    return instant(stretches[-1][1].replace(tzinfo=ZoneInfo(timezone))) if stretches else None


def figures(look: Look, clerk: str | None) -> Json:
    """A clerk's own day, and of the month's ratings the released batches."""
    day = look.built.hall.day(look.at)
    own = looks.figures(look.desk, clerk, day)
    return own | {"ratings": look.built.scores.own(look.desk, clerk, day[:7]) if clerk else None}


def phone(look: Look) -> Json:
    hall, key = look.built.hall, look.ticket or ""
    seen = looks.phone(hall, look.desk, look.at, key, lambda: everybody(look))
    name = spoken(hall.plan.service(seen["ticket"]["service"]).name)
    rating = phone_rating(look, key, seen.pop("rated"))
    window = public_window(seen["window"]) if seen["window"] else None
    return seen | {"ticket": seen["ticket"] | {"service_name": name}, "window": window, "rating": rating}


def everybody(look: Look) -> Line:
    """Who waits, as one picture."""
    return look.shared("line", lambda: look.built.hall.line(look.desk, look.at))


def phone_rating(look: Look, key: str, rated: bool) -> Json:
    """Whether the ticket's page may rate, and until when."""
    until = look.built.ratings.phone_until(look.desk.ticket(key))
    opened = until is not None and look.at <= until and not rated
    return {"open": opened, "until": until, "rated": rated}


def office(look: Look) -> Json:
    return (
        {
            "windows": looks.window_views(look.built.hall, look.desk),
            "waiting": [staff_ticket(ticket) for ticket in look.desk.in_states(("waiting",))],
            "running": [staff_ticket(ticket) for ticket in look.desk.in_states(("called", "serving"))],
            "ratings": look.built.ratings.of_today(look.desk, look.at, look.clerk),
            "scores": scores(look),
            "devices": devices(look.desk),
        }
        | lines(look)
        | announcing(look)
    )


def scores(look: Look, windows: Container[str | None] | None = None) -> Json:
    """This month's table of windows, or the rows of some of them."""
    table = look.built.scores.table(look.desk, look.built.hall.day(look.at)[:7], "window")
    wanted = [row for row in table["rows"] if windows is None or row["window"] in windows]
    return table | {"rows": wanted}


def devices(desk: Desk) -> list[Json]:
    """The paired screens, those taken back too."""
    return [{"device": d.id} | {name: getattr(d, name) for name in DEVICE} for d in rows(desk).devices()]


def guide(look: Look) -> Json:
    """Those who missed their call, and how every service stands."""
    return looks.guide(look.desk, look.built.hall.day(look.at)) | lines(look)


PICTURES: Mapping[str, Callable[[Look], Json]] = {
    "board": board,
    "announcer": board,
    "panel": panel,
    "pad": pad,
    "terminal": terminal,
    "phone": phone,
    "kiosk": lines,
    "start": lines,
    "guide": guide,
    "office": office,
}


def picture(screen: Screen, area: str | None = None) -> Json:
    """The screen's snapshot with the seq that it belongs to."""
    built = here()
    at, clock = built.hall.now(), built.clock

    def look(desk: Desk) -> Json:
        seq = desk.seq()
        seen = Look(built, desk, at, seq, area, screen.window, screen.ticket, screen.staff)
        return {"seq": seq, "snapshot": PICTURES[screen.kind](seen)}

    return built.store.look(look) | {"now": at, "speed": clock.speed, "simulated": clock.simulated}

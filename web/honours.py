"""Lists of honour as boards, pages and programs show them: published ones, without names taken back."""

from __future__ import annotations

import json

from queueing.records import Json
from queueing.store import Desk
from scoring.honours import in_order, on_show, view_of
from scoring.periods import period
from scoring.proposals import honours
from scoring.store import By
from web.boards import ROOM
from web.context import here, the_hall


def lists_on_show(desk: Desk) -> Json:
    """The newest month, quarter and year of windows and of people."""
    shown = [(by, name, public_names(desk, by, name)) for by, name in on_show(honours(desk))]
    return {"lists": [{"period": name, "by": by, "named": named} for by, name, named in shown]}


def public_names(desk: Desk, by: By, name: str) -> list[Json]:
    """A person's id signs in, so it is nobody else's."""
    published = in_order(honours(desk).published(by, name), here().house, by)
    found = [view_of(each, json.loads(each.name)) for each in published]
    return found if by == "window" else [each | {"subject": None} for each in found]


def flags_on_show(desk: Desk) -> Json | None:
    """The red-flag windows of the newest month that was published, and the day on which it was."""
    shown = (name for by, name in on_show(honours(desk)) if by == "window")
    month = next((name for name in shown if period(name).kind == "month"), None)
    if month is None:
        return None
    named = in_order(honours(desk).published("window", month), here().house, "window")
    windows = [view_of(each, json.loads(each.name)) for each in named]
    return {"period": month, "day": the_hall().day(named[0].at), "windows": windows}


def tell_boards(seq: int) -> None:
    """Boards draw themselves anew, as after they were composed."""
    here().push.emit("board", {"composed": seq}, ROOM)

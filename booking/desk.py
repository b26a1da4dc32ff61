"""The guide's list of a day: found by code or digits, checked in, moved, cancelled; who came, who did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from flask import Response, render_template, request

from booking.blueprint import blueprint
from booking.choosing import private
from booking.words import trouble_words
from queueing.clock import day_written
from queueing.records import Json
from web.asking import who
from web.booking import desk_rows
from web.booking_links import links
from web.context import here, the_hall
from web.words import _, long_date

LONGEST = 20


@blueprint.get("/guide/bookings")
def bookings_desk() -> Response:
    """Of the day that the address names, today when it names none."""
    today = date.fromisoformat(the_hall().day(the_hall().now()))
    day, typed = _day_of(request.args.get("day", ""), today), request.args.get("q", "").strip()[:LONGEST]
    rows = desk_rows(day.isoformat())
    member = next((each for each in here().house.staff if each.id == who().staff), None)
    page = render_template(
        "booking/desk.html",
        rows=[shown(each) for each in found_in(rows, typed)],
        typed=typed,
        day=day,
        day_name=long_date(day, weekday=True),
        is_today=day == today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        counted=counted(rows),
        member=member,
        data={"words": trouble_words()},
    )
    return private(page)


def _day_of(wanted: str, today: date) -> date:
    try:
        return day_written(wanted)
    except ValueError:
        return today


def found_in(rows: Sequence[Json], typed: str) -> list[Json]:
    """By code, or by the end of the telephone number; all of them when nothing was typed."""
    wanted = typed.replace(" ", "").upper()
    return [each for each in rows if not wanted or _fits(each, wanted)]


def _fits(row: Json, wanted: str) -> bool:
    digits = str(row["phone"] or "")[-4:]
    return wanted == row["code"] or (len(wanted) >= len(digits) > 0 and wanted.endswith(digits))


def shown(row: Json) -> Json:
    """With its page, its service by name, and what became of it in words."""
    more = {"name": the_hall().plan.service(row["service"]).name, "link": links(row["booking"])["link"]}
    return row | more | {"became": became(row), "digits": str(row["phone"] or "")[-4:]}


def became(row: Json) -> str:
    """Not coming and not answering the call are two things."""
    if row["ticket_state"] == "no_show":
        return _("Came, missed the call")
    return {
        "booked": _("Booked"),
        "checked_in": _("Came"),
        "missed": _("Did not come"),
        "cancelled": _("Cancelled"),
    }[row["state"]]


def counted(rows: Sequence[Json]) -> list[tuple[str, int]]:
    """How many of each, in the order in which it happens."""
    found = Counter(became(each) for each in rows)
    order = (_("Booked"), _("Came"), _("Came, missed the call"), _("Did not come"), _("Cancelled"))
    return [(name, found[name]) for name in order]

"""The page behind an appointment's link: when, where, what to bring; move, cancel, check in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request

from booking.blueprint import blueprint
from booking.choosing import days_of, private
from booking.words import trouble_words
from queueing.booking_errors import UnknownBooking
from queueing.clock import local
from queueing.house import Service
from queueing.records import Json
from web.booking import knows_people, own_by
from web.booking_links import booking_of
from web.context import here, the_hall
from web.links import links
from web.qr import qr_picture
from web.vapid import public_key
from web.where import where_of
from web.words import language, long_date


@blueprint.get("/b/<visit>")
def appointment(visit: str) -> Response:
    """As it stands now; a link that isn't ours, or whose appointment is long gone, gets a kind word."""
    try:
        mine = own_by(visit)
    except UnknownBooking:
        return private(render_template("booking/gone.html"), 404)
    return private(_page(visit, mine))


@blueprint.get("/b/<visit>/qr.svg")
def appointment_code(visit: str) -> Response:
    """The page's public address as a picture; no code is made for a link that isn't ours."""
    booking_of(visit)
    return qr_picture(f"{here().public_url}/b/{visit}")


@blueprint.get("/b/<visit>/move")
def choose_another(visit: str) -> Response:
    """The days and half hours to which it may be moved."""
    try:
        mine = own_by(visit)
    except UnknownBooking:
        return private(render_template("booking/gone.html"), 404)
    if mine["state"] != "booked" or not (mine["moves_left"] or knows_people()):
        return private(_page(visit, mine))
    days = days_of(mine["service"])
    day = next((each for each in days if each.day.day == request.args.get("day")), None)
    page = render_template(
        "booking/move.html",
        mine=mine,
        when=long_date(date.fromisoformat(mine["day"]), weekday=True),
        service=the_hall().plan.service(mine["service"]),
        days=days,
        day=day,
        visit=visit,
        data={"visit": visit, "words": trouble_words()},
    )
    return private(page)


def _page(visit: str, mine: Json) -> str:
    service = the_hall().plan.service(mine["service"])
    return render_template(
        "booking/appointment.html",
        mine=mine,
        visit=visit,
        service=service,
        stage=stage_of(mine),
        when=long_date(date.fromisoformat(mine["day"]), weekday=True),
        clock=clock_of(mine),
        where=where_of(the_hall().plan, service.id),
        bring=service.materials,
        ticket=_ticket_link(mine),
        by_phone=here().house.bookings.phone_check_in,
        data=_data(visit, mine, service),
    )


def _data(visit: str, mine: Json, service: Service) -> Json:
    push = public_key(here().data) if here().house.signals.push else None
    return {
        "visit": visit, "token": visit, "stage": stage_of(mine), "service": service.id, "push": push,
        "language": language(), "words": trouble_words(),
    }  # fmt: skip


def stage_of(mine: Json) -> str:
    """What the page is about now: coming, early (in the hall's sense), open, late, over, or its state."""
    if mine["state"] != "booked":
        return str(mine["state"])
    at = the_hall().now()
    if at < mine["opens"]:
        return "coming"
    return "open" if at <= mine["closes"] else "over"


@dataclass(frozen=True)
class Clock:
    """Times of the day as the hall's wall clock shows them."""

    opens: str
    on_time_until: str
    closes: str


def clock_of(mine: Json) -> Clock:
    zone = here().house.hall.timezone
    return Clock(*(f"{local(mine[name], zone):%H:%M}" for name in ("opens", "on_time_until", "closes")))


def _ticket_link(mine: Json) -> str:
    """The page of the number that came of it."""
    if not mine["ticket"]:
        return ""
    joined = here().store.look(lambda desk: desk.ticket(mine["ticket"]).joined_at)
    return str(links(mine["ticket"], joined)["link"])

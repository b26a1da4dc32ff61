"""What for, which day, what time, and who: one page for each step, read without a script but for the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request

from booking.blueprint import blueprint
from booking.words import trouble_words
from queueing.booking_errors import NotBookable
from queueing.errors import HallError
from queueing.house import Department, Service
from queueing.persons import is_asked
from queueing.slots import Slot, SlotDay
from web.booking import MOST_DAYS, free_days, knows_people, phones_are_told
from web.context import here, the_hall
from web.sentences import sentence
from web.words import language, long_date

FEW = 12
"""So many services fit on one page; of more, the department is chosen first."""


@blueprint.get("/book")
def book() -> Response:
    """The first step that isn't decided yet."""
    try:
        wanted = request.args.get("service", "")
        return _of_service(wanted) if wanted else private(_services())
    except HallError as refusal:
        said = sentence(refusal.code, refusal.detail)
        return private(render_template("booking/refused.html", said=said), refusal.status)


@blueprint.get("/book/again")
def find_again() -> Response:
    """The appointment once more by its code, for whoever lost the link."""
    today = date.fromisoformat(the_hall().day(the_hall().now()))
    page = render_template("booking/again.html", today=today.isoformat(), data={"words": trouble_words()})
    return private(page)


def _services() -> str:
    department = request.args.get("department", "")
    offered = by_department()
    chosen = [pair for pair in offered if pair[0].id == department]
    few = sum(len(services) for _, services in offered) <= FEW
    return render_template(
        "booking/services.html", offered=chosen or offered, chosen=bool(chosen), named=bool(chosen) or few
    )


def by_department() -> list[tuple[Department, list[Service]]]:
    """What can be booked, under the departments in the hall's order."""
    bookable = set(here().appointments.free.services)
    found = [
        (each, [service for service in here().house.services if service.department == each.id])
        for each in here().house.departments
    ]
    kept = [(each, [service for service in services if service.id in bookable]) for each, services in found]
    return [(each, services) for each, services in kept if services]


def _of_service(wanted: str) -> Response:
    service = the_hall().plan.service(wanted)
    days = days_of(service.id)
    slot = slot_in(days, request.args.get("slot", ""))
    if slot is not None:
        return private(_form(service, slot))
    day = next((each for each in days if each.day.day == request.args.get("day")), None)
    page = render_template("booking/times.html", service=service, days=days, day=day)
    return private(page)


@dataclass(frozen=True)
class Offer:
    """A day with its slots, and how people call it."""

    day: SlotDay
    name: str


def days_of(service: str) -> list[Offer]:
    """The days on which somebody serves it, from today as far as may be booked; NotBookable."""
    found = [each for each in free_days(service, None, MOST_DAYS) if each.slots]
    return [Offer(each, long_date(date.fromisoformat(each.day), weekday=True)) for each in found]


def slot_in(days: list[Offer], wanted: str) -> tuple[Offer, Slot] | None:
    """The half hour of that name with its day."""
    return next(((each, slot) for each in days for slot in each.day.slots if slot.slot == wanted), None)


def _form(service: Service, chosen: tuple[Offer, Slot]) -> str:
    day, slot = chosen
    if service.id not in here().appointments.free.services:
        raise NotBookable(service=service.name.zh)
    return render_template(
        "booking/who.html",
        service=service,
        day=day,
        slot=slot,
        asked=is_asked(here().house, service),
        others=here().house.identity.other_documents,
        staff=knows_people(),
        reminded=phones_are_told(),
        keep_days=here().house.bookings.keep_days,
        per_person=here().house.bookings.open_per_person,
        data={
            "service": service.id,
            "slot": slot.slot,
            "language": language(),
            "zone": here().house.hall.timezone,
            "words": trouble_words(),
        },
    )


def private(page: str, status: int = 200) -> Response:
    """Nobody between the hall and the phone keeps a copy: places go by the minute."""
    return Response(page, status, {"Cache-Control": "private, no-store"}, mimetype="text/html")

"""Lists out of the hall's printers: what to bring, asked for at a kiosk; what is missing, at a window."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from printing import listing
from printing.asking import asked, noted, own_printer_of
from printing.errors import EnoughLists, NoPrinter
from printing.office import PrintOffice, the_print_office
from printing.permission import own_kiosk
from printing.room import blueprint
from printing.views import SlipAsked
from queueing.change import MASTERS
from queueing.errors import NotYourWindow, TicketMoved
from queueing.records import Ticket
from queueing.store import Desk
from web.asking import who
from web.context import here, the_hall
from web.routes import Answered, Body, TicketKey, endpoint

MOST, WITHIN = 4, timedelta(minutes=1)
"""Lists that a kiosk prints within a while: a child at the button empties no roll."""


class ListWish(Body):
    """In which language."""

    language: Literal["zh_Hans", "zh_Hant", "en"]


class MissingWish(Body):
    """For whom, which of the service's materials by their places in its list, and other things in words."""

    ticket: TicketKey
    materials: list[Annotated[int, Field(ge=0, le=500)]] = Field(max_length=100)
    other: str = Field(default="", max_length=100)


@endpoint(
    blueprint, "POST", "/api/v1/services/<service>/print", takes=ListWish, gives=SlipAsked, status=202,
    refuses=("unknown_service", "no_printer", "enough_lists"),
)  # fmt: skip
def print_list(service: str, body: ListWish) -> Answered:
    """Print what to bring for a service, for somebody who comes back another day."""
    wanted, office = the_hall().plan.service(service), the_print_office()
    printer = own_printer_of(office)
    if printer is None:
        raise NoPrinter
    with office.lock:
        must_be_few(office)
        job = noted(office, office.able(printer), "list", kiosk=own_kiosk())
    return asked(
        office, job, lambda each: listing.to_bring(wanted, body.language, each),
        elsewhere=job.printer != printer.id,
    )  # fmt: skip


@endpoint(
    blueprint, "POST", "/api/v1/windows/<window>/missing", takes=MissingWish, gives=SlipAsked, status=202,
    refuses=("unknown_window", "unknown_ticket", "not_your_window", "ticket_moved", "no_printer"),
)  # fmt: skip
def print_missing(window: str, body: MissingWish) -> Answered:
    """Print what somebody at the window still has to bring; of what it says nothing is kept."""
    ticket, office = (
        here().store.look(lambda desk: at_own_window(desk, window, body.ticket)),
        the_print_office(),
    )
    printer = office.printer_at(window)
    if printer is None:
        raise NoPrinter
    with office.lock:
        job = noted(office, office.able(printer), "missing", number=ticket.number)
    service, other = the_hall().plan.service(ticket.service), body.other.strip()
    return asked(
        office, job,
        lambda each: listing.missing(ticket, service, window, sorted(set(body.materials)), other, each),
        elsewhere=job.printer != printer.id,
    )  # fmt: skip


def at_own_window(desk: Desk, window: str, key: str) -> Ticket:
    """The ticket, if it stands at the window of the clerk who asks."""
    state, ticket = desk.window(the_hall().plan.window(window).id), desk.ticket(key)
    if who().role not in MASTERS and state.clerk != who().staff:
        raise NotYourWindow(window=window)
    if ticket.window != window:
        raise TicketMoved(number=ticket.number)
    return ticket


def must_be_few(office: PrintOffice) -> None:
    """Raises EnoughLists."""
    if office.jobs.lists_since(own_kiosk(), office.now() - WITHIN) >= MOST:
        raise EnoughLists

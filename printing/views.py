"""The room's addresses: print a ticket's slip, see how printers are, try one."""

from __future__ import annotations

from typing import Literal

from flask import Response

from printing import slip
from printing.asking import asked, named, noted, own_printer_of, told
from printing.errors import NoPrinter
from printing.jobs import What, told_of
from printing.office import PrintOffice, the_print_office
from printing.permission import may_see, must_be_worth, own_kiosk
from printing.room import blueprint
from queueing.clock import Instant
from queueing.printer_rules import Printer
from queueing.records import Json
from settings.reading import ROOT
from web.asking import who
from web.context import here
from web.refusals import NotFound
from web.routes import Answer, Answered, Body, Nothing, endpoint

__all__ = ["blueprint"]

State = Literal[
    "starting", "ok", "paper_low", "paper_out", "cover_open", "fault", "silent", "gone", "stuck", "off"
]


class PrintWish(Body):
    """`again`: one more slip, marked as such; `printer`: another than the kiosk's own."""

    again: bool = False
    printer: str | None = None


class SlipAnswer(Answer):
    """What became of a slip up to now; screens hear the rest as it happens."""

    job: str
    what: What
    ticket: str | None
    number: str
    printer: str
    again: bool
    state: Literal["waiting", "printing", "printed", "unsure", "dropped"]
    why: Literal["", "late", "called", "full", "stopped"]
    asked_at: Instant


class SlipAsked(SlipAnswer):
    """The same with the printer that it comes out of, by its name for people, and how that printer is."""

    name: str
    elsewhere: bool
    trouble: State | None


class PrinterAnswer(Answer):
    """How a printer is, and since when; `fine` when it prints, `elsewhere` when another does so for it."""

    printer: str
    name: str
    state: State
    since: Instant
    fine: bool
    elsewhere: bool
    waiting: int


class OwnPrinter(Answer):
    """The printer of the kiosk that asks, if it has one."""

    printer: PrinterAnswer | None


class PrinterInOffice(PrinterAnswer):
    """A printer as the office sees it."""

    kind: Literal["network", "usb", "file"]
    place: str
    paper: int
    tells: bool
    areas: list[str]
    kiosks: list[str]
    windows: list[str]
    fallback: str


class Printers(Answer):
    """All printers, the kiosks that asked for theirs, and the last slips, newest first."""

    printers: list[PrinterInOffice]
    chinese: bool
    kiosks: dict[str, str]
    slips: list[SlipAnswer]


@endpoint(
    blueprint, "POST", "/api/v1/tickets/<key>/print", takes=PrintWish, gives=SlipAsked, status=202,
    refuses=("unknown_ticket", "no_printer", "unknown_printer", "too_late_to_print"),
)  # fmt: skip
def print_slip(key: str, body: PrintWish) -> Answered:
    """Print a ticket's slip, or one more; the answer doesn't wait for the printer."""
    shown, office = slip.seen(key), the_print_office()
    may_see(shown)
    printer = _wanted(office, body.printer)
    with office.lock:
        first = office.jobs.first_of(key)
        if first and not body.again:
            return told(office, first, elsewhere=first.printer != printer.id)
        again = must_be_worth(office, shown, first) or body.again
        job = noted(
            office, office.able(printer), "ticket",
            ticket=key, number=shown.ticket.number, again=again, kiosk=own_kiosk(),
        )  # fmt: skip
    return asked(office, job, lambda each: _slip(shown, each, again), elsewhere=job.printer != printer.id)


@endpoint(
    blueprint, "POST", "/api/v1/printers/<printer>/trial", takes=Nothing, gives=SlipAsked, status=202,
    refuses=("unknown_printer",),
)  # fmt: skip
def print_trial(printer: str, body: Nothing) -> Answered:
    """Print a slip that is no ticket, to see whether the printer prints and nothing is cut off."""
    office = the_print_office()
    job = noted(office, office.printer(printer), "trial")
    return asked(office, job, lambda each: (slip.trial(each), slip.pictures(None)), elsewhere=False)


@endpoint(blueprint, "GET", "/api/v1/printer", gives=OwnPrinter)
def own_printer() -> Answered:
    """The printer of the kiosk that asks."""
    office, kiosk = the_print_office(), own_kiosk()
    printer = own_printer_of(office)
    if printer is None or kiosk is None:
        return {"printer": None}
    office.telling.kiosks[kiosk] = printer.id
    return {"printer": named(office, printer)}


@endpoint(blueprint, "GET", "/api/v1/printers", gives=Printers)
def printers() -> Answered:
    """How all printers are."""
    office = the_print_office()
    return {
        "printers": [_machine(office, each) for each in office.printers.values()],
        "chinese": office.chinese,
        "kiosks": office.telling.kiosks,
        "slips": [told_of(job) for job in office.jobs.last()],
    }


@blueprint.get("/slips/<key>")
def slip_page(key: str) -> str:
    """The slip alone, for a kiosk whose browser prints."""
    shown = slip.seen(key)
    may_see(shown)
    return slip.partial(shown)


@blueprint.get("/slips/logo.png")
def logo() -> Response:
    """The hall's picture on its slips."""
    name = here().house.slip.logo
    if not name:
        raise NotFound
    return Response(
        (ROOT / name).read_bytes(), mimetype="image/png", headers={"Cache-Control": "max-age=3600"}
    )


def _wanted(office: PrintOffice, name: str | None) -> Printer:
    """The one named, the kiosk's own, or for staff the hall's first."""
    if name is not None:
        return office.printer(name)
    printer = own_printer_of(office)
    if printer is None and who().staff is not None:
        printer = next(iter(office.printers.values()), None)
    if printer is None:
        raise NoPrinter
    return printer


def _slip(shown: slip.Seen, printer: Printer, again: bool) -> tuple[str, Json]:
    return slip.page(shown, printer, again=again), slip.pictures(shown)


def _machine(office: PrintOffice, printer: Printer) -> Json:
    place = {"network": f"{printer.host}:{printer.port}", "usb": printer.device, "file": printer.file}
    return named(office, printer) | {
        "kind": printer.kind,
        "place": place[printer.kind],
        "paper": printer.paper,
        "tells": printer.tells and printer.kind != "file" and not printer.device.startswith("/"),
        "areas": list(printer.areas),
        "kiosks": list(printer.kiosks),
        "windows": list(printer.windows),
        "fallback": printer.fallback,
    }

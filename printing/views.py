"""The room's addresses: print a ticket's slip, see how printers are, try one."""

from __future__ import annotations

from typing import Literal

from flask import Response

from printing import slip
from printing.errors import NoPrinter
from printing.jobs import Job, new_name, told_of
from printing.office import PrintOffice, the_print_office
from printing.permission import may_see, must_be_worth, own_kiosk
from printing.room import blueprint
from queueing.change import Change
from queueing.clock import Instant
from queueing.printer_rules import Printer
from queueing.records import Json
from settings.reading import ROOT
from web.asking import who
from web.context import here, the_hall
from web.idempotency import the_press
from web.refusals import NotFound
from web.routes import Answer, Answered, Body, Nothing, endpoint
from web.words import said_here

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
            return _told(office, first, elsewhere=first.printer != printer.id)
        again = must_be_worth(office, shown, first) or body.again
        job = _noted(office, shown, office.able(printer), again)
    return _asked(office, job, shown, elsewhere=job.printer != printer.id)


@endpoint(
    blueprint, "POST", "/api/v1/printers/<printer>/trial", takes=Nothing, gives=SlipAsked, status=202,
    refuses=("unknown_printer",),
)  # fmt: skip
def print_trial(printer: str, body: Nothing) -> Answered:
    """Print a slip that is no ticket, to see whether the printer prints and nothing is cut off."""
    office = the_print_office()
    return _asked(office, _noted(office, None, office.printer(printer), again=False), None, elsewhere=False)


@endpoint(blueprint, "GET", "/api/v1/printer", gives=OwnPrinter)
def own_printer() -> Answered:
    """The printer of the kiosk that asks."""
    office, kiosk = the_print_office(), own_kiosk()
    printer = _of_kiosk(office)
    if printer is None or kiosk is None:
        return {"printer": None}
    office.telling.kiosks[kiosk] = printer.id
    return {"printer": _named(office, printer)}


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
    printer = _of_kiosk(office)
    if printer is None and who().staff is not None:
        printer = next(iter(office.printers.values()), None)
    if printer is None:
        raise NoPrinter
    return printer


def _of_kiosk(office: PrintOffice) -> Printer | None:
    kiosk, device = own_kiosk(), who().device
    return office.printer_of(kiosk, device.place if device else None) if kiosk else None


def _noted(office: PrintOffice, shown: slip.Seen | None, printer: Printer, again: bool) -> Job:
    """Counted before it is made: presses that come together don't all find none before them."""
    ticket, by_staff = shown.ticket if shown else None, who().staff is not None
    job = Job(
        new_name(), printer.id, ticket.key if ticket else None, ticket.number if ticket else "", again,
        own_kiosk() if ticket else None, asked_at=office.now(), by_staff=by_staff and (again or not ticket),
    )  # fmt: skip
    office.jobs.note(job)
    return job


def _asked(office: PrintOffice, job: Job, shown: slip.Seen | None, elsewhere: bool) -> Json:
    """A slip that isn't made after all, or was asked for by an earlier press, is forgotten."""
    try:
        _make(office, job, shown)
        asked = _pressed(office, job)
    except BaseException:
        office.jobs.forget(job)
        raise
    if asked != job.id:
        office.jobs.forget(job)
    return _told(office, office.jobs.known(asked) or job, elsewhere)


def _make(office: PrintOffice, job: Job, shown: slip.Seen | None) -> None:
    printer = office.printers[job.printer]
    job.page = slip.page(shown, printer, again=job.again) if shown else slip.trial(printer)
    job.pictures = slip.pictures(shown)


def _pressed(office: PrintOffice, job: Job) -> str:
    """Whose slip it is, by its name: a press that comes twice is one slip, and work follows only once."""
    fresh: list[Job] = []

    def ask(change: Change) -> Json:
        fresh[:] = [job]
        if job.again:
            change.note("print_again", {"slip": job.number, "printer": job.printer})
        return {"job": job.id}

    answer = the_hall().change(the_press(), ask)
    for each in fresh:
        office.take(each)
    return str(answer["job"])


def _told(office: PrintOffice, job: Job, elsewhere: bool) -> Json:
    """What became of it up to now, and where it comes out."""
    printer = _named(office, office.printers[job.printer])
    trouble = None if printer["fine"] or printer["state"] == "starting" else printer["state"]
    return told_of(job) | {"name": printer["name"], "elsewhere": elsewhere, "trouble": trouble}


def _named(office: PrintOffice, printer: Printer) -> Json:
    return office.told(printer.id) | {"name": said_here(printer.name)}


def _machine(office: PrintOffice, printer: Printer) -> Json:
    place = {"network": f"{printer.host}:{printer.port}", "usb": printer.device, "file": printer.file}
    return _named(office, printer) | {
        "kind": printer.kind,
        "place": place[printer.kind],
        "paper": printer.paper,
        "tells": printer.tells and printer.kind != "file" and not printer.device.startswith("/"),
        "areas": list(printer.areas),
        "kiosks": list(printer.kiosks),
        "fallback": printer.fallback,
    }

"""From a press to a slip in its printer's line: drawn once, asked for once, told as it stands."""

from __future__ import annotations

from collections.abc import Callable

from printing.jobs import Job, What, new_name, told_of
from printing.office import PrintOffice
from printing.permission import own_kiosk
from queueing.change import Change
from queueing.printer_rules import Printer
from queueing.records import Json
from web.asking import who
from web.context import the_hall
from web.idempotency import the_press
from web.words import said_here

Draw = Callable[[Printer], tuple[str, Json]]
"""The page for a printer, and what the addresses of the pictures in it stand for."""


def own_printer_of(office: PrintOffice) -> Printer | None:
    """Of the kiosk that asks."""
    kiosk, device = own_kiosk(), who().device
    return office.printer_of(kiosk, device.place if device else None) if kiosk else None


def noted(
    office: PrintOffice, printer: Printer, what: What, *,
    ticket: str | None = None, number: str = "", again: bool = False, kiosk: str | None = None,
) -> Job:  # fmt: skip
    """Counted before it is made: presses that come together don't all find none before them."""
    by_staff = who().staff is not None and (what != "ticket" or again)
    job = Job(new_name(), printer.id, ticket, number, again, kiosk, office.now(), what, by_staff=by_staff)
    office.jobs.note(job)
    return job


def asked(office: PrintOffice, job: Job, draw: Draw, elsewhere: bool) -> Json:
    """A slip that isn't made after all, or was asked for by an earlier press, is forgotten."""
    try:
        job.page, job.pictures = draw(office.printers[job.printer])
        first = _pressed(office, job)
    except BaseException:
        office.jobs.forget(job)
        raise
    if first != job.id:
        office.jobs.forget(job)
    return told(office, office.jobs.known(first) or job, elsewhere)


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


def told(office: PrintOffice, job: Job, elsewhere: bool) -> Json:
    """What became of it up to now, and where it comes out."""
    printer = named(office, office.printers[job.printer])
    trouble = None if printer["fine"] or printer["state"] == "starting" else printer["state"]
    return told_of(job) | {"name": printer["name"], "elsewhere": elsewhere, "trouble": trouble}


def named(office: PrintOffice, printer: Printer) -> Json:
    return office.told(printer.id) | {"name": said_here(printer.name)}

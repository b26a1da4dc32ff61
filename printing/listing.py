"""Lists to take home: what to bring for a service, what was missing at a window; told once, completely."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from flask_babel import force_locale

from printing import slip
from queueing.clock import Instant
from queueing.house import Service
from queueing.printer_rules import Printer
from queueing.records import Json, Ticket
from web.context import here, the_hall
from web.words import _, said_here


def to_bring(service: Service, language: str, printer: Printer) -> tuple[str, Json]:
    """The whole list with how many of each, the fee, and the way to the guide."""
    with force_locale(language):
        told = slip.head(language, _("What to bring"), "", service) | {
            "where": slip.where(here().house, service),
            "materials_title": _("Please have these with you"),
            "materials": _things(service) or [_("Nothing but yourself.")],
            "facts": [(_("Fee"), said_here(service.fee)), *_phone(service)],
            "told": [_("Scan this with your phone: the whole guide, with samples of the forms.")],
        }
        return slip.on(printer, told | _below(service)), _code(service)


def missing(
    ticket: Ticket, service: Service, window: str, things: Sequence[int], other: str, printer: Printer
) -> tuple[str, Json]:
    """What a clerk ticked, in the visitor's language, and what the clerk wrote besides."""
    with force_locale(ticket.language):
        every = [said_here(each) for each in slip.materials_of(service)]
        told = slip.head(ticket.language, _("What is still missing"), ticket.number, service) | {
            "where": _("Window %(windows)s", windows=window),
            "materials_title": _("Please bring these next time"),
            "materials": [*(every[at] for at in things if at < len(every)), *([other] if other else [])],
            "facts": _phone(service),
            "told": [_("Nothing else is missing."), _("Scan this for the whole guide of the service.")],
        }
        return slip.on(printer, told | _below(service)), _code(service)


def _things(service: Service) -> list[str]:
    """Each with how many of it and, in the guide's words, what to mind."""
    notes = [material.note for material in service.guide.materials]
    named = zip_longest(slip.materials_of(service), notes)
    return [" · ".join(said_here(each) for each in pair if each) for pair in named]


def _phone(service: Service) -> list[tuple[str, str]]:
    department = next(each for each in here().house.departments if each.id == service.department)
    phone = service.guide.phone or department.phone
    return [(_("Questions"), phone)] if phone else []


def _below(service: Service) -> Json:
    at: Instant = the_hall().now()
    return {"qr": _address(service), "foot": [], "when": slip.moment(at)}


def _address(service: Service) -> str:
    return f"/services/{service.id}/qr.svg"


def _code(service: Service) -> Json:
    return slip.logo() | {_address(service): {"code": f"{here().public_url}/services/{service.id}"}}

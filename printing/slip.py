"""What stands on a slip, in the language of its ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel import force_locale

from queueing.class_rules import WALK_IN
from queueing.clock import Instant, local
from queueing.house import House, Service
from queueing.persons import Identity
from queueing.printer_rules import Printer
from queueing.records import Json, Ticket
from queueing.store import Desk
from queueing.text import Text
from queueing.told import told_as
from queueing.waits import Place
from settings.reading import ROOT
from web.coming_back import come_back_limits
from web.context import here, the_hall
from web.identities import kept
from web.links import links
from web.tokens import digits_for
from web.wait_words import kept_sentence, wait_words
from web.words import _, long_date, said_here

LOGO = "/slips/logo.png"
LOOK = ROOT / "static" / "printing" / "slip.css"
BASE = {80: 24, 58: 22}
"""How many dots the plain text of a slip is high, by the width of its roll."""

TAGS = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True)
class Seen:
    """One ticket as it stood at one moment."""

    ticket: Ticket
    place: Place | None
    identity: Identity | None
    at: Instant


def seen(key: str) -> Seen:
    """Raises UnknownTicket."""
    hall = the_hall()
    at = hall.now()

    def look(desk: Desk) -> Seen:
        ticket = desk.ticket(key)
        waits = ticket.state == "waiting"
        place = hall.line(desk, at).places(ticket.service).get(key) if waits else None
        return Seen(ticket, place, desk.identity_of(key), at)

    return here().store.look(look)


def page(shown: Seen, printer: Printer, *, again: bool) -> str:
    """The whole page that a printer's slip is drawn from."""
    with force_locale(shown.ticket.language):
        return on(printer, facts(shown, again=again))


def partial(shown: Seen) -> str:
    """The slip alone, for a browser that prints."""
    with force_locale(shown.ticket.language):
        return render_template("printing/slip.html", slip=facts(shown, again=False))


def trial(printer: Printer) -> str:
    """A slip that only shows that the printer prints."""
    return on(printer, _trial(printer))


def pictures(shown: Seen | None) -> Json:
    """What the addresses in the page stand for, for whoever draws it."""
    url = links(shown.ticket.key, shown.ticket.joined_at) if shown else {"qr": "/", "url": here().public_url}
    return logo() | {url["qr"]: {"code": url["url"]}}


def logo() -> Json:
    name = here().house.slip.logo
    return {LOGO: {"file": str(ROOT / name)}} if name else {}


def is_called_earlier(ticket: Ticket) -> bool:
    """Whether its class starts ahead of walk-ins or grows faster, as the hall's file has it."""
    classes = here().house.classes
    own, usual = classes.get(ticket.ticket_class), classes[WALK_IN]
    return own is not None and (own.head_start > usual.head_start or own.rate > usual.rate)


def on(printer: Printer, slip: Json) -> str:
    return render_template("printing/paper.html", slip=slip, look=look_on(printer), paper=printer.paper)


def look_on(printer: Printer) -> str:
    """The stylesheet with a dot for each pixel."""
    size = f".slip {{ width: {printer.across}px; font-size: {BASE[printer.paper]}px; }}"
    return "html, body { margin: 0; background: #ffffff; }\n" + LOOK.read_text("utf-8") + size


def facts(shown: Seen, *, again: bool) -> Json:
    """Sentences only; what isn't known is left out."""
    ticket, service = shown.ticket, the_hall().plan.service(shown.ticket.service)
    return head(ticket.language, _("Your number"), ticket.number, service) | {
        "again": _("Printed again at %(time)s", time=_clock(shown.at)) if again else "",
        "where": where(here().house, service),
        "earlier": _("You will be called earlier") if is_called_earlier(ticket) else "",
        "facts": _wait(shown.place) if shown.place else [],
        "kept": _kept(shown.place),
        **_materials(service),
        "qr": links(ticket.key, ticket.joined_at)["qr"],
        "told": [
            _("Scan this with your phone: it tells you when it is your turn."),
            _("Missed your call? Type %(digits)s at the kiosk and you wait again.", digits=_digits(ticket)),
            come_back_limits(),
        ],
        "foot": [_stored(shown.identity)],
        "when": _("Taken %(day)s, %(time)s", day=_day(ticket.joined_at), time=_clock(ticket.joined_at)),
    }


def _digits(ticket: Ticket) -> str:
    """As one reads six digits out: "482 193"."""
    digits = digits_for(ticket.key)
    return f"{digits[:3]} {digits[3:]}"


def head(language: str, label: str, number: str, service: Service | None) -> Json:
    house = here().house
    return {
        "lang": TAGS[language],
        "logo": LOGO if house.slip.logo else "",
        "hall": said_here(house.hall.name),
        "label": label,
        "number": number,
        "service": said_here(service.name) if service else "",
    }


def _trial(printer: Printer) -> Json:
    at = the_hall().now()
    return head(here().house.hall.languages[0], _("Trial print"), "A123", None) | {
        "service": said_here(printer.name),
        "where": _("%(paper)s mm, %(dots)s dots", paper=printer.paper, dots=printer.across),
        "materials_title": _("Please look whether"),
        "materials": [
            _("nothing is cut off at the left and at the right"),
            _("the code below can be scanned"),
            _("the paper is cut after the last line"),
        ],
        "qr": "/",
        "told": [_("This slip is no ticket.")],
        "foot": [],
        "when": moment(at),
    }


def where(house: House, service: Service) -> str:
    """The area and the windows, as the signs in the hall have them."""
    own = [w for w in house.windows if service.id in w.serves or service.department in w.departments]
    names = {area.id: said_here(area.name) for area in house.areas}
    areas = dict.fromkeys(names[window.area] for window in own)
    return " · ".join([*areas, _windows([window.id for window in own])])


def _windows(ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return _("Window %(windows)s", windows=ids[0])
    return _("Windows %(windows)s", windows=", ".join(runs(ids))) if ids else ""


def runs(ids: Sequence[str]) -> list[str]:
    """1, 2, 3 and 5 as 1–3 and 5."""
    found: list[list[str]] = []
    for each in ids:
        if found and each.isdecimal() and found[-1][-1].isdecimal() and int(each) == int(found[-1][-1]) + 1:
            found[-1].append(each)
        else:
            found.append([each])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found]


def _wait(place: Place) -> list[tuple[str, str]]:
    """How the line stood when the slip was made."""
    ahead = str(place.ahead) if place.ahead else _("Nobody")
    return [(_("People before you"), ahead), (_("How long"), how_long(place.low, place.high))]


def _kept(place: Place | None) -> str:
    """How often such ranges held, once that is known; nothing beside what is no range."""
    of_ten = here().hall.outlook.kept.of_ten
    return kept_sentence(of_ten) if place and place.high and of_ten is not None else ""


def how_long(low: int | None, high: int | None) -> str:
    """The range as the screens say it."""
    key, values = told_as(low, high)
    return wait_words()[key].format(**values)


def _materials(service: Service) -> Json:
    told = [said_here(each) for each in materials_of(service)]
    most = here().house.slip.materials
    rest = len(told) - most
    more = _("and %(n)s more on the ticket's page", n=rest) if rest > 0 and most else ""
    return {"materials_title": _("Please have these with you"), "materials": told[:most], "more": more}


def materials_of(service: Service) -> list[Text]:
    """Of the guide where there is one."""
    guided = [material.line for material in service.guide.materials]
    return [*guided] or [*service.materials]


def _stored(identity: Identity | None) -> str:
    """What is kept of the visitor, and until when."""
    told = kept(identity)
    if not told["masked"]:
        return _("Kept: your number, the service and the times, nothing that names you.")
    masked = "…" + told["masked"].replace("*", "")
    until = long_date(date.fromisoformat(told["until"]))
    return _(
        "Kept until %(day)s: the last signs of your document, %(masked)s, and a code, not its number.",
        day=until, masked=masked,
    )  # fmt: skip


def moment(at: Instant) -> str:
    return f"{_day(at)} {_clock(at)}"


def _clock(at: Instant) -> str:
    return f"{local(at, here().house.hall.timezone):%H:%M}"


def _day(at: Instant) -> str:
    return long_date(local(at, here().house.hall.timezone).date(), weekday=True)

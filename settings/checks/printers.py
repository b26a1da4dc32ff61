"""Printers: where each is, whose slips it prints, who stands in for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from queueing.house import House
from queueing.printer_rules import Printer
from settings.checks.names import ID
from settings.checks.places import is_host
from settings.checks.work import unknown
from settings.findings import KeyPath, Slip
from settings.papers import NAME, kind_of

WHERE = {"network": "host", "usb": "device", "file": "file"}
"""The key that says where a printer of a kind is."""

LAST_PORT = 65535
DEVICE = re.compile(r"/[^\x00-\x1f\x7f]+|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}")
SLIP_BEGINS = b"\x1b@"
"""What the hall writes first into the file of a trial printer."""


def printers_are_somewhere(house: House) -> Iterator[Slip]:
    for at, printer in enumerate(house.printers):
        key = WHERE[printer.kind]
        if not getattr(printer, key):
            problem = f'a printer of kind "{printer.kind}" needs its {key}.'
            yield Slip(("printers", at, "kind"), problem, f"Add {key}.")
        if printer.host and not is_host(printer.host):
            yield Slip(("printers", at, "host"), f"{printer.host!r} isn't a host.", 'Write "10.0.0.41".')
        if printer.device and not DEVICE.fullmatch(printer.device):
            problem = f"{printer.device!r} isn't a device."
            yield Slip(("printers", at, "device"), problem, 'Write it like "/dev/usb/lp0" or "04b8:0e15".')
        if not 0 < printer.port <= LAST_PORT:
            yield Slip(("printers", at, "port"), f"there is no port {printer.port}.", "Most use 9100.")


def printers_serve_known_areas(house: House) -> Iterator[Slip]:
    known = {area.id for area in house.areas}
    for at, printer in enumerate(house.printers):
        for n, word in enumerate(printer.areas):
            yield from unknown(("printers", at, "areas", n), "area", word, known)


def printers_serve_known_windows(house: House) -> Iterator[Slip]:
    known = {window.id for window in house.windows}
    for at, printer in enumerate(house.printers):
        for n, word in enumerate(printer.windows):
            yield from unknown(("printers", at, "windows", n), "window", word, known)


def kiosks_can_be_named(house: House) -> Iterator[Slip]:
    for at, printer in enumerate(house.printers):
        for n, word in enumerate(printer.kiosks):
            if not ID.fullmatch(word):
                problem = f"'{word}' can't be a kiosk."
                yield Slip(("printers", at, "kiosks", n), problem, "Copy it from the office, Printers.")


def a_kiosk_has_one_printer(house: House) -> Iterator[Slip]:
    for key in ("areas", "kiosks", "windows"):
        first: dict[str, str] = {}
        for path, word, printer in _words(house, key):
            if word in first:
                yield Slip(
                    path, f"'{word}' prints on '{first[word]}' already.", "Take it out of one of them."
                )
            first.setdefault(word, printer.id)


def others_stand_in(house: House) -> Iterator[Slip]:
    known = {printer.id for printer in house.printers}
    for at, printer in enumerate(house.printers):
        path = ("printers", at, "fallback")
        if printer.fallback == printer.id:
            yield Slip(path, f"'{printer.id}' can't stand in for itself.", "Name another printer.")
        elif printer.fallback:
            yield from unknown(path, "printer", printer.fallback, known)


def logo_is_there(house: House, root: Path) -> Iterator[Slip]:
    """Not in `ALL`, since only checks with a root look at the disk."""
    logo = house.slip.logo
    if not logo:
        return
    if not NAME.fullmatch(logo):
        yield Slip(
            ("slip", "logo"), f"'{logo}' can't be a file here.", "Write it like halls/yihuang/logo.png."
        )
    elif not (root / logo).is_file():
        yield Slip(("slip", "logo"), f"there is no file '{logo}'.", "Put it there, or take the key out.")
    elif kind_of(root / logo) != "image/png":
        yield Slip(("slip", "logo"), f"'{logo}' isn't a PNG.", "Save the logo as PNG, black on white.")


def trials_overwrite_nothing(house: House, root: Path) -> Iterator[Slip]:
    """Not in `ALL`, since it looks at the disk: what is there already must be a slip."""
    for at, printer in enumerate(house.printers):
        for key in ("file", "device"):
            if (named := getattr(printer, key)) and _is_strange(root / named):
                problem = f"{named!r} holds something else than slips."
                yield Slip(("printers", at, key), problem, "Name a file that isn't there yet.")


def _is_strange(file: Path) -> bool:
    """What can't be read can't be judged; printing won't overwrite it either."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as there:
            return there.read(len(SLIP_BEGINS)) not in (b"", SLIP_BEGINS)
    except (OSError, ValueError):
        return False


def _words(house: House, key: str) -> Iterator[tuple[KeyPath, str, Printer]]:
    for at, printer in enumerate(house.printers):
        for n, word in enumerate(getattr(printer, key)):
            yield ("printers", at, key, n), word, printer


ALL = (
    printers_are_somewhere,
    printers_serve_known_areas,
    printers_serve_known_windows,
    kiosks_can_be_named,
    a_kiosk_has_one_printer,
    others_stand_in,
)

"""Which of the hall's printers can't be found from this machine: a look, nothing is printed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

from queueing.house import House
from queueing.printer_rules import Printer

PATIENCE_SECONDS = 2.0


def unreached(house: House) -> Iterator[str]:
    """One sentence for each printer that would print nothing now."""
    for printer in house.printers:
        why = _why_not(printer)
        if why:
            yield f"Printer {printer.id} can't be reached: {why}. The hall opens without it."


def _why_not(printer: Printer) -> str:
    if printer.kind == "network":
        return _not_connected(printer.host, printer.port)
    if printer.device.startswith("/") and not Path(printer.device).exists():
        return f"there is no {printer.device}"
    if printer.kind == "file" and not Path(printer.file).parent.is_dir():
        return f"there is no folder {Path(printer.file).parent}"
    return ""


def _not_connected(host: str, port: int) -> str:
    try:
        with socket.create_connection((host, port), PATIENCE_SECONDS):
            return ""
    except OSError as error:
        return f"{host}:{port}: {error.strerror or error}"

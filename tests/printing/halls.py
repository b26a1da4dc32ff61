"""The small hall with printers that aren't there."""

from __future__ import annotations

from pathlib import Path

from tests.printing.emulator import Emulator
from tests.running import SMALL

PRINTER = """
[[printers]]
id = "{id}"
name = {{ zh = "{id}打印机", en = "Printer {id}" }}
kind = "network"
host = "127.0.0.1"
port = {port}
paper = {paper}
{more}
"""


def with_printers(folder: Path, slip: str = "", **printers: tuple[Emulator, str]) -> Path:
    """The hall's file with these printers, each with more lines of its own."""
    text = SMALL.read_text("utf-8") + f"\n[slip]\nlook_seconds = 0.2\n{slip}\n"
    for name, (printer, more) in printers.items():
        paper = 58 if printer.width == 384 else 80
        text += PRINTER.format(id=name, port=printer.port, paper=paper, more=more)
    file = folder / "hall.toml"
    file.write_text(text, "utf-8")
    return file

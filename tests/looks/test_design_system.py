"""Guards the design system: small, the same twice where it must be, and shown whole on its own page."""

from __future__ import annotations

import re
from pathlib import Path

from tests.running import ROOT, RunningHall

SHARED = ROOT / "static" / "shared"
HALL = (SHARED / "hall.css").read_text("utf-8")
TOKEN = re.compile(r"^\s*(--[\w-]+): (.+);", re.MULTILINE)
LARGEST = 20_000
"""Bytes of the shared style sheets together: every page loads them, also the phone's."""


def block(start: str) -> dict[str, str]:
    return dict(TOKEN.findall(HALL.partition(start)[2].partition("}")[0]))


def test_dark_is_the_same_whether_the_device_asks_or_a_person() -> None:
    asked, chosen = block(':root:not([data-theme="light"]) {'), block('[data-theme="dark"] {')
    assert asked == chosen and len(chosen) > 20


def test_every_colour_has_its_value_in_the_dark() -> None:
    assert set(block('[data-theme="light"] {')) == set(block('[data-theme="dark"] {'))


def test_the_shared_sheets_stay_small() -> None:
    sheets = ("hall.css", "controls.css", "parts.css", "letters.css")
    assert sum((SHARED / name).stat().st_size for name in sheets) < LARGEST


def test_every_token_that_a_sheet_asks_for_is_given_somewhere() -> None:
    sheets = [
        file.read_text("utf-8") for file in (ROOT / "static").glob("**/*.css") if "vendor" not in file.parts
    ]
    scripts = [
        file.read_text("utf-8") for file in (ROOT / "static").glob("**/*.js") if "vendor" not in file.parts
    ]
    asked = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)\)", sheet)}
    given = {name for sheet in sheets for name in re.findall(r"(--[\w-]+)\s*:", sheet)}
    given |= {name for script in scripts for name in re.findall(r"--[\w-]+", script)}
    assert asked - given == set()


def test_the_page_shows_every_colour_component_and_drawing(server: RunningHall) -> None:
    page = server.administrator().session.get(f"{server.url}/design").text
    drawings = re.findall(r'<symbol id="([\w-]+)"', (SHARED / "icons.svg").read_text("utf-8"))
    assert [name for name in drawings if f"#{name}" not in page] == []
    colours = set(block('[data-theme="light"] {')) - {"--shadow", "--veil", "--color-scheme"}
    assert [name for name in colours if f"<code>{name}</code>" not in page] == []
    for part in (
        "button primary",
        "switch",
        "field",
        "tag good",
        "notice bad",
        "table",
        "tile tint-5",
        "ring",
        "live",
    ):
        assert f'class="{part}' in page, part


def test_each_colour_has_a_sample_of_its_own() -> None:
    samples = (ROOT / "static" / "office" / "design.css").read_text("utf-8")
    for name in set(block('[data-theme="light"] {')) - {"--shadow", "--veil"}:
        assert f"var({name})" in samples, Path(name).name

"""What a page costs at the very first visit: bytes, requests, when something and when most of it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, expect

from tests.looks.pages import State
from tests.looks.visiting import PATIENCE, Tour

SLOWED = 4
WATCH = """
    window.__largest = 0;
    const note = (list) => { for (const entry of list.getEntries()) window.__largest = entry.startTime; };
    new PerformanceObserver(note).observe({type: "largest-contentful-paint", buffered: true});
"""
PAINTS = (
    """() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, window.__largest]"""
)


@dataclass(frozen=True)
class Weight:
    """One page as it arrives at a device that has never seen the hall."""

    name: str
    bytes: int
    requests: int
    first_paint: float
    largest_paint: float

    def row(self) -> str:
        figures = (self.bytes / 1000, self.requests, self.first_paint, self.largest_paint)
        return f"| {self.name} | {' | '.join(f'{figure:.0f}' for figure in figures)} |"


def weighed(tour: Tour, state: State) -> Weight:
    """In a browser of its own with an empty cache."""
    page = tour.new_page(state)
    page.add_init_script(WATCH)
    wire = page.context.new_cdp_session(page)
    arrived = _arrivals(wire)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(tour.address(state, "zh_Hans"))
    expect(page.locator(state.ready).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    first, largest = page.evaluate(PAINTS)
    page.context.close()
    return Weight(state.name, sum(arrived), len(arrived), first, largest)


def _arrivals(wire: CDPSession) -> list[int]:
    """Grows by the size of every answer, headers included, as it came over the wire."""
    arrived: list[int] = []

    def note(told: Any) -> None:
        arrived.append(int(told["encodedDataLength"]))

    wire.on("Network.loadingFinished", note)
    wire.send("Network.enable")
    return arrived


def table(weights: Sequence[Weight]) -> str:
    head = "| page | kB | requests | first paint, ms | largest paint, ms |\n|---|---:|---:|---:|---:|"
    return "\n".join([head, *(weight.row() for weight in weights)]) + "\n"

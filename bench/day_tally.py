"""What happened on the played day: counts, waits, errors, and the summary that is printed at its end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import quantiles

SHOWN_ERRORS = 20
SLOWEST = 4


@dataclass(frozen=True)
class ScreenRecord:
    """How one screen fared; its longest silence is in real seconds."""

    name: str
    events: int
    holes: int
    missed_calls: int
    longest_silence: float


@dataclass
class Tally:
    """Counts of one played day."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    calls: set[tuple[str, int]] = field(default_factory=set)
    delays: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds to each answer, by what was pressed."""
    longest_stall: float = 0.0

    def count(self, what: str) -> None:
        self.counts[what] += 1

    def error(self, text: str) -> None:
        """Notes something that should not have happened."""
        self.errors[text] += 1

    def called(self, ticket: str, calls: int) -> None:
        """Notes a call that every screen must have shown."""
        self.calls.add((ticket, calls))

    def stalled(self, seconds: float) -> None:
        """Notes that the player itself was that late; a screen's silence may be its fault."""
        self.longest_stall = max(self.longest_stall, seconds)

    def waited(self, minutes: float) -> None:
        self.waits.append(minutes)


def percentile(values: list[float], per_cent: int) -> float | None:
    """The value that so many per cent don't exceed."""
    if len(values) < 2:
        return values[0] if values else None
    return quantiles(values, n=100, method="inclusive")[per_cent - 1]


def is_good(tally: Tally, screens: Iterable[ScreenRecord], stale_after: float) -> bool:
    """No error, and no screen that missed anything or fell silent."""
    return not tally.errors and all(was_live(screen, stale_after) for screen in screens)


def was_live(screen: ScreenRecord, stale_after: float) -> bool:
    return not screen.holes and not screen.missed_calls and screen.longest_silence <= stale_after


def summary(tally: Tally, screens: list[ScreenRecord], stale_after: float) -> str:
    """The end of the day in plain lines."""
    return "\n".join([*_work(tally), *_screens(screens, stale_after), *_errors(tally)])


def _work(tally: Tally) -> list[str]:
    n = tally.counts
    fates = ("finished", "no-shows", "came back", "gave up", "turned away", "left waiting")
    presses = ("held", "transferred", "pauses")
    return [
        f"tickets   {n['tickets']:,} ({n['priority']:,} priority)",
        f"calls     {len(tally.calls):,} ({n['recalls']:,} of them again)",
        f"waits     p50 {_minutes(tally, 50)}, p90 {_minutes(tally, 90)}",
        "visits    " + ", ".join(f"{n[fate]:,} {fate}" for fate in fates),
        "presses   " + ", ".join(f"{n[press]:,} {press}" for press in presses),
        f"ratings   {n['ratings']:,} ({n['negative ratings']:,} negative, {n['phone ratings']:,} by phone, "
        f"{n['rated too late']:,} too late)",
        f"answers   p50 {_ms(tally, 50)}, p99 {_ms(tally, 99)} to answer, {n['retries']} asked for again",
        "slowest   " + ", ".join(_slowest(tally)),
        f"player    longest stall {tally.longest_stall:.1f} s",
    ]


def _minutes(tally: Tally, per_cent: int) -> str:
    found = percentile(tally.waits, per_cent)
    return "–" if found is None else f"{found:.1f} min"


def _ms(tally: Tally, per_cent: int) -> str:
    return _in_ms(percentile([each for kind in tally.delays.values() for each in kind], per_cent))


def _in_ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.0f} ms"


def _slowest(tally: Tally) -> list[str]:
    """The kinds of presses whose slowest hundredth took longest."""
    kinds = sorted(((percentile(took, 99) or 0.0, kind) for kind, took in tally.delays.items()), reverse=True)
    return [f"{kind} p99 {_in_ms(p99)} of {len(tally.delays[kind]):,}" for p99, kind in kinds[:SLOWEST]]


def _screens(screens: list[ScreenRecord], stale_after: float) -> list[str]:
    return [
        _screen(screen) + ("" if was_live(screen, stale_after) else "   <- not live") for screen in screens
    ]


def _screen(screen: ScreenRecord) -> str:
    seen = f"{screen.events:,} events seen, {screen.holes} holes, {screen.missed_calls} calls missed"
    return f"{screen.name:<10}{seen}, longest silence {screen.longest_silence:.1f} s"


def _errors(tally: Tally) -> list[str]:
    found = tally.errors.most_common()
    lines = [f"errors    {sum(tally.errors.values())}"]
    lines += [f"  {times} x {text}" for text, times in found[:SHOWN_ERRORS]]
    if len(found) > SHOWN_ERRORS:
        lines.append(f"  and {len(found) - SHOWN_ERRORS} other kinds")
    return lines

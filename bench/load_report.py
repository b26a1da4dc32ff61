"""What came of a load: a table of every kind, of pushes and of servers; as Markdown, CSV and a chart."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

from bench.load_halls import Target

HEAD = ("what", "n", "a second", "p50 ms", "p99 ms", "errors")


@dataclass(frozen=True)
class Line:
    """One kind of request, or the pushes."""

    what: str
    n: int
    a_second: float
    p50: float
    p99: float
    errors: int

    def cells(self) -> tuple[str, ...]:
        times = (f"{self.a_second:.1f}", f"{self.p50:.1f}", f"{self.p99:.1f}")
        return (self.what, f"{self.n}", *times, f"{self.errors}")


@dataclass(frozen=True)
class Result:
    """A whole run; `wrong`: what screens missed, had twice or out of order."""

    title: str
    lines: list[Line]
    wrong: Counter[str]
    notes: list[str]

    @property
    def is_good(self) -> bool:
        return not any(self.wrong.values()) and not any(line.errors for line in self.lines)

    def markdown(self) -> str:
        rows = [HEAD, ("---",) * len(HEAD), *(line.cells() for line in self.lines)]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        lost = ", ".join(f"{n} {what}" for what, n in sorted(self.wrong.items()) if n)
        return "\n\n".join((f"## {self.title}", table, f"Pushes: {lost or 'none lost'}.", *self.notes))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "load.md").write_text(self.markdown() + "\n", "utf-8")
        with (folder / "load.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEAD, *(line.cells() for line in self.lines)])
        (folder / "load.svg").write_bytes(self.chart())

    def chart(self) -> bytes:
        import pygal  # it hooks into every later import

        timed = [line for line in self.lines if line.p99][::-1]
        steps = [10**n for n in range(2 + int(log10(max((line.p99 for line in timed), default=1.0))))]
        bars = pygal.HorizontalBar(
            title=f"{self.title}: milliseconds", logarithmic=True, js=[], range=(1, steps[-1]), zero=1,
            print_values=True, formatter=lambda ms: f"{ms:,.0f}",
        )  # fmt: skip
        bars.x_labels, bars.y_labels = [line.what for line in timed], steps
        bars.add("p50", [max(line.p50, 1.0) for line in timed])
        bars.add("p99", [max(line.p99, 1.0) for line in timed])
        drawn: bytes = bars.render()
        return drawn


def pushes_of(targets: Sequence[Target], seconds: float) -> Line:
    """From the press to each board that heard of it."""
    took = sorted(ms for target in targets for ms in target.pushes.milliseconds())
    messages = sum(target.pushes.messages for target in targets)
    return Line("press to board", messages, messages / seconds, at(took, 0.5), at(took, 0.99), 0)


def at(ordered: Sequence[float], q: float) -> float:
    """The nearest-rank quantile; 0 of nothing."""
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else 0.0


def wrongs_of(targets: Sequence[Target]) -> Counter[str]:
    return sum((target.pushes.wrong for target in targets), Counter())

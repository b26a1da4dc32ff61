"""Waits under several turn rules beside each other, in minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.replay import Replay
from forecast.scenes import Flags, Floats
from forecast.turn_rules import FCFS, FIRST, TurnRule

WEIGHT = {FIRST: 1.0}
OTHERS_WEIGHT = 3.0
"""Of a squared minute: whoever is given a class waits three times as hard, as it is commonly weighed."""
Told = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """The waits of the same people, in the same order, under first come first served."""

    classes: Flags
    first_come: Floats

    def row(self, name: str, waits: Floats) -> Told:
        """One rule's figures; extra: what walk-ins wait more than under first come first served."""
        known = ~np.isnan(waits)
        weight = np.array([WEIGHT.get(each, OTHERS_WEIGHT) for each in self.classes])[known]
        walk_in = known & ~np.isnan(self.first_come) & (self.classes == FIRST)
        return {
            "rule": name,
            "by_class": {
                str(each): spread(waits[known & (self.classes == each)]) for each in ordered(self.classes)
            },
            "mean": rounded(waits[known].mean() if known.any() else np.nan),
            "weighted_rms": rounded(np.sqrt((weight * waits[known] ** 2).sum() / max(weight.sum(), 1.0))),
            "extra": percentiles((waits - self.first_come)[walk_in], (95, 99)),
            "called": int(known.sum()),
            "not_called": int((~known).sum()),
        }


def compared(replays: Sequence[Replay], rules: Sequence[TurnRule], *, was: bool = True) -> list[Told]:
    """First come first served, then each rule, then what really was."""
    classes = np.array([visit.ticket_class for each in replays for visit in each.visits])
    first = together([each.waits(FCFS) for each in replays])
    told = Compared(classes, first)
    rows = [told.row("fcfs", first)]
    for rule in rules:
        if rule != FCFS:
            figures = {name: vars(rule.of(name)) for name in ordered(classes)} if rule.general else None
            rows.append(
                told.row(rule.words, together([each.waits(rule) for each in replays])) | {"figures": figures}
            )
    if was:
        rows.append(told.row("as it was", together([each.was() for each in replays])))
    return rows


def together(waits: Sequence[Floats]) -> Floats:
    return np.concatenate(waits) if waits else np.zeros(0)


def ordered(classes: Flags) -> list[str]:
    """Walk-ins first, then the others."""
    return sorted({str(each) for each in classes}, key=lambda name: (name != FIRST, name != "priority", name))


def spread(waits: Floats) -> Told:
    return percentiles(waits, (50, 90, 99)) | {
        "mean": rounded(waits.mean() if len(waits) else np.nan),
        "n": len(waits),
    }


def percentiles(values: Floats, wanted: Sequence[int]) -> dict[str, float | None]:
    if not len(values):
        return {f"p{each}": None for each in wanted}
    return {f"p{q}": rounded(value) for q, value in zip(wanted, np.percentile(values, wanted), strict=True)}


def rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)


def markdown(rows: Sequence[Told], names: Mapping[str, str] | None = None) -> str:
    """The rows as a table; `names` say a class in the heading's words."""
    classes = list(rows[0]["by_class"])
    heads = [(names or {}).get(each, each) for each in classes]
    lines = [
        "| rule | "
        + " | ".join(heads)
        + " | mean of all | weighted rms | extra wait of walk-ins p95 / p99 |",
        "|---" * (len(classes) + 4) + "|",
    ]
    for row in rows:
        cells = [
            " / ".join(plain(row["by_class"][each][q]) for q in ("p50", "p90", "p99")) for each in classes
        ]
        extra = " / ".join(plain(row["extra"][q]) for q in ("p95", "p99"))
        cells += [plain(row["mean"], 2), plain(row["weighted_rms"]), extra]
        lines.append(f"| {row['rule']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plain(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:.{digits}f}"

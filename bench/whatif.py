"""What-ifs against the truth: python -m bench.whatif --hall county --seed 101 --mornings 30 --learn 20

A made-up hall is played through `learn` days, then through as many mornings. At 10:00 of each, from what a
hall knows, the twin predicts every one of a set of changes; the hidden truth is then played both ways with
the same hidden draws. Compared are the means over everybody not called by 10:00.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from bench.whatif_truth import Morning, mornings
from forecast.change_words import all_parsed
from forecast.changing import changed
from forecast.expecting import expected
from forecast.history import history_of
from forecast.made import KINDS
from forecast.twin import Played, band, saved

AT = 600.0


@dataclass(frozen=True)
class Compared:
    """One change on one morning; minutes."""

    day: str
    kind: str
    change: str
    level: float
    level_told: float
    level_low: float
    level_high: float
    saving: float
    saving_told: float
    saving_low: float
    saving_high: float


def compared(morning: Morning, plays: int) -> Iterator[Compared]:
    """Predicts each change as a hall could, and plays the truth both ways."""
    history = history_of(morning.visits, morning.plan, morning.day, AT)
    course = expected(history, plays, seed=1)
    without = Played(course)
    level, truth = band(without.means()), morning.truth()
    for kind, words in morning.changes():
        saving = saved(without.means(), Played(changed(course, all_parsed([words]), history)).means())
        yield Compared(
            morning.day, kind, words, truth.mean, level["mean"], level["low"], level["high"],
            truth.mean - morning.truth(words).mean, saving["mean"], saving["low"], saving["high"],
        )  # fmt: skip


def marks(rows: list[Compared]) -> dict[str, Any]:
    """W1, W2, the choice among spare windows, and the signs."""
    by_day = {row.day: row for row in rows}.values()
    level = np.array([row.level for row in by_day])
    told = np.array([row.level_told for row in by_day])
    spare = [row for row in rows if row.kind == "spare"]
    large = [row for row in rows if abs(row.saving) > 2]
    return {
        "mornings": len(by_day),
        "level": {
            "mean": float(level.mean()), "error": float(np.abs(told - level).mean() / level.mean()),
            "bias": float((told - level).mean()),
            "covered": float(np.mean([row.level_low <= row.level <= row.level_high for row in by_day])),
        },
        "saving": {kind: of_kind([row for row in rows if row.kind == kind]) for kind in kinds(rows)},
        "best_of_five": float(np.mean([is_best(spare, day) for day in {row.day for row in spare}])),
        "large": len(large),
        "signs_right": float(np.mean([row.saving * row.saving_told > 0 for row in large])) if large else None,
    }  # fmt: skip


def kinds(rows: list[Compared]) -> list[str]:
    return list(dict.fromkeys(row.kind for row in rows))


def of_kind(rows: list[Compared]) -> dict[str, float]:
    saving = np.array([row.saving for row in rows])
    told = np.array([row.saving_told for row in rows])
    covered = [row.saving_low <= row.saving <= row.saving_high for row in rows]
    return {
        "n": len(rows), "saved": float(saving.mean()), "error": float(np.abs(told - saving).mean()),
        "bias": float((told - saving).mean()), "covered": float(np.mean(covered)),
    }  # fmt: skip


def is_best(spare: list[Compared], day: str) -> bool:
    """Whether the window that was named saved within a minute of what the best would have."""
    own = [row for row in spare if row.day == day]
    named = max(own, key=lambda row: row.saving_told)
    return named.saving >= max(row.saving for row in own) - 1.0


def table(found: dict[str, Any]) -> str:
    """The marks as lines for docs/whatif.md."""
    level = found["level"]
    lines = [
        f"| level: mean {level['mean']:.1f} min | error {level['error']:.1%} | bias {level['bias']:+.2f} | "
        f"covered {level['covered']:.0%} |",
        "| change | n | saved | error | bias | covered |",
        *[
            f"| {kind} | {own['n']} | {own['saved']:.2f} | {own['error']:.2f} | {own['bias']:+.2f} | "
            f"{own['covered']:.0%} |"
            for kind, own in found["saving"].items()
        ],
        f"best of five within 1 min: {found['best_of_five']:.0%}",
        f"sign right: {found['signs_right'] or 0:.0%} of {found['large']} changes of more than 2 min",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hall", choices=tuple(KINDS), default="county")
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--mornings", type=int, default=30)
    parser.add_argument("--learn", type=int, default=20, help="days known before the first morning")
    parser.add_argument("--load", type=float, default=1.0)
    parser.add_argument("--plays", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="one line for each change too")
    asked = parser.parse_args()
    kind = replace(KINDS[asked.hall], load=asked.load)
    rows = [
        row
        for morning in mornings(kind, asked.seed, asked.learn, asked.mornings, AT)
        for row in compared(morning, asked.plays)
    ]
    if asked.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "marks": marks(rows)}))
    else:
        print(table(marks(rows)))


if __name__ == "__main__":
    main()

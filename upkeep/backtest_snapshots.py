"""The command `backtest --snapshots`: what would have been told where only lengths of lines are known."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from queueing.records import Json
from web.starting import CannotStart

if TYPE_CHECKING:
    from forecast.judging import Told
    from forecast.snapshots import Replayed
    from forecast.snapshots_file import Snapshots

HEADING = ("office", "queue_id", "date", "at", "estimate", "low", "high", "actual")
OTHERS = {
    "les": "wait of the last one called",
    "naive": "people × published minutes ÷ windows",
    "published": "published minutes as they are",
}


def run_snapshots(options: argparse.Namespace) -> None:
    """Replays the file; rows go to --out, the summary to the standard output.

    Without --out and --json the rows go to the standard output and the summary to the standard error.
    """
    from forecast.snapshots import replay
    from forecast.snapshots_file import WrongSnapshots, read_snapshots
    from forecast.snapshots_prior import prior_of

    try:
        snapshots = read_snapshots(options.snapshots)
        told = replay(snapshots, prior_of(options.prior))
    except WrongSnapshots as error:
        raise CannotStart(str(error)) from None
    summary = summary_of(snapshots, told)
    said = json.dumps(summary) if options.json else "\n".join(_lines(summary))
    if options.out:
        _write(options.out, _csv(snapshots, told))
    elif not options.json:
        sys.stdout.write(_csv(snapshots, told))
    (sys.stdout if options.out or options.json else sys.stderr).write(said + "\n")


def summary_of(snapshots: Snapshots, told: Replayed) -> Json:
    """Errors in minutes, of ours and of what others print, over the snapshots whose wait is known."""
    from forecast.judging import covered, judged
    from forecast.snapshots import plain_rules

    actual = snapshots["wait"]
    ours = judged(told.estimate, actual)
    others = {name: judged(minutes, actual) for name, minutes in plain_rules(snapshots).items()}
    return {
        "snapshots": len(snapshots),
        "days": len(set(snapshots.date)),
        **ours.shown,
        **covered(told.low, told.high, actual),
        **{name: each.shown for name, each in others.items()},
        **{f"to_{name}": _share(ours, each) for name, each in others.items()},
    }


def _share(ours: Told, other: Told) -> float | None:
    return round(ours.mean_abs_error / other.mean_abs_error, 4) if other.mean_abs_error else None


def _csv(snapshots: Snapshots, told: Replayed) -> str:
    """A row per snapshot, in the order of the file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    numbers = (snapshots["t"], told.estimate, told.low, told.high, snapshots["wait"])
    names = zip(snapshots.office, snapshots.queue, snapshots.date, strict=True)
    for name, row in zip(names, zip(*(each.tolist() for each in numbers), strict=True), strict=True):
        writer.writerow((*name, *("" if value != value else f"{value:.10g}" for value in row)))
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotStart(f"{path}: can't be written: {error.strerror}. Name another file.") from None


def _lines(summary: Json) -> Iterator[str]:
    yield f"{summary['n']} waits on {summary['days']} days; errors in minutes"
    yield f"{'':38}{'error':>8}{'rms':>8}{'bias':>8}{'> 10 too short':>16}"
    yield _line("told here", summary)
    for name, words in OTHERS.items():
        yield _line(words, summary[name])
    yield f"80 % interval: covers {summary['coverage']:.1%}, mean width {summary['mean_width']:.1f} minutes"
    shares = (f"{summary[f'to_{name}'] or 0:.3f} × {name}" for name in OTHERS)
    yield f"error: {', '.join(shares)}"


def _line(words: str, told: Json) -> str:
    errors = "".join(f"{told[name]:8.2f}" for name in ("mean_abs_error", "root_mean_square", "bias"))
    return f"{words:38}{errors}{told['told_over_10_too_short']:16.1%}"

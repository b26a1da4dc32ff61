"""Writes the tables of docs/turns.md: python -m forecast.turn_doc, or `make turns`.

Made-up halls are written as files and played again from these under each rule, as `app.py turns` does it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from forecast.logs import read_log, read_plan
from forecast.made_files import write
from forecast.replay import Replay, replays_of
from forecast.turn_rules import SHIPPED, rule_of
from forecast.turn_table import Told, compared, markdown, plain

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "turns.md"
BEGIN, END = "<!-- tables: make turns -->", "<!-- end -->"
SEEDS, DAYS, PRIORITY = (101, 102, 103), 30, 0.12
NAMES = ("walk_in", "priority", "appointment")
RULES = (
    "strict", "strict, max=45", "ratio=1:3", "head start 10", "head start 20", "head start 40", "rate 2.5",
    "rate 3", "rate 3, head start 5", "rate 3, head start 10", "rate 4",
    "priority rate=3 head_start=5; appointment rate=2 head_start=5",
)  # fmt: skip
SCENES = (
    ("As many as the windows can serve (load 1.0)", 1.0, PRIORITY),
    ("A tenth more (load 1.1)", 1.1, PRIORITY),
    ("Twice as many with priority (24 in 100)", 1.0, 2 * PRIORITY),
)


def days_of(load: float, priority: float) -> list[Replay]:
    """30 days of each hall, ready to be played."""
    found = []
    for seed in SEEDS:
        with TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, "county", seed, DAYS, load, False, priority)
            visits, plan = read_log(folder / "tickets.csv"), read_plan(folder / "windows.csv")
        found += replays_of(visits, plan)
    return found


def tables() -> str:
    """All scenes, each a table with its marks."""
    rules = [rule_of(words, NAMES, SHIPPED) for words in RULES]
    parts = []
    for title, load, priority in SCENES:
        rows = compared(days_of(load, priority), rules, was=False)
        parts.append(f"### {title}\n\n{markdown(rows)}\n\n{marks(rows)}")
    return "\n\n".join(parts)


def marks(rows: list[Told]) -> str:
    """What the rule in force comes to beside first come first served."""
    fcfs, ours = rows[0], next(row for row in rows if row["rule"] == "rate 3, head start 5")
    more = ours["by_class"]["walk_in"]["p99"] - fcfs["by_class"]["walk_in"]["p99"]
    share, mean = ours["weighted_rms"] / fcfs["weighted_rms"], ours["mean"] - fcfs["mean"]
    p90, late = (plain(ours["by_class"]["priority"][q]) for q in ("p90", "p99"))
    booked = plain(ours["by_class"]["appointment"]["p90"])
    return (
        f"*Rate 3, head start 5*: priority p90 {p90}, p99 {late}; appointments p90 {booked}; "
        f"walk-ins' p99 {more:+.1f} against first come first served, mean of all {mean:+.2f}, "
        f"weighted rms {share:.3f} of it."
    )


def main() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()

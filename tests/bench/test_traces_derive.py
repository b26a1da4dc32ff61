"""How the small table of arrivals is derived from snapshots."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

from bench.traces.derive import DAYS, arrivals_by_queue, derive, ranked, slot, spread

HEADING = "office,date,queue_id,queue,minute,issued,called,counters_open,waiting"


def test_tickets_between_two_snapshots_are_spread_evenly() -> None:
    assert list(spread(2, 480, 490)) == [482.5, 487.5]
    assert list(spread(0, 480, 490)) == []


def test_who_waits_before_the_opening_comes_in_the_first_slot() -> None:
    assert [slot(moment) for moment in (470, 480, 484.9, 485, 1079.9, 1200)] == [0, 0, 0, 1, 119, 119]


def test_a_queue_counts_its_own_tickets_only() -> None:
    rows = [
        {"queue_id": "a", "minute": "480", "issued": "4"},
        {"queue_id": "b", "minute": "480", "issued": "1"},
        {"queue_id": "a", "minute": "490", "issued": "2"},
    ]
    queues = arrivals_by_queue(rows)
    assert queues["a"][:3] == [5, 1, 0]
    assert sum(queues["b"]) == 1


def test_the_busiest_queue_is_first_and_empty_ones_go() -> None:
    assert ranked({"a": [1, 0], "b": [0, 0], "c": [1, 2]}) == [[1, 2], [1, 0]]


def test_the_whole_table_from_a_packed_source(tmp_path: Path) -> None:
    office, date = DAYS[0]
    lines = [HEADING, f"{office},{date},7,Tax,485,3,0,1,3", "Elsewhere,2020-01-13,7,Tax,485,9,0,1,9"]
    source = tmp_path / "source.csv.gz"
    source.write_bytes(gzip.compress("\n".join(lines).encode()))
    out = io.StringIO()
    derive(source, out)
    heading, row = csv.reader(out.getvalue().splitlines())
    assert heading[:4] == ["office", "date", "rank", "480"] and len(heading) == len(row) == 123
    assert row[:3] == [office, date, "1"] and sum(map(int, row[3:])) == 3

"""Files of snapshots: what is read, and what is said of a wrong one."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from forecast.snapshots_file import WrongSnapshots, read_snapshots

HEADING = (
    "office,queue_id,queue,date,t,waiting,counters,published_min,"
    "calls30,span30,calls60,span60,cur,les,since_call,wait"
)
ROW = "North,7,A: cars,2020-01-15,499.0,6.0,1.0,10.0,2.0,5.0,2.0,5.0,2.0,9.0,0.0,32.6"


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "lines.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(WrongSnapshots) as wrong:
        read_snapshots(path)
    return str(wrong.value)


def test_a_file_is_read_plain_or_compressed(tmp_path: Path) -> None:
    plain = written(tmp_path, HEADING, ROW)
    packed = tmp_path / "lines.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        snapshots = read_snapshots(path)
        assert (snapshots.keys, snapshots.date) == (["North|7"], ["2020-01-15"])
        assert (snapshots["t"][0], snapshots["wait"][0]) == (499.0, 32.6)


def test_columns_may_be_missing_empty_or_too_many(tmp_path: Path) -> None:
    heading = "wait,weather,waiting,t,date,queue_id,office,les"
    snapshots = read_snapshots(written(tmp_path, heading, ",rain,3,600,2020-01-15,7,North,NaN"))
    assert snapshots["waiting"][0] == 3
    assert all(np.isnan(snapshots[name][0]) for name in ("wait", "les", "counters", "calls60"))


def test_a_missing_column_is_named_with_all_that_are_wanted(tmp_path: Path) -> None:
    told = said(written(tmp_path, "office,queue_id,date,t,wait", "North,7,2020-01-15,499,3"))
    assert "no column waiting" in told
    assert "office,queue_id,date,t,waiting,wait,counters" in told


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("6.0", "six", ":3: waiting is 'six'. Write a number from 0"),
        ("6.0", "", ":3: waiting is empty"),
        ("32.6", "-2", ":3: wait is '-2'"),
        ("32.6", "inf", ":3: wait is 'inf'"),
        ("499.0", "4990", ":3: t is '4990'. Write a number from 0 to 1440."),
        ("2020-01-15", "15.1.2020", ":3: date '15.1.2020' is no day. Write 2020-01-15."),
        ("32.6", "32.6,5", ":3: has 17 cells, the first line 16 columns"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    assert told in said(written(tmp_path, HEADING, ROW, ROW.replace(was, becomes, 1)))


def test_only_the_first_mistakes_are_told(tmp_path: Path) -> None:
    told = said(written(tmp_path, HEADING, *[ROW.replace("6.0", "six")] * 30))
    assert len(told.splitlines()) == 21
    assert told.endswith("And 10 more.")


def test_what_is_no_table_is_said_to_be_none(tmp_path: Path) -> None:
    assert "can't be read: No such file" in said(tmp_path / "nowhere.csv")
    assert "has no snapshot" in said(written(tmp_path, HEADING))
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(gzip.compress(b"office,date\n" * 50)[:-9])
    assert "can't be unpacked" in said(torn)
    torn.write_bytes("öffice".encode("latin-1"))
    assert "no text in UTF-8" in said(torn)

"""Files that are no log are refused by name, with what to do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from app import parser
from forecast.logs import LOG_COLUMNS, LogError, read_log
from tests.running import SMALL
from web.starting import CannotStart

HEAD = ",".join(LOG_COLUMNS)
PACKED = gzip.compress(HEAD.encode() + b"\n" + bytes(range(32, 127)) * 20)
DAMAGED = {
    "cut off": PACKED[:-12],
    "cut in its head": PACKED[:5],
    "broken inside": PACKED[:10] + b"\xff" * 20 + PACKED[30:],
    "wrong checksum": PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:],
    "a field too long": f"{HEAD}\n{'x' * 200_000}\n".encode(),
    "lines ending as on old machines": f"{HEAD}\rT1,id-card\r".encode(),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, how: str) -> None:
    file = tmp_path / "tickets.csv"
    file.write_bytes(DAMAGED[how])
    with pytest.raises(LogError, match=r"tickets\.csv .*(Copy it|Save it)") as refusal:
        read_log(file)
    assert "None" not in str(refusal.value)


ROWS = """\
A1,id,walk_in,2026-10-12T09:00,2026-10-12T09:05,1,2026-10-12T09:06,2026-10-12T09:10,done
A2,id,walk_in,2026-10-12T09:10,2026-10-12T09:05,1,2026-10-12T09:06,2026-10-12T09:10,done
A3,id,walk_in,2026-10-12T09:00,2026-10-12T09:05,1,2026-10-12T09:16,2026-10-12T09:10,done
A4,id,walk_in,2026-10-12T09:00,2026-10-12T09:05:00,1,2026-10-12T09:04:59,2026-10-12T09:10,done
A1,id,walk_in,2026-10-12T10:00,2026-10-12T10:05,1,2026-10-12T10:06,2026-10-12T10:10,done
A1,id,walk_in,2026-10-13T09:00,2026-10-13T09:05,1,2026-10-13T09:06,2026-10-13T09:10,done
A5,id,walk_in,2026-10-12T09:00,,,,2026-10-12T09:10,abandoned
"""


def test_rows_that_cannot_have_been_are_left_out_with_a_word(tmp_path: Path) -> None:
    file, said = tmp_path / "tickets.csv", list[str]()
    file.write_text(f"{HEAD}\n{ROWS}", "utf-8")
    visits = read_log(file, say=said.append)
    assert [(v.day[-2:], v.ticket) for v in visits] == [
        ("12", "A1"), ("12", "A4"), ("12", "A5"), ("12", "A1"), ("13", "A1")
    ]  # fmt: skip
    left_out, twice = said
    assert "line 3: called before joined" in left_out and "line 4: finished before started" in left_out
    assert "line 6: A1 again" in twice and "line 7" not in twice


def test_a_file_of_another_hall_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "tickets.csv"
    log.write_text(f"{HEAD}\n{ROWS}", "utf-8")
    plan = tmp_path / "windows.csv"
    plan.write_text("day,window,clerk,services,opens,closes\n2026-10-12,1,li,id,08:30,12:00\n", "utf-8")
    words = ["--log", str(log), "--staffing", str(plan), "--json"]
    options = parser().parse_args(["backtest", *words, "--config", str(SMALL)])
    options.do(options)
    told = capsys.readouterr()
    assert json.loads(told.out) and "knows none of the log's services, and not id" in told.err
    options = parser().parse_args(["backtest", *words])
    options.do(options)
    assert "is it this hall's" not in capsys.readouterr().err


def test_the_help_says_which_options_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["backtest", "--help"])
    assert "--log tickets.csv --staffing windows.csv [--config hall.toml]" in capsys.readouterr().out


def test_a_backtest_of_nobody_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(HEAD + "\n", "utf-8")
    options = parser().parse_args(["backtest", "--log", str(file), "--staffing", str(file)])
    with pytest.raises(CannotStart, match="no visits"):
        options.do(options)

"""Files that are no log are refused by name, with what to do."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app import parser
from forecast.logs import LOG_COLUMNS, LogError, read_log
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


def test_a_backtest_of_nobody_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(HEAD + "\n", "utf-8")
    options = parser().parse_args(["backtest", "--log", str(file), "--staffing", str(file)])
    with pytest.raises(CannotStart, match="no visits"):
        options.do(options)

"""What stands after an option is refused in one line, before a file is read."""

from __future__ import annotations

import pytest

from app import parser

FILES = ("--log", "none.csv", "--staffing", "none.csv")


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        *(("backtest", "--renew", value) for value in ("-1", "0", "nan", "inf", "soon")),
        *(("whatif", "--at", value) for value in ("25:00", "10:60", "ten", "-1:00")),
        *(("whatif", "--plays", value) for value in ("0", "-5", "999999999", "many")),
        *(("whatif", "--seed", value) for value in ("-1", str(2**32))),
    ],
)
def test_a_wrong_value_is_refused_in_one_line(capsys, command, option, value):
    with pytest.raises(SystemExit) as refusal:
        parser().parse_args([command, *FILES, f"{option}={value}"])
    assert refusal.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert option in last and repr(value) in last and "should be" in last


def test_right_values_are_taken():
    words = ["--at", "9:30", "--plays", "2000", "--seed", "0"]
    asked = parser().parse_args(["whatif", *FILES, *words])
    assert (asked.at, asked.plays, asked.seed) == ("9:30", 2000, 0)
    assert parser().parse_args(["backtest", *FILES, "--renew", "2.5"]).renew == 2.5

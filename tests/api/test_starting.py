"""A start that works says where the hall is; one that can't says what to do, on stderr, with exit code 2."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import PATIENCE, ROOT, SMALL, RunningHall, running_hall


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "app.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def refused(*arguments: str) -> str:
    """What a start that fails says."""
    done = run("serve", *arguments)
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    return done.stderr


def small(data: Path) -> list[str]:
    return ["--hall", str(SMALL), "--data", str(data), "--port", "0"]


def test_the_welcome_says_what_and_where(fresh_server: RunningHall) -> None:
    said = fresh_server.said
    assert "Small Town Service Hall" in said and "3 windows" in said
    assert "one-time password: " in said and "2026-10-12 09:00" in said
    assert re.search(r"^Data: /.*/hall\.db$", said, re.MULTILINE)


def test_the_password_is_told_once(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        assert hall.one_time_password
    with running_hall(tmp_path) as hall:
        assert not hall.one_time_password


def test_what_was_done_is_there_after_a_restart(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        link = hall.somebody().take("id-card")["link"]
    with running_hall(tmp_path) as hall:
        assert hall.somebody().get(f"/api/v1{link}")["ticket"]["number"] == "A001"
        assert hall.somebody().take("id-card")["ticket"]["number"] == "A002"


def test_a_second_server_on_the_same_data_is_refused(fresh_server: RunningHall, tmp_path: Path) -> None:
    said = refused(*small(tmp_path / "data"), "--clock", "2026-10-12T09:00")
    assert "in use by another server" in said and "DATA=" in said
    assert fresh_server.somebody().get("/healthz") == {"status": "ok"}


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused("--hall", str(SMALL), "--data", str(tmp_path), "--port", str(port))
    assert f"Port {port} is in use" in said and "PORT=" in said


def test_a_hall_file_with_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8").replace('area = "upstairs"', 'area = "cellar"'), "utf-8")
    said = refused("--hall", str(file), "--data", str(tmp_path / "data"))
    assert str(file) in said and "cellar" in said
    assert run("check-hall", "--hall", str(file)).returncode == 2
    assert not (tmp_path / "data").exists()


def test_a_hall_file_that_isnt_there(tmp_path: Path) -> None:
    assert "no-such.toml" in refused("--hall", str(tmp_path / "no-such.toml"))


def test_checking_a_good_hall() -> None:
    done = run("check-hall", "--hall", str(SMALL))
    assert done.returncode == 0 and "3 windows" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--clock", "nine o'clock"], "CLOCK is a time"),
        (["--speed", "60"], "needs a simulated clock"),
        (["--clock", "2026-10-12T09:00", "--speed", "0"], "runs forwards"),
    ],
)
def test_a_clock_that_makes_no_sense(tmp_path: Path, words: list[str], said: str) -> None:
    assert said in refused(*small(tmp_path), *words)


@pytest.mark.parametrize("port", ["abc", "-1", "70000", ""])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "PORT is a number from 1 to 65535" in refused(*small(tmp_path), "--port", port)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["/proc/hall", str(SMALL)])
def test_a_data_folder_that_cant_be_made(folder: str) -> None:
    said = refused("--hall", str(SMALL), "--data", folder, "--port", "0")
    assert folder in said and "DATA=" in said


def test_out_of_hours_the_trial_is_named(tmp_path: Path) -> None:
    """On the real clock the hall may be open or not; the hint stands exactly when it is not."""
    with running_hall(tmp_path, clock=None) as hall:
        status = {line["line"]["status"] for line in hall.somebody().get("/api/v1/services")["services"]}
        assert ("CLOCK=" in hall.said) == (status == {"closed"})


def test_data_of_days_to_come_are_named_at_the_start(tmp_path: Path) -> None:
    """Once for seconds in 2031, for good in 2031: who starts the hall must hear of it."""
    with running_hall(tmp_path, clock="2031-03-03T09:00") as hall:
        hall.somebody().take("id-card")
        assert "The data reach until" not in hall.said
    with running_hall(tmp_path, clock="2026-10-12T09:00") as hall:
        assert "The data reach until 2031-03-03 09:0" in hall.said
        assert "later than this machine's clock, 2026-10-12 09:0" in hall.said


def test_a_trial_starts_from_nothing_and_leaves_the_real_data_alone(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + f'\n[server]\ndata = "{tmp_path / "var"}"\n', "utf-8")
    for _ in range(2):
        with running_hall(None, file) as hall:
            assert hall.one_time_password
            assert hall.somebody().take("id-card")["ticket"]["number"] == "A001"
    assert [each.name for each in (tmp_path / "var").iterdir()] == ["simulated"]


def test_a_trials_data_dont_open_as_a_real_hall_nor_a_real_halls_for_a_trial(tmp_path: Path) -> None:
    trial, real, words = tmp_path / "trial", tmp_path / "real", ["--clock", "2026-10-12T09:00"]
    with running_hall(trial) as hall:
        number = hall.somebody().take("id-card")["ticket"]["number"]
    said = refused(*small(trial))
    assert str(trial) in said and "a trial's" in said and "CLOCK=" in said and "DATA=" in said
    with running_hall(trial) as hall:
        assert hall.somebody().take("id-card")["ticket"]["number"] > number
    with running_hall(real, clock=None):
        pass
    said = refused(*small(real), *words)
    assert str(real) in said and "a real hall's" in said and "DATA=" in said
    with running_hall(real, clock=None) as hall:
        assert hall.somebody().get("/healthz") == {"status": "ok"}


def test_secrets_are_for_the_server_alone(fresh_server: RunningHall, tmp_path: Path) -> None:
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0


def test_a_lost_password_is_replaced_at_the_machine_while_the_hall_is_closed(tmp_path: Path) -> None:
    data = ["--hall", str(SMALL), "--data", str(tmp_path)]
    assert "no hall in" in run("one-time-password", *data).stderr
    with running_hall(tmp_path):
        assert "in use by another server" in run("one-time-password", *data).stderr
    assert run("one-time-password", "nobody", *data).returncode == 2
    assert "belong to another hall (small)" in run("one-time-password", "--data", str(tmp_path)).stderr
    said = run("one-time-password", "admin", *data).stdout
    with running_hall(tmp_path) as hall:
        answer = hall.somebody().sign_in("admin", said.split()[-1])
    assert answer["staff"]["must_change_password"] is True

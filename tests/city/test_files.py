"""A city's files that get into each other's way, copied or broken: each hall keeps its data and address."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from app import parser
from settings.city import load_city
from tests.city.cities import EXAMPLE, TOLD
from tests.running import MORNING, PATIENCE, first_words
from tests.warm import served
from upkeep.opened_with import MARK, is_known, remember

HALLS = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "halls"))


@contextmanager
def opened(folder: Path, port: int) -> Iterator[str]:
    """The city at that port, with its data beside the folder; what it says at its start."""
    words = ["--data", str(folder.parent / "data"), "--clock", MORNING, "--port", str(port)]
    process = served(folder, words)
    try:
        yield first_words(process)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def free_row(length: int) -> int:
    """The first of so many ports beside each other that are free."""
    for first in range(21_000, 30_000, length):
        if all(is_free(port) for port in range(first, first + length)):
            return first
    raise AssertionError("no row of ports is free")


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_is_wrong_with_one_file_moves_no_other_hall(folder: Path) -> None:
    port = free_row(1 + HALLS + 1)
    with opened(folder, port) as said:
        before = dict(TOLD.findall(said))
    (folder / "dongcheng.toml").write_text("[hall]\nid = ", "utf-8")
    shutil.copy(folder / "xinqu.toml", folder / "zcopy.toml")
    with opened(folder, port) as said:
        after = dict(TOLD.findall(said))
        assert "SHUT" in said and "zcopy.toml" in said
        health = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).json()
    assert len(before) == 1 + HALLS
    assert after == {hall: at for hall, at in before.items() if hall != "dongcheng"}
    assert health == {"status": "degraded", "trouble": "hall_shut dongcheng zcopy"}


def test_a_copied_file_takes_no_halls_data_over(folder: Path) -> None:
    port = free_row(1 + HALLS + 1)
    with opened(folder, port):
        pass
    (folder.parent / "data" / "dongcheng" / MARK).unlink()
    (folder.parent / "data" / "dongcheng" / MARK).mkdir()
    text = (folder / "xinqu.toml").read_text("utf-8")
    (folder / "aaa.toml").write_text(text.replace("高新区政务服务中心", "新馆"), "utf-8")
    with opened(folder, port) as said:
        shut = [line for line in said.splitlines() if line.startswith("SHUT")]
        name = requests.get(f"http://127.0.0.1:{dict(TOLD.findall(said))['xinqu']}/", timeout=PATIENCE).text
    assert "dongcheng: " in said and len(shut) == 1 and "aaa.toml: Its id 'xinqu' is taken" in shut[0]
    assert "高新区政务服务中心" in name and "新馆" not in name


def test_what_cant_be_read_says_nothing_of_a_file(tmp_path: Path) -> None:
    remember(tmp_path, Path("xinqu.toml"))
    assert is_known(tmp_path, Path("xinqu.toml")) and not is_known(tmp_path, Path("aaa.toml"))
    (tmp_path / MARK).write_bytes(b"\xff\xfe\x00")
    assert not is_known(tmp_path, Path("xinqu.toml"))
    kept = tmp_path / "kept"
    kept.write_text("whole", "utf-8")
    (tmp_path / MARK).unlink()
    (tmp_path / MARK).symlink_to(kept)
    remember(tmp_path, Path("xinqu.toml"))
    assert kept.read_text("utf-8") == "whole" and is_known(tmp_path, Path("xinqu.toml"))


def test_the_check_finds_what_is_wrong_between_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(folder / "xinqu.toml", folder / "aaa.toml")
    city = (folder / "city.toml").read_text("utf-8")
    limited = city.replace('role = "supervisor"', 'role = "supervisor"\nhalls = ["dongchen"]', 1)
    (folder / "city.toml").write_text(limited, "utf-8")
    assert any(person.halls == ("dongchen",) for person in load_city(folder / "city.toml").staff)
    checking = parser().parse_args(["check-hall", "--hall", str(folder)])
    with pytest.raises(SystemExit) as end:
        checking.do(checking)
    said = capsys.readouterr()
    line = 1 + limited.splitlines().index('halls = ["dongchen"]')
    assert end.value.code == 2 and "xinqu.toml:1: hall.id: The id 'xinqu' is the one of aaa.toml" in said.err
    assert f"city.toml:{line}: staff[" in said.err and "Did you mean 'dongcheng'?" in said.err
    assert "4 halls" in said.out

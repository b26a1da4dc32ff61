"""The mark that a moved hall leaves, and what is opened and told after a move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from queueing.house import House
from storage.opening import FILE
from storage.postgres_address import shown
from tests.scene import SMALL
from upkeep.folder import store_of
from upkeep.looking import kept_folder
from upkeep.moved import leave_moved_mark
from upkeep.moving import moved
from upkeep.operator import backed_up, data_of, put_back
from web.starting import CannotStart, house_of

pytestmark = pytest.mark.of_files


def test_the_file_that_a_hall_was_moved_from_is_opened_no_more(options, lived, address):
    options.to = address
    moved(options)
    for asked in (
        lambda: store_of(house_of(SMALL), lived),
        lambda: backed_up(data_of(options)),
        lambda: put_back(data_of(options), str(lived / FILE)),
        lambda: kept_folder(options, house_of(SMALL)),
    ):
        with pytest.raises(CannotStart, match=r"moved to postgresql://.*HALL_DATABASE.*remove .*hall\.moved"):
            asked()
    (lived / "hall.moved").unlink()
    store_of(house_of(SMALL), lived).close()


UNREAD = [b"\xff\xfe", b"", b"{}", b'{"moved_to": "", "at": ""}', b"[" * 100_000, b"null"]


@pytest.mark.parametrize("said", UNREAD, ids=range(len(UNREAD)))
def test_a_mark_that_cant_be_read_opens_nothing(lived, said):
    (lived / "hall.moved").write_bytes(said)
    with pytest.raises(CannotStart, match=r"hall\.moved, which says where to, can't be read"):
        store_of(house_of(SMALL), lived)


def test_a_mark_that_leads_nowhere_or_elsewhere_opens_nothing(lived, tmp_path):
    (lived / "hall.moved").symlink_to(tmp_path / "nothing")
    with pytest.raises(CannotStart, match="can't be read"):
        store_of(house_of(SMALL), lived)
    (lived / "hall.moved").unlink()
    leave_moved_mark(lived, str(tmp_path / "elsewhere"))
    with pytest.raises(CannotStart, match="elsewhere and no database"):
        store_of(house_of(SMALL), lived)


def test_the_database_that_a_hall_left_again_is_opened_no_more(options, in_database, back):
    store_of(house_of(SMALL), options.data).close()
    moved(options)
    assert not (back / "hall.moved").exists()
    with pytest.raises(CannotStart, match=f"out of HALL_DATABASE, and open the hall with DATA={back}"):
        store_of(house_of(SMALL), options.data)
    store_of(house_without_database(), back).close()


def test_a_hall_comes_back_to_the_folder_that_it_left(options, lived, in_database):
    (lived / FILE).rename(lived / "hall.before")
    options.to = str(lived)
    moved(options)
    store_of(house_without_database(), lived).close()


def test_who_moves_twice_is_told_what_to_do(options, lived, address, cluster):
    options.to = address
    moved(options)
    with pytest.raises(CannotStart, match="If it is this one, moved before, there is nothing to move: name"):
        moved(options)
    options.to = cluster.new_database()
    with pytest.raises(CannotStart, match=r"was moved to postgresql://.* already\. To move it on from there"):
        moved(options)


def test_a_move_that_was_cut_off_at_its_end_is_done_again(options, lived, address, monkeypatch):
    """The mark is there before the database keeps anything: else both would open."""
    options.to = address
    with monkeypatch.context() as cut, pytest.raises(CannotStart, match="give the same command once more"):
        cut.setattr("upkeep.moving.leave_moved_mark", marked_then_away(address))
        moved(options)
    assert (lived / "hall.moved").exists()
    assert "The chain of the log holds" in moved(options)


def marked_then_away(address: str) -> Any:
    """Leaves the mark, and then the server ends the line to the command."""
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"

    def mark(folder: Path, to: str) -> None:
        leave_moved_mark(folder, to)
        with psycopg.connect(address) as conn:
            conn.execute(f"{ends} AND pid <> pg_backend_pid()")

    return mark


def house_without_database() -> House:
    house = house_of(SMALL)
    return replace(house, server=replace(house.server, database=""))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://hall:geheim@db:5433/h?sslmode=require", "postgresql://hall@db:5433/h?sslmode=require"),
        ("postgres://hall@a,b/h?password=geheim&sslpassword=x", "postgresql://hall@a,b/h"),
        ("postgresql://h%40ll:geheim@[::1]:1,b:2/h", "postgresql://h%40ll@[::1]:1,b:2/h"),
        ("postgresql:///h?host=/run/pg&port=5433", "postgresql:///h?host=/run/pg&port=5433"),
    ],
)
def test_where_the_data_are_is_told_without_a_password(address, told):
    assert shown(address) == told
    assert shown(told) == told

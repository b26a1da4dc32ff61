"""Pictures whose JSON is written once say what they would say written anew."""

from __future__ import annotations

import json

from socketio.packet import ACK, EVENT

from web.packets import ClientPacket
from web.written import Written


def test_an_answer_with_a_written_picture_is_the_same_answer() -> None:
    shared = Written({"calls": [{"number": "A001"}], "windows": [{"title": "一号"}]})
    picture = Written(shared, Written({"lines": []}), {"announcing": [None]}, {})
    answer = {"ok": True, "seq": 7, "snapshot": picture, "now": '"},"snapshot":null'}
    said = ClientPacket(ACK, id=3, data=[answer]).encode()
    assert said.startswith('33[{"ok":true')
    assert json.loads(said[2:]) == [answer]
    assert answer["snapshot"] == {
        "calls": [{"number": "A001"}], "windows": [{"title": "一号"}], "lines": [], "announcing": [None],
    }  # fmt: skip


def test_a_part_is_written_once_for_all_that_have_it() -> None:
    shared = Written({"lines": [1, 2]})
    shared.text  # noqa: B018
    shared["lines"].append(3)  # which nobody may, and which shows here who looks again
    assert Written(shared, {"seq": 1}).text == '{"lines":[1,2],"seq":1}'


def test_everything_else_is_written_as_ever() -> None:
    for data in ([], ["events", {"snapshot": 1}], [{"snapshot": {}}], [{"ok": False}], [None], {"sid": "x"}):
        assert json.loads(ClientPacket(EVENT, data=data).encode()[1:]) == data

"""Numbers handed out without the server: reserved by a kiosk or written on paper, entered later."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from queueing.blocks import Reserve, Slip
from queueing.clock import minutes_between, shifted
from queueing.errors import ClassNotOffered, KeyReused, UnknownService
from queueing.fallback_errors import (
    AlreadyEntered,
    BeforeOpening,
    EnoughReserved,
    KioskRunning,
    NotReserved,
    ReservedEarlier,
    TimeAhead,
)
from queueing.records import Press
from tests.scene import Scene

Json = dict[str, Any]


def reserved(scene: Scene) -> Json:
    return Reserve(scene.hall).reserve(by=scene.by(role="kiosk"))


def entered(scene: Scene, block: Json, place: int = 0, ago: float = 0.0, **more: Any) -> Json:
    """The kiosk enters a number of its block."""
    slip = Slip(block["numbers"][place]["number"], more.pop("service", "id-card"))
    return Reserve(scene.hall).enter(
        block=block["block"], slip=slip, seconds_ago=ago, by=more.pop("by", scene.by(role="kiosk")), **more
    )


def by_hand(scene: Scene, number: str, time: str, service: str = "id-card") -> Json:
    slip = Slip(number, service)
    return Reserve(scene.hall).enter_by_hand(slip=slip, time=time, by=scene.by("guide", "guide"))


def test_a_block_is_of_today_and_of_no_service(scene: Scene) -> None:
    first, second = reserved(scene), reserved(scene)
    numbers = [each["number"] for each in first["numbers"] + second["numbers"]]
    assert numbers == [f"ZY{place:03d}" for place in range(1, 41)]
    assert scene.number(scene.take()) == "A001"
    scene.clock.turn(minutes=60 * 24)
    assert reserved(scene)["numbers"][0]["number"] == "ZY001"


def test_the_same_press_reserves_one_block(scene: Scene) -> None:
    by = scene.by(role="kiosk")
    assert Reserve(scene.hall).reserve(by=by) == Reserve(scene.hall).reserve(by=by)
    assert scene.events()[-1].action == "block_reserved"
    assert scene.events()[-1].after == {"first": "ZY001", "last": "ZY020"}


def test_it_stands_between_those_who_came_before_and_after(scene: Scene) -> None:
    block = reserved(scene)
    before = scene.take()
    scene.clock.turn(minutes=5)
    scene.clock.turn(minutes=5)
    after = scene.take()
    scene.clock.turn(minutes=10)
    mine = entered(scene, block, ago=15 * 60)["ticket"]
    assert scene.waiting() == [scene.number(before), "ZY001", scene.number(after)]
    scene.sit("1", "li")
    for key in (before, mine["ticket"], after):
        assert scene.serve_one("1", "li") == key


def test_the_ticket_has_the_key_that_was_promised_and_says_where_it_came_from(scene: Scene) -> None:
    block = reserved(scene)
    answer = entered(scene, block, 3)
    assert answer["ticket"]["ticket"] == block["numbers"][3]["ticket"]
    ticket = scene.ticket(answer["ticket"]["ticket"])
    assert (ticket.origin, ticket.number, ticket.state) == ("offline", "ZY004", "waiting")
    assert scene.events()[-1].after["origin"] == "offline"


def test_entering_twice_is_one_ticket(scene: Scene) -> None:
    block = reserved(scene)
    first = entered(scene, block, ago=30)
    scene.clock.turn(minutes=1)
    again = entered(scene, block, ago=90)
    assert again == first
    assert len([e for e in scene.events() if e.action == "issue"]) == 1


@given(zeros=st.lists(st.integers(0, 4), min_size=1, max_size=6), place=st.integers(1, 20))
@settings(max_examples=15, deadline=None)
def test_however_a_number_is_spelled_it_is_one_ticket(zeros: list[int], place: int) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Scene(Path(folder))) as scene:
        block = reserved(scene)
        for many in zeros:
            entered(scene, block | {"numbers": [{"number": f"ZY{'0' * many}{place}"}]})
        assert scene.waiting() == [f"ZY{place:03d}"]


def test_a_kiosk_reserves_no_more_than_it_may_need(scene: Scene) -> None:
    blocks = [reserved(scene) for _ in range(10)]
    with pytest.raises(EnoughReserved):
        reserved(scene)
    for place in range(20):
        entered(scene, blocks[4], place)
    assert reserved(scene)["numbers"][0]["number"] == "ZY201"
    with pytest.raises(EnoughReserved):
        reserved(scene)
    elsewhere = replace(scene.by(role="kiosk"), actor="device:another")
    assert Reserve(scene.hall).reserve(by=elsewhere)["numbers"][0]["number"] == "ZY221"


def test_no_number_is_reserved_that_couldnt_be_entered(scene: Scene) -> None:
    scene.hall.change(
        scene.by(), lambda change: {"last": change.desk.reserve_numbers(change.day, "ZY", 99_979)}
    )
    block = reserved(scene)
    assert entered(scene, block, 19)["ticket"]["number"] == "ZY99999"
    with pytest.raises(EnoughReserved):
        reserved(scene)


def test_a_clock_that_errs_is_bounded_by_what_is_known(scene: Scene) -> None:
    scene.clock.turn(minutes=30)
    block = reserved(scene)
    scene.clock.turn(minutes=10)
    long_ago, ahead = entered(scene, block, 0, ago=7200), entered(scene, block, 1, ago=-500)
    assert long_ago["joined_at"] == block["reserved_at"]
    assert ahead["joined_at"] == scene.hall.now()


def test_a_number_of_somebody_elses_block_is_refused(scene: Scene) -> None:
    mine, other = reserved(scene), reserved(scene)
    with pytest.raises(NotReserved):
        entered(scene, mine | {"numbers": other["numbers"]})
    with pytest.raises(NotReserved):
        entered(scene, mine | {"block": "guessed"})
    with pytest.raises(NotReserved):
        entered(scene, mine | {"numbers": [{"number": "A001"}]})
    assert scene.waiting() == []


def test_yesterdays_number_is_refused(scene: Scene) -> None:
    block = reserved(scene)
    scene.clock.turn(minutes=60 * 24)
    with pytest.raises(ReservedEarlier):
        entered(scene, block, ago=60 * 60 * 20)
    with pytest.raises(NotReserved):
        by_hand(scene, "ZY001", "08:30")


def test_a_promise_stands_although_the_service_has_closed(scene: Scene) -> None:
    block = reserved(scene)
    scene.clock.turn(minutes=60 * 9)
    assert entered(scene, block, ago=60 * 60 * 3)["ticket"]["state"] == "waiting"


def test_what_the_hall_doesnt_have_is_refused(scene: Scene) -> None:
    block = reserved(scene)
    with pytest.raises(UnknownService):
        entered(scene, block, service="palace")
    slip = Slip("ZY001", "id-card", "appointment")
    with pytest.raises(ClassNotOffered):
        Reserve(scene.hall).enter(block=block["block"], slip=slip, seconds_ago=0, by=scene.by())
    assert scene.waiting() == []


def test_a_service_for_real_names_takes_none_from_a_reserve(scene: Scene) -> None:
    services = tuple(
        replace(s, real_name=True) if s.id == "id-card" else s for s in scene.hall.house.services
    )
    scene.hall.plan.__init__(replace(scene.hall.house, services=services))  # type: ignore[misc]
    with pytest.raises(NotReserved):
        entered(scene, reserved(scene))


def taken_without_an_answer(scene: Scene) -> Press:
    """A press at the kiosk that counted while its answer got lost."""
    by = scene.by(role="kiosk", key="lost")
    scene.hall.issue(service="id-card", by=by)
    return by


def test_a_press_that_counted_after_all_makes_no_second_number(scene: Scene) -> None:
    block = reserved(scene)
    taken_without_an_answer(scene)
    taken_at = scene.hall.now()
    scene.clock.turn(minutes=5)
    mine = entered(scene, block, ago=60, instead_of="lost")
    assert scene.waiting() == ["ZY001"]
    assert mine["joined_at"] == taken_at
    assert entered(scene, block, ago=90, instead_of="lost") == mine


def test_one_that_was_called_meanwhile_frees_the_window(scene: Scene) -> None:
    block = reserved(scene)
    taken_without_an_answer(scene)
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    entered(scene, block, ago=60, instead_of="lost")
    assert scene.press("call_next", "1", "li")["ticket"]["number"] == "ZY001"


def test_a_press_that_never_arrived_never_will(scene: Scene) -> None:
    block = reserved(scene)
    entered(scene, block, ago=60, instead_of="lost")
    entered(scene, block, ago=70, instead_of="lost")
    with pytest.raises(KeyReused):
        taken_without_an_answer(scene)
    assert scene.waiting() == ["ZY001"]


def test_paper_enters_by_the_time_written_on_it(scene: Scene) -> None:
    before = scene.take()
    scene.clock.turn(minutes=20)
    after = scene.take()
    scene.clock.turn(minutes=20)
    answer = by_hand(scene, "ZP7", "09:10")
    assert scene.waiting() == [scene.number(before), "ZP007", scene.number(after)]
    assert scene.ticket(answer["ticket"]["ticket"]).origin == "paper"


def test_paper_of_one_minute_stands_in_the_order_of_its_numbers(scene: Scene) -> None:
    scene.clock.turn(minutes=20)
    for number in ("ZP003", "ZP001", "ZP002"):
        by_hand(scene, number, "09:10")
    assert scene.waiting() == ["ZP001", "ZP002", "ZP003"]


def test_paper_is_entered_once(scene: Scene) -> None:
    by_hand(scene, "ZP001", "09:00")
    with pytest.raises(AlreadyEntered):
        by_hand(scene, "ZP1", "08:59", "household")


def test_paper_of_the_future_or_of_no_kind_is_refused(scene: Scene) -> None:
    with pytest.raises(TimeAhead):
        by_hand(scene, "ZP001", "09:01")
    for number in ("A001", "ZP0", "ZP", "zp001", "ZY001", "ZP10000", "ZP99999"):
        with pytest.raises(NotReserved):
            by_hand(scene, number, "09:00")


def test_paper_from_before_the_first_number_of_the_day_is_refused(scene: Scene) -> None:
    for time in ("00:00", "08:14"):
        with pytest.raises(BeforeOpening) as refusal:
            by_hand(scene, "ZP001", time)
        assert refusal.value.detail == {"time": time, "opens": "08:15"}
    assert by_hand(scene, "ZP001", "08:15")["joined_at"] == "2026-10-12T00:15:00.000Z"


def test_a_number_that_a_guide_had_entered_for_somebody_else_is_noticed(scene: Scene) -> None:
    block = reserved(scene)
    by_hand(scene, "ZY001", "09:00")
    scene.clock.turn(minutes=10)
    with pytest.raises(AlreadyEntered):
        entered(scene, block)
    event = scene.events()[-1]
    assert (event.action, event.after) == ("number_twice", {"number": "ZY001", "service": "id-card"})
    assert entered(scene, block, ago=9 * 60)["ticket"]["number"] == "ZY001"


def test_a_number_that_a_guide_took_back_is_its_holders(scene: Scene) -> None:
    block = reserved(scene)
    key = by_hand(scene, "ZY001", "09:00")["ticket"]["ticket"]
    scene.hall.abandon(ticket=key, by=scene.by("guide", "guide"))
    scene.clock.turn(minutes=10)
    mine = entered(scene, block, service="household")
    assert (mine["ticket"]["ticket"], scene.waiting()) == (key, ["ZY001"])
    assert entered(scene, block, service="household") == mine


def test_a_connected_kiosk_enters_its_numbers_itself(scene: Scene) -> None:
    reserved(scene)
    enter, slip, by = Reserve(scene.hall).enter_by_hand, Slip("ZY001", "id-card"), scene.by("guide", "guide")
    with pytest.raises(KioskRunning):
        enter(slip=slip, time="09:00", by=by, running=frozenset({"device:kiosk"}))
    elsewhere = enter(slip=slip, time="09:00", by=by, running=frozenset({"device:another"}))
    assert elsewhere["ticket"]["number"] == "ZY001"


def test_a_guide_enters_for_a_kiosk_that_stays_dead(scene: Scene) -> None:
    block = reserved(scene)
    answer = by_hand(scene, "ZY002", "09:00")
    assert answer["ticket"]["ticket"] == block["numbers"][1]["ticket"]
    assert entered(scene, block, 1)["ticket"] == answer["ticket"]
    with pytest.raises(AlreadyEntered):
        entered(scene, block, 1, service="household")


def test_a_wrong_entry_is_taken_back(scene: Scene) -> None:
    key = by_hand(scene, "ZP001", "09:00")["ticket"]["ticket"]
    scene.hall.abandon(ticket=key, by=scene.by("guide", "guide"))
    assert scene.waiting() == []
    scene.clock.turn(minutes=5)
    rightly = by_hand(scene, "ZP001", "09:02", "pension")["ticket"]
    assert (rightly["ticket"], rightly["service"], scene.waiting()) == (key, "pension", ["ZP001"])
    with pytest.raises(AlreadyEntered):
        by_hand(scene, "ZP001", "09:02", "pension")


def test_paper_that_was_called_is_not_entered_again(scene: Scene) -> None:
    key = by_hand(scene, "ZP001", "09:00")["ticket"]["ticket"]
    scene.sit("1", "li")
    scene.press("call_next", "1", "li")
    scene.hall.abandon(ticket=key, by=scene.by("guide", "guide"))
    with pytest.raises(AlreadyEntered):
        by_hand(scene, "ZP001", "09:00")


def test_a_kiosk_knows_when_each_service_gives_numbers(scene: Scene) -> None:
    (group,) = Reserve(scene.hall).open_today()
    assert set(group["services"]) == {service.id for service in scene.house.services}
    assert [begins[11:16] for begins, _ in group["stretches"]] == ["00:15", "05:45"]


class WithoutTheServer(RuleBasedStateMachine):
    """Numbers from the server, from two kiosks' reserves and from paper, entered in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.scene = Scene(Path(self.folder.name))
        self.blocks: list[Json] = []
        self.handed: list[tuple[Json, int, str]] = []
        self.due: dict[str, str] = {}

    def teardown(self) -> None:
        self.scene.close()
        self.folder.cleanup()

    @precondition(lambda self: len(self.blocks) < 10)
    @rule()
    def a_kiosk_reserves(self) -> None:
        self.blocks.append(reserved(self.scene) | {"given": 0})

    @rule()
    def the_server_gives_one(self) -> None:
        self.due[self.scene.number(self.scene.take())] = self.scene.hall.now()

    @precondition(lambda self: any(block["given"] < 20 for block in self.blocks))
    @rule(data=st.data())
    def a_cut_off_kiosk_gives_one(self, data: st.DataObject) -> None:
        block = data.draw(st.sampled_from([b for b in self.blocks if b["given"] < 20]))
        self.handed.append((block, block["given"], self.scene.hall.now()))
        block["given"] += 1

    @precondition(lambda self: self.handed)
    @rule(data=st.data(), times=st.integers(1, 2))
    def it_is_entered(self, data: st.DataObject, times: int) -> None:
        block, place, at = data.draw(st.sampled_from(self.handed))
        self.handed.remove((block, place, at))
        for _ in range(times):
            ago = minutes_between(at, self.scene.hall.now()) * 60
            answer = entered(self.scene, block, place, ago)
        self.due[answer["ticket"]["number"]] = at

    @rule(place=st.integers(1, 30), back=st.integers(0, 8))
    def paper_is_entered(self, place: int, back: int) -> None:
        number = f"ZP{place:03d}"
        at = shifted(self.scene.hall.now(), minutes=-back)[:17] + "00.000Z"
        time = f"{(int(at[11:13]) + 8) % 24:02d}:{at[14:16]}"
        if number in self.due:
            with pytest.raises(AlreadyEntered):
                by_hand(self.scene, number, time)
        else:
            by_hand(self.scene, number, time)
            self.due[number] = at

    @rule(seconds=st.sampled_from([1, 7, 60, 200]))
    def time_passes(self, seconds: int) -> None:
        self.scene.clock.turn(seconds=seconds)

    @invariant()
    def everybody_stands_once_and_by_the_time_they_came(self) -> None:
        waiting = self.scene.waiting()
        assert sorted(waiting) == sorted(self.due)
        times = [self.due[number] for number in waiting]
        assert times == sorted(times)


WithoutTheServer.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestWithoutTheServer = WithoutTheServer.TestCase

"""One machine of an area speaks; the next one goes on where it stopped, and says nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from queueing.said import Line
from queueing.voice_rules import VoiceRules
from speech.voices import sentence
from tests.running import Json, Person, RunningHall, Screen, wait_until
from web.announcing import OVERDUE_SECONDS, WATCHES_AGREE, Area
from web.speaking import LEASE_SECONDS, TAIL_SECONDS, Able, Said, Speak, Speaker

RULES = VoiceRules(languages=("zh_Hans",), repeats=1)


class Hall:
    """One area with a clock turned by hand; each machine's watch began at another time."""

    def __init__(self) -> None:
        self.now = 100.0
        self.lines: list[Line] = []
        self.area = Area("main", RULES.languages, RULES, self.lines.append, sentence)
        self.percent = 100

    def call(self, *seqs: int, **more: str) -> None:
        for seq in seqs:
            ticket = {"ticket": f"t{seq}", "number": f"A{seq}", "window": "1", "state": "called", "calls": 1}
            event = {"seq": seq, "at": "", "action": "call", "ticket": ticket | {"called_at": ""} | more}
            self.area.order.take(event, True, self.now)

    def ask(
        self,
        machine: str,
        able: Able = "voice",
        kind: str = "announcer",
        socket: str = "",
        watch: float | None = None,
        device: str = "",
        **wish: Any,
    ) -> Json:
        socket = socket or f"socket of {machine}"
        speaker = Speaker(socket, machine, able, device or f"device {machine}", kind)
        watch = self.now * 1000 if watch is None else watch
        return self.area.ask(
            speaker, Speak(machine=machine, able=able, watch=watch, **wish), self.now, self.percent
        )

    def begins(self, machine: str, ref: str, seconds: float = 3.0) -> None:
        self.ask(
            machine, playing=ref, said=[Said(ref=ref, by="hall", began=self.now * 1000, seconds=seconds)]
        )

    def ends(self, machine: str, ref: str, began: float, whole: bool = True, **how: Any) -> Json:
        said = Said(ref=ref, by="hall", began=began * 1000, ended=self.now * 1000, whole=whole)
        return self.ask(machine, said=[said], **how)

    def state(self) -> Json:
        return self.area.state(self.now, self.percent)


@pytest.fixture
def hall() -> Hall:
    return Hall()


NOTHING = {"say": None, "then": None}


def ref_of(answer: Json) -> str | None:
    return answer["say"]["ref"] if answer["say"] else None


def test_one_speaks_and_the_other_is_told_so(hall: Hall) -> None:
    assert hall.ask("a") == {"speaks": True, "elsewhere": False} | NOTHING
    assert hall.ask("b") == {"speaks": False, "elsewhere": True} | NOTHING
    assert hall.ask("a")["speaks"]


def test_a_machine_that_falls_silent_is_followed_after_the_lease(hall: Hall) -> None:
    hall.ask("a")
    hall.now += LEASE_SECONDS - 0.1
    assert not hall.ask("b")["speaks"]
    hall.now += 0.1
    assert hall.ask("b")["speaks"]
    assert hall.ask("a") == {"speaks": False, "elsewhere": True} | NOTHING


def test_a_machine_that_leaves_is_followed_at_once(hall: Hall) -> None:
    hall.ask("a"), hall.ask("b")
    hall.area.leave("socket of b", hall.now)
    assert not hall.ask("b")["speaks"]
    hall.area.leave("socket of a", hall.now)
    assert hall.ask("b")["speaks"]


def test_a_machine_that_is_back_by_another_socket_goes_on(hall: Hall) -> None:
    hall.ask("a", socket="broken")
    assert hall.ask("a", socket="new")["speaks"]
    hall.area.leave("broken", hall.now)
    assert not hall.ask("b")["speaks"]


def test_a_voice_comes_before_a_chime_an_announcer_before_a_board_and_both_before_silence(hall: Hall) -> None:
    assert not hall.ask("mute", "none")["speaks"]
    assert hall.ask("bell", "chime")["speaks"]
    assert not hall.ask("bell 2", "chime")["speaks"]
    assert hall.ask("board", kind="board")["speaks"]
    assert hall.ask("mouth")["speaks"]
    assert not hall.ask("board", kind="board")["speaks"]
    assert not hall.ask("mouth", "none")["speaks"]
    assert hall.ask("board", kind="board")["speaks"]


def test_sentences_are_given_one_by_one_and_the_next_is_foretold(hall: Hall) -> None:
    hall.call(1, 2)
    answer = hall.ask("a")
    assert (ref_of(answer), answer["then"]["ref"]) == ("1 zh_Hans 1", "2 zh_Hans 1")
    began = hall.now
    hall.begins("a", "1 zh_Hans 1")
    busy = hall.ask("a", playing="1 zh_Hans 1")
    assert (ref_of(busy), busy["then"]["ref"]) == (None, "2 zh_Hans 1")
    hall.now += 3
    assert ref_of(hall.ends("a", "1 zh_Hans 1", began)) == "2 zh_Hans 1"
    (line,) = hall.lines
    assert (line.machine, line.by, line.began, line.ended) == ("device a", "hall", began, began + 3)


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("B-3", "请 A 零零七 号 到 B 3 号窗口"),
        ("007", "请 A 零零七 号 到 零零七 号窗口"),
        ("1101", "请 A 零零七 号 到 一一零一 号窗口"),
        ("12", "请 A 零零七 号 到 12 号窗口"),
    ],
)
def test_the_browsers_voice_is_given_the_halls_own_sentence(hall: Hall, window: str, said: str) -> None:
    hall.call(1, number="A007", window=window)
    assert hall.ask("a")["say"]["text"] == said


def test_the_chime_comes_once_before_a_call_and_is_short_while_others_wait(hall: Hall) -> None:
    hall.call(1, 2)
    answer = hall.ask("a")
    assert (answer["say"]["chime"], answer["then"]["chime"]) == ("short", "long")
    began = hall.now
    hall.begins("a", "1 zh_Hans 1")
    assert hall.ends("a", "1 zh_Hans 1", began)["say"]["chime"] == "long"


def test_a_sentence_that_was_given_and_never_begun_is_given_again(hall: Hall) -> None:
    hall.call(1)
    assert ref_of(hall.ask("a")) == ref_of(hall.ask("a")) == "1 zh_Hans 1"
    assert hall.lines == []


def test_a_report_that_comes_twice_counts_once(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1")
    began = hall.now
    for _ in range(3):
        assert ref_of(hall.ends("a", "1 zh_Hans 1", began)) is None
    assert len(hall.lines) == 1


def test_a_machine_that_forgot_its_sentence_broke_it_off_and_says_it_again(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1")
    assert ref_of(hall.ask("a")) == "1 zh_Hans 1"
    assert [line.reason for line in hall.lines] == ["broken"]


def test_a_sentence_that_may_still_be_heard_is_waited_for(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1", seconds=3.0)
    hall.area.leave("socket of a", hall.now)
    assert not hall.ask("b")["speaks"]
    hall.now += 3.0 + TAIL_SECONDS
    assert ref_of(hall.ask("b")) == "1 zh_Hans 1"
    assert [line.reason for line in hall.lines] == ["broken"]


def test_a_better_machine_waits_for_the_end_of_the_sentence(hall: Hall) -> None:
    hall.call(1, 2)
    hall.ask("board", kind="board")
    began = hall.now
    begun = Said(ref="1 zh_Hans 1", by="hall", began=began * 1000, seconds=3.0)
    hall.ask("board", kind="board", playing="1 zh_Hans 1", said=[begun])
    assert not hall.ask("mouth")["speaks"]
    hall.now += 3
    ended = Said(ref="1 zh_Hans 1", by="hall", began=began * 1000, ended=hall.now * 1000, whole=True)
    hall.ask("board", "none", kind="board", said=[ended])
    assert ref_of(hall.ask("mouth")) == "2 zh_Hans 1"
    assert [line.reason for line in hall.lines] == [None]


def test_who_was_cut_off_and_is_back_tells_that_it_was_said(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1")
    began = hall.now
    hall.area.leave("socket of a", hall.now)
    hall.now += 3
    assert ref_of(hall.ends("a", "1 zh_Hans 1", began, socket="new")) is None
    assert hall.ask("b") == {"speaks": False, "elsewhere": True} | NOTHING
    assert [line.reason for line in hall.lines] == [None]


def test_a_fresh_server_learns_from_the_machine_what_was_said(hall: Hall) -> None:
    hall.call(1, 2)
    hall.area.inherited = frozenset({"1", "2"})
    hall.ask("a", "none", remembers=["2 zh_Hans 1"])
    assert hall.lines == [], "who doesn't speak decides nothing"
    assert ref_of(hall.ask("b", remembers=["1 zh_Hans 1"])) == "2 zh_Hans 1"
    assert [(line.sentence.ref, line.reason, line.machine) for line in hall.lines] == [
        ("1 zh_Hans 1", "remembered", "device b")
    ]


def test_who_was_not_given_a_sentence_tells_nothing_of_it(hall: Hall) -> None:
    hall.call(1, 2)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1")
    lies = [
        Said(ref=f"{call} zh_Hans 1", by=by, began=1.0, ended=2.0, whole=whole)
        for call in (1, 2)
        for by, whole in (("hall", True), ("hall", False), ("caption", True))
    ]
    for device in ("", "device a"):
        hall.ask("liar", "none", device=device, said=lies, remembers=["2 zh_Hans 1"])
    hall.ask("a", socket="stolen", device="another", said=lies)
    assert hall.lines == [] and hall.state()["now"]["number"] == "A1"
    began, hall.now = hall.now, hall.now + 3
    assert ref_of(hall.ends("a", "1 zh_Hans 1", began)) == "2 zh_Hans 1"


def test_a_page_that_was_loaded_anew_remembers_what_its_device_said(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a", device="television"), hall.area.leave("socket of a", hall.now)
    assert ref_of(hall.ask("b", device="television", remembers=["1 zh_Hans 1"])) is None
    assert [(line.reason, line.machine) for line in hall.lines] == [("remembered", "television")]


def test_of_two_sockets_that_call_themselves_the_same_one_speaks(hall: Hall) -> None:
    hall.ask("a", socket="old")
    assert hall.ask("a", socket="new")["speaks"]
    assert not hall.ask("a", socket="old")["speaks"]
    assert not hall.ask("a", socket="thief", device="another")["speaks"]
    assert hall.ask("a", socket="new")["speaks"]
    hall.area.leave("new", hall.now)
    assert hall.ask("a", socket="old")["speaks"]


def test_a_machine_that_is_never_done_is_broken_off_and_another_speaks(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1", seconds=3.0)
    for _ in range(9):
        hall.now += 1
        hall.begins("a", "1 zh_Hans 1", seconds=60.0)
        assert not hall.ask("b")["speaks"]
    hall.now += OVERDUE_SECONDS
    assert not hall.ask("a", playing="1 zh_Hans 1")["speaks"]
    assert [line.reason for line in hall.lines] == ["broken"]
    assert hall.state()["sound"] == "none"
    assert ref_of(hall.ask("b")) == "1 zh_Hans 1"
    hall.area.leave("socket of b", hall.now)
    hall.now += LEASE_SECONDS
    assert hall.ask("a")["speaks"], "it is back at work"


def test_alone_at_a_sentence_without_end_it_is_silent_and_the_office_sees_the_calls_late(hall: Hall) -> None:
    hall.call(1, 2)
    hall.ask("a")
    while hall.now < 100 + RULES.backlog_seconds + 1:
        hall.now += 1
        hall.ask("a", playing="1 zh_Hans 1")
    state = hall.state()
    assert (state["sound"], state["late"], state["waiting"]) == ("none", True, 2)


def test_times_are_those_of_the_hall_whatever_the_machines_watch_says(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a", watch=5000.0)
    said = Said(ref="1 zh_Hans 1", by="hall", began=6000, ended=9000, whole=True)
    hall.now += 10.2
    hall.ask("a", watch=15_000.0, said=[said])
    hall.now += WATCHES_AGREE
    (line,) = hall.lines
    assert (round(line.began or 0, 1), round(line.ended or 0, 1)) == (101.2, 104.2)


def test_a_late_message_moves_no_time(hall: Hall) -> None:
    hall.call(1)
    hall.ask("a", watch=5000.0)
    begun = Said(ref="1 zh_Hans 1", by="hall", began=5000, seconds=3.0)
    hall.ask("a", watch=5000.0, playing="1 zh_Hans 1", said=[begun])
    hall.now += 3 + WATCHES_AGREE / 2
    said = Said(ref="1 zh_Hans 1", by="hall", began=5000, ended=8000, whole=True)
    hall.ask("a", watch=8000.0, said=[said])
    (line,) = hall.lines
    assert (line.began, line.ended) == (100.0, 103.0)


def test_in_a_quiet_hour_calls_are_given_to_be_shown(hall: Hall) -> None:
    hall.call(1)
    hall.percent = 0
    answer = hall.ask("a")
    assert answer["say"]["volume"] == 0
    said = Said(ref="1 zh_Hans 1", by="caption", began=0, ended=3000)
    hall.ask("a", said=[said])
    assert [line.reason for line in hall.lines] == ["quiet"]
    assert hall.state()["sound"] == "quiet"


def test_the_office_sees_who_is_heard_what_is_said_and_what_waits(hall: Hall) -> None:
    assert (hall.state()["sound"], hall.state()["now"]) == ("none", None)
    hall.ask("a", "none")
    assert hall.state()["sound"] == "not_heard"
    hall.area.leave("socket of a", hall.now)
    assert hall.state()["sound"] == "none"
    hall.call(1, 2)
    hall.now += RULES.backlog_seconds + 1
    late = hall.state()
    assert (late["waiting"], late["oldest"], late["late"]) == (2, 31, True)
    hall.ask("a"), hall.begins("a", "1 zh_Hans 1")
    state = hall.state()
    assert (state["sound"], state["machine"], state["kind"], state["waiting"]) == (
        *("heard", "device a", "announcer"),
        1,
    )
    assert (state["now"]["number"], state["now"]["language"]) == ("A1", "zh_Hans")


# -- over real sockets ----------------------------------------------------------------------------


def question(machine: str, **more: Any) -> Json:
    return {"machine": machine, "able": "voice", "watch": 1000.0} | more


def speaks(screen: Screen, machine: str) -> bool:
    return bool(screen.ask("speak", question(machine))["speaks"])


def becomes_the_speaker(screen: Screen, machine: str) -> None:
    """As soon as the hall has seen the last one go."""
    wait_until(lambda: speaks(screen, machine), f"{machine} to speak")


@pytest.fixture
def pair(server: RunningHall) -> Iterator[tuple[Screen, Screen]]:
    """Two announcers of the same area."""
    first, second = (server.screen(screen="announcer", area="main") for _ in range(2))
    yield first, second
    first.close(), second.close()


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    li.press("leave", "1")


def test_the_lease_passes_on_with_the_socket(pair: tuple[Screen, Screen]) -> None:
    first, second = pair
    becomes_the_speaker(first, "a")
    assert not speaks(second, "b")
    first.close()
    becomes_the_speaker(second, "b")


def test_a_machine_that_moves_to_another_area_leaves_its_lease(pair: tuple[Screen, Screen]) -> None:
    first, second = pair
    becomes_the_speaker(first, "a")
    assert first.ask("join", {"screen": "announcer", "area": "main"})["ok"]
    assert not speaks(second, "b")
    assert first.ask("join", {"screen": "announcer", "area": "upstairs"})["ok"]
    assert speaks(second, "b")


def test_a_call_goes_to_the_speaker_the_log_and_the_office(
    server: RunningHall, pair: tuple[Screen, Screen], li: Person
) -> None:
    first, _ = pair
    becomes_the_speaker(first, "a")
    li.take()
    called = li.press("call_next", "1")
    first.wait_for(called["seq"])
    given = first.ask("speak", question("a"))["say"]
    ref = f"{called['seq']} zh_Hans 1"
    assert (given["ref"], given["number"], given["window"]) == (ref, called["ticket"]["number"], "1")
    said = {"ref": ref, "by": "hall", "began": 1000.0, "ended": 3500.0, "whole": True, "seconds": 2.5}
    first.ask("speak", question("a", watch=3500.0, said=[said]))
    admin = server.administrator()
    first.ask("speak", question("a"))
    lines = admin.get("/api/v1/announcements", area="main")["announcements"]
    line = next(each for each in lines if each["call"] == called["seq"])
    assert (line["outcome"], line["language"], line["by"]) == ("said", "zh_Hans", "hall")
    assert line["machine"] == "loopback" and line["began_at"] < line["ended_at"]
    missed = li.press("mark_no_show", "1")
    first.wait_for(missed["seq"])
    assert first.ask("speak", question("a"))["say"] is None, "the second language was given, and not begun"
    assert not admin.get("/api/v1/announcements", area="upstairs")["announcements"]
    wait_until(
        lambda: (
            [
                each["reason"]
                for each in admin.get("/api/v1/announcements")["announcements"]
                if each["call"] == called["seq"] and each["outcome"] == "skipped"
            ]
            == ["missed"] * 3
        ),
        "the rest to be skipped",
    )


def test_screens_are_told_what_is_being_said(
    server: RunningHall, pair: tuple[Screen, Screen], li: Person
) -> None:
    first, second = pair
    told: list[Json] = []
    second.client.on("announcing", told.append)
    becomes_the_speaker(first, "a")
    li.take()
    seq = li.press("call_next", "1")["seq"]
    first.wait_for(seq)
    ref = first.ask("speak", question("a"))["say"]["ref"]
    began = {"ref": ref, "by": "hall", "began": 1000.0, "seconds": 2.5}
    first.ask("speak", question("a", playing=ref, said=[began]))
    wait_until(
        lambda: any(state["now"] and state["now"]["ref"] == ref for m in told for state in m["areas"]),
        "what is being said",
    )
    li.press("mark_no_show", "1")


def test_who_is_signed_in_looks_at_a_board_and_does_not_speak_by_it(server: RunningHall) -> None:
    office = server.administrator()
    seen = server.screen(office, screen="board", area="main")
    assert seen.joined["ok"] and seen.ask("speak", question("a")) == {"ok": False}
    code = office.post("/api/v1/devices/codes", {"kind": "board", "place": "main"})["code"]
    paired = server.somebody()
    paired.post("/api/v1/devices/pair", {"code": code})
    paired.session.cookies.update(office.session.cookies)
    both = server.screen(paired, screen="board", area="main")
    assert both.ask("speak", question("b"))["ok"]
    seen.close(), both.close()


def test_a_board_of_an_area_may_speak_and_one_of_several_areas_may_not(server: RunningHall) -> None:
    assert server.screen(screen="board", area="main").ask("speak", question("a"))["ok"]
    for wish in ({"screen": "board"}, {"screen": "announcer"}, {"screen": "panel", "window": "1"}):
        assert server.screen(**wish).ask("speak", question("a")) == {"ok": False}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"watch": "soon"},
        {"watch": -1},
        {"able": "loudly"},
        {"playing": "everything"},
        {"remembers": ["1 en 1"] * 41},
        {"said": [{"ref": "1 en 1", "by": "hall", "began": 1e300}]},
        {"said": [{"ref": "1 en 1", "by": "hall", "began": 1, "seconds": 61}]},
    ],
)
def test_nonsense_is_refused(pair: tuple[Screen, Screen], nonsense: Json) -> None:
    answer = pair[0].ask("speak", question("a") | nonsense)
    assert answer["ok"] is False and answer["problem"]["code"] == "bad_request"


def test_an_area_that_is_none_has_no_lease(server: RunningHall) -> None:
    screen = server.screen(screen="announcer", area="nowhere")
    assert not screen.joined["ok"]
    assert not screen.ask("speak", question("a"))["ok"]


def test_the_log_is_for_the_office(server: RunningHall, li: Person) -> None:
    for path in ("/api/v1/announcements", "/api/v1/announcing"):
        refused = li.session.get(f"{server.url}{path}")
        assert refused.status_code == 403

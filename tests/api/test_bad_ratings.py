"""Bad ratings over HTTP and by webhook: who sees what, what other systems get, and what nobody gets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from tests.running import SMALL, Json, Person, Refused, RunningHall, running_hall, wait_until
from tests.signals.receivers import SECRET, Receiver, serving

BAD = {"level": "dissatisfied", "reasons": ["202"], "comment": "等了一个小时"}
CASES = "/api/v1/bad_ratings"


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[RunningHall]:
    """The small hall with two hooks: one for the national exchange, one that hears of tickets as usual."""
    here = tmp_path_factory.mktemp("bad")
    (here / "data").mkdir()
    (here / "data" / "hook.key").write_bytes(SECRET)
    hook = f'\n[[signals.hooks]]\nid = "ID"\nurl = "{receiver.url}"\nsecret_file = "hook.key"\n'
    exchange = hook.replace("ID", "exchange") + 'events = ["rating", "rating.negative"]\n'
    text = SMALL.read_text("utf-8") + exchange + hook.replace("ID", "usual")
    (here / "hall.toml").write_text(text, "utf-8")
    with running_hall(here / "data", here / "hall.toml") as hall:
        hall.clerk("li").press("sit", "1")
        yield hall


def visit(server: RunningHall, rating: Json | None = None) -> tuple[str, Json]:
    """A visit that ends now and is rated by phone: the ticket's link, and the answer to the rating."""
    taken, li = server.somebody().take("id-card"), server.clerk("li")
    for press in ("call_next", "serve", "finish"):
        li.press(press, "1", **({"outcome": "done"} if press == "finish" else {}))
    return taken["link"], server.somebody().post(f"/api/v1{taken['link']}/rating", rating or BAD)


def step(who: Person, case: int, action: str, **more: str) -> Json:
    return who.post(f"{CASES}/{case}/steps", {"action": action, "note": "说明"} | more)


def refused(act: object) -> str:
    with pytest.raises(Refused) as why:
        act()  # type: ignore[operator]
    return why.value.code


def test_a_bad_rating_is_on_the_list_at_once_and_told_by_webhook(
    server: RunningHall, receiver: Receiver
) -> None:
    link, kept = visit(server)
    cases = server.clerk("chen").get(CASES)["cases"]
    mine = next(case for case in cases if case["id"] == kept["seq"])
    assert (mine["state"], mine["due"], mine["light"]) == ("open", "2026-10-13", "green")
    assert mine["rating"]["comment"] == BAD["comment"]
    alarms = [each for each in receiver.told if each["event"] == "rating.negative"]
    wait_until(lambda: alarms or any(e["event"] == "rating.negative" for e in receiver.told), "the alarm")
    alarm = next(each for each in receiver.told if each["event"] == "rating.negative")
    assert (alarm["window"], alarm["level"], alarm["reasons"]) == ("1", "dissatisfied", ["202"])
    key = link.removeprefix("/t/").split(".")[0]
    told = [each for each in receiver.told if each["event"].startswith("rating")]
    for word in (key, mine["rating"]["number"], BAD["comment"]):
        assert word not in json.dumps(told, ensure_ascii=False)


def test_clerks_and_strangers_are_kept_out(server: RunningHall) -> None:
    _, kept = visit(server)
    li, somebody = server.clerk("li"), server.somebody()
    for who in (li, somebody):
        for path in (CASES, f"{CASES}/{kept['seq']}", "/api/v1/ratings/export?period=2026-10"):
            assert refused(lambda path=path, who=who: who.get(path)) in ("not_allowed", "not_signed_in")
        assert refused(lambda who=who: step(who, kept["seq"], "hear")) in ("not_allowed", "not_signed_in")
    assert refused(lambda: server.clerk("chen").get("/api/v1/ratings/export?period=2026-10")) == "not_allowed"


def test_a_case_is_followed_to_a_second_rating_by_the_link_of_the_rating_alone(server: RunningHall) -> None:
    link, kept = visit(server)
    chen, citizen, mine = server.clerk("chen"), server.somebody(), f"/api/v1{kept['follow_up']}"
    assert citizen.get(mine) == {
        "state": "open", "messages": [], "contact": True, "named": False, "second": False
    }  # fmt: skip
    citizen.post(f"{mine}/contact", {"name": "王女士", "phone": "138 0000 0000"})
    assert refused(lambda: step(chen, kept["seq"], "contact", way="nobody")) == "call_back_needed"
    step(chen, kept["seq"], "contact", way="phone")
    step(chen, kept["seq"], "uphold")
    assert refused(lambda: citizen.post(f"{mine}/rating", {"level": "satisfied"})) == "rating_closed"
    assert step(chen, kept["seq"], "put_right")["state"] == "put_right"
    citizen.post(f"{mine}/rating", {"level": "satisfied"})
    case = chen.get(f"{CASES}/{kept['seq']}")
    assert (case["rating"]["level"], case["second"]["level"]) == ("dissatisfied", "satisfied")
    assert case["contact"]["name"] == "王女士"
    slip = link.removeprefix("/t/")
    assert refused(lambda: citizen.get(f"/api/v1/f/{slip}")) == "unknown_ticket"
    assert "follow_up" not in json.dumps(citizen.get(f"/api/v1{link}"))


def test_a_good_and_a_bad_rating_are_answered_alike(server: RunningHall) -> None:
    _, bad = visit(server)
    _, good = visit(server, {"level": "satisfied"})
    assert set(bad) == set(good) == {"accepted", "seq", "follow_up"}
    assert server.somebody().get(f"/api/v1{good['follow_up']}")["state"] == "none"


def test_terminals_hear_nothing_of_a_follow_up(server: RunningHall) -> None:
    screen = server.screen(server.clerk("li"), screen="terminal", window="1")
    _, kept = visit(server)
    case = kept["seq"]
    step(server.clerk("chen"), case, "attempt")
    server.somebody().post(f"/api/v1{kept['follow_up']}/contact", {"name": "王", "phone": "13800"})
    seq = step(server.clerk("chen"), case, "contact", way="phone")["seq"]
    heard = [event for event in screen.wait_for(seq) if event["seq"] >= case]
    assert [set(event) for event in heard] == [{"seq", "at", "action"}] * 4
    assert {event["action"] for event in heard} == {"other"}


def test_a_repeated_press_is_one_step_and_a_moved_case_says_so(server: RunningHall) -> None:
    _, kept = visit(server)
    chen, path = server.clerk("chen"), f"{CASES}/{kept['seq']}/steps"
    body = {"action": "attempt", "note": "没人接"}
    first, again = (chen.post(path, body, key="one-attempt") for _ in range(2))
    assert first == again
    assert [each["note"] for each in chen.get(f"{CASES}/{kept['seq']}")["steps"]] == ["没人接"]
    assert refused(lambda: step(chen, kept["seq"], "put_right")) == "not_now"
    assert refused(lambda: chen.get(f"{CASES}/99999999")) == "unknown_remedy"
    assert refused(lambda: chen.get(f"{CASES}/{'9' * 40}")) == "unknown_remedy"


def test_a_clerk_appeals_whole_batches_and_never_learns_which(server: RunningHall) -> None:
    li, chen, admin = server.clerk("li"), server.clerk("chen"), server.administrator()
    while server.clerk("li").get("/api/v1/me/ratings")["released"] == 0:
        visit(server)
    told = li.post("/api/v1/me/ratings/appeal", {"period": "2026-10", "text": "那天系统故障"})
    assert set(told) == {"accepted", "seq"}
    appealed = [case for case in chen.get(CASES)["cases"] if case["state"] == "appealed"]
    assert appealed
    for case in appealed:
        assert admin.get(f"{CASES}/{case['id']}")["appeals"] == ["那天系统故障"]
        step(admin, case["id"], "set_aside", why="mistaken")
    own = li.get("/api/v1/me/ratings")
    assert (own["decided"], own["set_aside"]) == (True, len(appealed))
    assert "ticket" not in json.dumps(own)


def exported(server: RunningHall, form: str, period: str = "2026-10-12") -> str:
    path = f"{server.url}/api/v1/ratings/export"
    answer = server.administrator().session.get(path, params={"period": period, "format": form}, timeout=20)
    assert answer.status_code == 200 and f"{period}.{form}" in answer.headers["Content-Disposition"]
    return answer.content.decode("utf-8")


def test_files_hold_every_rating_with_its_follow_up_and_no_identity(
    server: RunningHall, receiver: Receiver
) -> None:
    link, kept = visit(server)
    server.somebody().post(f"/api/v1{kept['follow_up']}/contact", {"name": "赵先生", "phone": "13911112222"})
    chen = server.clerk("chen")
    step(chen, kept["seq"], "contact", way="phone")
    step(chen, kept["seq"], "uphold")
    step(chen, kept["seq"], "put_right")
    server.somebody().post(f"/api/v1{kept['follow_up']}/rating", {"level": "very_satisfied"})
    rows = [json.loads(line) for line in exported(server, "jsonl").splitlines()]
    row = rows[-1]
    assert (row["level_code"], row["second_level_code"], row["verified"]) == (2, 5, "true")
    assert (row["channel"], row["window"], row["reasons"]) == ("phone", "1", ["202"])
    assert row["put_right_at"] and row["contacted_at"] and row["state"] == "put_right"
    assert len({each["record"] for each in rows}) == len(rows)
    table = list(csv.DictReader(io.StringIO(exported(server, "csv"))))
    assert [each["record"] for each in table] == [each["record"] for each in rows]
    assert table[-1]["reasons"] == "202" and table[-1]["negative"] == "true"
    assert exported(server, "jsonl", "2026-10") == exported(server, "jsonl")
    assert exported(server, "jsonl", "2026-09") == ""
    words = ("赵先生", "13911112222", BAD["comment"], link.removeprefix("/t/").split(".")[0])
    assert not [word for word in words if word in exported(server, "jsonl") + exported(server, "csv")]
    wait_until(
        lambda: [e for e in receiver.told if e["event"] == "rating" and e["rating"] == row], "the same row"
    )
    assert receiver.forged == 0


def test_a_hook_that_does_not_name_ratings_hears_none(server: RunningHall, receiver: Receiver) -> None:
    ids = [each["id"] for each in receiver.told if each["event"].startswith("rating")]
    assert ids and len(set(ids)) == len(ids), "each told once, to the one hook that asked"


def test_the_month_is_published_for_everybody(server: RunningHall) -> None:
    told = server.somebody().get("/api/v1/ratings/published")
    assert told["month"] == "2026-09" and told["told"] is False and told["ratings"] is None
    page = server.somebody().session.get(f"{server.url}/ratings?lang=en", timeout=20)
    assert page.status_code == 200 and "Nothing is published of September 2026" in page.text

"""What the office reads of the day's ratings: levels, the bad ones, and the citizens' own words."""

from __future__ import annotations

from typing import Any

from tests.running import RunningHall
from tests.scene import Scene
from web.feeds import FEEDS, heard_by, messages

WORDS = "两趟都没说清楚。"


def rated(scene: Scene, level: str, comment: str = "") -> str:
    """A visit at window 1, rated at its pad; the ticket's number."""
    scene.take()
    key = scene.serve_one("1", "li")
    reasons = ["202"] if level == "dissatisfied" else []
    scene.ratings.rate_at_pad(
        window="1", ticket=key, level=level, reasons=reasons, comment=comment, by=scene.by(role="pad")
    )
    return scene.number(key)


def today(scene: Scene) -> dict[str, Any]:
    return scene.store.look(lambda desk: scene.ratings.of_today(desk, scene.hall.now()))


def test_the_newest_come_first_and_the_bad_ones_once_more(scene: Scene) -> None:
    scene.sit("1", "li")
    numbers = [rated(scene, level) for level in ("satisfied", "dissatisfied", "very_satisfied")]
    seen = today(scene)
    assert [each["number"] for each in seen["newest"]] == numbers[::-1]
    assert [each["number"] for each in seen["bad"]] == [numbers[1]]
    assert (seen["levels"]["satisfied"], seen["levels"]["very_dissatisfied"]) == (1, 0)


def test_a_rating_is_read_with_its_reasons_and_words(scene: Scene) -> None:
    scene.sit("1", "li")
    rated(scene, "dissatisfied", WORDS)
    bad = today(scene)["bad"][0]
    assert (bad["window"], bad["clerk"], bad["service"], bad["channel"]) == ("1", "li", "id-card", "pad")
    assert (bad["reasons"], bad["comment"]) == (["202"], WORDS)


def test_yesterdays_ratings_are_not_todays(scene: Scene) -> None:
    scene.sit("1", "li")
    rated(scene, "dissatisfied")
    scene.clock.turn(minutes=24 * 60)
    seen = today(scene)
    assert (seen["bad"], seen["newest"], sum(seen["levels"].values())) == ([], [], 0)


def test_the_words_go_to_the_office_alone_and_never_into_the_log(scene: Scene) -> None:
    scene.sit("1", "li")
    rated(scene, "dissatisfied", WORDS)
    last = scene.events()[-1:]
    told = scene.store.look(lambda desk: messages(scene.hall, desk, last))
    heard = {feed: str(heard_by(feed, told)) for feed in FEEDS}
    assert {feed for feed in FEEDS if WORDS in heard[feed]} == {"office"}
    assert WORDS not in str(last)


def test_the_office_joins_with_tickets_at_windows_and_the_days_ratings(server: RunningHall) -> None:
    li = server.clerk("li")
    server.somebody().take("household")
    li.press("sit", "1")
    called = li.press("call_next", "1")["ticket"]["ticket"]
    seen = server.screen(server.administrator(), screen="office").joined["snapshot"]
    assert [each["ticket"] for each in seen["running"]] == [called]
    assert seen["ratings"]["newest"] == []
    assert seen["windows"][0]["ticket"] == called


def test_only_the_office_may_join_as_the_office(server: RunningHall) -> None:
    joined = server.screen(server.clerk("li"), screen="office").joined
    assert joined["ok"] is False
    assert "snapshot" not in joined

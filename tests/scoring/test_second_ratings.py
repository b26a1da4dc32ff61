"""What citizens may do after a bad rating, what clerks may appeal, and what is published of a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from queueing.errors import HallError
from queueing.remedy_rules import RemedyRules
from queueing.upkeep_rules import KeepRules
from scoring.errors import AlreadyAside, AlreadyRated, NotByStaff, RatingClosed, ReasonNeeded
from scoring.facts import Fact
from scoring.following_up import FollowUp
from scoring.gathering import facts_of
from scoring.matching import as_rated, standing
from scoring.periods import period
from scoring.published import last_month, published
from scoring.remedy_errors import HasACase, NoContactWanted, NoteNeeded, NothingReleased, RatingsAppealed
from scoring.reviews import Reviews
from scoring.scores import Scores
from settings.reading import ROOT
from settings.schemes import load_scheme
from storage.backups import copy_hall
from storage.opening import FILE
from tests.scoring.bad_ratings import DAY, OTHER, BadScene
from upkeep.purging import purge_all

MONTH = "2026-10"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[BadScene]:
    opened = BadScene(tmp_path)
    yield opened
    opened.close()


def put_right(scene: BadScene, case: int) -> None:
    scene.step(case, "contact", way="phone")
    scene.step(case, "uphold")
    scene.step(case, "put_right")


def refuse(kind: type[HallError], act: Callable[[], object]) -> None:
    with pytest.raises(kind):
        act()


def seen(scene: BadScene, ticket: str) -> dict[str, object]:
    at = scene.hall.now()
    return scene.store.look(lambda desk: scene.citizens.seen(desk, ticket, at))


def test_a_second_rating_comes_after_it_was_put_right_once_and_the_first_stays(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id

    def again(level: str = "satisfied", by: object = None) -> object:
        return scene.citizens.rate_again(ticket=ticket, level=level, reasons=(), by=by or scene.holder())

    refuse(RatingClosed, again)
    put_right(scene, case)
    assert seen(scene, ticket)["second"]
    refuse(ReasonNeeded, lambda: again("dissatisfied"))
    refuse(NotByStaff, lambda: again(by=scene.staff("chen")))
    again()
    refuse(AlreadyRated, again)
    assert not seen(scene, ticket)["second"]
    row = scene.row(case)
    assert row["second"]["level"] == "satisfied" and row["rating"]["level"] == "dissatisfied"


def test_the_time_for_a_second_rating_ends(scene: BadScene) -> None:
    ticket = scene.rated()
    put_right(scene, scene.case(ticket).id)
    scene.clock.turn(minutes=30 * DAY)
    assert seen(scene, ticket)["second"]
    scene.clock.turn(minutes=1)
    assert not seen(scene, ticket)["second"]
    again = scene.citizens.rate_again
    refuse(RatingClosed, lambda: again(ticket=ticket, level="satisfied", reasons=(), by=scene.holder()))


def test_a_contact_is_left_once_and_for_a_bad_rating_alone(scene: BadScene) -> None:
    bad, good = scene.rated(), scene.rated("satisfied")

    def leave(ticket: str) -> object:
        return scene.citizens.leave_contact(ticket=ticket, name="王", phone="1", by=scene.holder())

    refuse(NoContactWanted, lambda: leave(good))
    assert seen(scene, bad)["contact"]
    leave(bad)
    refuse(NoContactWanted, lambda: leave(bad))
    assert seen(scene, bad)["named"] and not seen(scene, bad)["contact"]


def test_the_citizen_reads_messages_and_no_other_note(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.step(case, "attempt", note="内部记录")
    scene.step(case, "contact", way="message", note="已经补办好了，请来取。")
    assert seen(scene, ticket)["messages"] == ["已经补办好了，请来取。"]
    assert seen(scene, scene.rated("satisfied"))["state"] == "none"


def appeal(scene: BadScene, text: str = "那天系统故障") -> object:
    return scene.appeals.appeal(clerk="li", period=MONTH, text=text, by=scene.by("li"))


def own(scene: BadScene) -> dict[str, object]:
    return scene.store.look(lambda desk: scene.appeals.own(desk, "li", MONTH))


def test_only_whole_batches_are_appealed_and_each_batch_once(scene: BadScene) -> None:
    tickets = [scene.rated(level) for level in ("satisfied", "dissatisfied", "satisfied", "satisfied")]
    refuse(NothingReleased, lambda: appeal(scene))
    tickets.append(scene.rated("very_dissatisfied"))
    left_over = scene.rated()
    refuse(NoteNeeded, lambda: appeal(scene, " "))
    appeal(scene)
    states = [getattr(scene.case(ticket), "state", None) for ticket in (*tickets, left_over)]
    assert states == [None, "appealed", None, None, "appealed", "open"]
    refuse(RatingsAppealed, lambda: appeal(scene))


def test_what_came_of_an_appeal_is_told_when_all_of_it_is_decided(scene: BadScene) -> None:
    tickets = [scene.rated(each) for each in ("satisfied",) * 3 + ("dissatisfied",) * 2]
    first, second = (scene.case(ticket).id for ticket in tickets[3:])
    scene.step(first, "contact", way="phone")
    appeal(scene)
    assert scene.row(first)["appeals"] == ["那天系统故障"]
    assert scene.step(second, "set_aside", why="mistaken") == "set_aside"
    told = own(scene)
    assert (told["decided"], told["set_aside"], told["may_appeal"]) == (False, None, False)
    assert scene.step(first, "dismiss") == "contacted"
    assert (own(scene)["decided"], own(scene)["set_aside"]) == (True, 1)


def figures_of_li(scene: BadScene) -> dict[str, object]:
    scores = Scores(scene.hall, load_scheme(ROOT / "schemes" / "county-window.toml"))
    return scene.store.look(lambda desk: scores.own(desk, "li", MONTH))


def test_own_figures_move_when_the_clerk_is_told_and_not_when_a_rating_is_set_aside(scene: BadScene) -> None:
    tickets = [scene.rated(each) for each in ("satisfied",) * 3 + ("dissatisfied",) * 2]
    before = figures_of_li(scene)
    assert (before["n"], before["positive"]) == (5, 0.6)
    review = Reviews(scene.hall)
    review.set_aside(tickets=tickets[:1], reason="looks coached", by=scene.staff(OTHER))
    assert figures_of_li(scene) == before
    appeal(scene)
    first, second = (scene.case(ticket).id for ticket in tickets[3:])
    scene.step(first, "set_aside", why="mistaken")
    assert figures_of_li(scene) == before, "one more waits: the moment would tell which visit it was"
    scene.step(second, "dismiss")
    assert own(scene)["set_aside"] == 1
    assert (figures_of_li(scene)["n"], figures_of_li(scene)["positive"]) == (4, 0.75)
    review.set_aside(tickets=tickets[1:2], reason="looks coached", by=scene.staff(OTHER))
    assert figures_of_li(scene)["n"] == 4


def test_what_its_case_has_verified_is_set_aside_by_the_case_alone(scene: BadScene) -> None:
    tickets = [scene.rated() for _ in range(5)]
    review = Reviews(scene.hall)

    def aside(at: int) -> object:
        return review.set_aside(tickets=[tickets[at]], reason="looks coached", by=scene.staff(OTHER))

    for at, step in enumerate(("uphold", "refute")):
        case = scene.case(tickets[at]).id
        scene.step(case, "contact", way="phone")
        scene.step(case, step)
        refuse(HasACase, lambda at=at: aside(at))
    assert scene.step(scene.case(tickets[1]).id, "set_aside", who=OTHER, why="mistaken") == "set_aside"
    refuse(AlreadyAside, lambda: aside(1))
    assert aside(2), "what nobody has verified yet may look coached"
    appeal(scene)
    refuse(HasACase, lambda: aside(3))
    counting = scene.store.look(lambda desk: desk.clerk_levels("li", "2026-10-01", "2026-10-31"))
    assert [bool(level) for level in counting] == [True, False, False, True, True]


def test_what_was_set_aside_moves_no_other_rating_into_a_batch(scene: BadScene) -> None:
    tickets = [scene.rated(each) for each in ("satisfied",) * 4 + ("dissatisfied",) * 2]
    appeal(scene)
    before = scene.store.look(lambda desk: desk.clerk_levels("li", "2026-10-01", "2026-10-31"))
    scene.step(scene.case(tickets[4]).id, "set_aside", why="mistaken")
    after = scene.store.look(lambda desk: desk.clerk_levels("li", "2026-10-01", "2026-10-31"))
    assert before == ["satisfied"] * 4 + ["dissatisfied"] * 2
    assert after == ["satisfied"] * 4 + ["", "dissatisfied"]


def figures(scene: BadScene) -> dict[str, object]:
    return scene.store.look(lambda desk: published(scene.hall, desk))


def test_a_month_is_published_when_it_is_over_and_by_hand_it_is_the_same(scene: BadScene) -> None:
    """Seven ratings by two clerks: four good, three bad. One is put right, one set aside, one waits.

    Positive: 4 of the 6 that count. Put right: 1 of the 2 that had to be.
    """
    coached, *_ = [scene.rated("satisfied") for _ in range(4)]
    right, aside = scene.bad(), scene.bad()
    scene.sit("3", "wang")
    scene.bad(window="3", clerk="wang")
    put_right(scene, right)
    scene.step(aside, "contact", way="nobody")
    scene.step(aside, "refute")
    scene.step(aside, "set_aside", who=OTHER, why="mistaken")
    assert figures(scene) == {"month": "2026-09", "told": False} | dict.fromkeys(
        ("ratings", "positive", "negative", "put_right")
    )
    scene.clock.turn(minutes=25 * DAY)
    told = figures(scene)
    assert told == {
        "month": MONTH, "told": True, "ratings": 7, "positive": 4 / 6, "negative": 3, "set_aside": 1,
        "untrue": 0, "put_right": 1 / 2,
    }  # fmt: skip
    Reviews(scene.hall).set_aside(tickets=[coached], reason="催评", by=scene.staff(OTHER))
    assert (figures(scene)["positive"], figures(scene)["set_aside"]) == (3 / 5, 2)


def test_nothing_is_published_that_tells_of_one_person(scene: BadScene) -> None:
    for _ in range(6):
        scene.rated("satisfied")
    scene.clock.turn(minutes=25 * DAY)
    assert not figures(scene)["told"], "all of one clerk"


def test_the_last_month_is_the_one_that_is_over() -> None:
    assert [last_month(day) for day in ("2026-10-12", "2026-01-01", "2026-03-31")] == [
        "2026-09", "2025-12", "2026-02",
    ]  # fmt: skip


def test_old_ratings_have_no_case_and_disturb_nobody(scene: BadScene) -> None:
    """As after an upgrade: a bad rating from before there were follow-ups."""
    ticket = scene.rated()

    def forget(change: object) -> dict[str, object]:
        change.desk.db.run("DELETE FROM remedies")  # type: ignore[attr-defined]
        return {}

    scene.hall.change(scene.by("chen", "supervisor"), forget)
    assert seen(scene, ticket)["state"] == "none"
    for _ in range(4):
        scene.rated("satisfied")
    appeal(scene)
    assert isinstance(scene.following, FollowUp) and own(scene)["decided"]


@pytest.mark.of_files
def test_words_and_contacts_go_after_their_days_and_no_backup_holds_contacts(
    scene: BadScene, tmp_path: Path
) -> None:
    keep, remedy = KeepRules(comment_days=20), RemedyRules(contact_keep_days=10)
    scene.hall.house = replace(scene.house, keep=keep, remedy=remedy)
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.citizens.leave_contact(ticket=ticket, name="王女士", phone="13800000000", by=scene.holder())
    scene.step(case, "contact", way="phone", note="已电话说明")
    copy_hall(tmp_path / FILE, tmp_path / "copy.db")
    assert "王女士" not in (tmp_path / "copy.db").read_bytes().decode("utf-8", "replace")
    scene.clock.turn(minutes=11 * DAY)
    assert purge_all(scene.hall)["contacts"] == 1
    row = scene.row(case)
    assert row["contact"] is None and row["named"] and row["steps"][0]["note"] == "已电话说明"
    scene.clock.turn(minutes=10 * DAY)
    assert purge_all(scene.hall)["remedy_notes"] == 1
    assert scene.row(case)["steps"][0]["note"] == ""


def facts_of_october(scene: BadScene) -> list[Fact]:
    return scene.store.look(lambda desk: facts_of(desk, period(MONTH), scene.hall)["1"])


@pytest.mark.parametrize(("counts", "level"), [("beside", "dissatisfied"), ("instead", "very_satisfied")])
def test_the_scheme_says_which_of_two_ratings_counts(scene: BadScene, counts: str, level: str) -> None:
    """One bad rating that was put right and rated anew: never two ratings, and the first as a rule."""
    ticket = scene.rated()
    put_right(scene, scene.case(ticket).id)
    scene.citizens.rate_again(ticket=ticket, level="very_satisfied", reasons=(), by=scene.holder())
    facts = facts_of_october(scene)
    rated = [(fact.item, fact.origin) for fact in facts if fact.kind == "rated"]
    assert rated == [("dissatisfied", "queue"), ("very_satisfied", "second_rating")]
    scheme = replace(load_scheme(ROOT / "schemes" / "county-window.toml"), second_rating=counts)
    counted = [fact for fact in as_rated(scheme, standing(facts)) if fact.kind == "rated"]
    assert [fact.item for fact in counted] == [level]

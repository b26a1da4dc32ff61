"""Appeals: a clerk against one of the own deductions, decided by somebody who had no part in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Literal, Protocol, cast

from queueing.change import Change
from queueing.clock import Instant, shifted
from queueing.errors import BadRequest, HallError
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.fact_store import day_in, fact_rows
from scoring.facts import Fact, Withdrawal
from scoring.freezing import facts_in
from scoring.released import ReleaseStore
from scoring.sittings import SittingStore, is_concerned, sat_at
from scoring.store import By

State = Literal["open", "upheld", "rejected"]
Verdict = Literal["upheld", "rejected"]

DAY_MINUTES = 24 * 60
LONGEST = 2000


@dataclass(frozen=True)
class Appeal:
    """One clerk's appeal against one fact, as it counts in one item of a month's assessment."""

    id: str
    period: str
    by: By
    subject: str
    item: str
    fact: str
    clerk: str
    at: Instant
    text: str
    state: State = "open"
    decided_at: Instant | None = None
    decided_by: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Deduction:
    """What an appeal is about, as it was found in the clerk's own assessment."""

    period: str
    by: By
    subject: str
    item: str
    fact: Fact


class AppealStore(SittingStore, Protocol):
    """A desk that keeps appeals too."""

    def add_appeal(self, appeal: Appeal) -> None: ...
    def appeal(self, id: str) -> Appeal | None: ...
    def appeals_of(self, clerk: str) -> list[Appeal]:
        """The newest first."""
        ...

    def appeals_about(self, fact: str) -> list[Appeal]: ...
    def appeals_in(self, state: State | None, limit: int) -> list[Appeal]:
        """The newest first."""
        ...

    def decide_appeal(self, appeal: Appeal) -> None: ...


class NothingToAppeal(HallError):
    code = "nothing_to_appeal"
    status = 404
    sentence = "No deduction of yours like this stands."


class AppealTooLate(HallError):
    code = "appeal_too_late"
    sentence = "The time for this appeal ended on {until}."


class AppealedAlready(HallError):
    code = "appealed_already"
    sentence = "You have appealed this already; the appeal is open."


class UnknownAppeal(HallError):
    code = "unknown_appeal"
    status = 404
    sentence = "There is no appeal {appeal!r}."


class AppealDecided(HallError):
    code = "appeal_decided"
    sentence = "This appeal has been decided already."


class NotYoursToDecide(HallError):
    """Four eyes: neither who entered the fact nor whom it concerns."""

    code = "not_yours_to_decide"
    status = 403
    sentence = "Somebody else decides this: you entered what it is about, or it concerns you."


class Appeals:
    """Everything that may be done with an appeal; each step is in the log, without its words."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._days = hall.house.scoring.appeal_days

    def until(self, desk: Desk, period: str, by: By, subject: str) -> dict[str, Instant]:
        """Until when each released fact may be appealed; those that no release counts have no end yet."""
        found: dict[str, Instant] = {}
        for release in cast(ReleaseStore, desk).revisions(period):
            row = cast(ReleaseStore, desk).released_row(period, release.revision, by, subject)
            ended = shifted(release.at, minutes=self._days * DAY_MINUTES)
            for fact in facts_in(row.facts) if row else ():
                found.setdefault(fact.id, ended)
        return found

    def appeal(self, deduction: Deduction | None, *, text: str, by: Press) -> Json:
        """`deduction`: None when the clerk has none like the one that was named."""
        words, clerk = words_of(text), by.clerk or ""

        def work(change: Change) -> Json:
            found, kept = must_stand(change.desk, deduction), cast(AppealStore, change.desk)
            about = kept.appeals_about(found.fact.id)
            if any(each.clerk == clerk and each.state == "open" for each in about):
                raise AppealedAlready()
            self._must_be_in_time(change, found)
            appeal = Appeal(
                secrets.token_hex(8), found.period, found.by, found.subject, found.item, found.fact.id,
                clerk, change.at, words,
            )  # fmt: skip
            kept.add_appeal(appeal)
            event = change.note("appeal", told_of(appeal))
            return {"appeal": appeal.id, "seq": event.seq}

        return self._hall.change(by, work)

    def decide(self, *, appeal: str, verdict: Verdict, reason: str, by: Press) -> Json:
        """Upheld: the fact is withdrawn, and every open appeal against it is decided alike."""
        words, who = words_of(reason), by.clerk or ""

        def work(change: Change) -> Json:
            kept = cast(AppealStore, change.desk)
            found = open_appeal(kept, appeal)
            about = [each for each in kept.appeals_about(found.fact) if each.state == "open"]
            self._must_be_apart(change.desk, who, about)
            decided = about if verdict == "upheld" else [found]
            if verdict == "upheld":
                withdraw(change, found, who, words)
            for each in decided:
                self._decide(change, each, verdict, who, words)
            return {"appeal": appeal, "state": verdict, "seq": change.desk.seq()}

        return self._hall.change(by, work)

    def may_decide(self, desk: Desk, appeal: Appeal, who: str) -> bool:
        """Whether the four eyes would be two pairs."""
        about = [each for each in cast(AppealStore, desk).appeals_about(appeal.fact) if each.state == "open"]
        try:
            self._must_be_apart(desk, who, [*about, appeal])
        except NotYoursToDecide:
            return False
        return appeal.state == "open"

    def _must_be_apart(self, desk: Desk, who: str, about: list[Appeal]) -> None:
        """Nor does who sat at the window on the day of the fact."""
        fact = fact_rows(desk).fact(about[0].fact)
        must_be_apart(who, about, fact)
        day = fact.day if fact else day_in(about[0].fact)
        windows = {fact.window} if fact else {each.subject for each in about if each.by == "window"}
        sat = sat_at(desk, self._hall, who, day, day) if day else frozenset()
        named = fact.clerk if fact else None
        if day and any(is_concerned(who, sat, day, window, named) for window in windows):
            raise NotYoursToDecide()

    def _decide(self, change: Change, appeal: Appeal, verdict: Verdict, who: str, words: str) -> None:
        decided = replace(appeal, state=verdict, decided_at=change.at, decided_by=who, reason=words)
        cast(AppealStore, change.desk).decide_appeal(decided)
        change.note("appeal_decided", told_of(decided) | {"state": verdict})

    def _must_be_in_time(self, change: Change, found: Deduction) -> None:
        ended = self.until(change.desk, found.period, found.by, found.subject).get(found.fact.id)
        if ended is not None and change.at > ended:
            raise AppealTooLate(until=self._hall.day(ended))


def words_of(text: str) -> str:
    """What was written, without the space around it; something has to be."""
    words = text.strip()
    if not 0 < len(words) <= LONGEST:
        raise BadRequest(message=f"This needs words, {LONGEST} characters at the most.")
    return words


def must_stand(desk: Desk, deduction: Deduction | None) -> Deduction:
    """Raises NothingToAppeal when there is none, or it was withdrawn since it was looked at."""
    if deduction is None or is_withdrawn(desk, deduction.fact.id, deduction.fact.day):
        raise NothingToAppeal()
    return deduction


def is_withdrawn(desk: Desk, fact: str, day: str) -> bool:
    return fact in fact_rows(desk).withdrawals(day, day)


def open_appeal(kept: AppealStore, id: str) -> Appeal:
    found = kept.appeal(id)
    if found is None:
        raise UnknownAppeal(appeal=id)
    if found.state != "open":
        raise AppealDecided()
    return found


def must_be_apart(who: str, about: list[Appeal], fact: Fact | None) -> None:
    """`fact`: None for one of the queue, which nobody entered."""
    concerned = {each.clerk for each in about} | {each.subject for each in about if each.by == "clerk"}
    concerned |= {fact.author, fact.clerk or ""} if fact else set()
    if who in concerned or f"staff:{who}" in concerned:
        raise NotYoursToDecide()


def withdraw(change: Change, appeal: Appeal, who: str, words: str) -> None:
    """The decision is the reason; a fact that was withdrawn meanwhile stays as it is."""
    kept = fact_rows(change.desk)
    entered = kept.fact(appeal.fact)
    day = entered.day if entered else day_in(appeal.fact) or ""
    if not is_withdrawn(change.desk, appeal.fact, day):
        kept.withdraw_fact(appeal.fact, Withdrawal(change.at, who, words))
        change.note("fact_withdrawn", {"fact": appeal.fact, "appeal": appeal.id})


def told_of(appeal: Appeal) -> Json:
    """What the log holds of it: no words."""
    names = ("period", "by", "subject", "item", "fact", "clerk")
    return {"appeal": appeal.id} | {name: getattr(appeal, name) for name in names}

"""What the page of fair turns says, and its rows: no ground for priority, no name of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from queueing.class_rules import name_of
from queueing.clock import Instant, local
from queueing.house import House
from queueing.receipts import Rule
from queueing.records import Json
from scoring.fairness import Fairness, Waited
from web.spoken import said_in
from web.words import _, language, ngettext


def rule_words() -> dict[Rule, str]:
    """Why somebody was called before, of a number that isn't one's own."""
    return {
        "priority": _("priority"),
        "appointment": _("appointment"),
        "other_class": _("another kind of number"),
        "helping": _("the window only helps out with this service: its own go first"),
        "reinstated": _("a missed call, brought back into the line"),
        "chosen": _("called out of turn, by a member of staff"),
        "you_postponed": _("its holder had asked for more time"),
        "you_came_back": _("it had missed its own call and came back"),
        "you_were_moved": _("a member of staff had moved it back"),
        "your_slot": _("the time of its own appointment was still to come"),
        "you_were_entered_late": _("taken at a cut-off machine, it reached the hall later"),
        "unknown": _("the hall's record doesn't say why"),
    }


def joined_later(number: str, minutes: int) -> str:
    if minutes < 1:
        return _("%(number)s came less than a minute later", number=number)
    return str(
        ngettext("%(number)s came %(num)d minute later", "%(number)s came %(num)d minutes later", minutes,
                 number=number)
    )  # fmt: skip


@dataclass(frozen=True)
class Speaker:
    """Names of the hall's things and its times, in the reader's language."""

    house: House

    def ticket_class(self, name: str) -> str:
        return said_in(language(), name_of(name, self.house.classes.get(name)))

    def service(self, name: str) -> str:
        found = next((each.name for each in self.house.services if each.id == name), None)
        return said_in(language(), found) if found else name

    def clock(self, at: Instant | None) -> str:
        return f"{local(at, self.house.hall.timezone):%H:%M}" if at else "–"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def minutes(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds / 60:.0f}"


def tiles(made: Fairness) -> list[tuple[str, str]]:
    """The figures of the whole period, as large as they are important."""
    turns, whole, later = made.turns, made.whole, made.turns.minutes_later
    longest = later(100)
    told = [
        (str(turns.tickets.total()), _("tickets")),
        (share(turns.overtaken.total(), turns.tickets.total()), _("of them were overtaken")),
        (share(whole.kept, whole.promised), _("called within the promised wait")),
        (minutes(whole.longest), _("longest wait, minutes")),
    ]
    if longest is not None:
        spread = f"{later(50)} / {later(95)} / {longest}"
        told.append((spread, _("minutes that overtakers came later: half / 95 of 100 / most")))
    return told


def class_rows(made: Fairness, speaker: Speaker) -> list[list[str]]:
    """By class: tickets, overtaken, share of them, waits within the promise, longest wait."""
    waits = {row.ticket_class: row for row in made.by_class}
    turns = made.turns
    return [
        [
            speaker.ticket_class(name), str(n), str(turns.overtaken[name]), share(turns.overtaken[name], n),
            *(kept_cells(waits[name]) if name in waits else ["–", "–"]),
        ]
        for name, n in turns.tickets.most_common()
    ]  # fmt: skip


def passed_rows(made: Fairness, speaker: Speaker) -> list[list[str]]:
    """Overtakings by class and word, the most frequent first."""
    words, named = rule_words(), speaker.ticket_class
    return [
        [words[each.rule], named(each.ticket_class), named(each.by_class), str(n)]
        for each, n in made.turns.passed.most_common()
    ]


def wait_rows(made: Fairness, speaker: Speaker) -> list[list[str]]:
    service, named = speaker.service, speaker.ticket_class
    return [
        [service(row.service), named(row.ticket_class), str(row.tickets), *kept_cells(row)]
        for row in made.waits
    ]


def kept_cells(row: Waited) -> list[str]:
    return [share(row.kept, row.promised), minutes(row.longest)]


def overtaker_rows(receipt: Json, speaker: Speaker) -> list[list[str]]:
    words = rule_words()
    return [
        [
            joined_later(each["number"], each["minutes"]), words[each["rule"]],
            each["window"] or "–", speaker.clock(each["at"]),
        ]
        for each in receipt["overtakings"]
    ]  # fmt: skip

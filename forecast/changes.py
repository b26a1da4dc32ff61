"""Changes to a hall's day, as a what-if knows them; `forecast.change_words` reads them out of words."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 24 * 60.0


class ChangeError(ValueError):
    """A change that can't be understood or doesn't fit the day: a code for pages, a sentence for people."""

    def __init__(self, code: str, sentence: str, **fields: str) -> None:
        super().__init__(sentence)
        self.code, self.fields = code, fields


@dataclass(frozen=True)
class Opens:
    """A window calls in these minutes of the day too; no services: those that it mostly has."""

    window: str
    opens: float
    closes: float | None
    services: tuple[str, ...] = ()
    clerk: str = ""


@dataclass(frozen=True)
class Closes:
    """A window, or the window of a clerk, calls nobody in these minutes of the day."""

    window: str
    opens: float
    closes: float
    clerk: str = ""


@dataclass(frozen=True)
class Serves:
    """A window, or a clerk wherever that is, takes one more service; without a reluctance it stops to."""

    window: str
    clerk: str
    service: str
    reluctance: float | None = 0.0


@dataclass(frozen=True)
class Until:
    """No numbers for a service after that minute of the day."""

    service: str
    until: float


@dataclass(frozen=True)
class Demand:
    """So many times as many people; no service: of all."""

    factor: float
    service: str = ""


@dataclass(frozen=True)
class Bookings:
    """That share of a service's people comes by appointment; no service: of all."""

    share: float
    service: str = ""


@dataclass(frozen=True)
class Rule:
    """A figure of the turn rule, of one class of tickets."""

    figure: str
    value: float
    ticket_class: str


Change = Opens | Closes | Serves | Until | Demand | Bookings | Rule


def minutes(text: str) -> float:
    """Minutes of the day of HH:MM."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60.0 + int(rest)


def clock(at: float) -> str:
    """HH:MM of a minute of the day."""
    return f"{int(at) // 60:02d}:{int(at) % 60:02d}"

"""Rules in sentences of the reader's language; the file's own lines stay what counts."""

from __future__ import annotations

from collections.abc import Iterable

from queueing.class_rules import name_of
from queueing.clock import local
from queueing.help_rules import ClassFigure, Condition, Effect, Helping, OfDay, OfLine, OfTime
from queueing.house import House
from queueing.records import Json
from queueing.ruling import Ruling
from web.words import _, said_here


class Told:
    """The sentences of one hall's rules."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._services = {each.id: said_here(each.name) for each in house.services}

    def standing(self, seen: Json, ruling: Ruling) -> Json:
        """One rule as it stands now."""
        since = self.clock(seen["since"]) if seen["since"] else ""
        now = [each for part in seen["because"] if (each := self.value(part))]
        return self._lines(seen["rule"], ruling) | {"state": seen["state"], "since": since, "now": now}

    def past(self, tried: Json, ruling: Ruling) -> Json:
        """One rule on a day that is over."""
        named = {"would_minutes": round(tried["would_minutes"]), "was_minutes": round(tried["was_minutes"])}
        return (
            self._lines(tried["rule"], ruling)
            | named
            | {
                "would": [self._stretch(each) for each in tried["would"]],
                "was": [self._stretch(each) for each in tried["was"]],
                "met": [self._met(each) for each in tried["lines"] if tried["would"]],
                "helped": tried["helped"],
            }
        )

    def clock(self, at: str) -> str:
        return f"{local(at, self._house.hall.timezone):%H:%M}"

    def _stretch(self, each: Json) -> str:
        return f"{self.clock(each['since'])}–{self.clock(each['until'])}"

    def _lines(self, rule: str, ruling: Ruling) -> Json:
        found = ruling.rules[rule]
        when, then = self._all(map(self.condition, found.when)), self._all(map(self.effect, found.then))
        until = self._all(map(self.condition, found.until))
        name = said_here(found.line.name) if found.line.name else then
        return {"rule": rule, "name": name, "when": when, "then": then, "until": until}

    def _all(self, sentences: Iterable[str]) -> str:
        return _(", ").join(sentences)

    def _met(self, line: Json) -> str:
        about = {"count": line["waited"], "service": self._service(line["service"])}
        longest = round(line["longest"])
        if line["longer"] is None:
            about |= {"longest": longest}
            return _("%(count)s people waited for %(service)s, at most %(longest)s min", **about)
        return _(
            "%(count)s people waited for %(service)s, %(longer)s of them longer than the limit, "
            "at most %(longest)s min",
            **about, longer=line["longer"], longest=longest,
        )  # fmt: skip

    def condition(self, part: Condition) -> str:
        if isinstance(part, OfTime):
            return _("from %(starts)s to %(ends)s", starts=clock_of(part.starts), ends=clock_of(part.ends))
        if isinstance(part, OfDay):
            return _(", ").join(day_name(day) for day in part.days)
        return self._of_line(part)

    def _of_line(self, part: OfLine) -> str:
        about = {"service": self._service(part.service), "n": f"{part.limit:g}"}
        if part.what == "wait" and part.above:
            return _("the longest wait for %(service)s is over %(n)s min", **about)
        if part.what == "wait":
            return _("the longest wait for %(service)s is under %(n)s min", **about)
        if part.above:
            return _("more than %(n)s people wait for %(service)s", **about)
        return _("fewer than %(n)s people wait for %(service)s", **about)

    def effect(self, part: Effect) -> str:
        if isinstance(part, Helping):
            return self._helping(part)
        if isinstance(part, ClassFigure):
            return self._figure(part)
        return _("%(service)s gives no numbers", service=self._service(part.service))

    def _helping(self, part: Helping) -> str:
        about = {"windows": _(", ").join(part.windows), "service": self._service(part.service)}
        if part.reluctance:
            minutes = f"{part.reluctance:g}"
            return _("windows %(windows)s help with %(service)s after %(n)s min more", **about, n=minutes)
        return _("windows %(windows)s help with %(service)s", **about)

    def _figure(self, part: ClassFigure) -> str:
        name = said_here(name_of(part.ticket_class, self._house.classes.get(part.ticket_class)))
        about = {"name": name, "n": f"{part.value:g}"}
        if part.figure == "head_start":
            return _('"%(name)s" starts %(n)s min ahead', **about)
        return _('a minute of waiting counts %(n)s times for "%(name)s"', **about)

    def value(self, seen: Json) -> str:
        """What was seen of a line; of times and days there is nothing to add."""
        if seen["what"] not in ("wait", "line"):
            return ""
        figures = {"now": f"{seen['now']:g}", "n": f"{seen['limit']:g}"}
        about = figures | {"service": self._service(seen["service"])}
        if seen["what"] == "wait":
            return _("%(service)s: %(now)s min (limit %(n)s)", **about)
        return _("%(service)s: %(now)s waiting (limit %(n)s)", **about)

    def _service(self, service: str) -> str:
        return self._services.get(service, service)


def clock_of(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_name(day: str) -> str:
    return {
        "mon": _("on Mondays"),
        "tue": _("on Tuesdays"),
        "wed": _("on Wednesdays"),
        "thu": _("on Thursdays"),
        "fri": _("on Fridays"),
        "sat": _("on Saturdays"),
        "sun": _("on Sundays"),
    }[day]

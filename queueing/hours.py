"""When windows are open: timetables, rotations, holidays. All of it in the hall's own zone."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from queueing.house import Calendar, Hours, House, Stretch, Window

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FAR = 15
"""Days ahead in which an opening is looked for: the longest holiday and its weekend fit in."""

MOST_KEPT = 20_000
"""Windows' days kept ready, as many as a large hall asks for in some weeks."""

Stretches = tuple[tuple[datetime, datetime], ...]


def clock_time(text: str) -> time_of_day:
    """The time of day written as HH:MM."""
    return time_of_day.fromisoformat(text)


def turn_of(stretch: Stretch, day: date) -> tuple[str, ...]:
    """The group of windows that keeps a rotating stretch on that day; empty: every window."""
    if not stretch.rotation:
        return ()
    turn = day.toordinal() if stretch.every == "day" else (day.toordinal() - 1) // 7
    return stretch.rotation[turn % len(stretch.rotation)]


class OpeningHours:
    """Answers when a window of this house is open."""

    def __init__(
        self, house: House, public_holidays: Container[date] = (), worked_weekends: Container[date] = ()
    ) -> None:
        self._hours = {hours.id: hours for hours in house.hours}
        self._calendar: Calendar = house.calendar
        self._public, self._worked = public_holidays, worked_weekends
        self._ready: dict[tuple[str, date], Stretches] = {}

    def is_holiday(self, day: date) -> bool:
        """Closed by the hall's calendar or a public holiday, unless worked in exchange."""
        if self._is_worked(day):
            return False
        return day in self._calendar.closed or day in self._public

    def is_working_day(self, day: date) -> bool:
        """A working day (工作日) of limits: Monday to Friday but for days off; weekends worked too."""
        return self._is_worked(day) or (day.weekday() < 5 and not self.is_holiday(day))

    def stretches(self, window: Window, day: date) -> Stretches:
        """The window's opening stretches on a day as naive wall-clock times, earliest first."""
        found = self._ready.get((window.id, day))
        if found is None:
            if len(self._ready) >= MOST_KEPT:
                self._ready.clear()
            found = self._ready[window.id, day] = self._worked_out(window, day)
        return found

    def _worked_out(self, window: Window, day: date) -> Stretches:
        hours = self._hours[window.hours]
        if self.is_holiday(day) and not hours.on_holidays:
            return ()
        return tuple(sorted(self._kept(window, hours, day)))

    def _kept(self, window: Window, hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
        weekday = "mon" if day.weekday() >= 5 and self._is_worked(day) else WEEKDAYS[day.weekday()]
        for stretch in hours.open:
            group = turn_of(stretch, day)
            if weekday in stretch.days and (not group or window.id in group):
                yield (
                    datetime.combine(day, clock_time(stretch.opens)),
                    datetime.combine(day, clock_time(stretch.closes)),
                )

    def _is_worked(self, day: date) -> bool:
        """Worked in exchange for a holiday (调休): in the hall's own list, or the country's."""
        return day in self._calendar.worked or (day in self._worked and day not in self._calendar.closed)

    def is_open(self, window: Window, at: datetime, early_minutes: float = 0.0) -> bool:
        """Whether the window keeps hours at that local time, or will so many minutes later."""
        wall = at.replace(tzinfo=None)
        until = wall + timedelta(minutes=early_minutes) if early_minutes else wall
        stretches = self.stretches(window, wall.date())
        return any(opens <= until and wall < closes for opens, closes in stretches)

    def next_opening(self, window: Window, at: datetime) -> datetime | None:
        """The next opening after that local time, in the same zone; None if there is none in two weeks."""
        wall = at.replace(tzinfo=None)
        for ahead in range(FAR):
            for opens, _ in self.stretches(window, wall.date() + timedelta(days=ahead)):
                if opens > wall:
                    return opens.replace(tzinfo=at.tzinfo)
        return None

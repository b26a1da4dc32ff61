"""Places and waits by looking at everybody, one by one: what counting by lines has to agree with."""

from __future__ import annotations

from collections import Counter

from queueing.clock import shifted
from queueing.outlook import Span
from queueing.postponing import minutes_left
from queueing.turns import Head, in_turn, minutes_to_match
from queueing.waits import place_of, plain


class PlainLine:
    """As `queueing.waits.Line`, from a list of all who wait."""

    def __init__(self, plan, waiting, running, windows, minutes, at, outlook):
        self.plan, self.all, self.running, self.minutes, self.at = plan, waiting, running, minutes, at
        self.outlook = outlook if outlook.is_fresh(at) else None
        self.open = {w for w, state in windows.items() if state.state == "open"}

    def newcomer(self, service, ticket_class):
        claim = self.plan.ticket_class(ticket_class).head_start
        before = [t for t, reluctance in self.callable(service) if self.claims(t, claim, reluctance)]
        return self.as_played(service, ticket_class, before, self.place(service, before))

    def places(self, service):
        heads = [Head(ticket, reluctance) for ticket, reluctance in self.callable(service)]
        ordered = [head.ticket for head in in_turn(heads, self.plan.classes, self.at)]
        return {
            t.key: self.own(t, ordered[:index]) for index, t in enumerate(ordered) if t.service == service
        }

    def callable(self, service):
        """Whoever a window of the service may call, with the least reluctance of any."""
        windows = self.plan.windows_of[service]
        for ticket in self.all:
            takers = [w for w in windows if ticket.service in self.plan.reluctances[w]]
            if takers and (ticket.direct_window is None or ticket.direct_window in windows):
                yield ticket, min(self.plan.reluctances[w][ticket.service] for w in takers)

    def claims(self, ticket, claim, reluctance):
        minutes = minutes_to_match(self.plan.classes[ticket.ticket_class], claim, reluctance)
        return minutes is not None and ticket.line_at <= shifted(self.at, minutes=-minutes)

    def own(self, ticket, ahead):
        place, left = self.priced(ticket, ahead), minutes_left(ticket.not_before, self.at)
        if place.span is None or not left:
            return place
        return place_of(place.ahead, Span(*(max(left, end) for end in place.span)), played=place.played)

    def priced(self, ticket, ahead):
        found = self.place(ticket.service, ahead)
        if self.outlook is None or (found.ahead == 0 and found.high == 0):
            return found
        if self.outlook.knows(ticket):
            return place_of(found.ahead, self.outlook.ticket(ticket, self.at), played=True)
        if ticket.direct_window:
            return found
        return self.as_played(ticket.service, ticket.ticket_class, ahead, found)

    def as_played(self, service, ticket_class, ahead, found):
        if self.outlook is None or (found.ahead == 0 and found.high == 0):
            return found
        span = self.outlook.newcomer(service, ticket_class, self.at)
        if span is None:
            never = self.outlook.says_never(service, ticket_class, self.at)
            return place_of(found.ahead, None, played=True) if never else found
        since, windows = [t for t in ahead if not self.outlook.knows(t)], self.windows(service)
        later = self.work(since, windows) / len(windows) if windows else 0.0
        return place_of(found.ahead, span.moved(later), played=True)

    def place(self, service, before):
        windows = self.windows(service)
        there = [t for t in before if not minutes_left(t.not_before, self.at)]
        until = self.work(there, windows) / len(windows) if windows else 0.0
        ahead = [t for t in before if t in there or minutes_left(t.not_before, self.at) <= until]
        if not windows:
            return place_of(len(ahead), None)
        if not ahead and any(w not in self.running for w in windows):
            return place_of(0, Span(0.0, 0.0, 0.0))
        left = sum(self.minutes(self.running[w]) / 2 for w in windows if w in self.running)
        return place_of(len(ahead), plain((self.work(ahead, windows) + left) / len(windows)))

    def windows(self, service):
        return [w for w in self.plan.windows_of[service] if w in self.open]

    def work(self, ahead, windows):
        counts = Counter(ticket.service for ticket in ahead)
        return sum(n * self.minutes(other) * self.share(other, windows) for other, n in counts.items())

    def share(self, service, windows):
        takers = [w for w in self.plan.windows_of[service] if w in self.open]
        return sum(1 for w in takers if w in windows) / len(takers) if takers else 1.0

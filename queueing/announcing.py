"""What is said next in an area, in which language, and why something isn't: no sound, no sockets, no clock.

`now` is a count of real seconds that only grows; a call's `born` is where it lies on that scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from queueing.records import Json
from queueing.said import Call, Line, Reason, Sentence, key_of, sentence_of
from queueing.voice_rules import VoiceRules

YOUNG_SECONDS = 60.0
"""Nothing older is said: who was meant has come, or has given up."""

TRIES = 2
"""How often a sentence that was broken off is begun."""

KEPT = 200
"""Calls of an area that are remembered."""

BY_STATE: dict[str, Reason] = {
    "serving": "answered", "held": "answered", "finished": "answered",
    "no_show": "missed", "waiting": "moved", "abandoned": "left",
}  # fmt: skip


class Order:
    """One area's calls in the order in which they were made."""

    def __init__(self, languages: Sequence[str], rules: VoiceRules, log: Callable[[Line], None]) -> None:
        self._languages, self._rules, self._log = tuple(languages), rules, log
        self._calls: dict[str, Call] = {}
        self._of: dict[str, list[Call]] = {}
        self._heard: dict[str, None] = {}
        self.playing = ""
        """The sentence that an announcer has been given; it isn't cut off."""

    # -- what happens in the hall ---------------------------------------------------------------

    def take(self, event: Json, is_ours: bool, born: float, own: str | None = None) -> bool:
        """One event of a ticket: calls join the others, all else ends a call; whether it did either."""
        ticket, action = event["ticket"], event["action"]
        stands = ticket["state"] == "called" and is_ours
        if stands and action in ("call", "recall"):
            self._drop(self._open(ticket["ticket"]), "called_again")
            self._heard.pop(key_of(ticket), None)
            self._add(event, action == "recall", born, own)
            return True
        others = [call for call in self._open(ticket["ticket"]) if not stands or call.key != key_of(ticket)]
        self._drop(others, "undone" if action == "undo" else BY_STATE.get(ticket["state"], "moved"))
        comes = stands and action == "undo" and not self._knows(ticket)
        if comes:
            self._add(event, ticket["calls"] > 1, born, own)
        return comes or bool(others)

    def _open(self, ticket: str) -> list[Call]:
        return [call for call in self._of.get(ticket, ()) if call.left]

    def _knows(self, ticket: Json) -> bool:
        """Said already, or about to be."""
        key = key_of(ticket)
        return key in self._heard or any(call.key == key for call in self._open(ticket["ticket"]))

    def _add(self, event: Json, again: bool, born: float, own: str | None) -> None:
        ticket, name = event["ticket"], str(event["seq"])
        key, number, window = ticket["ticket"], ticket["number"], ticket["window"]
        call = Call(name, key_of(ticket), event["at"], born, key, number, window, again, own)
        turns = range(1, self._rules.repeats + 1)
        call.left = [Sentence(name, language, turn) for turn in turns for language in self._languages]
        self._calls[name] = call
        self._of.setdefault(key, []).append(call)
        for old in list(self._calls)[:-KEPT]:
            self._forget(self._calls.pop(old))

    def _forget(self, call: Call) -> None:
        same = self._of[call.ticket]
        same.remove(call)
        if not same:
            del self._of[call.ticket]

    def _drop(self, calls: Iterable[Call], reason: Reason) -> None:
        for call in calls:
            call.over = call.over or reason
            self._skip(call, list(call.left), reason)

    def _skip(self, call: Call, sentences: Sequence[Sentence], reason: Reason) -> None:
        for sentence in sentences:
            if sentence.ref != self.playing:
                call.left.remove(sentence)
                self._log(Line(call, sentence, reason))

    # -- whose turn it is -----------------------------------------------------------------------

    def next(self, now: float) -> tuple[Sentence, Call] | None:
        """The sentence that is to be said now; asked twice, it is the same one."""
        self.forget_old(now)
        for call in self._calls.values():
            if call.over:
                self._skip(call, list(call.left), call.over)
            elif call.left:
                self._skip(call, self._spare(call, now), "backlog")
            if call.left:
                return call.left[0], call
        return None

    def after(self, sentence: Sentence, now: float) -> tuple[Sentence, Call] | None:
        """What will probably follow: to be fetched while that one is said."""
        for call in self._calls.values():
            spare = self._spare(call, now) if call.left else []
            for each in call.left:
                if each != sentence and each not in spare:
                    return each, call
        return None

    def forget_old(self, now: float) -> None:
        """What has waited too long is only shown."""
        self._drop([c for c in self._calls.values() if c.left and now - c.born >= YOUNG_SECONDS], "too_old")

    def _spare(self, call: Call, now: float) -> list[Sentence]:
        """While others wait, repetitions go first, then every language but the first and the holder's own."""
        waiting, rules = self.others_than(call), self._rules
        hurry = bool(waiting) and now - waiting[0].born > rules.hurry_seconds
        once = hurry or len(waiting) > rules.drop_repeats_over
        alone = hurry or len(waiting) > rules.drop_languages_over
        kept = (self._languages[0], call.own)
        return [s for s in call.left if (once and s.turn > 1) or (alone and s.language not in kept)]

    def unknown(self) -> list[Call]:
        """Calls whose holder's language matters, since others wait as well, and isn't known yet."""
        left = [call for call in self._calls.values() if call.left]
        return [call for call in left if call.own is None] if len(left) > 1 else []

    def _waiting(self) -> list[Call]:
        """Those of which nothing was said yet, nor is being said."""
        playing = self.playing.partition(" ")[0]
        return [c for c in self._calls.values() if c.left and not c.heard and c.id != playing]

    def others_than(self, call: Call) -> list[Call]:
        """Those that wait behind it."""
        return [other for other in self._waiting() if other is not call]

    def waiting(self, now: float) -> tuple[int, float]:
        """How many calls wait to be said, and for how many seconds the oldest has."""
        born = [call.born for call in self._waiting() if now - call.born < YOUNG_SECONDS]
        return len(born), max(0.0, now - min(born)) if born else 0.0

    # -- what became of a sentence ----------------------------------------------------------------

    def call_of(self, ref: str) -> Call | None:
        return self._calls.get(ref.partition(" ")[0])

    def find(self, ref: str) -> tuple[Sentence, Call] | None:
        """The sentence with that name, while it is still to be said."""
        call = self.call_of(ref)
        found = [each for each in call.left if each.ref == ref] if call else []
        return (found[0], call) if found and call else None

    def said(self, ref: str, machine: str, by: str, began: float, ended: float) -> None:
        """It was said to its end; said by two machines, it is in the log twice."""
        call, sentence = self.call_of(ref), sentence_of(ref)
        if call is None or call.log.count(sentence) >= TRIES or not self._is_one(sentence):
            return
        if sentence in call.left:
            call.left.remove(sentence)
        call.log.append(sentence)
        self.mark_heard(call)
        self._log(Line(call, sentence, None, machine, by, began, ended))

    def _is_one(self, sentence: Sentence) -> bool:
        return sentence.language in self._languages and 1 <= sentence.turn <= self._rules.repeats

    def mark_heard(self, call: Call) -> None:
        call.heard, call.tries = True, 0
        self._heard[call.key] = None
        for old in list(self._heard)[:-KEPT]:
            del self._heard[old]

    def known(self, ref: str, machine: str | None = None) -> None:
        """Said before: the log has it, or that machine remembers it, and then the log learns it."""
        if found := self.find(ref):
            sentence, call = found
            call.left.remove(sentence)
            self.mark_heard(call)
            if machine is not None:
                self._log(Line(call, sentence, "remembered", machine))

    def broke_off(self, ref: str, machine: str, by: str, began: float, ended: float) -> None:
        """It stays to be said, unless it was tried often enough; the log tells both."""
        if not (found := self.find(ref)):
            return
        sentence, call = found
        call.tries += 1
        self._log(Line(call, sentence, "broken", machine, by, began, ended))
        if call.tries >= TRIES or call.over:
            call.left.remove(sentence)
            call.tries = 0

    def shown(self, ref: str, reason: Literal["quiet", "no_voice"]) -> None:
        """It was only shown: the hall is quiet at this hour, or has no voice for it. Once is enough."""
        if not (found := self.find(ref)):
            return
        sentence, call = found
        self.playing = ""
        same = [each for each in call.left if each.language == sentence.language]
        self._skip(call, same, reason)
        self.mark_heard(call)

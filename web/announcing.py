"""One area's announcements: the order of its calls, who speaks, and which sentence is under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queueing.announcing import KEPT, YOUNG_SECONDS, Order
from queueing.records import Json
from queueing.said import Call, Line, Sentence, sentence_of
from queueing.store import Desk
from queueing.voice_rules import VoiceRules
from web.speaking import TAIL_SECONDS, Lease, Said, Speak, Speaker

WATCHES_AGREE = 0.5
"""Seconds; a watch that goes wrong by more is set anew. Between two settings no time is moved."""

OVERDUE_SECONDS = 6.0
"""How long after its end a sentence that is still said to be said is waited for."""

LONGEST_SECONDS = 30.0
"""No sentence takes longer, whatever a machine says."""

GIVEN = 4 * KEPT
"""So many givings are remembered: who was given which sentence may tell what became of it."""


@dataclass
class Playing:
    """A sentence that was given to a machine; `began` is unknown until the machine has said so."""

    ref: str
    speaker: Speaker
    given: float
    began: float | None = None
    seconds: float = 0.0
    by: str = ""

    @property
    def ends(self) -> float:
        """By when it is over, whoever says it."""
        return (self.began or self.given) + self.seconds + TAIL_SECONDS


class Area:
    """What an area's machines ask, answered; all times are seconds of the hall's machine."""

    def __init__(
        self,
        name: str,
        languages: Sequence[str],
        rules: VoiceRules,
        log: Callable[[Line], None],
        word: Callable[[str, str, str], str],
    ) -> None:
        self._word = word
        self.name, self.rules = name, rules
        self.order = Order(languages, rules, log)
        self.lease = Lease()
        self.playing: Playing | None = None
        self.inherited: Container[str] = frozenset()
        """Calls that are older than this server: it doesn't know who was given their sentences."""
        self._given: deque[tuple[str, Speaker]] = deque(maxlen=GIVEN)
        self._hanging: dict[str, str] = {}
        self._watches: dict[str, float] = {}
        self._reports: deque[tuple[str, str, float]] = deque(maxlen=KEPT)

    def ask(self, speaker: Speaker, wish: Speak, now: float, percent: int) -> Json:
        """What it has said is noted first; then, if it is the one that speaks, what comes next."""
        self._hear(speaker, wish, now, lambda ref: self._was_given(ref, speaker))
        self._break_off_the_overdue(now)
        if self.playing:
            self.lease.free_from = max(self.lease.free_from, self.playing.ends)
        speaks = not self._hangs(speaker, wish) and self.lease.ask(speaker, now)
        if speaks:
            self._hear(speaker, wish, now, lambda ref: ref.partition(" ")[0] in self.inherited)
        taken = self.lease.current(now) is not None and not speaks
        answer: Json = {"speaks": speaks, "elsewhere": taken, "say": None, "then": None}
        return answer | self._work_for(speaker, wish, now, percent) if speaks else answer

    def leave(self, socket: str, now: float) -> None:
        """A machine that is gone may be heard until its sentence is over."""
        self._watches.pop(socket, None)
        if self.lease.leave(socket) and self.playing and self.playing.began is not None:
            self.lease.free_from = max(now, self.playing.ends)

    def take_over(self, calls: Container[str], spoke: str, free_from: float) -> None:
        """Another process has kept the area: its machine may still be heard, and goes on if it comes here."""
        self.inherited = calls
        if spoke:
            self.lease.last, self.lease.free_from = spoke, free_from

    def give_up(self) -> None:
        """Another process keeps the area from now on."""
        self._rest()
        self.lease.holder = None

    # -- the machine's report -------------------------------------------------------------------

    def _hear(self, speaker: Speaker, wish: Speak, now: float, may_tell: Callable[[str], bool]) -> None:
        """What it says and remembers of the sentences of which it may tell; other machines' are their own."""
        for said in wish.said:
            if may_tell(said.ref):
                self._note(said, speaker, self._offset(speaker, wish, now), now)
        for ref in wish.remembers:
            if may_tell(ref) or self._was_given(ref, speaker, by_device=True):
                self.order.known(ref, speaker.name)

    def _was_given(self, ref: str, speaker: Speaker, by_device: bool = False) -> bool:
        """A page that was loaded anew is another machine, and its device still remembers."""
        return any(
            ref == each and (given.who == speaker.who or (by_device and given.name == speaker.name))
            for each, given in self._given
        )

    def _offset(self, speaker: Speaker, wish: Speak, now: float) -> float:
        """By how much the machine's watch is behind ours."""
        fresh = now - wish.watch / 1000
        known = self._watches.get(speaker.socket)
        if known is None or abs(fresh - known) > WATCHES_AGREE:
            self._watches[speaker.socket] = known = fresh
        return known

    def _note(self, said: Said, speaker: Speaker, offset: float, now: float) -> None:
        began = lately(offset + said.began / 1000, now)
        playing = self._played(said.ref, speaker)
        if said.ended is None:
            if playing and playing.began is None:
                seconds = min(said.seconds, LONGEST_SECONDS)
                playing.began, playing.seconds, playing.by = began, seconds, said.by
            return
        if playing:
            self._rest()
            self.lease.free_from = now
        if self._is_new((speaker.who, said.ref, said.began)):
            self._end(said, speaker, began, max(began, lately(offset + said.ended / 1000, now)))

    def _played(self, ref: str, speaker: Speaker) -> Playing | None:
        """The sentence under way, if it is that one and that machine says it."""
        playing = self.playing
        return playing if playing and playing.ref == ref and playing.speaker.who == speaker.who else None

    def _is_new(self, report: tuple[str, str, float]) -> bool:
        """A report whose answer was lost comes again."""
        new = report not in self._reports
        self._reports.append(report)
        return new

    def _end(self, said: Said, speaker: Speaker, began: float, ended: float) -> None:
        if said.by == "caption":
            self.order.shown(said.ref, "no_voice" if said.whole else "quiet")
        elif said.whole:
            self.order.said(said.ref, speaker.name, said.by, began, ended)
        else:
            self.order.broke_off(said.ref, speaker.name, said.by, began, ended)

    def _rest(self) -> None:
        self.playing, self.order.playing = None, ""

    def _break_off_the_overdue(self, now: float) -> None:
        """A machine that says for ever that it is saying something keeps nobody silent."""
        late = self.playing
        if late and now > late.ends + OVERDUE_SECONDS:
            self._forget_the_lost(now)
            if self.lease.holder and self.lease.holder.who == late.speaker.who:
                self._hanging[late.speaker.who] = late.ref
                self.lease.holder = None
            for old in list(self._hanging)[:-KEPT]:
                del self._hanging[old]

    def _hangs(self, speaker: Speaker, wish: Speak) -> bool:
        """Still at the sentence that was broken off."""
        if speaker.who in self._hanging and self._hanging[speaker.who] != wish.playing:
            del self._hanging[speaker.who]
        return speaker.who in self._hanging

    # -- the machine's work ---------------------------------------------------------------------

    def _work_for(self, speaker: Speaker, wish: Speak, now: float, percent: int) -> Json:
        """Nothing new while it is saying something; its next sentence otherwise."""
        if self.playing and self.playing.ref == wish.playing:
            return {"then": self._told(self.order.after(sentence_of(self.playing.ref), now), percent)}
        self._forget_the_lost(now)
        found = self.order.next(now)
        if found is None:
            return {}
        sentence, _ = found
        self.playing = Playing(sentence.ref, speaker, now)
        if not self._was_given(sentence.ref, speaker):
            self._given.append((sentence.ref, speaker))
        self.order.playing = sentence.ref
        then = self.order.after(sentence, now)
        return {"say": self._told(found, percent), "then": self._told(then, percent)}

    def _forget_the_lost(self, now: float) -> None:
        """Given to a machine that knows nothing of it (any more): broken off, if it had begun."""
        lost = self.playing
        self._rest()
        if lost and lost.began is not None:
            self.order.broke_off(lost.ref, lost.speaker.name, lost.by, lost.began, min(now, lost.ends))

    def _told(self, found: tuple[Sentence, Call] | None, percent: int) -> Json | None:
        if found is None:
            return None
        sentence, call = found
        first = not call.heard and self.rules.chime and [sentence] == call.left[:1]
        shown: dict[str, Any] = {"number": call.number, "window": call.window, "again": call.again}
        chime = ("short" if self.order.others_than(call) else "long") if first else "none"
        return shown | {
            "text": self._word(sentence.language, call.number, call.window),
            "ref": sentence.ref, "ticket": call.ticket, "language": sentence.language,
            "turn": sentence.turn, "chime": chime, "volume": percent,
        }  # fmt: skip

    # -- what everybody may see -----------------------------------------------------------------

    def state(self, now: float, percent: int) -> Json:
        """Who speaks, whether it is heard, what is being said and what waits."""
        speaker, (waiting, oldest) = self.lease.current(now), self.order.waiting(now)
        return {
            "area": self.name,
            "sound": self._sound(speaker, now, percent),
            "volume": percent,
            "able": speaker.able if speaker else "none",
            "machine": speaker.name if speaker else None,
            "kind": speaker.kind if speaker else None,
            "now": self._being_said(percent),
            "waiting": waiting,
            "oldest": round(oldest),
            "late": oldest > self.rules.backlog_seconds,
        }

    def _sound(self, speaker: Speaker | None, now: float, percent: int) -> str:
        if speaker:
            return "heard" if percent else "quiet"
        return "not_heard" if any(now < until for until in self.lease.silent.values()) else "none"

    def _being_said(self, percent: int) -> Json | None:
        playing = self.playing
        if playing is None or playing.began is None:
            return None
        call = self.order.call_of(playing.ref)
        return self._told((sentence_of(playing.ref), call), percent) if call else None


def lately(at: float, now: float) -> float:
    """A machine whose watch is nonsense makes no nonsense of the log."""
    return min(max(at, now - 2 * YOUNG_SECONDS), now)


def languages_of(desk: Desk, calls: Sequence[Call]) -> Mapping[str, str]:
    """In which language those who are called are spoken to, by ticket; Traditional Chinese in Mandarin."""
    told = {call.ticket: desk.ticket(call.ticket).language for call in calls}
    return {key: "zh_Hans" if language == "zh_Hant" else language for key, language in told.items()}

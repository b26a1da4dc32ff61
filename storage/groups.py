"""What every store of a hall shares: changes in groups, refused one by one, one commit, then the news."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence, Sized
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

from queueing.errors import StorageFailed
from queueing.records import Event, Json, Press
from storage.commits import Commits, Job
from storage.db import Db, Row
from storage.desk import SqlDesk
from storage.later import Clash, Later
from storage.standing import Standing
from storage.trouble import AdviceOn, KindOf, Trouble, kind_in_sqlite

LOG = logging.getLogger(__name__)

InThread = Callable[..., Any]


def direct(function: Callable[..., Any], *args: Any) -> Any:
    """Runs it here and now: the choice where every request has its own thread."""
    return function(*args)


class GroupStore:
    """Keeps one hall through one connection for changes; each database begins and ends a group its way."""

    failures: type[Exception]
    """What its database raises."""

    kind_of: KindOf = staticmethod(kind_in_sqlite)

    advice_on: AdviceOn = staticmethod(lambda error: "")
    """What to do about it, where the error itself tells."""

    _writer: Db

    def __init__(self, hall: str, in_thread: InThread) -> None:
        self.hall, self._in_thread = hall, in_thread
        self.on_commit: Callable[[Sequence[Event]], None] = lambda events: None
        self.watched: Callable[[Sized], AbstractContextManager[object]] = lambda group: nullcontext()
        """Around each group, with all that are in it in the end; for whoever measures."""

        self._trouble = Trouble(self.kind_of, self.advice_on)
        self._leaving = self._closed = False
        self._standing = Standing()
        self.give_way: Callable[[], None] = lambda: None
        """Lets others come up whose requests have arrived, where one loop serves all."""

        self._commits = Commits(self._run_group, lambda: self.give_way())

    @property
    def trouble(self) -> str | None:
        """The code of what keeps changes from being kept at the moment."""
        return self._trouble.code

    def change(self, work: Callable[[Any], Json], press: Press, quick: bool = False) -> Json:
        """One durable change, or the first answer to a key seen before. See queueing.store.Store."""

        def once(desk: SqlDesk) -> Json:
            return answered_once(desk, work, press)

        answer: Json = self._commits.through(once, quick)
        return answer

    def work_beside(self, aside: Callable[[Callable[[], None]], None]) -> None:
        """Where work can be begun in a real thread; a database server looks after itself."""

    def try_again(self) -> None:
        """While nothing could be kept: finds out whether that is over, by keeping something."""
        with suppress(StorageFailed):  # it isn't; the operator has been told
            self._commits.through(SqlDesk.touch)

    def _leave(self) -> None:
        """Waits for the changes under way; the last group closes the connection behind itself."""
        self._leaving = True
        with suppress(StorageFailed):  # the group before has closed already
            self._commits.through(lambda desk: {})

    def _run_group(self, group: list[Job]) -> None:
        with self.watched(group):
            events = self._run(group)
        if events:
            self._tell(events)

    def _run(self, group: list[Job]) -> list[Event]:
        """Beside the event loop; a store whose statements don't block may do otherwise with quick ones."""
        events: list[Event] = self._in_thread(self._commit, group)
        return events

    def _tell(self, events: Sequence[Event]) -> None:
        """What is kept is kept, also when nobody can be told."""
        try:
            self.on_commit(events)
        except Exception:
            LOG.exception("Events %d to %d were kept but not told", events[0].seq, events[-1].seq)

    def _commit(self, group: list[Job]) -> list[Event]:
        """One transaction for all changes of the group, one sync; the events that came of it."""
        if self._closed:
            raise StorageFailed(reason="the hall is closing")
        try:
            return self._together(group)
        except self.failures as error:
            self._give_up()
            raise self._trouble.told(error) from error
        except BaseException:
            self._give_up()  # what it wrote may not go along with the next group
            raise
        finally:
            if self._leaving:
                self._closed = True
                self._writer.close()

    def _together(self, group: list[Job]) -> list[Event]:
        try:
            first = self._begin()
            self._commits.join(group)
            try:
                events = self._all_of(group, first)
            except Clash:
                events = self._again(group)
            if group[0].error and len(group) == 1:
                self._writer.end("ROLLBACK")
            else:
                self._end()
                self._trouble.over()
        except BaseException:
            self._standing.forget()
            raise
        return events

    def _again(self, group: list[Job]) -> list[Event]:
        """From the beginning, with every row written where it is added: only the change that fails fails."""
        self._writer.end("ROLLBACK")
        self._standing.forget()
        return self._all_of(group, self._begin(), careful=True)

    def _all_of(self, group: list[Job], first: Row, careful: bool = False) -> list[Event]:
        """Each change in its turn, then what they added, and where the log ends now."""
        db = Later(self._writer, self._is_trouble, len(group) == 1, careful)
        self._standing.begin(first)
        events = [event for job in group for event in self._attempt(job, db)]
        if self._standing.end != first:
            SqlDesk(db, self.hall).keep_end(self._standing.end)
        db.write()
        return events

    def _begin(self) -> Row:
        """Opens the transaction in which nobody else writes to this hall; where the log ends."""
        raise NotImplementedError

    def _end(self) -> None:
        """Commits; back only when it is on the disk."""
        self._writer.run("COMMIT")

    def _give_up(self) -> None:
        """Takes the group back."""
        raise NotImplementedError

    def _is_trouble(self, error: Exception) -> bool:
        """Whether nothing can be kept at the moment, whoever asks."""
        return isinstance(error, self.failures) and self._trouble.is_meant(error)

    def _attempt(self, job: Job, db: Later) -> list[Event]:
        """Runs one change; a refusal takes back only its own rows."""
        desk = SqlDesk(db, self.hall, self._standing)
        db.begin()
        job.answer = job.error = None
        try:
            job.answer = job.work(desk)
            self._standing.kept(desk.end)
            db.keep()
        except Clash:
            raise
        except Exception as error:
            if self._is_trouble(error):
                raise  # the whole group fails with it
            job.error = error
            self._standing.refused()
            desk.fresh.clear()
            db.refuse()
        return desk.fresh


def answered_once(desk: SqlDesk, work: Callable[[SqlDesk], Json], press: Press) -> Json:
    """The work's answer, kept under the press's key; a key seen before gives the first answer again."""
    if press.key is None:
        return work(desk)
    before = desk.answer_to(press)
    if before is not None:
        return before
    answer = work(desk)
    desk.keep_answer(press, answer, desk.last_at())
    return answer

"""Group commit: changes that wait at the same moment share one transaction and one sync.

The first caller that finds nobody committing leads; with a quick change it lets those whose requests have
arrived already come up first. It takes all that wait, runs them in one transaction, tells each its answer
after the commit, and hands the lead to the next one that waits. Nobody is answered before the sync of the
own change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

Work = Callable[[Any], Any]
Runner = Callable[[list["Job"]], None]
MOST = 64
"""Changes in one commit at the most, so that the first answer doesn't wait for a crowd."""


class Job:
    """One change on its way: what to do, and what came of it. `quick`: it takes a millisecond at the most."""

    def __init__(self, work: Work, quick: bool = False) -> None:
        self.work, self.quick = work, quick
        self.answer: Any = None
        self.error: BaseException | None = None
        self.finished = False
        self._woken: threading.Lock | None = None

    def outcome(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.answer

    def will_wait(self) -> None:
        """From now on it may be woken."""
        self._woken = threading.Lock()
        self._woken.acquire()

    def wait(self) -> None:
        """Until it is finished, or has to lead."""
        if self._woken:
            self._woken.acquire()

    def wake(self) -> None:
        if self._woken:
            self._woken.release()


class Commits:
    """Gathers changes and runs them in groups, one group at a time."""

    def __init__(self, run: Runner, gather: Callable[[], None] = lambda: None) -> None:
        self._run, self._gather = run, gather
        self._guard = threading.Lock()
        self._waiting: list[Job] = []
        self._led = False

    def through(self, work: Work, quick: bool = False) -> Any:
        """Runs a change in some group; its answer, or what it raised."""
        job = Job(work, quick)
        if self._leads_with(job):
            try:
                if quick:
                    self._gather()
            finally:
                self._lead()
        else:
            job.wait()
        if not job.finished:
            self._lead()
        return job.outcome()

    def _leads_with(self, job: Job) -> bool:
        """Queues the job; True when its caller has to lead. It can wait before anybody can take it."""
        with self._guard:
            leads, self._led = not self._led, True
            if not leads:
                job.will_wait()
            self._waiting.append(job)
        return leads

    def join(self, group: list[Job]) -> None:
        """Takes along who has come since the group was taken, such as while another process held the hall.

        For the thread that runs the group: nobody else takes from the line meanwhile, so it needs no lock,
        which on a green engine would belong to another thread.
        """
        while self._waiting and self._waiting[0].quick == group[0].quick and len(group) < MOST:
            group.append(self._waiting.pop(0))

    def _taken(self) -> list[Job]:
        """The next group: those at the front that are all quick, or all not."""
        with self._guard:
            first = self._waiting[0].quick
            group = list(takewhile(lambda job: job.quick == first, self._waiting[:MOST]))
            del self._waiting[: len(group)]
        return group

    def _lead(self) -> None:
        group = self._taken()
        try:
            self._run(group)
        except BaseException as error:
            for job in group:
                job.error = job.error or error
            raise
        finally:
            self._hand_over(group)

    def _hand_over(self, group: Sequence[Job]) -> None:
        for job in group:
            job.finished = True
        with self._guard:
            following = self._waiting[0] if self._waiting else None
            self._led = following is not None
        for job in group[1:]:
            job.wake()
        if following:
            following.wake()

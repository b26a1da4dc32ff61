"""Group commit: changes that wait at the same moment share one transaction and one sync.

The first caller that finds nobody committing leads: it takes all that wait, runs them in one
transaction in an operating-system thread, tells each its answer after the commit, and hands the
lead to the next one that waits. Nobody is answered before the sync of the own change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

Work = Callable[[Any], Any]
Runner = Callable[[Sequence["Job"]], None]
MOST = 64
"""Changes in one commit at the most, so that the first answer doesn't wait for a crowd."""


class Job:
    """One change on its way: what to do, and what came of it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.answer: Any = None
        self.error: BaseException | None = None
        self.finished = False
        self.woken = threading.Event()

    def outcome(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.answer


class Commits:
    """Gathers changes and runs them in groups, one group at a time."""

    def __init__(self, run: Runner) -> None:
        self._run = run
        self._guard = threading.Lock()
        self._waiting: list[Job] = []
        self._led = False

    def through(self, work: Work) -> Any:
        """Runs a change in some group; its answer, or what it raised."""
        job = Job(work)
        if not self._joins(job):
            job.woken.wait()
        if not job.finished:
            self._lead()
        return job.outcome()

    def _joins(self, job: Job) -> bool:
        """Queues the job; True when its caller has to lead."""
        with self._guard:
            self._waiting.append(job)
            leads, self._led = not self._led, True
        return leads

    def _lead(self) -> None:
        with self._guard:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
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
        for job in group:
            job.woken.set()
        if following:
            following.woken.set()

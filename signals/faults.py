"""What a loop does about failures that nobody thought of: one traceback, growing pauses, never an end."""

from __future__ import annotations

import logging

from queueing.errors import StorageFailed

LOG = logging.getLogger(__name__)

FAULT = "fault"
"""Said in the office instead of a trouble that has words."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Faults:
    """Of one loop; a row of failures is logged once."""

    def __init__(self, what: str) -> None:
        self._what, self._pause, self._failed = what, 0.0, False

    def pause(self, error: Exception) -> float:
        """Called where it is handled; how long to wait before the next try.

        That nothing can be read at the moment the store tells, and finds out when it is over.
        """
        self._failed = True
        if isinstance(error, StorageFailed):
            return FIRST_PAUSE
        if not self._pause:
            LOG.exception("%s failed; it is tried again with growing pauses", self._what)
        self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        return self._pause

    def over(self) -> bool:
        """After a try that went well: whether the one before it had not."""
        failed, was_told = self._failed, bool(self._pause)
        self._failed, self._pause = False, 0.0
        if was_told:
            LOG.warning("%s works again", self._what)
        return failed

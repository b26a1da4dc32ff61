"""What a loop does about failures that nobody thought of: one traceback, growing pauses, never an end."""

from __future__ import annotations

import logging

LOG = logging.getLogger(__name__)

FAULT = "fault"
"""Said in the office instead of a trouble that has words."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Faults:
    """Of one loop; a row of failures is logged once."""

    def __init__(self, what: str) -> None:
        self._what, self._pause = what, 0.0

    def pause(self) -> float:
        """Called where an exception is handled; how long to wait before the next try."""
        if not self._pause:
            LOG.exception("%s failed; it is tried again with growing pauses", self._what)
        self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        return self._pause

    def over(self) -> bool:
        """After a try that went well: whether the one before it had not."""
        failed, self._pause = bool(self._pause), 0.0
        if failed:
            LOG.warning("%s works again", self._what)
        return failed

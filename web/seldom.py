"""Warnings that a stranger can cause as often as they like: a few lines say it all."""

from __future__ import annotations

import logging
import time

SECONDS = 20.0


class Seldom:
    """Says a thing at most three times a minute, and how often it has happened since it was last said."""

    def __init__(self, log: logging.Logger) -> None:
        self._log, self._times, self._not_before = log, 0, 0.0

    def warn(self, line: str, *about: object) -> None:
        self._times += 1
        now = time.monotonic()
        if now < self._not_before:
            return
        self._log.warning(f"{line} (%d since the last such line)", *about, self._times)
        self._times, self._not_before = 0, now + SECONDS

"""What this process tells the others of its hall once a second, and what it takes from their words.

All of it goes through the database (`storage.together`), so it holds while Redis is away, too.
"""

from __future__ import annotations

from queueing.records import Json
from web.context import Built
from web.foretold import spans_of
from web.together import LEAD

AGREE_SECONDS = 1.0


class Agreeing:
    """One round a second."""

    def __init__(self, built: Built) -> None:
        self._built = built

    def agree(self) -> None:
        """Says, hears, takes what is free and gives back what others should have."""
        built, areas = self._built, self._built.push.loudspeakers
        word, wanted = areas.word()
        built.in_thread(lambda: built.together.agree(self._own() | word, {LEAD: True} | wanted))
        self._hear()
        areas.agreed()
        areas.tell()

    def _own(self) -> Json:
        """Kiosks that run, ranges told lately; by who leads which lines have stopped, too."""
        hall, leads = self._built.hall, self._built.together.leads
        return {
            "kiosks": sorted(self._built.push.own_kiosks()),
            "promises": hall.outlook.promises,
            "stopped": hall.closing.stopped_lines if leads else None,
        }

    def _hear(self) -> None:
        hall, together = self._built.hall, self._built.together
        for word in together.others:
            hall.outlook.hear_promises(spans_of(word.get("promises", {})))
            if word.get("stopped") is not None and not together.leads:
                hall.closing.hear_stopped(word["stopped"])

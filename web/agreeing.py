"""What this process tells the others of its hall once a second, and what it takes from their words.

All of it goes through the database (`storage.together`), so it holds while Redis is away, too.
"""

from __future__ import annotations

from queueing.records import Json
from web.context import Built
from web.foretold import spans_of
from web.shared_folder import SharedFolder
from web.together import LEAD

AGREE_SECONDS = 1.0


class Agreeing:
    """One round a second."""

    def __init__(self, built: Built) -> None:
        self._built, self.folder = built, SharedFolder(built.data)
        built.troubles.append(self.folder.trouble)

    def agree(self) -> None:
        """Says, hears, takes what is free and gives back what others should have."""
        areas = self._built.push.loudspeakers
        word, wanted = areas.word()
        city = self._built.city
        own = self._own() | word | (city.word() if city else {})
        self._built.in_thread(lambda: self._round(own, {LEAD: True} | wanted))
        self._hear()
        self._open_again()
        areas.agreed()
        areas.tell()

    def _round(self, word: Json, wanted: dict[str, bool]) -> None:
        """In a real thread: the database and the folder."""
        self.folder.leave()
        self._built.together.agree(word, wanted)
        self.folder.look_for({each["mark"] for each in self._built.together.others if "mark" in each})

    def _own(self) -> Json:
        """Kiosks that run, ranges told lately; by who leads which lines have stopped, too."""
        hall, leads = self._built.hall, self._built.together.leads
        return {
            "mark": self.folder.mark,
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

    def _open_again(self) -> None:
        """Shut halls of the city once more, a second or so each; while the database is away none."""
        city = self._built.city
        if city and not self._built.store.trouble:
            for hall in city.hear(self._built.together.others):
                self._built.sockets.start_background_task(city.try_again, hall)

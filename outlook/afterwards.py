"""What a suggestion did: yesterday's are replayed as the day was, and without the change."""

from __future__ import annotations

import logging
from typing import cast

from outlook.twin import Fault, Twin
from queueing.change import Change
from queueing.hall import ITSELF
from queueing.records import Json
from queueing.suggestions import Suggestion, SuggestionDesk
from web.context import Built

LOG = logging.getLogger(__name__)
LOOKED_AT = 50


class Afterwards:
    """Works once a night, beside the hall."""

    def __init__(self, built: Built, twin: Twin) -> None:
        self._built, self._twin = built, twin

    def judge(self, today: str) -> None:
        """Every suggestion of a day that is over and hasn't been looked at."""
        for suggestion in self._open(today):
            try:
                told = self._twin.ask({
                    "what": "effect", "day": suggestion.day, "at": suggestion.at_minute,
                    "change": suggestion.change,
                })  # fmt: skip
            except Fault as fault:
                LOG.warning("What a suggestion did can't be worked out: %s", fault.code)
                return
            self._keep(suggestion, told)

    def _open(self, today: str) -> list[Suggestion]:
        found = self._built.store.look(lambda desk: cast(SuggestionDesk, desk).suggestions(LOOKED_AT))
        return [each for each in found if each.judged_at is None and each.day < today]

    def _keep(self, suggestion: Suggestion, told: Json) -> None:
        """The replay's own error is taken out: the day as it was against its replay."""
        was, replayed, without = told["was"], told["replayed"], told["without"]
        known = was is not None and replayed is not None and without is not None
        would = max(0.0, without + was - replayed) if known else None

        def work(change: Change) -> Json:
            cast(SuggestionDesk, change.desk).judge_suggestion(suggestion.key, was, would, change.at)
            return {"seq": change.desk.seq()}

        self._built.hall.change(ITSELF, work)

"""The hall's own document, asked rightly and wrongly by everybody who may ask."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

from tests.faults.asking import hall_with_a_log
from tests.faults.bad_input import BadInput

SECONDS = 5.0
"""After that it ends as soon as everything was asked once, the same on every machine; `make fuzz` goes on."""

SEED = 20261012


def test_bad_input_is_refused_as_documented_and_changes_nothing(tmp_path: Path) -> None:
    with hall_with_a_log(tmp_path) as (hall, log), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # schemathesis and hypothesis speak of what they skip
        asking = BadInput(hall, tmp_path / "data", SEED)
        asking.rounds(examples=4, until=time.monotonic() + SECONDS, everything_once=True)
        asking.close()
        asking.tried.hear(log)
    assert not asking.tried.findings, str(asking.tried)
    assert asking.tried.operations == asking.documented

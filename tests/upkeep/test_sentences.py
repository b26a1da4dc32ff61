"""Every action that the hall logs has a sentence in the office, and every kind of data a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from office import log_words, upkeep_words
from queueing.states import ACTIONS
from storage.keeping import KINDS

ROOT = Path(__file__).resolve().parents[2]
NOTED = re.compile(r"""note(?:_refusal)?\(\s*"([a-z_]+)"(?: if [^,)]*? else "([a-z_]+)")?""")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences themselves; no request is there to say in which language."""
    for words in (log_words, upkeep_words):
        monkeypatch.setattr(words, "_", lambda sentence: sentence)


def noted() -> set[str]:
    """Every action that the code notes by name."""
    files = [
        file
        for part in ("queueing", "scoring", "web", "upkeep", "api")
        for file in (ROOT / part).glob("*.py")
    ]
    found = [pair for file in files for pair in NOTED.findall(file.read_text("utf-8"))]
    return {name for pair in found for name in pair if name}


def test_every_action_has_a_sentence() -> None:
    known = log_words.log_words()
    actions = {*ACTIONS, "issue", "undo", "rate", "sit", "leave", "pause", "open", *noted()}
    assert len(noted()) > 8
    assert sorted(name for name in actions if f"log_{name}" not in known) == []


def test_every_kind_of_data_has_a_name() -> None:
    known = upkeep_words.upkeep_words()
    assert sorted(kind.name for kind in KINDS if f"kind_{kind.name}" not in known) == []

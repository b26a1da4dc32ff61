"""docs/voices.md lists what is said and what can be recorded, made from the table that speaks.

VOICES=write writes it anew.
"""

from __future__ import annotations

import os
import re

from speech.cleaning import LONGEST
from speech.sentences import SPEECH, clips_of, units, written
from tests.running import ROOT
from tests.speech.test_sentences import CALLS

DOCUMENT = ROOT / "docs" / "voices.md"
NAMES = {"zh_Hans": "Mandarin (`zh_Hans`)", "yue": "Cantonese (`yue`)", "en": "English (`en`)"}


def examples() -> str:
    rows = [f"| {NAMES[tongue]} | {number} | {window} | {written(units(tongue, number, window))} |"
            for tongue, number, window, _ in CALLS]  # fmt: skip
    return "\n".join(["| language | number | window | spoken |", "|---|---|---|---|", *rows])


def clips() -> str:
    parts = []
    for tongue in SPEECH:
        listed = clips_of(tongue)
        parts += [f"### {NAMES[tongue]}: {len(listed)} clips", "", "| file | word |", "|---|---|"]
        letters = [clip for clip in listed if clip.startswith("letter-")]
        for clip, word in listed.items():
            if clip == letters[0]:
                parts.append(f"| `{letters[0]}.wav` to `{letters[-1]}.wav` | each letter, A to Z |")
            if clip not in letters:
                parts.append(f"| `{clip}.wav` | {word} |")
        parts.append("")
    return "\n".join(parts).strip()


def filled(text: str) -> str:
    for name, content in (("examples", examples()), ("clips", clips())):
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert marks.search(text), f"no place for the {name}"
        text = marks.sub(lambda found, content=content: f"{found[1]}{content}\n{found[2]}", text)  # type: ignore[misc]
    return text


def test_the_document_lists_what_is_said_and_recorded() -> None:
    said = filled(DOCUMENT.read_text("utf-8"))
    if os.environ.get("VOICES") == "write":
        DOCUMENT.write_text(said, "utf-8")
    assert DOCUMENT.read_text("utf-8") == said, "docs/voices.md is old: VOICES=write"


def test_its_limits_are_the_real_ones() -> None:
    assert f"at most {LONGEST:g} s" in DOCUMENT.read_text("utf-8")

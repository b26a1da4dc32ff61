"""A text of the hall's file in all languages for scripts, or in the page's own for people."""

from __future__ import annotations

from collections.abc import Mapping

from queueing.house import Text
from settings.traditional import traditional

Spoken = dict[str, str]


def spoken(text: Text) -> Spoken:
    """The text as JSON carries it."""
    return {"zh_Hans": text.zh, "zh_Hant": text.zh_hant or traditional(text.zh), "en": text.en}


def said_in(language: str, text: Text | Mapping[str, str] | str | None) -> str:
    """The text in one language; a plain string is the same in all, nothing is silence."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    words = spoken(text) if isinstance(text, Text) else text
    return words.get(language) or words.get("zh_Hans") or words.get("en", "")

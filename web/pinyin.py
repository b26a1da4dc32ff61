"""How a Chinese name is typed: by the first letters of its syllables, or in full."""

from __future__ import annotations

from functools import cache

from pypinyin import lazy_pinyin


@cache
def spelling(name: str) -> tuple[str, str]:
    """("qydj", "qiyedengji") for 企业登记; Latin letters and figures stand for themselves."""
    syllables = [part for piece in lazy_pinyin(name) for part in _typeable(piece)]
    return "".join(part[0] for part in syllables), "".join(syllables)


def _typeable(piece: str) -> list[str]:
    """A syllable as one piece; a run that pypinyin left alone letter by letter, without its signs."""
    kept = "".join(sign for sign in piece.lower() if sign.isalnum() and sign.isascii())
    return [kept] if kept == piece and kept.isalpha() else list(kept)

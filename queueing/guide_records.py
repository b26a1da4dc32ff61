"""What a citizen is told once and completely (一次性告知), as the hall's file says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from queueing.text import STRICT, Text


@dataclass(frozen=True)
class Material:
    """One thing to bring. With neither an original nor copies nothing is said of them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: Text
    original: bool = False
    copies: int = 0
    note: Text | None = None
    only_if: Text | None = None
    sample: str = ""

    @property
    def line(self) -> Text:
        """The whole of it in one line, as lists and slips have it."""
        zh, en = list(self._zh()), list(self._en())
        if not zh:
            return self.name
        return Text(f"{self.name.zh}（{'，'.join(zh)}）", f"{self.name.en} ({', '.join(en)})")

    def _zh(self) -> list[str]:
        said = ["原件"] if self.original else []
        said += [f"复印件 {self.copies} 份"] if self.copies else []
        return said + ([self.only_if.zh] if self.only_if else [])

    def _en(self) -> list[str]:
        said = ["original"] if self.original else []
        said += ["1 copy" if self.copies == 1 else f"{self.copies} copies"] if self.copies else []
        return said + ([self.only_if.en] if self.only_if else [])


@dataclass(frozen=True)
class SampleForm:
    """A form filled in as an example: a picture or a PDF in the hall's folder."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: Text
    file: str


@dataclass(frozen=True)
class Guide:
    """A service's guide; its fee and its promised limit stand with the service itself."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    conditions: tuple[Text, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Text, ...] = ()
    legal_days: int = 0
    forms: tuple[SampleForm, ...] = ()
    basis: tuple[Text, ...] = ()
    phone: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that the guide shows."""
        return tuple(m.sample for m in self.materials if m.sample) + tuple(form.file for form in self.forms)


@dataclass(frozen=True)
class Cases:
    """The hall's own case system, which tells how far a case is; without an address it isn't asked."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    url: str = ""
    secret_file: str = ""
    timeout_seconds: float = 4.0
    per_minute: int = 60

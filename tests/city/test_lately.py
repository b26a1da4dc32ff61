"""The page for everybody is worked out once for all who ask, squeezed, and never older than it says."""

from __future__ import annotations

from typing import Any, cast

import pytest
import requests

import city.lately
from city.lately import Lately
from settings.city import load_city
from tests.city.cities import EXAMPLE, RunningCity
from tests.running import PATIENCE
from web.deployment import Deployment
from web.starting import house_of


class Clock:
    """Turned by hand."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(city.lately, "time", turned)
    return turned


def test_a_page_is_drawn_once_in_two_seconds_for_each_need_and_language(clock: Clock) -> None:
    kept, drawn = Lately(), list[str]()

    def draw() -> str:
        drawn.append(f"page {len(drawn)}")
        return drawn[-1]

    asked = [
        kept.page(need, lang, draw) for need in ("a", "b") for lang in ("en", "zh_Hans") for _ in range(3)
    ]
    assert asked == [f"page {n}" for n in range(4) for _ in range(3)]
    clock.now = 1.9
    assert kept.page("a", "en", draw) == "page 0"
    clock.now = 2.1
    assert kept.page("a", "en", draw) == "page 4"
    assert len(kept._pages) == 1, "what is old is thrown away"


def test_what_can_be_done_where_is_gathered_anew_when_a_hall_opens() -> None:
    kept, halls = Lately(), Deployment(load_city(EXAMPLE / "city.toml"), EXAMPLE)
    assert kept.needs(halls) == {}
    for hall, first_there in (("xinqu", "ID-CARD"), ("dongcheng", "个体工商户登记")):
        assert first_there not in kept.needs(halls)
        house = house_of(EXAMPLE / f"{hall}.toml")
        halls.halls[hall] = cast(Any, type("Opened", (), {"house": house}))
        assert first_there in kept.needs(halls)
    assert kept.needs(halls) is kept.needs(halls)


def test_the_page_for_a_need_is_squeezed_and_one_with_other_words_is_not(city: RunningCity) -> None:
    squeezed = asked(city, "/?need=ID-CARD&lang=en")
    assert squeezed.headers["Content-Encoding"] == "gzip" and "Resident ID card" in squeezed.text
    for path in ("/?need=ID-CARD&lang=en&x=words", "/?q=words", "/?need=words", "/login"):
        assert "Content-Encoding" not in asked(city, path).headers, path
    assert "居民身份证" in asked(city, "/?need=ID-CARD&lang=zh_Hans").text


def asked(city: RunningCity, path: str) -> requests.Response:
    return requests.get(city.url() + path, timeout=PATIENCE)

"""What a city tells monitors and citizens while its database is silent, Redis away and a hall shut."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.city.cities import EXAMPLE, RunningCity, free_port
from tests.doors.asking import WANDERER
from tests.faults.cut_line import CutLine
from tests.running import PATIENCE, first_words, start, wait_until

QUEUE = "redis://:hushhush@127.0.0.1:1/0"
"""Nobody listens there; the word before the @ is a password."""

AT_MOST = 8.0
"""Seconds in which every sign is answered; Prometheus waits for ten."""

LABEL = re.compile(r'^hall_trouble\{hall="(\w+)",trouble="(\w+)"\} 1\.0$', re.MULTILINE)


@pytest.fixture
def city(behind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningCity]:
    """Two halls that open and one whose file has a mistake."""
    monkeypatch.setenv("HALL_DATABASE", behind)
    folder = tmp_path / "halls"
    folder.mkdir()
    for name in ("dongcheng", "xinqu", "heyan"):
        text = re.sub(r"port = \d+", f"port = {free_port()}", (EXAMPLE / f"{name}.toml").read_text("utf-8"))
        wrong = text.replace("rate = 1.0", 'rate = "fast"', 1) if name == "heyan" else text
        (folder / f"{name}.toml").write_text(wrong, "utf-8")
    said = (EXAMPLE / "city.toml").read_text("utf-8")
    said = said.replace("[server]\n", f'[server]\nqueue = "{QUEUE}"\n')
    (folder / "city.toml").write_text(re.sub(r"port = \d+", f"port = {free_port()}", said), "utf-8")
    process = start(tmp_path / "data", folder)
    running = RunningCity(folder, tmp_path / "data", process, first_words(process))
    yield running
    process.terminate()
    process.communicate(timeout=PATIENCE)
    shutil.rmtree(folder)


def asked(city: RunningCity, path: str) -> requests.Response:
    return requests.get(city.url() + path, timeout=AT_MOST)


def troubles(city: RunningCity) -> set[tuple[str, str]]:
    """What /metrics names, by hall."""
    return set(LABEL.findall(asked(city, "/metrics").text))


def trouble(city: RunningCity) -> Any:
    return asked(city, "/healthz").json().get("trouble")


@pytest.mark.timeout(120)
def test_signs_are_answered_and_give_nothing_away(city: RunningCity, line: CutLine, behind: str) -> None:
    assert trouble(city) == "queue_away"
    assert asked(city, "/readyz").json() == {"status": "ready"}
    well = {(hall, "queue_away") for hall in ("city", "dongcheng", "xinqu")}
    shut = {("city", "hall_shut"), ("heyan", "shut")}
    wait_until(lambda: well | shut <= troubles(city), "what is always wrong here")
    line.speaks.clear()
    wait_until(lambda: trouble(city) == "database_away", "the city to notice")
    away = {(hall, "database_away") for hall in ("city", "dongcheng", "xinqu")}
    wait_until(lambda: away | well | shut <= troubles(city), "each hall to notice")
    ready = asked(city, "/readyz")
    assert (ready.status_code, ready.json()) == (503, {"status": "trouble", "trouble": "database_away"})
    page = requests.get(f"{city.url()}/?need=ID-CARD&lang=en", headers=WANDERER, timeout=AT_MOST)
    assert page.status_code == 200, page.text
    assert {"Dongcheng", "New District"} <= set(re.findall("Dongcheng|New District", page.text))
    said = "".join(asked(city, path).text for path in ("/healthz", "/readyz", "/metrics")) + page.text
    for secret in ("hushhush", behind.partition("//")[2], str(city.data), str(city.folder), "rate"):
        assert secret not in re.sub(r"# HELP.*", "", said), secret
    line.speaks.set()
    wait_until(lambda: asked(city, "/readyz").status_code == 200, "the city to go on")
    wait_until(lambda: not troubles(city) & away, "no hall to miss its database")
    assert well | shut <= troubles(city)

"""The same city on every engine: numbers, calls on screens, and an end in order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.city.cities import EXAMPLE, RunningCity
from tests.running import PATIENCE, Screen, first_words, start

HALLS = ("dongcheng", "xinqu")


@pytest.mark.parametrize("engine", ["gevent", "threading"])
def test_each_hall_tells_its_own_screens_on_every_engine(tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "halls"
    folder.mkdir()
    for name in HALLS:
        shutil.copy(EXAMPLE / f"{name}.toml", folder)
    city_file = (EXAMPLE / "city.toml").read_text("utf-8")
    (folder / "city.toml").write_text(
        city_file.replace("[server]\n", f'[server]\nengine = "{engine}"\n'), "utf-8"
    )
    process = start(tmp_path / "data", folder)
    city = RunningCity(folder, tmp_path / "data", process, first_words(process))
    try:
        screens = {hall: Screen(city.at(hall), screen="board", area="main") for hall in HALLS}
        for hall, service in (("xinqu", "id-card"), ("dongcheng", "household")):
            number = city.at(hall).take(service)["ticket"]["number"]
            seq = screens[hall].joined["seq"] + 1
            assert [each["ticket"]["number"] for each in screens[hall].wait_for(seq)] == [number]
        assert len(city.administrator().get("/api/v1/city")["halls"]) == 2
    finally:
        for each in (*screens.values(), *city.people):
            each.close()
        process.terminate()
        said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0 and "Traceback" not in said, said

"""A city that really runs: three halls that open, and three that can't, each for a reason of its own."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from storage.opening import MARK
from tests.running import MORNING, OWN_PASSWORD, PATIENCE, ROOT, Json, Person, Refused, first_words
from tests.warm import Server, served

EXAMPLE = ROOT / "halls" / "city-example"
BY_NAME = "heyan.example.org"
TOLD = re.compile(r"^(\w+): \S+ +on this machine: http://localhost:(\d+)/", re.MULTILINE)
FIRST = re.compile(
    r"^(\w+): \S+ .*\n(?: +.*\n)*? +first start: sign in as (\w+), one-time password: (\S+)", re.MULTILINE
)


@dataclass
class RunningCity:
    """The process, where each hall is, and whoever has signed in."""

    folder: Path
    data: Path
    process: Server
    said: str
    people: list[Person] = field(default_factory=list)
    taken: str = ""

    @property
    def ports(self) -> dict[str, str]:
        return dict(TOLD.findall(self.said))

    @property
    def passwords(self) -> dict[str, tuple[str, str]]:
        """The first administrator's name and one-time password, by hall."""
        return {hall: (name, word) for hall, name, word in FIRST.findall(self.said)}

    def url(self, hall: str = "city") -> str:
        return f"http://127.0.0.1:{self.ports[hall]}"

    def at(self, hall: str = "city", browser: Person | None = None) -> Person:
        """Somebody at that hall; with a browser, the same one that was elsewhere before."""
        person = Person(self.url(hall))
        if browser is not None:
            person.session = browser.session
        self.people.append(person)
        return person

    def administrator(self, hall: str = "city", browser: Person | None = None) -> Person:
        person, (name, one_time) = self.at(hall, browser), self.passwords[hall]
        return admitted(person, name, one_time)


def admitted(person: Person, name: str, one_time: str) -> Person:
    """Signed in; at the first time with a password of their own."""
    try:
        person.sign_in(name, OWN_PASSWORD)
    except Refused:
        person.sign_in(name, one_time)
        person.post("/api/v1/session/password", {"old": one_time, "new": OWN_PASSWORD})
    return person


def files(folder: Path, taken: int) -> None:
    """The example on free ports, one hall by its name alone, and three that stay shut."""
    shutil.copytree(EXAMPLE, folder)
    for file in sorted(folder.glob("*.toml")):
        file.write_text(re.sub(r"port = \d+", f"port = {free_port()}", file.read_text("utf-8")), "utf-8")
    with (folder / "city.toml").open("a", encoding="utf-8") as city_file:
        city_file.write(EAST)
    heyan = folder / "heyan.toml"
    heyan.write_text(re.sub(r"port = \d+", f'host_names = ["{BY_NAME}"]', heyan.read_text("utf-8")), "utf-8")
    pattern = (folder / "xinqu.toml").read_text("utf-8").replace('id = "xinqu"', 'id = "{id}"')
    for name in ("damaged", "mistaken", "takenport"):
        text = pattern.replace("{id}", name).replace("高新区政务服务中心", name)
        text = re.sub(r"latitude = .*", "latitude = 30.1", text).replace("New District", "Far District")
        (folder / f"{name}.toml").write_text(re.sub(r"port = \d+", f"port = {free_port()}", text), "utf-8")
    mistaken, late = folder / "mistaken.toml", folder / "takenport.toml"
    mistaken.write_text(mistaken.read_text("utf-8").replace("rate = 1.0", 'rate = "fast"', 1), "utf-8")
    late.write_text(re.sub(r"port = \d+", f"port = {taken}", late.read_text("utf-8")), "utf-8")


EAST = """
[[staff]]
id = "east"
name = { zh = "何东", en = "He Dong" }
post = { zh = "东片值班", en = "Duty supervisor of the east" }
role = "supervisor"
halls = ["dongcheng", "damaged"]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_city(folder: Path) -> Iterator[RunningCity]:
    """Starts the city as `make run` does and stops it afterwards."""
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        files(folder / "halls", other.getsockname()[1])
        (folder / "data" / "damaged").mkdir(parents=True)
        (folder / "data" / "damaged" / "hall.db").write_bytes(b"no database" * 500)
        (folder / "data" / "xinqu").mkdir()
        (folder / "data" / "xinqu" / MARK).touch()  # as if it had been killed
        process = served(folder / "halls", ["--data", str(folder / "data"), "--clock", MORNING])
        try:
            city = RunningCity(folder / "halls", folder / "data", process, first_words(process))
            yield city
            for person in city.people:
                person.close()
        finally:
            process.terminate()
            rest = process.communicate(timeout=PATIENCE)[0]
    assert "Traceback" not in rest, rest
    assert process.returncode == 0, rest


def halls_told(person: Person) -> dict[str, Json]:
    """What the city's office tells this person, by hall."""
    return {hall["hall"]: hall for hall in person.get("/api/v1/city", lang="en")["halls"]}

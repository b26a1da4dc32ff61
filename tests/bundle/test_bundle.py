"""A hall is installed, used, upgraded and taken back on a machine without any network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.running import SMALL
from tools.bundle import ROOT, build, sha256, sums
from web.version import version

HERE = Path(__file__).parent
CUT_OFF = [sys.executable, str(HERE / "cut_off.py")]
PATIENCE = 250.0

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Machine:
    """A machine without a network: an unpacked archive, and where its hall goes."""

    archive: Path
    to: Path
    data: Path

    def installs(self, archive: Path, *words: str) -> subprocess.CompletedProcess[str]:
        where = ["--to", str(self.to), "--data", str(self.data), "--hall", str(SMALL)]
        command = [*CUT_OFF, str(archive / "install.sh"), *where, "--user", user(), "--no-service", *words]
        nowhere = {"HOME": "/nonexistent", "PATH": os.environ["PATH"], "PYTHON": sys.executable}
        return subprocess.run(
            command, env=nowhere, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def visit(self, *wishes: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            [*CUT_OFF, sys.executable, str(HERE / "visit.py"), str(self.to), *wishes],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        said: list[dict[str, Any]] = json.loads(done.stdout)
        return said

    def says(self, *words: str) -> str:
        return subprocess.run([self.to / "hall", *words], capture_output=True, text=True, check=True).stdout


def user() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def good(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def unpacked(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())


def relabelled(archive: Path, release: str) -> Path:
    """The same archive as that release."""
    for file in (archive / "RELEASE", archive / "hall" / "pyproject.toml"):
        file.write_text(file.read_text("utf-8").replace(version(), release), encoding="utf-8")
    seal(archive)
    return archive


def seal(archive: Path) -> None:
    """The checksums of what stands there now."""
    files = [file for file in archive.rglob("*") if file.is_file() and file.name != "SHA256SUMS"]
    found = {str(file.relative_to(archive)): file.read_bytes() for file in files}
    (archive / "SHA256SUMS").write_bytes(sums(found))


@pytest.fixture(scope="module")
def made() -> Path:
    """The archive; its wheels are kept until the locks change."""
    return build(ROOT / "dist")


@pytest.fixture(scope="module")
def machine(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The older release is installed, after an installation that was cut off; nobody has come yet."""
    folder = tmp_path_factory.mktemp("machine")
    older = relabelled(unpacked(made, folder / "older"), "0.1.9")
    found = Machine(unpacked(made, folder / "newer"), folder / "opt", folder / "data")
    begun(found, older)
    good(found.installs(older))
    return found


def begun(machine: Machine, older: Path) -> None:
    """An installation that a power cut ended: its folder is there, with less in it than should be."""
    facts = dict(line.split("=", 1) for line in (older / "RELEASE").read_text().splitlines())
    folder = machine.to / "releases" / f"{facts['version']}-{facts['build']}"
    folder.mkdir(parents=True)
    (folder / "app.py").write_text("import half")


@contextmanager
def broken(archive: Path, name: str) -> Iterator[None]:
    """A release whose file can't be read by Python, though the archive is as it was built."""
    file = archive / "hall" / name
    kept = file.read_bytes()
    try:
        file.write_text("raise RuntimeError('a release that opens nothing')\n")
        seal(archive)
        yield
    finally:
        file.write_bytes(kept)
        seal(archive)


def test_a_hall_is_installed_used_upgraded_and_taken_back_without_a_network(machine: Machine) -> None:
    assert machine.says("version").strip() == "0.1.9"
    (taken,) = machine.visit("take")
    assert not taken["network"]

    with broken(machine.archive, "web/opening.py"):
        refused = machine.installs(machine.archive)
    assert refused.returncode == 2, refused.stdout + refused.stderr
    assert "a release that opens nothing" in refused.stderr
    assert machine.says("version").strip() == "0.1.9"

    mend(machine, "web/opening.py")
    good(machine.installs(machine.archive))
    assert machine.says("version").strip() == version()
    assert len(list((machine.to / "releases").iterdir())) == 2
    assert list(machine.data.glob("backups/*.db"))
    kept, later, call = machine.visit(taken["link"], "take", "speak")
    assert call["bytes"] > 80_000, "the archive brings the voice"
    assert (kept["number"], kept["state"]) == (taken["number"], "waiting")

    good(machine.installs(machine.archive, "--back"))
    assert machine.says("version").strip() == "0.1.9"
    good(machine.installs(machine.archive, "--back", "--old-data"))
    assert machine.says("version").strip() == version()
    kept, gone = machine.visit(taken["link"], later["link"])
    assert (kept["number"], gone["state"]) == (taken["number"], "refused 404")
    assert list(machine.data.glob("set-aside-*/hall.db"))


def mend(machine: Machine, name: str) -> None:
    """The release that was laid out already, with the file as it should be: laying it out takes long."""
    for folder in machine.to.glob(f"releases/{version()}-*"):
        (folder / name).write_bytes((machine.archive / "hall" / name).read_bytes())


def test_a_second_installation_at_the_same_time_is_refused(machine: Machine) -> None:
    with subprocess.Popen(["flock", str(machine.to / ".installing"), "cat"], stdin=subprocess.PIPE) as first:
        while subprocess.run(["flock", "-n", str(machine.to / ".installing"), "true"]).returncode == 0:
            pass
        refused = machine.installs(machine.archive)
        first.communicate()
    assert (refused.returncode, "Another installation" in refused.stderr) == (2, True)


def test_a_damaged_archive_is_refused(machine: Machine, made: Path, tmp_path: Path) -> None:
    damaged = unpacked(made, tmp_path)
    (damaged / "hall" / "app.py").write_text("print('not what was built')")
    refused = machine.installs(damaged)
    assert (refused.returncode, "damaged" in refused.stderr) == (2, True)


def test_the_archive_holds_what_a_hall_needs_and_nothing_of_this_machine(made: Path) -> None:
    with tarfile.open(made) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"hall/app.py", "hall/static/vendor/socket.io.esm.min.js", "install.sh"} <= names
    assert any(name.endswith("zh_Hans/LC_MESSAGES/shared.mo") for name in names)
    assert any(name.startswith("hall/static/vendor/noto-sans-sc/files/") for name in names)
    assert not [name for name in names if name.startswith(("hall/var", "hall/tests", "hall/.venv"))]
    said = made.with_name(made.name + ".sha256").read_text()
    assert said.split() == [sha256(made.read_bytes()), made.name]

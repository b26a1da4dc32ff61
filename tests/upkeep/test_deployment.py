"""The files by which a hall is deployed say what the program does, and systemd understands its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app import parser, serve
from queueing.house import Server
from settings.reading import DATABASE
from tests.running import ROOT
from web.closing import LEAVE_WITHIN

DEPLOY = ROOT / "deploy"
INSTRUCTIONS = {
    *("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"),
    *("ENTRYPOINT", "CMD"),
}
EACH = "service-hall@.service"
PYTHON = "/opt/service-hall/.venv/bin/python"
KINDS = {"compose.yaml": "hall", "compose-city.yaml": "city"}
"""The compose files, and what their processes serve."""

REGISTRY = re.compile(r"[a-z0-9-]+\.[a-z0-9.-]+/")


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions and what follows them, continued lines joined."""
    lines = [line for line in (DEPLOY / "Containerfile").read_text("utf-8").splitlines() if line[:1] != "#"]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def compose(file: str) -> dict[str, Any]:
    text = (DEPLOY / file).read_text("utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    return said


def value(unit: str, key: str) -> str:
    found = re.search(rf"^{key}=(.*)$", (DEPLOY / unit).read_text("utf-8"), re.MULTILINE)
    assert found, key
    return found[1]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in ("service-hall.service", "service-hall.socket"):
        text = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(PYTHON, sys.executable), "utf-8")
    units = [str(tmp_path / "service-hall.socket"), str(tmp_path / "service-hall.service")]
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
def test_systemd_understands_the_unit_of_several_processes(tmp_path: Path) -> None:
    text = (DEPLOY / EACH).read_text("utf-8").replace(PYTHON, sys.executable)
    (tmp_path / EACH).write_text(text, "utf-8")
    asked = ["systemd-analyze", "verify", str(tmp_path / EACH)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_each_of_several_processes_runs_as_the_only_one_would() -> None:
    """But for its name and its port; and nginx asks those that the guide starts."""
    alone, each = (
        [line for line in (DEPLOY / name).read_text("utf-8").splitlines() if line[:1] != "#"]
        for name in ("service-hall.service", EACH)
    )
    assert [line for line in alone if line not in each] == [
        "Description=Service hall", f"ExecStart={value('service-hall.service', 'ExecStart')}"
    ]  # fmt: skip
    python, program, *words = value(EACH, "ExecStart").replace("%i", "8001").split()
    told = parser().parse_args(words)
    assert (python, program, told.do, told.port) == (PYTHON, "app.py", serve, "8001")
    guide = (ROOT / "docs" / "many-processes.md").read_text("utf-8")
    line = r"^systemctl enable --now service-hall@(\d+) service-hall@(\d+)$"
    (started,) = re.findall(line, guide, re.MULTILINE)
    asked = re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert [*started] == asked


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")
def test_the_service_may_do_little(tmp_path: Path) -> None:
    """`systemd-analyze security`: from 0, nothing at all, to 10; 1.9 when this was written."""
    unit = tmp_path / "service-hall.service"
    unit.write_text((DEPLOY / unit.name).read_text("utf-8").replace(PYTHON, sys.executable), "utf-8")
    asked = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager"]
    said = subprocess.run([*asked, str(unit)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


MOST_EXPOSED = 20
"""In tenths."""


def test_the_services_may_ask_what_the_program_asks() -> None:
    """Else nobody learns that a proxy on this machine is one: without an answer it may be a person."""
    parts = ("web", "storage", "printing", "signals")
    texts = [file.read_text("utf-8") for part in parts for file in (ROOT / part).rglob("*.py")]
    asked = {kind for text in texts for kind in re.findall(r"socket\.(AF_[A-Z0-9]+)", text)}
    assert "AF_NETLINK" in asked
    for unit in (DEPLOY / "service-hall.service", ROOT / "tools" / "install.sh"):
        (allowed,) = re.findall(r"^RestrictAddressFamilies=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
        assert asked <= set(allowed.split()), unit


def test_what_the_first_release_of_python_3_11_needs_is_pinned_as_well() -> None:
    """Debian 12 has 3.11.2: what only older ones need must be named, or nothing installs there."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", text, re.MULTILINE))
    oldest = {**default_environment(), "python_full_version": "3.11.0", "extra": ""}
    wanted = {
        canonicalize_name(needed.name)
        for name in pinned
        for needed in map(Requirement, metadata.requires(name) or ())
        if needed.marker is None or needed.marker.evaluate(oldest)
    }
    assert len(pinned) > 40 and wanted <= pinned, wanted - pinned


def test_whoever_stops_the_hall_waits_until_it_has_left() -> None:
    assert float(value("service-hall.service", "TimeoutStopSec")) > LEAVE_WITHIN
    for file, kind in KINDS.items():
        for name in (f"{kind}-1", f"{kind}-2"):
            assert float(compose(file)["services"][name]["stop_grace_period"].rstrip("s")) > LEAVE_WITHIN
    assert dict(instructions())["STOPSIGNAL"] == value("service-hall.service", "KillSignal") == "SIGTERM"


def test_the_service_opens_what_a_busy_hall_needs() -> None:
    assert int(value("service-hall.service", "LimitNOFILE")) >= 2 * 16_384
    assert int(value("service-hall.socket", "Backlog")) >= 1024


def test_the_container_file_copies_what_there_is_and_runs_as_nobody_special() -> None:
    steps = instructions()
    assert {name for name, _ in steps} <= INSTRUCTIONS
    for name, rest in steps:
        if name == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
    assert [rest for name, rest in steps if name == "USER"] == ["service-hall"]
    assert steps[0] == ("FROM", "python:3.11-slim AS made")


@pytest.mark.parametrize(("file", "kind"), KINDS.items())
def test_a_compose_file_names_every_part_once(file: str, kind: str) -> None:
    services, two = compose(file)["services"], (f"{kind}-1", f"{kind}-2")
    assert set(services) == {*two, "network", "front", "database", "queue"}
    front = next(each for each in services["front"]["volumes"] if "nginx" in each).partition(":")[0]
    ports = [services[name]["command"][-1] for name in two]
    asked = [services[name]["healthcheck"]["test"][-1] for name in two]
    upstream = re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOY / front).read_text("utf-8"))
    assert ports == asked == upstream
    for name in (*two, "front"):
        assert services[name]["network_mode"] == "service:network"
    assert "ports" not in services["front"], "they are the network's"


def test_what_a_compose_file_says_to_the_program_it_understands() -> None:
    """The container's own words come first, the compose file's after them."""
    own = json.loads(dict(instructions())["ENTRYPOINT"])[2:]
    for file, hall in (("compose.yaml", "hall.toml"), ("compose-city.yaml", "halls")):
        for service in compose(file)["services"].values():
            if service["image"] == "service-hall":
                told = parser().parse_args([*own, *service["command"]])
                mounted = [each.split(":")[1] for each in service["volumes"] if each.endswith(":ro")]
                assert [str(told.hall)] == mounted == [f"/etc/service-hall/{hall}"]
                assert str(told.data) == "/data" and told.port in service["healthcheck"]["test"]


def after(words: list[str], option: str) -> str:
    return words[words.index(option) + 1]


def container() -> list[str]:
    """What the container runs."""
    steps = dict(instructions())
    said: list[str] = json.loads(steps["ENTRYPOINT"]) + json.loads(steps["CMD"])
    return said


def test_the_container_and_the_service_say_what_the_program_understands() -> None:
    for python, program, *words in (container(), value("service-hall.service", "ExecStart").split()):
        assert (python.endswith(".venv/bin/python"), program) == (True, "app.py")
        assert parser().parse_args(words).do is serve


def test_whoever_asks_the_container_asks_its_own_port() -> None:
    asking = json.loads(dict(instructions())["HEALTHCHECK"].partition("CMD ")[2])
    assert asking == [container()[0], "-m", "tools.ready", after(container(), "--port")]
    for name in ("hall-1", "hall-2"):
        test = compose("compose.yaml")["services"][name]["healthcheck"]["test"]
        assert test[:-1] == ["CMD", *asking[:-1]]


def test_what_the_hall_keeps_and_reads_is_where_it_looks() -> None:
    kept, file = after(container(), "--data"), after(container(), "--hall")
    assert dict(instructions())["VOLUME"] == kept
    volumes = compose("compose.yaml")["volumes"]
    for name in ("hall-1", "hall-2"):
        service = compose("compose.yaml")["services"][name]
        mounts = dict(mount.split(":")[:2] for mount in service["volumes"])
        assert mounts == {"./hall.toml": file, "data": kept} and "data" in volumes
        assert set(service["environment"]) == {DATABASE} and service["read_only"] is True
        assert (ROOT / service["build"]["dockerfile"]).exists()
    unit = value("service-hall.service", "ExecStart").split()
    assert after(unit, "--data") == f"/var/lib/{value('service-hall.service', 'StateDirectory')}"
    assert value("service-hall.service", "User") == "service-hall"


def test_nginx_finds_what_is_handed_to_it() -> None:
    handed = [mount.split(":")[1] for mount in compose("compose.yaml")["services"]["front"]["volumes"]]
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    named = re.findall(r"ssl_certificate(?:_key)? (.+);", text)
    assert handed == ["/etc/nginx/nginx.conf", *named]


def test_the_socket_is_where_a_hall_listens_by_itself() -> None:
    host, port = value("service-hall.socket", "ListenStream").split(":")
    assert (host, int(port)) == (Server().host, Server().port)


def test_images_are_named_plainly() -> None:
    images = [service["image"] for file in KINDS for service in compose(file)["services"].values()]
    assert [image for image in images if REGISTRY.search(image)] == []


def test_asked_whether_it_is_ready(server: Any) -> None:
    asked = [sys.executable, "-m", "tools.ready"]
    port = server.url.rpartition(":")[2]
    assert subprocess.run([*asked, port], cwd=ROOT, check=False).returncode == 0
    assert subprocess.run([*asked, "1"], cwd=ROOT, check=False).returncode == 1

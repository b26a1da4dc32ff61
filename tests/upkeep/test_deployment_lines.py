"""What the lines of the container file and the compose files are for; each was taken out to see it fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT
from tests.upkeep.test_deployment import DEPLOY, KINDS, compose, instructions, value

FILES = pytest.mark.parametrize(("file", "kind"), KINDS.items())
PASSWORD = "${HALL_DB_PASSWORD:?set it in .env}"
"""Without one nothing is brought up."""


def processes(file: str, kind: str) -> list[dict[str, Any]]:
    return [compose(file)["services"][f"{kind}-{n}"] for n in (1, 2)]


@FILES
def test_what_ends_is_started_again_and_each_city_has_a_name_of_its_own(file: str, kind: str) -> None:
    told = compose(file)
    assert {each["restart"] for each in told["services"].values()} == {"always"}
    assert told["name"] == f"service-{kind}"


@FILES
def test_the_image_is_built_from_the_container_file(file: str, kind: str) -> None:
    for each in processes(file, kind):
        assert each["image"] == "service-hall"
        folder = (DEPLOY / each["build"]["context"]).resolve()
        assert (folder, folder / each["build"]["dockerfile"]) == (ROOT, DEPLOY / "Containerfile")


@FILES
def test_a_process_may_do_as_little_in_its_container_as_under_systemd(file: str, kind: str) -> None:
    for each in processes(file, kind):
        assert (each["read_only"], each["tmpfs"], each["cap_drop"]) == (True, ["/tmp"], ["ALL"])
        assert each["security_opt"] == ["no-new-privileges:true"]
        assert each["ulimits"] == {"nofile": int(value("service-hall.service", "LimitNOFILE"))}


@FILES
def test_a_process_waits_for_what_it_needs_and_is_asked_often_whether_it_is_ready(
    file: str, kind: str
) -> None:
    services = compose(file)["services"]
    for each in processes(file, kind):
        conditions = {
            name: wish["condition"].removeprefix("service_") for name, wish in each["depends_on"].items()
        }
        assert conditions == {"network": "started", "database": "healthy", "queue": "healthy"}
        asked = {name: wish for name, wish in each["healthcheck"].items() if name != "test"}
        assert asked == {"interval": "5s", "timeout": "3s", "start_period": "30s"}
    assert services["front"]["depends_on"] == ["network"]


@FILES
def test_the_database_that_processes_ask_for_is_the_one_that_is_made(file: str, kind: str) -> None:
    database = compose(file)["services"]["database"]
    made = database["environment"]
    assert made["POSTGRES_PASSWORD"] == PASSWORD
    url = f"postgresql://{made['POSTGRES_USER']}:{PASSWORD}@database/{made['POSTGRES_DB']}"
    assert [each["environment"] for each in processes(file, kind)] == 2 * [{"HALL_DATABASE": url}]
    ready = database["healthcheck"]
    assert ready["test"] == ["CMD", "pg_isready", "--host", "127.0.0.1", "--username", made["POSTGRES_USER"]]
    assert ready["interval"] == "5s" and seconds(ready["start_period"]) >= 60, "the first start makes it"


def seconds(text: str) -> float:
    return float(text.removesuffix("s"))


@FILES
def test_the_queue_answers_the_other_containers_and_keeps_nothing(file: str, kind: str) -> None:
    queue = compose(file)["services"]["queue"]
    program, *options = queue["command"]
    said = dict(zip(options[::2], options[1::2], strict=True))
    assert (program, said) == ("redis-server", {"--save": "", "--appendonly": "no", "--protected-mode": "no"})
    assert queue["healthcheck"] == {"test": ["CMD", "redis-cli", "ping"], "interval": "5s"}
    assert "redis://queue:6379/0" in (DEPLOY / file).read_text("utf-8")


@FILES
def test_what_must_be_kept_is_kept_and_shared(file: str, kind: str) -> None:
    told = compose(file)
    kept = {
        mount.partition(":")[0] for each in told["services"].values() for mount in each.get("volumes", ())
    }
    assert set(told["volumes"]) == {name for name in kept if not name.startswith(".")} == {"data", "database"}
    assert "data:/data" in processes(file, kind)[0]["volumes"] == processes(file, kind)[1]["volumes"]
    assert told["services"]["database"]["volumes"] == ["database:/var/lib/postgresql/data"]


@FILES
def test_the_network_is_there_whatever_happens_to_nginx(file: str, kind: str) -> None:
    network = compose(file)["services"]["network"]
    assert network["ports"] == ["80:80", "443:443"]
    assert (network["entrypoint"], network["init"]) == (["sleep", "infinity"], True)
    assert network["image"] == compose(file)["services"]["front"]["image"]


@FILES
def test_nginx_gets_its_own_file_and_the_certificate_that_it_names(file: str, kind: str) -> None:
    conf = "nginx-city.conf" if kind == "city" else "nginx.conf"
    mounts = [each.split(":") for each in compose(file)["services"]["front"]["volumes"]]
    assert mounts[0] == [f"./{conf}", "/etc/nginx/nginx.conf", "ro"]
    named = re.findall(r"ssl_certificate(?:_key)? (.+);", (DEPLOY / conf).read_text("utf-8"))
    assert mounts[1:] == [[f"./{Path(name).name}", name, "ro"] for name in named] and len(named) == 2


def stages() -> list[list[tuple[str, str]]]:
    """The container file's instructions from each FROM on."""
    steps = instructions()
    second = [name for name, _ in steps].index("FROM", 1)
    return [steps[:second], steps[second:]]


def test_the_image_is_made_in_one_stage_and_runs_in_another_of_the_same_base() -> None:
    made, runs = stages()
    assert made[0][1] == f"{runs[0][1]} AS made"
    home = value("service-hall.service", "WorkingDirectory")
    assert [dict(stage)["WORKDIR"] for stage in (made, runs)] == 2 * [home]
    assert dict(runs)["COPY"] == f"--from=made {home} {home}"
    environment = dict(runs)["ENV"].replace(dict(runs)["VOLUME"], "DATA")
    data = value("service-hall.service", "Environment").rpartition("=")[2]
    assert environment == value("service-hall.service", "Environment").replace(data, "DATA")


def test_what_the_image_needs_is_installed_before_the_program_is_copied() -> None:
    """So that a change of the program builds no package anew; and what only built it goes."""
    made, _ = stages()
    first, *rest = [(name, text) for name, text in made if name in ("COPY", "RUN")]
    assert first[1].split()[:-1] == [
        "requirements.txt",
        "requirements-node.txt",
        "package.json",
        "package-lock.json",
    ]
    assert rest[0] == ("COPY", "tools/setup.sh tools/setup.sh")
    assert rest[1] == ("RUN", "tools/setup.sh python && tools/setup.sh scripts")
    assert rest[2] == ("COPY", ". .")
    steps = [step.strip() for step in rest[3][1].split("&&")]
    assert [step.split(" -m ")[-1].split()[0] for step in steps] == ["tools.words", "pip", "rm", "compileall"]
    assert steps[2] == "rm -rf node_modules" and "--requirement requirements-node.txt" in steps[1]


def test_the_image_keeps_its_data_for_its_user_alone_and_names_its_port() -> None:
    _, runs = stages()
    added, folder = (step.strip() for step in dict(runs)["RUN"].split("&&"))
    user, data = dict(runs)["USER"], dict(runs)["VOLUME"]
    assert added == f"useradd --system --uid 10001 --home-dir {data} {user}"
    assert folder == f"install --directory --owner {user} --group {user} --mode 700 {data}"
    assert dict(runs)["EXPOSE"] == json.loads(dict(runs)["CMD"])[-1]

"""deploy/nginx.conf itself, before two processes: websockets only, and nobody misses the one that dies."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
import requests

from tests.cluster import Cluster
from tests.doors.nginx import AS_ROOT, free_ports, listens
from tests.many.stage import Stage, stage
from tests.running import ROOT, Person, Screen, fresh_key, wait_until
from web.logs import GIVEN

PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
CHALLENGES = "letsencrypt"
"""Where whoever renews the certificate puts what proves it."""

FOR_A_HALL, FOR_A_CITY = ROOT / "deploy" / "nginx.conf", ROOT / "deploy" / "nginx-city.conf"


class Front(NamedTuple):
    """Where nginx listens: for browsers, without TLS (the tests' own door), and to send them to TLS."""

    tls: str
    plain: str
    old: str
    certificate: Path


def certificate(folder: Path) -> tuple[Path, Path]:
    key, made = folder / "hall.key", folder / "hall.pem"
    wish = "-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = ["openssl", "req", *wish.split(), "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


class Listens(Protocol):
    """What nginx is put before."""

    port: int


def as_here(text: str, folder: Path, processes: Sequence[Listens], ports: list[int], user: str) -> str:
    """The file with this machine's ports and folders; each thing that is replaced must be there."""
    made, key = certificate(folder)
    kind = "city" if "/etc/ssl/city.pem" in text else "hall"
    here = {
        "listen 443 ssl;": f"listen 127.0.0.1:{ports[0]} ssl; listen 127.0.0.1:{ports[1]};\n"
        "        add_header X-Process $upstream_addr always;",
        "listen 80;": f"listen 127.0.0.1:{ports[2]};",
        f"/etc/ssl/{kind}.pem": str(made),
        f"/etc/ssl/{kind}.key": str(key),
        "pid /run/nginx.pid;": f"pid {folder}/nginx.pid; daemon off; user {user};",
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "worker_rlimit_nofile 65536;": "",
        "worker_connections 16384;": "worker_connections 512;",
        "access_log off;": "access_log off; " + " ".join(f"{p}_temp_path {folder}/{p};" for p in PATHS),
        "/var/www/letsencrypt": f"{folder}/{CHALLENGES}",
        "127.0.0.1:8001": f"127.0.0.1:{processes[0].port}",
        "127.0.0.1:8002": f"127.0.0.1:{processes[1].port}",
    }
    for said, meant in here.items():
        assert said in text, said
        text = text.replace(said, meant)
    return text


@contextmanager
def nginx(
    folder: Path, processes: Sequence[Listens], source: Path = FOR_A_HALL, user: str = "www-data"
) -> Iterator[Front]:
    folder.chmod(0o755)
    ports = free_ports(3)
    file = folder / "nginx.conf"
    file.write_text(as_here(source.read_text("utf-8"), folder, processes, ports, user), "utf-8")
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program, "tools/setup-tests.sh installs nginx"
    command = [*AS_ROOT, program, "-c", str(file), "-p", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        plain = f"http://127.0.0.1:{ports[1]}"
        wait_until(lambda: listens(plain), "nginx")
        old = f"http://127.0.0.1:{ports[2]}"
        yield Front(f"https://localhost:{ports[0]}", plain, old, folder / "hall.pem")
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, stderr=subprocess.DEVNULL)
        process.wait(timeout=20)


Proxied = tuple[Stage, Front]


@pytest.fixture(scope="module")
def proxied(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxied")
    address = cluster.new_database()
    with stage(folder, address, trusted_proxies=1, host="127.0.0.1", log="json") as two:
        for _ in range(2):
            two.open_one()
        two.chief = two.administrator(two.processes[0])
        with nginx(folder, two.processes) as front:
            yield two, front


def test_browsers_are_sent_to_tls_and_served_there(proxied: Proxied) -> None:
    _, front = proxied
    sent = requests.get(f"{front.old}/kiosk?lang=en", allow_redirects=False, timeout=10)
    assert sent.status_code == 308 and sent.headers["Location"].startswith("https://")
    answer = requests.get(f"{front.tls}/", timeout=10, verify=str(front.certificate))
    assert answer.status_code == 200 and "Strict-Transport-Security" in answer.headers


def test_long_polling_is_refused_before_it_reaches_a_process(proxied: Proxied) -> None:
    _, front = proxied
    answer = requests.get(f"{front.plain}/socket.io/?EIO=4&transport=polling", timeout=10)
    assert answer.status_code == 400 and "X-Process" not in answer.headers


def test_a_browser_stays_with_one_process(proxied: Proxied) -> None:
    two, front = proxied
    person = two.same_person(two.chief, front.plain)
    assert len({at(person) for _ in range(6)}) == 1


def at(person: Person) -> str:
    """Which process answers this browser."""
    answer = person.session.get(f"{person.url}/api/v1/session", timeout=10)
    assert answer.status_code == 200
    return answer.headers["X-Process"].rpartition(", ")[2]


def test_when_a_process_dies_its_screens_and_presses_go_on_at_the_other(proxied: Proxied) -> None:
    two, front = proxied
    clerk = two.same_person(two.clerk("li", two.chief, two.processes[0]), front.plain)
    clerk.press("sit", "1")
    screen = Screen(clerk, screen="terminal", window="1")
    two.screens.append(screen)
    dying = next(each for each in two.processes if at(clerk) == f"127.0.0.1:{each.port}")
    dying.kill()
    seqs = [clerk.press("pause" if n % 2 == 0 else "open", "1", **pause(n))["seq"] for n in range(6)]
    assert seqs == list(range(seqs[0], seqs[0] + 6)), "each press was taken once"
    wait_until(lambda: not screen.client.connected, "the end of the first line")
    back = Screen(clerk, screen="terminal", window="1")
    two.screens.append(back)
    missed = back.ask("catch_up", {"since": screen.joined["seq"]})
    assert [event["seq"] for event in missed["events"]][-6:] == seqs
    assert at(clerk) != f"127.0.0.1:{dying.port}"


def pause(n: int) -> dict[str, str]:
    return {"reason": "meeting"} if n % 2 == 0 else {}


def test_the_address_that_a_browser_claims_is_not_believed(proxied: Proxied) -> None:
    """One proxy is trusted: what stands before its own word is the browser's."""
    _, front = proxied
    claims = {"X-Forwarded-For": "127.0.0.1"}
    answer = requests.get(f"{front.plain}/kiosk", headers=claims, timeout=10, allow_redirects=False)
    assert answer.status_code == 302


def test_how_the_log_names_a_request_isnt_a_browsers_choice(proxied: Proxied) -> None:
    _, front = proxied
    chosen = {"Idempotency-Key": fresh_key(), "X-Request-Id": "chosen-by-a-stranger"}
    answer = requests.post(f"{front.plain}/api/v1/tickets", json={}, headers=chosen, timeout=10)
    name = answer.headers["X-Request-Id"]
    assert GIVEN.fullmatch(name) and name != chosen["X-Request-Id"]

"""A real nginx before a real hall, as a hall's administrator would set it up: carefully or not."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.running import wait_until

AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
"""As Debian starts it: its workers then give up being root, and the hall sees a service."""

HEAD = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; user {user};
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
"""
SERVER = """
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass {hall}; {says} }}
  }}
"""


def free_ports(count: int) -> list[int]:
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


@contextmanager
def nginx_before(
    hall: str, folder: Path, ways: dict[str, str], user: str = "www-data"
) -> Iterator[dict[str, str]]:
    """The address of each way through one nginx."""
    ports = dict(zip(ways, free_ports(len(ways)), strict=True))
    servers = [SERVER.format(port=ports[way], hall=hall, says=says) for way, says in ways.items()]
    file = folder / "nginx.conf"
    file.write_text(HEAD.format(folder=folder, user=user) + "".join(servers) + "}\n", "utf-8")
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program, "tools/setup-tests.sh installs nginx"
    command = [*AS_ROOT, program, "-c", str(file), "-p", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        urls = {way: f"http://127.0.0.1:{port}" for way, port in ports.items()}
        for url in urls.values():
            wait_until(lambda url=url: listens(url), "nginx")
        yield urls
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, stderr=subprocess.DEVNULL)
        process.wait(timeout=20)


def listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=1).close()
    except OSError:
        return False
    return True

"""A push service over real HTTPS, and browsers that have mailboxes there and can open what comes."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

Json = dict[str, Any]
HERE = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])


def plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Browser:
    """Holds the private key of its mailbox."""

    def __init__(self, endpoint: str) -> None:
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), b"sixteen of bytes"
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.wish: Json = {"endpoint": endpoint, "keys": {"p256dh": plain(point), "auth": plain(self.auth)}}

    def opened(self, body: bytes) -> Json:
        opened: Json = json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        )
        return opened


class PushService(ThreadingHTTPServer):
    """Keeps what it was handed by mailbox; `statuses` answer first, a shut mailbox holds its answer back."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: dict[str, list[bytes]] = {}
        self.tries: list[str] = []
        self.claims: list[Json] = []
        self.keys: set[str] = set()
        self.forged = 0
        self.statuses: dict[str, list[int]] = {}
        self.shut: dict[str, threading.Event] = {}
        self.certificate = certificate(folder)
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(self.certificate, folder / "push.key")
        self.socket = trust.wrap_socket(self.socket, server_side=True)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def browser(self, name: str) -> Browser:
        return Browser(f"https://{self.place}/box/{name}")


class Handler(BaseHTTPRequestHandler):
    """As RFC 8030 and 8292 ask for."""

    server: PushService

    def do_POST(self) -> None:
        body, box = self.rfile.read(int(self.headers["Content-Length"])), self.path.rsplit("/", 1)[1]
        self.server.tries.append(box)
        self.check(self.headers["Authorization"])
        if box in self.server.shut:
            self.server.shut[box].wait(20)
        waiting = self.server.statuses.get(box)
        status = waiting.pop(0) if waiting else 201
        if status == 201:
            self.server.taken.setdefault(box, []).append(body)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def check(self, said: str) -> None:
        """Who signed, and for which push service."""
        self.server.forged += not Vapid02.verify(said)
        token, _, key = said.removeprefix("vapid t=").partition(",k=")
        claims = token.split(".")[1]
        self.server.claims.append(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))))
        self.server.keys.add(key)

    def log_message(self, *about: Any) -> None:
        """Nothing on the terminal of the tests."""


def certificate(folder: Path) -> Path:
    """Of this machine, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(HERE).issuer_name(HERE).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "push.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    (folder / "push.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "push.pem"

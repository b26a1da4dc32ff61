"""Those who listen to the talker: well, slowly, not at all, or by asking again and again."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from tests.running import PATIENCE, ROOT, InOrder


class Listener:
    """Socket.IO by hand over a bare socket that is read only when the test wants it to be."""

    def __init__(self, port: int, offers: str = "", room: int | None = None) -> None:
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        uri = parse_uri(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket")
        self.protocol = ClientProtocol(uri)
        request = self.protocol.connect()
        if offers:
            request.headers["Sec-WebSocket-Extensions"] = offers
        self.protocol.send_request(request)
        self._send()
        self.packets: list[str] = []
        self.granted = ""
        self.until("0{")
        self.say("40")
        self.until("40{")

    def say(self, packet: str) -> None:
        self.protocol.send_text(packet.encode())
        self._send()

    def _send(self) -> None:
        for piece in self.protocol.data_to_send():
            if piece:
                self.socket.sendall(piece)

    def read(self, most: int = 65536) -> bool:
        """A piece of what has come; False: the server hung up. A broken frame raises."""
        try:
            piece = self.socket.recv(most)
        except ConnectionResetError:
            return False
        if piece:
            self.protocol.receive_data(piece)
        for event in self.protocol.events_received():
            if isinstance(event, Frame):
                self._took(event)
            else:
                self.granted = event.headers.get("Sec-WebSocket-Extensions", "")  # type: ignore[union-attr]
        if self.protocol.parser_exc and not isinstance(self.protocol.parser_exc, EOFError):
            raise self.protocol.parser_exc
        return bool(piece)

    def _took(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.TEXT:
            return
        packet = bytes(frame.data).decode()
        self.packets.append(packet)
        if packet == "2":
            self.say("3")

    def until(self, start: str, most: int = 65536) -> str:
        """Reads until there is a packet that begins so."""
        while True:
            for packet in self.packets:
                if packet.startswith(start):
                    return packet
            if not self.read(most):
                raise ConnectionError(f"no {start}; heard {self.packets[-3:]}")

    def heard(self) -> list[int]:
        """The numbers of what was said."""
        told = [json.loads(each[2:]) for each in self.packets if each.startswith('42["said"')]
        return [message["n"] for _, message in told]

    def close(self) -> None:
        self.socket.close()


class Client(InOrder):
    """A client as in a browser, that may begin by polling; `said` holds what it heard."""

    def __init__(self, port: int, *transports: str) -> None:
        super().__init__(reconnection=False)
        self.said: list[int] = []
        self.on("said", lambda message: self.said.append(message["n"]))
        self.connect(f"http://127.0.0.1:{port}", transports=list(transports), wait_timeout=PATIENCE)

    def asks(self, name: str, wish: Any = None) -> Any:
        return self.call(name, wish or {}, timeout=PATIENCE)


@contextmanager
def talking(engine: str) -> Iterator[int]:
    """The talker in a process of its own: its port."""
    command = [sys.executable, "-m", "tests.pushing.talker", engine]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        rest = process.communicate(timeout=PATIENCE)[0]
    assert "Traceback" not in rest, rest

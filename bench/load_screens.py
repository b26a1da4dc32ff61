"""Screens under load: Socket.IO over a websocket, as little work for each message as its `seq` takes."""

from __future__ import annotations

import json
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.frames import Frame
from websockets.uri import parse_uri

SEQS = re.compile(r'"seq":\s?(\d+),\s?"at"')
"""Of each event in a message; its time follows its number."""

EVENTS, PING = '42["events"', "2"
ENOUGH = 65_536


class NotLetIn(Exception):
    """The hall refused a screen, or hung up before it had joined."""


class Pushes:
    """What all screens of one hall have heard: when each event was pressed, and first and last seen."""

    def __init__(self) -> None:
        self.pressed: dict[int, float] = {}
        self.delays: list[tuple[int, float]] = []
        self.wrong: Counter[str] = Counter()
        self.messages = 0

    def answered(self, seq: object, began: float) -> None:
        """A press that began then has led to the event (and those of the same press before it)."""
        if isinstance(seq, int):
            self.pressed.setdefault(seq, began)

    def milliseconds(self) -> list[float]:
        """From each press to each board."""
        return sorted(1000 * (at - self.pressed[seq]) for seq, at in self.delays if seq in self.pressed)


class Screen:
    """One connected screen; `timed`: when events come is noted, not only that they do."""

    def __init__(self, url: str, join: dict[str, str], pushes: Pushes, *, timed: bool = False) -> None:
        self._pushes, self._timed = pushes, timed
        self.seq = self._joined_at = 0
        self._ended = False
        parts = urlsplit(url)
        address = f"ws://{parts.netloc}/socket.io/?EIO=4&transport=websocket"
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = ClientProtocol(parse_uri(address), max_size=None)
        self._wire.send_request(self._wire.connect())
        self._flush()
        self._stream = self._texts()
        self._come_in(join)

    def listen(self) -> None:
        """Until it is closed. Raises NotLetIn when the hall hangs up first."""
        try:
            for text in self._stream:
                self._hear(text)
        except OSError:
            if not self._ended:
                raise
        finally:
            self._socket.close()
        if not self._ended:
            raise NotLetIn("the hall hung up")

    def close(self) -> None:
        self._ended = True
        self._socket.close()

    def _come_in(self, join: dict[str, str]) -> None:
        """Connects and joins; what comes before the answer is in its picture or follows it."""
        early: list[str] = []
        for text in self._stream:
            if text.startswith("0"):
                self._send("40")
            elif text.startswith("40"):
                self._send(f'420["join",{json.dumps(join)}]')
            elif text.startswith("430"):
                self._let_in(json.loads(text[3:])[0])
                for each in early:
                    self._hear(each)
                return
            else:
                early.append(text)
        raise NotLetIn("no answer to join")

    def _let_in(self, answer: dict[str, Any]) -> None:
        if not answer.get("ok"):
            raise NotLetIn(str(answer))
        self.seq = self._joined_at = int(answer["seq"])

    def _hear(self, text: str) -> None:
        if text == PING:
            self._send("3")
        elif text.startswith(EVENTS):
            self._pushes.messages += 1
            now = time.monotonic()
            for found in SEQS.findall(text):
                self._take(int(found), now)

    def _take(self, seq: int, now: float) -> None:
        """Every event after the picture's once, in order and without a hole."""
        if seq <= self._joined_at:
            return
        wrong = self._pushes.wrong
        if seq > self.seq:
            wrong["missed"] += seq - self.seq - 1
            self.seq = seq
        else:
            wrong["doubled" if seq == self.seq else "out of order"] += 1
        if self._timed:
            self._pushes.delays.append((seq, now))

    def _texts(self) -> Iterator[str]:
        while data := self._socket.recv(ENOUGH):
            self._wire.receive_data(data)
            for event in self._wire.events_received():
                if isinstance(event, Frame) and event.opcode == 1:
                    yield bytes(event.data).decode()
            self._flush()

    def _send(self, text: str) -> None:
        self._wire.send_text(text.encode())
        self._flush()

    def _flush(self) -> None:
        for data in self._wire.data_to_send():
            self._socket.sendall(data)

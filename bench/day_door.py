"""The hall's HTTP API as one person or device uses it: own cookies, a fresh key for every press."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

import aiohttp

from bench.day_tally import Tally

Json = dict[str, Any]

API = "/api/v1"
TRIES = 4
PATIENCE = aiohttp.ClientTimeout(total=30)
NOTHING: frozenset[str] = frozenset()


class Refused(Exception):
    """The hall said no, or nothing that makes sense."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class Door:
    """Where the hall is, and the connections that everybody shares."""

    def __init__(self, url: str, tally: Tally) -> None:
        self.url = url.rstrip("/")
        self.tally = tally
        self._connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
        self._people: list[Person] = []

    def person(self, name: str) -> Person:
        """Somebody new with an empty cookie jar."""
        person = Person(name, self, self._connector)
        self._people.append(person)
        return person

    async def close(self) -> None:
        """Closes every connection."""
        for person in self._people:
            await person.http.close()
        await self._connector.close()


class Person:
    """One citizen, clerk or device."""

    def __init__(self, name: str, door: Door, connector: aiohttp.BaseConnector) -> None:
        self.name = name
        self.door = door
        self.http = aiohttp.ClientSession(
            connector=connector,
            connector_owner=False,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=PATIENCE,
            headers={"Accept-Language": "en"},
        )

    async def get(self, path: str) -> Json:
        """Looks at something under the API."""
        async with self.http.get(self.door.url + API + path) as response:
            return await _answer(response)

    async def press(self, path: str, body: Json) -> Json:
        """One press; a lost answer is asked for again under the same key. Raises Refused."""
        key = {"Idempotency-Key": uuid.uuid4().hex}
        for _ in range(TRIES - 1):
            try:
                return await self._post(path, body, key)
            except (aiohttp.ClientConnectionError, TimeoutError):
                self.door.tally.count("retries")
                await asyncio.sleep(0.5)
        try:
            return await self._post(path, body, key)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Refused("no_answer", repr(error)) from error

    async def _post(self, path: str, body: Json, key: dict[str, str]) -> Json:
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with self.http.post(self.door.url + API + path, json=body, headers=key) as response:
            answer = await _answer(response)
        self.door.tally.delays[path_shape(path)].append(loop.time() - began)
        return answer

    async def attempt(self, path: str, body: Json, expected: frozenset[str] = NOTHING) -> Json | None:
        """A press whose refusal is noted as an error, unless its code is among the expected ones."""
        try:
            return await self.press(path, body)
        except Refused as refusal:
            if refusal.code not in expected:
                self.door.tally.error(f"{self.name}: POST {path_shape(path)}: {refusal}")
            return None


def path_shape(path: str) -> str:
    """The path without keys, tokens and windows, so that what is equal counts together."""
    return re.sub(r"^/(t|tickets|windows)/[^/]+", r"/\1/…", path)


async def _answer(response: aiohttp.ClientResponse) -> Json:
    """The answer's JSON; a problem or anything that isn't JSON raises Refused."""
    if "json" not in response.content_type:
        text = await response.text()
        raise Refused(f"http_{response.status}", text[:200])
    answer: Json = await response.json(content_type=None)
    if response.status >= 400:
        raise Refused(str(answer.get("code", f"http_{response.status}")), str(answer.get("detail", "")))
    return answer

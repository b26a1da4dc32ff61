"""What processes of one hall agree on, through their database: who holds what, and the last word of each.

What is held is an advisory lock on a connection that does nothing else: free again the moment its process or
connection is gone. All halls of a process share it (`storage.agreement`). Words lie in a table that loses
nothing but words: each process writes its own row once a second.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from zlib import crc32

import psycopg

from queueing.clock import Stopwatch
from queueing.records import Json
from storage.agreement import agreement_at
from storage.postgres import PostgresDb

LEAD = "lead"
SURE_SECONDS = 3.0
"""What was held when the database was last asked counts as held for so long, and no longer."""

WORDS_SECONDS, FORGOTTEN_SECONDS = 6.0, 60.0
"""How long a word counts that wasn't said again, and after how long it is thrown away."""

SAY = """INSERT INTO process_words (hall, process, at, word) VALUES (:hall, :process, now(), :word)
    ON CONFLICT (hall, process) DO UPDATE SET at = excluded.at, word = excluded.word"""
HEAR = """SELECT word FROM process_words WHERE hall = :hall AND process <> :process
    AND at > now() - make_interval(secs => :seconds) ORDER BY process"""
UNSAY = "DELETE FROM process_words WHERE hall = :hall AND process = :process"
FORGET = "DELETE FROM process_words WHERE hall = :hall AND at < now() - make_interval(secs => :seconds)"


class ByDatabase:
    """One process's part; `agree` is called in a real thread, all else from anywhere. See web.together."""

    many = True

    def __init__(self, address: str, hall: str) -> None:
        self._hall = hall
        self.process = secrets.token_hex(8)
        self.others: Sequence[Json] = ()
        self._agreement = agreement_at(address)
        self._held: frozenset[str] = frozenset()
        self._sure = Stopwatch()

    @property
    def leads(self) -> bool:
        return self.holds(LEAD)

    def holds(self, name: str) -> bool:
        """False, too, when the database hasn't been reached for a while: somebody else may hold it."""
        return name in self._held and self._sure.seconds() < SURE_SECONDS

    def agree(self, word: Json, wanted: Mapping[str, bool]) -> None:
        """One round, by whoever has the connection; without the database nothing is held any more."""
        self._agreement.through(self, lambda db: self._round(db, word, wanted))

    def close(self) -> None:
        self._agreement.through(self, self._leave, last=True)

    def _round(self, db: PostgresDb, word: Json, wanted: Mapping[str, bool]) -> None:
        watch = Stopwatch()
        held = frozenset(name for name in wanted if self._settled(db, name, wanted[name]))
        self._say(db, word)
        rows = db.rows(HEAR, hall=self._hall, process=self.process, seconds=WORDS_SECONDS)
        self.others = [json.loads(said) for (said,) in rows]
        self._held, self._sure = held, watch

    def _leave(self, db: PostgresDb) -> None:
        with suppress(psycopg.Error):
            db.run(UNSAY, hall=self._hall, process=self.process)
            for name in self._held:
                self._settled(db, name, wanted=False)
        self.lose()

    def _settled(self, db: PostgresDb, name: str, wanted: bool) -> bool:
        """Whether it is held from now on."""
        if wanted == (name in self._held):
            return wanted
        ask = "pg_try_advisory_lock" if wanted else "pg_advisory_unlock"
        return bool(db.rows(f"SELECT {ask}(:a, :b)", **self._key(name))[0][0]) and wanted

    def _key(self, name: str) -> dict[str, int]:
        """Two whole numbers that name it in the database."""
        return {"a": signed(crc32(self._hall.encode())), "b": signed(crc32(name.encode()))}

    def _say(self, db: PostgresDb, word: Json) -> None:
        db.run(SAY, hall=self._hall, process=self.process, word=json.dumps(word))
        db.run(FORGET, hall=self._hall, seconds=FORGOTTEN_SECONDS)

    def lose(self) -> None:
        """The connection is gone, and with it whatever it held."""
        self._held, self.others = frozenset(), ()


def signed(number: int) -> int:
    """A whole number of 32 bits, as the database counts them."""
    return number - 2**32 if number >= 2**31 else number

"""The floor for issuing: the same engine, a bare handler, one durable insert: FOLDER PORT [as_it_comes].

`as_it_comes`: requests are read by the engine's library alone, without what is ours.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from bench.servers import HALL
from web.engines import engine_of

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])


def main() -> None:
    engine = engine_of(HALL)
    from flask import Flask, jsonify

    from web import reading
    from web.starting import listening

    if "as_it_comes" in sys.argv:
        reading.protocol_on = lambda library, *limits: library.wsgi.HttpProtocol
    bare = Flask("floor")
    conn = sqlite3.connect(FOLDER / "floor.db", check_same_thread=False, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        conn.execute(f"PRAGMA {pragma}")
    conn.execute("CREATE TABLE tickets (id INTEGER PRIMARY KEY, service TEXT)")

    @bare.get("/healthz")
    def healthz():
        return jsonify(status="ok")

    @bare.post("/api/v1/tickets")
    def issue():
        number = conn.execute("INSERT INTO tickets (service) VALUES ('s1')").lastrowid
        return jsonify(number=number), 201

    engine.open(listening("127.0.0.1", PORT), bare)
    engine.serve(lambda: None)


if __name__ == "__main__":
    main()

"""The ways to keep a hall: SQLite through sqlite-utils. SQL lives only here; no Flask, no sockets come in."""

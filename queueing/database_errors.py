"""The refusals of a hall whose data lie in a database on another machine."""

from __future__ import annotations

from queueing.errors import StorageFailed


class DatabaseAway(StorageFailed):
    code = "database_away"
    sentence = "The hall's database can't be reached ({reason}); nothing was changed."


class NoConnections(StorageFailed):
    code = "no_connections"
    sentence = "The hall's database has no connection left for the hall ({reason}); nothing was changed."


class NewerRelease(StorageFailed):
    code = "newer_release"
    sentence = "The hall's data are of a newer release than this server ({reason}); nothing was changed."


class NotKnownWhetherKept(StorageFailed):
    code = "not_known_whether_kept"
    sentence = "The hall's database went away at the wrong moment ({reason}); the same key tells later."

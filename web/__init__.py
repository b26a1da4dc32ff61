"""Shared by all rooms: routes, push, access, errors, words. No queueing rule, no SQL, no room's page."""

"""The refusals that belong to the door, not to the queue: what was asked can't be read or found."""

from __future__ import annotations

from queueing.errors import HallError


class KeyMissing(HallError):
    code = "key_missing"
    status = 400
    sentence = "Every change needs an Idempotency-Key header of 1 to 100 characters."


class BadBody(HallError):
    code = "bad_request"
    status = 422
    sentence = "The request can't be understood: {where} {problem}."


class BadAddress(HallError):
    code = "bad_request"
    status = 400
    sentence = "The address can't be read: it isn't UTF-8."


class LengthRequired(HallError):
    code = "length_required"
    status = 411
    sentence = "A body needs a Content-Length; one sent in chunks isn't read."


class NotFound(HallError):
    code = "not_found"
    status = 404
    sentence = "There is nothing at this address."


class OtherOrigin(HallError):
    code = "not_allowed"
    status = 403
    sentence = "Changes are accepted from the hall's own pages only."


class LinkExpired(HallError):
    code = "unknown_ticket"
    status = 404
    sentence = "This link belongs to no ticket, or it has expired."


class NoVoice(HallError):
    """Screens fall back to the browser's own voice, then to chime and caption."""

    code = "no_voice"
    status = 404
    sentence = "The hall has no voice for {language} now: {why}."


class UnusableClips(HallError):
    """Nothing of an upload could be looked at."""

    code = "unusable_clips"
    status = 422
    sentence = "This upload holds no recordings that the hall can read: {why}."


class TooMany(HallError):
    code = "too_many"
    status = 429
    sentence = "More requests than anybody needs; wait {seconds} seconds."


class TooManySockets(HallError):
    code = "too_many_screens"
    status = 429
    sentence = "{most} screens of this kind are open already."

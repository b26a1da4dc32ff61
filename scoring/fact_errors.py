"""The refusals of facts that people enter, import or take back."""

from __future__ import annotations

from queueing.errors import HallError


class UnknownFact(HallError):
    code = "unknown_fact"
    status = 404
    sentence = "This hall has no such fact."


class ToldByTheQueue(HallError):
    code = "told_by_the_queue"
    status = 422
    sentence = "Facts of the kind {kind!r} come from the queue by itself."


class UnknownKind(HallError):
    code = "unknown_kind"
    status = 422
    sentence = "There are no facts of the kind {kind!r}."


class UnknownItem(HallError):
    code = "unknown_item"
    status = 422
    sentence = "The scheme {scheme!r} has no item {item!r}."


class UnknownScheme(HallError):
    code = "unknown_scheme"
    status = 422
    sentence = "On that day no scheme {scheme!r} was in force here."


class ConcernsNobody(HallError):
    code = "concerns_nobody"
    status = 422
    sentence = "A fact names a window or a clerk; this one needs a {subject}."


class DayAhead(HallError):
    code = "day_ahead"
    status = 422
    sentence = "{day} is still to come."


class DayTooEarly(HallError):
    code = "day_too_early"
    status = 422
    sentence = "{day} lies before {first}; is the year right?"


class NotADay(HallError):
    code = "not_a_day"
    status = 422
    sentence = "{day!r} isn't a day such as 2026-10-12."


class NotANumber(HallError):
    code = "not_a_number"
    status = 422
    sentence = "{value!r} isn't a number from {least} to {most} with two decimals at the most."


class PointsNotFree(HallError):
    code = "points_not_free"
    status = 422
    sentence = "The scheme itself says what {item} is worth."


class PointsOutOfRange(HallError):
    code = "points_out_of_range"
    status = 422
    sentence = "{item} is worth {least} to {most} points."


class FigureNeeded(HallError):
    code = "figure_needed"
    status = 422
    sentence = "A figure has a name and a value."


class AboutYourself(HallError):
    code = "about_yourself"
    status = 403
    sentence = "Nobody enters facts about themselves."


class FourEyes(HallError):
    code = "four_eyes"
    status = 403
    sentence = "Whoever entered a fact, or is concerned by it, doesn't withdraw it."


class OfARating(HallError):
    code = "of_a_rating"
    status = 403
    sentence = "Ratings aren't withdrawn as facts; a reviewer sets them aside."


class OfADecision(HallError):
    """`origin`: complaint or callback."""

    code = "of_a_decision"
    status = 403
    sentence = "This counts by a decision about a {origin}; the decision is taken back there."


class AlreadyWithdrawn(HallError):
    code = "already_withdrawn"
    sentence = "This fact has been withdrawn already."


class TextTooLong(HallError):
    code = "text_too_long"
    status = 422
    sentence = "This has more than {most} characters."


class TextNotPlain(HallError):
    code = "text_not_plain"
    status = 422
    sentence = "This has characters that are no text."


class NotYourFact(HallError):
    code = "not_your_fact"
    status = 403
    sentence = "Photos are added by whoever entered the fact, or by a supervisor."


class PhotoRefused(HallError):
    """`why` is a word for programs."""

    code = "photo_refused"
    status = 422
    sentence = "This isn't a photo that can be kept: {why}."


class TooManyPhotos(HallError):
    code = "too_many_photos"
    sentence = "A fact has {most} photos at the most."


class NoRoomForPhotos(HallError):
    code = "no_room_for_photos"
    status = 507
    sentence = "All photos together take {most} MB already."


class UnknownPhoto(HallError):
    code = "unknown_photo"
    status = 404
    sentence = "This photo isn't there, or isn't there any more."


class NotAList(HallError):
    """`why` is a word for programs."""

    code = "not_a_list"
    status = 422
    sentence = "This file can't be read as a list: {why}."


class EmptyList(HallError):
    code = "empty_list"
    status = 422
    sentence = "This list has no line below its heading."


class NotATime(HallError):
    code = "not_a_time"
    status = 422
    sentence = "{value!r} isn't a time such as 08:25, or the person left before coming."


class UnknownLeave(HallError):
    code = "unknown_leave"
    status = 422
    sentence = "{value!r} is no kind of leave: private, sick or official."

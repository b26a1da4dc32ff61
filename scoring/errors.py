"""The refusals of ratings and scores."""

from __future__ import annotations

from queueing.errors import HallError


class AlreadyRated(HallError):
    code = "already_rated"
    sentence = "Ticket {number} has been rated already; one visit has one rating."


class RatingClosed(HallError):
    code = "rating_closed"
    sentence = "The time to rate ticket {number} is over."


class NotFinished(HallError):
    code = "not_finished"
    sentence = "Ticket {number} isn't finished yet; it can be rated afterwards."


class NotThisPad(HallError):
    code = "not_this_pad"
    status = 403
    sentence = "Ticket {number} wasn't served at window {window}."


class NotByStaff(HallError):
    code = "not_by_staff"
    status = 403
    sentence = "Staff don't rate: this browser is signed in as {clerk}."


class ReasonNeeded(HallError):
    code = "reason_needed"
    status = 422
    sentence = "Please choose at least one reason for this rating."


class NotRated(HallError):
    code = "not_rated"
    status = 404
    sentence = "There is no such rating."


class OwnRating(HallError):
    code = "own_rating"
    status = 403
    sentence = "The rating of ticket {number} is about you; somebody else reviews it."


class AlreadyAside(HallError):
    code = "already_aside"
    sentence = "The rating of ticket {number} was set aside already."


class NotAside(HallError):
    code = "not_aside"
    sentence = "The rating of ticket {number} isn't set aside."


class UnknownPeriod(HallError):
    code = "bad_request"
    status = 422
    sentence = "A period is a month such as 2026-10, not {period!r}."


class NoSchemeInForce(HallError):
    code = "no_scheme_in_force"
    status = 422
    sentence = "No assessment scheme for a {subject} was in force on {day}."

"""The refusals of the follow-up of bad ratings."""

from __future__ import annotations

from queueing.errors import HallError


class NotNow(HallError):
    """The table of follow-ups doesn't hold this step."""

    code = "not_now"
    sentence = "A follow-up that is {state} can't {action}."


class UnknownRemedy(HallError):
    code = "unknown_remedy"
    status = 404
    sentence = "There is no follow-up {remedy}."


class NoteNeeded(HallError):
    code = "note_needed"
    status = 422
    sentence = "This step needs a note."


class NotYourOwn(HallError):
    """Whoever served doesn't follow up or decide what was said of it."""

    code = "not_your_own"
    status = 403
    sentence = "This rating is about a visit of your own; somebody else follows it up."


class OtherEyesNeeded(HallError):
    code = "other_eyes_needed"
    status = 403
    sentence = "Somebody other than who verified it decides this."


class CallBackNeeded(HallError):
    code = "call_back_needed"
    sentence = "This citizen has left a way to be reached: please speak to them."


class NothingReleased(HallError):
    code = "nothing_released"
    sentence = "No whole batch of {period} is released that could be appealed."


class RatingsAppealed(HallError):
    code = "ratings_appealed"
    sentence = "The ratings of {period} that are released have been appealed."


class NoContactWanted(HallError):
    code = "no_contact_wanted"
    sentence = "There is nothing to call back about."


class HasACase(HallError):
    """Its follow-up has found out, or is about to, what the rating was worth."""

    code = "has_a_case"
    sentence = "The rating of ticket {number} has been followed up; what becomes of it is decided there."

"""The refusals of complaints and call-backs."""

from __future__ import annotations

from queueing.errors import HallError


class UnknownComplaint(HallError):
    code = "unknown_complaint"
    status = 404
    sentence = "There is no such complaint."


class ForCitizens(HallError):
    """Staff take down what others say at the desk; they neither complain nor look on as citizens."""

    code = "for_citizens"
    status = 403
    sentence = "This is for citizens, and this browser is signed in as {clerk}."


class OneIsOpen(HallError):
    code = "complaint_open"
    sentence = "What was said about ticket {number} is still being worked on."


class EnoughSaid(HallError):
    code = "complaints_enough"
    status = 429
    sentence = "Nothing more can be sent here at the moment."


class WordsNeeded(HallError):
    code = "words_needed"
    status = 422
    sentence = "Please say in your own words what it is about."


class ConcernsYou(HallError):
    code = "concerns_you"
    status = 403
    sentence = "It is about {clerk}: somebody else handles it and decides."


class FourEyes(HallError):
    code = "four_eyes"
    status = 403
    sentence = "{clerk} has taken or handled this; somebody else decides."


class NotTheHandler(HallError):
    code = "not_the_handler"
    status = 403
    sentence = "{clerk} handles this."


class NoHandler(HallError):
    code = "no_handler"
    status = 422
    sentence = "{clerk} can't handle complaints."


class NotDecided(HallError):
    code = "not_decided"
    sentence = "Nobody has decided yet whether it is justified."


class DecidedAlready(HallError):
    code = "decided_already"
    sentence = "This has been decided; take the decision back first."


class NothingDecided(HallError):
    code = "nothing_decided"
    sentence = "There is no decision to take back."


class WhomNeeded(HallError):
    code = "whom_needed"
    status = 422
    sentence = "Name the window or the clerk that it counts for."


class UnknownDraw(HallError):
    code = "unknown_draw"
    status = 404
    sentence = "There is no such draw."


class AlreadyCalled(HallError):
    code = "already_called"
    sentence = "This visit has been called back already."


class NothingToReplace(HallError):
    code = "nothing_to_replace"
    sentence = "Only somebody who couldn't be reached is replaced, once, while the week has other visits."


class NothingToVerify(HallError):
    code = "nothing_to_verify"
    sentence = "Only an answer that was dissatisfied is verified."


class LevelsNeeded(HallError):
    code = "levels_needed"
    status = 422
    sentence = "Say how attitude, efficiency and discipline were."

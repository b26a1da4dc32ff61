"""The refusals of a hall: each has a code for machines and a sentence for people."""

from __future__ import annotations

from typing import Any


class HallError(Exception):
    """A change that the hall refuses; `status` is the HTTP number that fits it."""

    code = "bad_request"
    status = 409
    sentence = "The hall refused this."

    def __init__(self, **detail: Any) -> None:
        super().__init__(self.sentence.format(**detail))
        self.detail = detail


class NobodyWaiting(HallError):
    code = "nobody_waiting"
    sentence = "No ticket that window {window} serves is waiting."


class WindowBusy(HallError):
    code = "window_busy"
    sentence = "Window {window} still has ticket {number}; finish it or mark it as no-show first."


class NoTicket(HallError):
    code = "no_ticket"
    sentence = "Window {window} has no ticket at the moment."


class TicketMoved(HallError):
    code = "ticket_moved"
    sentence = "Ticket {number} has moved on meanwhile; look again before you press."


class NotYourWindow(HallError):
    code = "not_your_window"
    status = 403
    sentence = "You don't sit at window {window}; sit down there first."


class WindowTaken(HallError):
    code = "window_taken"
    sentence = "{clerk} sits at window {window}; take it over only when you have agreed."


class FinishFirst(HallError):
    code = "finish_first"
    sentence = "Ticket {number} is still open at window {window}; finish it before you leave."


class WindowClosed(HallError):
    code = "window_closed"
    sentence = "Nobody sits at window {window}."


class NobodyThere(HallError):
    code = "nobody_there"
    sentence = "Nobody sits at window {window} now; send the ticket to its service instead."


class WindowPaused(HallError):
    code = "window_paused"
    sentence = "Window {window} is paused; open it before you call."


class UnknownService(HallError):
    code = "unknown_service"
    status = 404
    sentence = "This hall has no service {service!r}."


class UnknownWindow(HallError):
    code = "unknown_window"
    status = 404
    sentence = "This hall has no window {window!r}."


class UnknownTicket(HallError):
    code = "unknown_ticket"
    status = 404
    sentence = "This hall has no such ticket."


class UnknownClass(HallError):
    code = "unknown_class"
    status = 422
    sentence = "This hall has no ticket class {ticket_class!r}."


class ClassNotOffered(HallError):
    code = "class_not_offered"
    status = 422
    sentence = "Numbers of the class {ticket_class!r} aren't given out here."


class ServiceClosed(HallError):
    code = "service_closed"
    sentence = "{service} is closed now."


class ServicePaused(HallError):
    code = "service_paused"
    sentence = "Every window for {service} is paused."


class ServiceStopped(HallError):
    code = "service_stopped"
    sentence = "{service} gives no numbers at the moment: so one of the hall's rules says."


class ServiceFull(HallError):
    code = "service_full"
    sentence = "No more numbers for {service} today: {last} was the last one."


class NotServedHere(HallError):
    code = "not_served_here"
    sentence = "Window {window} doesn't serve {service}."


class Cannot(HallError):
    """The table of states doesn't hold this step."""

    code = "cannot"
    sentence = "A ticket that is {state} can't {action}."


class NothingToUndo(HallError):
    code = "nothing_to_undo"
    sentence = "There is nothing to undo at window {window}."


class UndoTooLate(HallError):
    code = "undo_too_late"
    sentence = "The last press was more than {seconds} seconds ago."


class UndoMovedOn(HallError):
    code = "undo_moved_on"
    sentence = "Ticket {number} has moved on or been rated since; the press stands."


class DayOver(HallError):
    code = "day_over"
    sentence = "Ticket {number} is of another day; please take a new number."


class RecallFirst(HallError):
    code = "recall_first"
    sentence = "Ticket {number} has been called {calls} of {needed} times; recall it before you mark it."


class SeatChanged(HallError):
    code = "seat_changed"
    sentence = "The seat or the sign of window {window} has changed since the press; the press stands."


class TooManyReinstatements(HallError):
    code = "too_many_reinstatements"
    sentence = "Ticket {number} has come back {times} times already; please take a new number."


class ReturnTooLate(HallError):
    code = "return_too_late"
    sentence = "Ticket {number} could come back within {minutes} minutes of its call; take a new number."


class IdentityNeeded(HallError):
    code = "identity_needed"
    status = 422
    sentence = "A number for {service} is given to real names only; send the document's number."


class NotADocumentNumber(HallError):
    """Without what was typed: a refusal is shown and logged in many places."""

    code = "not_a_document_number"
    status = 422
    sentence = "This can't be the number of such a document ({document})."


class DocumentNotTaken(HallError):
    code = "document_not_taken"
    status = 422
    sentence = "Only cards with eighteen characters are read here; the guide takes other documents."


class IdentityNotAsked(HallError):
    code = "identity_not_asked"
    status = 422
    sentence = "This service asks for no document; send none."


class AlreadyInLine(HallError):
    """Doesn't name the number: whoever typed may be a stranger."""

    code = "already_in_line"
    sentence = "With this document a number for this service is open already."


class TooManyOpen(HallError):
    code = "too_many_open"
    sentence = "With this document {most} numbers are open already."


class BlockedUntil(HallError):
    code = "blocked_until"
    sentence = "After {no_shows} missed calls no number is given with this document until {until}."


class BadRequest(HallError):
    code = "bad_request"
    status = 422
    sentence = "{message}"


class KeyReused(HallError):
    code = "key_reused"
    status = 422
    sentence = "This Idempotency-Key was used before for another request."


class StorageFailed(HallError):
    code = "storage_failed"
    status = 503
    sentence = "The hall could not store this ({reason}); nothing was changed."


class DiskFull(StorageFailed):
    code = "disk_full"
    status = 507
    sentence = "The hall's disk is full ({reason}); nothing was changed."


class DiskReadOnly(StorageFailed):
    code = "disk_read_only"
    sentence = "The hall's disk can't be written ({reason}); nothing was changed."


class DataDamaged(StorageFailed):
    code = "data_damaged"
    sentence = "The hall's data are damaged ({reason}); nothing was changed."

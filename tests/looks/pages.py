"""Every page of the hall in every state that looks different: for `make a11y`, `make looks` and the guards.

A new page, view or dialog gets a line here, and is then looked at in all languages and themes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.looks import steps
from tests.looks.stage import BY_NAME, Stage

DESK, KIOSK, TELEVISION = (1366, 768), (1080, 1920), (1920, 1080)
PAD, PHONE, PANEL = (1280, 800), (360, 740), (1280, 400)
ALIVE, RESTS = "[data-dot][data-alive=true]", "[data-action=primary][aria-disabled=false]"


@dataclass(frozen=True)
class State:
    """One page as somebody sees it."""

    name: str
    door: str
    """The page's line in web/access.py."""
    path: str
    """`{waiting}` and the like stand for the link of that ticket of the stage."""
    ready: str
    """What is visible once the page has drawn itself."""
    who: str = ""
    size: tuple[int, int] = DESK
    steps: Callable[[Page, Stage], None] | None = None
    looks: tuple[str, ...] = ()
    """Such as `contrast=more`: looks that the device remembers."""
    refused: bool = False
    """The page answers with an error, and that is what is looked at."""


def office(part: str, ready: str, **more: object) -> State:
    return State(f"office-{part}", "GET /office", f"/office#{part}", ready, "admin", **more)  # type: ignore[arg-type]


def assessment(part: str, path: str, ready: str, who: str = "admin", **more: object) -> State:
    """The administrator decides and releases; supervisors enter."""
    door = f"GET /office/assessment{path}"
    return State(f"assessment-{part}", door, f"/office/assessment{path}", ready, who, **more)  # type: ignore[arg-type]


def phone(state: str, ready: str, of: str = "", **more: object) -> State:
    path = f"{{{of or state}}}"
    return State(f"phone-{state}", "GET /t/<token>", path, ready, size=PHONE, **more)  # type: ignore[arg-type]


def appointment(state: str, of: str = "", **more: object) -> State:
    door = "GET /b/<visit>/move" if state == "move" else "GET /b/<visit>"
    return State(f"appointment-{state}", door, f"{{{of or state}}}", "[data-stage]", size=PHONE, **more)  # type: ignore[arg-type]


def kiosk(view: str, path: str, ready: str, **more: object) -> State:
    return State(f"kiosk-{view}", "GET /kiosk", f"/kiosk{path}", ready, size=KIOSK, **more)  # type: ignore[arg-type]


def board(name: str, layout: str, size: tuple[int, int] = TELEVISION, **more: object) -> State:
    """The whole hall's board, composed for the while: all others of the hall have an area."""
    step = more.pop("steps", steps.composed(layout))
    path, ready = "/board", ".board[data-live=yes]"
    return State(f"board-{name}", "GET /board", path, ready, size=size, steps=step, **more)  # type: ignore[arg-type]


def terminal(view: str, who: str, ready: str, **more: object) -> State:
    return State(f"terminal-{view}", "GET /terminal", "/terminal", ready, who, **more)  # type: ignore[arg-type]


def pad(view: str, window: str, **more: object) -> State:
    ready = f"body[data-at={view}]"
    return State(f"pad-{view}", "GET /pad/<window>", f"/pad/{window}", ready, size=PAD, **more)  # type: ignore[arg-type]


STATES: tuple[State, ...] = (
    State("start", "GET /", "/", ALIVE),
    State("start-phone", "GET /", "/", ALIVE, size=PHONE),
    State("login", "GET /login", "/login", "#name"),
    State("login-refused", "GET /login", "/login", "#name", steps=steps.sign_in_wrongly),
    State("login-signed-in", "GET /login", "/login", "[data-sign-out]", "s01"),
    State("password", "GET /password", "/password", "#old", "s01"),
    State("password-first", "GET /password", "/password", "#new", "new:c12"),
    State("pair", "GET /pair", "/pair", "#code"),
    State("pair-refused", "GET /pair", "/pair", "#code", steps=steps.pair_wrongly),
    State("error-404", "GET /", "/nowhere", "main h1", refused=True),
    State("error-403", "GET /office", "/office", "main h1", "c02", refused=True),
    kiosk("home", "", "[data-view=home] .office"),
    kiosk("home-contrast", "", "[data-view=home] .office", looks=("contrast=more", "size=large")),
    kiosk("find", "#/find", "[data-view=find] .find-field"),
    kiosk("services", "#/d/commerce", "[data-view=d] .service"),
    kiosk("confirm", "#/s/company-new", "[data-view=s] .take"),
    kiosk("guide", "#/g/deed-tax", "[data-view=g] .take-home"),
    kiosk("missed", "#/missed", "[data-view=missed] .code-field"),
    kiosk("appointment", "#/appointment", "[data-view=appointment] .appointment-field"),
    kiosk(
        "appointment-short", "#/appointment", "[data-view=appointment] .take", steps=steps.arrive_too_short
    ),
    kiosk("book", "#/book/house-transfer", "[data-view=book] .book-day"),
    kiosk("book-who", "#/book/house-transfer", "[data-view=book] .book-day", steps=steps.choose_at_the_kiosk),
    kiosk("change", "#/change", "[data-view=change] .book-slots .button"),
    kiosk("moving", "#/change", "[data-view=change] .book-slots .button", steps=steps.show_my_appointment),
    kiosk("cancel", "#/change", "[data-view=change] .book-slots .button", steps=steps.ask_to_cancel),
    kiosk("move", "#/change", "[data-view=change] .book-slots .button", steps=steps.ask_to_move),
    kiosk("move-days", "#/change", "[data-view=change] .book-slots .button", steps=steps.see_other_days),
    kiosk("change-over", "#/change", "[data-view=change] .book-slots .button", steps=steps.show_cancelled),
    kiosk("change-wrong", "#/change/2026-10-12", "[data-view=change] .take", steps=steps.type_a_wrong_code),
    kiosk("moved", "", "[data-view=home] .office", steps=steps.have_moved),
    kiosk("cancelled", "", "[data-view=home] .office", steps=steps.have_cancelled),
    kiosk("arrived-again", "#/appointment", "[data-view=appointment] .take", steps=steps.arrive_again),
    kiosk("arrived-over", "#/appointment", "[data-view=appointment] .take", steps=steps.arrive_cancelled),
    kiosk("book-document", f"#/book/{BY_NAME}", "[data-view=book] .book-day", steps=steps.book_by_name),
    kiosk("people", "#/people", "[data-view=people] .person"),
    kiosk("progress", "#/progress", "[data-view=progress] .find-field"),
    kiosk("identity", "#/s/licence-renew", "[data-view=s] .take", steps=steps.to_identity),
    kiosk("ticket", "#/s/sole-trader", "[data-view=s] .take", steps=steps.take_a_number),
    kiosk("still-there", "#/s/company-new", "[data-view=s] .take", steps=steps.ask_still_there),
    State("board", "GET /board", "/board", ".board[data-live=yes]", size=TELEVISION),
    State("board-area", "GET /board/<area>", "/board/east", ".board[data-live=yes]", size=TELEVISION),
    board("calls", "calls"),
    board("media", "media"),
    board("upright", "beside", size=KIOSK),
    board("night", "beside", steps=steps.wait_for_the_night),
    board("unheard", "beside", steps=steps.be_unheard),
    State("board-preview", "GET /boards/preview", "/boards/preview", ".board", "admin", TELEVISION),
    State(
        "board-preview-area",
        "GET /boards/preview/<area>",
        "/boards/preview/east",
        ".board",
        "admin",
        TELEVISION,
    ),
    State(
        "announcer", "GET /announcer/<area>", "/announcer/main", ".announcer[data-live=yes]", size=TELEVISION
    ),
    State("panel-called", "GET /panel/<window>", "/panel/2", ".panel[data-live=yes]", size=PANEL),
    State("panel-serving", "GET /panel/<window>", "/panel/3", ".panel[data-mode=serving]", size=PANEL),
    State("panel-free", "GET /panel/<window>", "/panel/6", ".panel[data-live=yes]", size=PANEL),
    State("panel-paused", "GET /panel/<window>", "/panel/4", ".panel[data-live=yes]", size=PANEL),
    State("panel-closed", "GET /panel/<window>", "/panel/9", ".panel[data-live=yes]", size=PANEL),
    pad("idle", "2"),
    pad("paused", "4"),
    pad("closed", "9"),
    State("pad-ask", "GET /pad/<window>", "/pad/6", "body[data-at]", size=PAD, steps=steps.be_asked),
    State("pad-why", "GET /pad/<window>", "/pad/6", "body[data-at]", size=PAD, steps=steps.be_asked_why),
    State("pad-thanks", "GET /pad/<window>", "/pad/6", "body[data-at]", size=PAD, steps=steps.be_thanked),
    terminal("choose", "s01", "[data-sit]"),
    terminal("free", "c06", RESTS),
    terminal("called", "c02", RESTS),
    terminal("serving", "c03", RESTS),
    terminal("paused", "c04", RESTS),
    terminal("transfer", "c03", RESTS, steps=steps.key("t", "transfer")),
    terminal("pause", "c06", RESTS, steps=steps.key("s", "pause")),
    terminal("leave", "c06", RESTS, steps=steps.key("l", "leave")),
    terminal("keys", "c06", RESTS, steps=steps.key("?", "help")),
    office("hall", ".windows [data-window]"),
    office("ratings", "[data-section=ratings] li"),
    office("checks", "[data-section=checks]"),
    office("scores", "[data-scores] tr"),
    State(
        "office-reading", "GET /office", "/office#scores", "[data-scores] tr", "admin", steps=steps.read_well
    ),
    State("office-review", "GET /office", "/office#checks", "[data-flag]", "admin", steps=steps.set_aside),
    office("screens", "[data-section=screens]"),
    office("printers", "[data-section=printers]"),
    office("announcing", "[data-section=announcing]"),
    office("boards", "[data-section=boards]"),
    office("log", "[data-section=log]"),
    office("upkeep", "[data-section=upkeep]"),
    office("people", "[data-person]"),
    State("sound", "GET /office/sound", "/office/sound", "[data-language] [data-clip]", "admin"),
    State("reports", "GET /office/reports", "/office/reports", "[data-sortable] button", "admin"),
    State("fairness", "GET /office/fairness", "/office/fairness?number=A001", "[data-period]", "admin"),
    State("feedback", "GET /office/feedback", "/office/feedback", "main", "admin"),
    State("bad-ratings", "GET /office/feedback/ratings", "/office/feedback/ratings", "[data-case]", "admin"),
    State("bad-rating", "GET /office/feedback/ratings/<case>", "{bad}", "[data-next]", "admin"),
    State("follow-up", "GET /f/<link>", "{looked-into}", "[data-contact]", size=PHONE),
    State("follow-up-again", "GET /f/<link>", "{put-right}", "[data-again] .level", size=PHONE),
    State("follow-up-gone", "GET /f/<link>", "/f/nonsense", "main h1", size=PHONE, refused=True),
    State("ratings", "GET /ratings", "/ratings", "main h1", size=PHONE),
    assessment("scores", "", "[data-places] tr"),
    assessment("entries", "/entries", "[data-items] li", "s01"),
    assessment("entry", "/entries", "[data-items] li", "s01", steps=steps.choose_an_item),
    assessment("take-back", "/entries", "[data-entries] > li", steps=steps.ask_to_take_back),
    assessment("appeals", "/appeals", "[data-appeal] textarea"),
    assessment("release", "/release", "[data-release]:enabled", steps=steps.ask_to_release),
    assessment("honours", "/honours", "[data-list]"),
    State(
        "assessment-score",
        "GET /office/assessment/<any(window, clerk):by>/<subject>",
        "/office/assessment/window/3",
        "[data-line] summary",
        "admin",
        steps=steps.open_every_line,
    ),
    State("mine", "GET /me", "/me", "[data-line] summary", "c03", steps=steps.open_every_line),
    State("mine-appeal", "GET /me", "/me", "[data-line] summary", "c03", steps=steps.begin_an_appeal),
    State(
        "complaints",
        "GET /office/feedback/complaints",
        "/office/feedback/complaints",
        "[data-complaint]",
        "admin",
    ),
    State(
        "complaint",
        "GET /office/feedback/complaints/<complaint>",
        "/office/feedback/complaints",
        "[data-complaint]",
        "admin",
        steps=steps.open_the_complaint,
    ),
    State("callbacks", "GET /office/feedback/callbacks", "/office/feedback/callbacks", "main h2", "admin"),
    State("take-down", "GET /guide/complaint", "/guide/complaint", "main form", "g01"),
    State("complain", "GET /complain", "/complain", "#words", size=PHONE, steps=steps.follow_a_wrong_code),
    State(
        "complain-ticket", "GET /t/<token>/feedback", "{said}", "main", size=PHONE, steps=steps.say_something
    ),
    State("my-ratings", "GET /me/ratings", "/me/ratings", "[data-appeal]", "c06"),
    State("outlook", "GET /office/outlook", "/office/outlook", "[data-ask]", "admin"),
    State("rules", "GET /office/rules", "/office/rules", "[data-rule]", "admin"),
    State("signals", "GET /office/signals", "/office/signals", "main h2", "admin"),
    State("design", "GET /design", "/design", ".face", "s01"),
    State("guide", "GET /guide", "/guide", ALIVE, "g01"),
    State("guide-found", "GET /guide", "/guide", ALIVE, "g01", steps=steps.find_a_number),
    State("slips", "GET /guide/slips", "/guide/slips", ".paper-slip", "g01"),
    State("services", "GET /services", "/services", "main h1", size=PHONE),
    State("service", "GET /services/<service>", "/services/company-new", "main h1", size=PHONE),
    State("service-whole", "GET /services/<service>", "/services/deed-tax", "main h1", size=PHONE),
    State("people", "GET /people", "/people", "main h1", size=PHONE),
    State("book", "GET /book", "/book", "main .book-row", size=PHONE),
    State("book-day", "GET /book", "/book", "main .book-row", size=PHONE, steps=steps.choose_a_service),
    State("book-time", "GET /book", "/book", "main .book-row", size=PHONE, steps=steps.choose_a_day),
    State("book-who", "GET /book", "/book", "main .book-row", size=PHONE, steps=steps.choose_a_time),
    State("book-again", "GET /book/again", "/book/again", "#code", size=PHONE),
    State("guide-bookings", "GET /guide/bookings", "/guide/bookings", "[data-booking]", "g01"),
    appointment("booked"),
    appointment("present"),
    appointment("given-up"),
    State("appointment-gone", "GET /b/<visit>", "/b/nonsense", "main h1", size=PHONE, refused=True),
    appointment("move", of="booked", steps=steps.choose_another),
    State("progress", "GET /progress", "/progress", "#number", size=PHONE),
    phone("waiting", "[data-when=waiting]"),
    phone("leave", "[data-when=waiting]", of="waiting", steps=steps.ask_to_leave),
    phone("away", "[data-when=waiting]", steps=steps.open_the_receipt),
    phone("called", "[data-when=called]"),
    phone("serving", "[data-when=serving]"),
    phone("held", "[data-when=held]"),
    phone("no-show", "[data-when=no_show]", of="no_show"),
    phone("rate", "[data-when=rate] .level", of="finished"),
    phone("rate-why", "[data-when=rate] .level", of="finished", steps=steps.say_why),
    phone("rated", "[data-when=rated]"),
    phone("abandoned", "[data-when=abandoned]"),
    State("phone-gone", "GET /t/<token>", "/t/nonsense", "main h1", size=PHONE, refused=True),
)

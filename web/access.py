"""Who may do what: one table, asked before every request and every socket event by `web.admission`."""

from __future__ import annotations

from collections.abc import Mapping

from web.complaint_access import OF_COMPLAINTS
from web.roles import (
    ADMINISTRATOR as ADMINISTRATOR,
)
from web.roles import (
    ANNOUNCER as ANNOUNCER,
)
from web.roles import (
    ANYONE as ANYONE,
)
from web.roles import (
    BOARD as BOARD,
)
from web.roles import (
    CLERKS as CLERKS,
)
from web.roles import (
    COMPOSERS as COMPOSERS,
)
from web.roles import (
    GUIDES as GUIDES,
)
from web.roles import (
    HOLDER as HOLDER,
)
from web.roles import (
    INSPECTORS as INSPECTORS,
)
from web.roles import (
    KIOSK as KIOSK,
)
from web.roles import (
    OFFICE as OFFICE,
)
from web.roles import (
    PAD as PAD,
)
from web.roles import (
    PANEL as PANEL,
)
from web.roles import (
    REVIEWERS as REVIEWERS,
)
from web.roles import (
    ROLES as ROLES,
)
from web.roles import (
    STAFF as STAFF,
)
from web.roles import (
    Who as Who,
)

PRESSES: tuple[str, ...] = (
    *("call_next", "call", "recall", "serve", "finish", "finish_and_next", "mark_no_show"),
    *("hold", "resume", "transfer", "postpone", "reinstate", "undo"),
    *("sit", "leave", "pause", "open"),
)

ACCESS: dict[str, Who] = {
    # pages
    "GET /": ANYONE,
    "GET /healthz": ANYONE,
    "GET /qr/<screen>.svg": ANYONE,
    "GET /static/<path:filename>": ANYONE,
    "GET /login": ANYONE,
    "GET /password": STAFF,
    "GET /pair": ANYONE,
    "GET /kiosk": KIOSK,
    "GET /board": BOARD,
    "GET /board/<area>": BOARD,
    "GET /boards/shown": BOARD | COMPOSERS,
    "GET /boards/preview": COMPOSERS,
    "GET /boards/preview/<area>": COMPOSERS,
    "GET /media/<media>": BOARD | OFFICE,
    "GET /panel/<window>": PANEL,
    "GET /pad/<window>": PAD,
    "GET /announcer/<area>": ANNOUNCER,
    "GET /terminal": CLERKS,
    "GET /office": OFFICE,
    "GET /design": OFFICE,
    "GET /office/feedback": OFFICE,
    "GET /office/feedback/ratings": OFFICE,
    "GET /office/feedback/ratings/<case>": OFFICE,
    # reports: ratings by clerk are in them; who looks is recorded
    "GET /office/reports": OFFICE,
    "GET /office/reports/<form>": OFFICE,
    "GET /office/reports/written/<file>": OFFICE,
    "GET /api/v1/reports": OFFICE,
    "GET /api/v1/reports/files": OFFICE,
    "GET /office/signals": OFFICE,
    "GET /office/assessment": OFFICE,
    "GET /office/assessment/<any(window, clerk):by>/<subject>": OFFICE,
    "GET /office/assessment/entries": OFFICE,
    "GET /office/assessment/appeals": OFFICE,
    "GET /office/assessment/release": OFFICE,
    "GET /office/assessment/honours": OFFICE,
    "GET /me": frozenset({"clerk"}),
    "GET /api/v1/signals": OFFICE,
    "GET /api/v1/tickets/<key>/pager": GUIDES,
    "POST /api/v1/tickets/<key>/pager": GUIDES,
    "POST /api/v1/tickets/<key>/pager/untie": GUIDES,
    "GET /guide": GUIDES,
    "GET /guide/slips": GUIDES,
    "GET /services": ANYONE,
    "GET /services/qr.svg": ANYONE,
    "GET /services/<service>": ANYONE,
    "GET /services/<service>/qr.svg": ANYONE,
    "GET /papers/<path:name>": ANYONE,
    "GET /people": ANYONE,
    "GET /ratings": ANYONE,
    "GET /progress": ANYONE,
    "GET /t/<token>": HOLDER,
    "GET /t/worker.js": ANYONE,
    "GET /t/<token>/qr.svg": HOLDER,
    "GET /f/<link>": HOLDER,
    "GET /f/<link>/qr.svg": HOLDER,
    # what is heard
    "GET /office/sound": OFFICE,
    "GET /api/v1/voice": OFFICE,
    "POST /api/v1/voice/packs/<language>": ADMINISTRATOR,
    "POST /api/v1/voice/packs/<language>/remove": ADMINISTRATOR,
    "GET /voice/call.wav": ANNOUNCER | OFFICE,
    "GET /voice/text.wav": KIOSK | PAD,
    "GET /voice/languages": ANNOUNCER | OFFICE,
    # the hall, as everybody may see it
    "GET /api/v1/openapi.json": ANYONE,
    "GET /api/v1/hall": ANYONE,
    "GET /api/v1/services": ANYONE,
    "GET /api/v1/windows": ANYONE,
    "GET /api/v1/windows/<window>": ANYONE,
    "GET /api/v1/reasons": ANYONE,
    "GET /api/v1/people": ANYONE,
    "GET /api/v1/progress/<number>": ANYONE,
    "GET /api/v1/cases/<case>": ANYONE,
    # tickets
    "POST /api/v1/tickets": KIOSK | GUIDES,
    "GET /api/v1/tickets": GUIDES,
    "POST /api/v1/tickets/paper": GUIDES,
    "POST /api/v1/blocks": KIOSK,
    "POST /api/v1/blocks/tickets": KIOSK,
    "POST /api/v1/tickets/<key>/abandon": frozenset({"guide", "supervisor", "administrator"}),
    "POST /api/v1/tickets/<key>/reinstate": GUIDES,
    "POST /api/v1/tickets/return": KIOSK,
    "GET /api/v1/tickets/<key>/identity": CLERKS | {"guide"},
    "POST /api/v1/identities/look": GUIDES,
    "POST /api/v1/identities/lift": GUIDES,
    "GET /api/v1/t/<token>": HOLDER,
    "POST /api/v1/t/<token>/abandon": HOLDER,
    "POST /api/v1/t/<token>/postpone": HOLDER,
    "POST /api/v1/t/<token>/rejoin": HOLDER,
    "GET /api/v1/t/<token>/receipt": HOLDER,
    "POST /api/v1/t/<token>/push": HOLDER,
    "POST /api/v1/t/<token>/push/end": HOLDER,
    "POST /api/v1/t/<token>/rating": HOLDER,
    # windows; that clerks press at their own is the hall's rule
    **{f"POST /api/v1/windows/<window>/{press}": CLERKS for press in PRESSES},
    "POST /api/v1/windows/<window>/rating": PAD,
    # single ratings, and what looks odd about them; who looks is recorded
    "GET /api/v1/ratings": OFFICE,
    "GET /api/v1/ratings/flags": OFFICE,
    "GET /api/v1/ratings/refused": OFFICE,
    "GET /api/v1/ratings/reviews": OFFICE,
    "POST /api/v1/ratings/set_aside": REVIEWERS,
    "POST /api/v1/ratings/put_back": REVIEWERS,
    "GET /api/v1/announcements": OFFICE,
    "GET /api/v1/announcing": OFFICE,
    # bad ratings; that nobody follows up the own visits, and who decides, is the hall's rule
    "GET /api/v1/bad_ratings": OFFICE,
    "GET /api/v1/bad_ratings/<case>": OFFICE,
    "POST /api/v1/bad_ratings/<case>/steps": REVIEWERS,
    "GET /api/v1/me/ratings": ROLES,
    "POST /api/v1/me/ratings/appeal": ROLES,
    "GET /api/v1/f/<link>": HOLDER,
    "POST /api/v1/f/<link>/contact": HOLDER,
    "POST /api/v1/f/<link>/rating": HOLDER,
    "GET /api/v1/ratings/published": ANYONE,
    "GET /api/v1/ratings/export": ADMINISTRATOR,
    # scores
    "GET /api/v1/scores": OFFICE,
    "GET /api/v1/scores/reading": OFFICE,
    "GET /api/v1/scores/mine": ROLES,
    # facts; that nobody judges the own ones is the hall's rule
    "GET /api/v1/facts": OFFICE,
    "GET /api/v1/facts/<fact>": OFFICE,
    "POST /api/v1/facts": INSPECTORS,
    "POST /api/v1/facts/<fact>/withdraw": REVIEWERS,
    "POST /api/v1/facts/<fact>/evidence": INSPECTORS,
    "GET /api/v1/facts/<fact>/evidence/<photo>": ROLES,
    "POST /api/v1/facts/import": INSPECTORS,
    "POST /api/v1/attendance/import": INSPECTORS,
    # assessments: released by supervisors, read by inspectors too, appealed by clerks
    "GET /api/v1/assessments": OFFICE,
    "GET /api/v1/assessments/annual": OFFICE,
    "GET /api/v1/assessments/<any(window, clerk):by>/<subject>": OFFICE,
    "GET /api/v1/releases": OFFICE,
    "POST /api/v1/releases": REVIEWERS,
    "GET /api/v1/releases/<period>/changes": OFFICE,
    "GET /api/v1/releases/<period>/verified": OFFICE,
    "GET /api/v1/honours": OFFICE,
    "POST /api/v1/honours": REVIEWERS,
    "POST /api/v1/honours/take_back": REVIEWERS,
    "GET /api/v1/honours/published": ANYONE,
    "GET /api/v1/appeals": OFFICE,
    "POST /api/v1/appeals/<appeal>/decide": REVIEWERS,
    "GET /api/v1/me/assessment": ROLES,
    "POST /api/v1/me/appeals/<appeal>/evidence": ROLES,
    "GET /api/v1/appeals/<appeal>/evidence/<photo>": ROLES,
    "GET /api/v1/assessments/<any(window, clerk):by>/<subject>/preview": OFFICE,
    "GET /api/v1/schemes/<any(window, clerk):by>": ROLES,
    "GET /api/v1/me/appeals": ROLES,
    "POST /api/v1/me/appeals": ROLES,
    # complaints, praise, suggestions, call-backs
    **OF_COMPLAINTS,
    # people and devices
    "GET /api/v1/session": ANYONE,
    "POST /api/v1/session": ANYONE,
    "POST /api/v1/session/end": ANYONE,
    "POST /api/v1/session/password": STAFF,
    "GET /api/v1/staff": ADMINISTRATOR,
    "POST /api/v1/staff/<staff>/one_time_password": ADMINISTRATOR,
    "POST /api/v1/staff/<staff>/sessions/end": ADMINISTRATOR,
    "POST /api/v1/sessions/end": ADMINISTRATOR,
    "GET /api/v1/doors": OFFICE,
    "POST /api/v1/doors/loopback": ADMINISTRATOR,
    "GET /api/v1/devices": OFFICE,
    "POST /api/v1/devices/codes": ADMINISTRATOR,
    "POST /api/v1/devices/pair": ANYONE,
    "POST /api/v1/devices/<device>/revoke": ADMINISTRATOR,
    # what boards show
    "GET /api/v1/boards": OFFICE,
    "POST /api/v1/boards/<board>": COMPOSERS,
    "POST /api/v1/media": COMPOSERS,
    "POST /api/v1/media/<media>/pieces": COMPOSERS,
    "POST /api/v1/media/<media>/remove": COMPOSERS,
    # the data and the log
    "GET /api/v1/upkeep": OFFICE,
    "POST /api/v1/backups": ADMINISTRATOR,
    "GET /api/v1/log": OFFICE,
    # slips; that a kiosk prints its own numbers only is the room's rule
    "POST /api/v1/tickets/<key>/print": KIOSK | GUIDES,
    "GET /slips/<key>": KIOSK | GUIDES,
    "GET /slips/logo.png": ANYONE,
    "GET /api/v1/printer": KIOSK,
    "GET /api/v1/printers": OFFICE,
    "POST /api/v1/printers/<printer>/trial": COMPOSERS,
    # sockets: an event may be sent by anyone, a screen joined only by its own kind
    "socket:connect": ANYONE,
    "socket:disconnect": ANYONE,
    "socket:join": ANYONE,
    "socket:catch_up": ANYONE,
    "socket:speak": ANYONE,
    "screen:start": ANYONE,
    "screen:phone": HOLDER,
    "screen:kiosk": KIOSK,
    "screen:board": BOARD | COMPOSERS,
    "screen:panel": PANEL,
    "screen:pad": PAD,
    "screen:announcer": ANNOUNCER,
    "screen:terminal": CLERKS,
    "screen:guide": GUIDES,
    "screen:office": OFFICE,
}

STANDS_AT: Mapping[str, str] = {"board": "area", "announcer": "area", "panel": "window", "pad": "window"}
"""What the place of a paired screen is, by its kind."""

"""Who may do what with appointments; a part of the table in `web.access`."""

from __future__ import annotations

from web.roles import ANYONE, GUIDES, HOLDER, KIOSK, OFFICE, Who

OF_BOOKINGS: dict[str, Who] = {
    # anybody may book; how often is bounded per address, and per person by a keyed hash
    "GET /api/v1/bookings/offered": ANYONE,
    "GET /api/v1/bookings/slots": ANYONE,
    "POST /api/v1/bookings": ANYONE,
    "POST /api/v1/bookings/find": ANYONE,
    "POST /api/v1/bookings/check_in": KIOSK | GUIDES,
    "GET /api/v1/bookings": GUIDES,
    "GET /api/v1/bookings/counts": OFFICE,
    "GET /api/v1/bookings/<booking>": GUIDES,
    "POST /api/v1/bookings/<booking>/move": GUIDES,
    "POST /api/v1/bookings/<booking>/cancel": GUIDES,
    "POST /api/v1/bookings/<booking>/check_in": GUIDES,
    "GET /api/v1/b/<visit>": HOLDER,
    "GET /api/v1/b/<visit>/calendar.ics": HOLDER,
    "POST /api/v1/b/<visit>/move": HOLDER,
    "POST /api/v1/b/<visit>/cancel": HOLDER,
    "POST /api/v1/b/<visit>/check_in": HOLDER,
    "POST /api/v1/b/<visit>/push": HOLDER,
    "POST /api/v1/b/<visit>/push/end": HOLDER,
    "GET /guide/bookings": GUIDES,
    "GET /book": ANYONE,
    "GET /book/again": ANYONE,
    "GET /b/<visit>": HOLDER,
    "GET /b/<visit>/move": HOLDER,
    "GET /b/<visit>/qr.svg": HOLDER,
    "GET /b/worker.js": ANYONE,
}

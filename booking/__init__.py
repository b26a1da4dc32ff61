"""The room of appointments: booking, moving and cancelling them. Asks the API, keeps nothing itself."""

from __future__ import annotations

from booking import choosing, desk, holding
from booking.blueprint import blueprint

__all__ = ["blueprint", "choosing", "desk", "holding"]

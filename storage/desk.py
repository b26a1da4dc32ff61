"""The desk: everything one transaction of one hall may read and write, over one connection."""

from __future__ import annotations

from storage.announced import AnnouncedDesk
from storage.answers import AnswerDesk
from storage.appeals import AppealDesk
from storage.blocks import BlockDesk
from storage.boards import BoardDesk
from storage.bookings import BookingDesk
from storage.complaints import ComplaintDesk
from storage.db import Db
from storage.events import GENESIS, EventDesk
from storage.fact_sources import FactSourceDesk
from storage.facts import FactDesk
from storage.fairness import FairnessDesk
from storage.figures import FigureDesk
from storage.help_rules import RuleDesk
from storage.honours import HonourDesk
from storage.identities import IdentityDesk
from storage.people import PeopleDesk
from storage.rating_figures import RatingFigureDesk
from storage.ratings import RatingDesk
from storage.releases import ReleaseDesk
from storage.remedies import RemedyDesk
from storage.reviews import ReviewDesk
from storage.signatures import SignatureDesk
from storage.standing import Standing
from storage.subscriptions import SubscriptionDesk
from storage.suggestions import SuggestionRows
from storage.tickets import TicketDesk
from storage.waits import WaitDesk
from storage.windows import WindowDesk


class SqlDesk(
    EventDesk, TicketDesk, BlockDesk, WindowDesk, RatingDesk, PeopleDesk, AnswerDesk, IdentityDesk,
    FairnessDesk, SignatureDesk, BoardDesk, AnnouncedDesk, SubscriptionDesk, FactDesk, FactSourceDesk,
    ReviewDesk, FigureDesk,
    ComplaintDesk,
    RemedyDesk, RatingFigureDesk,
    ReleaseDesk, AppealDesk, HonourDesk,
    RuleDesk,
    BookingDesk,
    WaitDesk,
    SuggestionRows,
):  # fmt: skip
    """One hall's records; `fresh` collects the events of the change under way."""

    def __init__(self, db: Db, hall: str, standing: Standing | None = None) -> None:
        self.db, self.hall, self.standing = db, hall, standing
        self.fresh, self.pressed = [], {}
        if standing:
            self.end = standing.end

    def open_hall(self) -> None:
        """Makes the hall's own row, once."""
        self.db.run(
            """INSERT INTO halls (hall, seq, head, last_at) VALUES (:hall, 0, :head, '')
                ON CONFLICT DO NOTHING""",
            hall=self.hall, head=GENESIS,
        )  # fmt: skip

    def touch(self) -> dict[str, str]:
        """Writes something that nobody asks for: a change of the disk, none of the hall.

        SQLite writes nothing for a row that stays as it is.
        """
        self.db.run(
            """INSERT INTO last_presses (hall, "window", first_seq, last_seq) VALUES (:hall, '', 0, 0)
                ON CONFLICT (hall, "window") DO UPDATE SET last_seq = 1 - last_presses.last_seq""",
            hall=self.hall,
        )  # fmt: skip
        return {}

"""What a hall is made of, as its TOML file says it: frozen records, nothing that moves.

The loader in `settings/` builds these and refuses a file that contradicts itself; everything
else only reads them. Lengths of time are minutes unless the name says seconds or days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from queueing.booking_rules import BookingRules
from queueing.class_rules import TicketClass as TicketClass
from queueing.closing_rules import ClosingRules
from queueing.complaint_rules import CallbackRules, ComplaintRules
from queueing.duty_rules import DutyRules
from queueing.fallback_rules import Fallback
from queueing.guide_records import Cases, Guide
from queueing.hall_info import HallInfo as HallInfo
from queueing.help_rules import RuleLine
from queueing.identity_rules import IdentityRules
from queueing.limit_rules import DoorRules, Limits
from queueing.phone_rules import PhoneRules
from queueing.printer_rules import Printer, SlipRules
from queueing.rating_rules import RatingRules as RatingRules
from queueing.rating_rules import Reason as Reason
from queueing.remedy_rules import RemedyRules
from queueing.report_rules import ReportRules
from queueing.scoring_rules import ScoringRules
from queueing.signal_rules import LedController, Signals
from queueing.text import STRICT as STRICT
from queueing.text import Text as Text
from queueing.upkeep_rules import BackupRules, KeepRules, LogRules
from queueing.voice_rules import Tongue, VoiceRules
from queueing.wait_rules import WaitRules

CaseKind = Literal["instant", "promised", "joint", "supplement", "returned", "reported", "special"]
"""即办, 承诺, 联办, 补办, 退回, 上报, 特办."""


@dataclass(frozen=True)
class Server:
    """Where and how the hall is served."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    host: str = "0.0.0.0"
    port: int = 8000
    public_url: str = ""
    host_names: tuple[str, ...] = ()
    engine: Literal["eventlet", "gevent", "threading"] = "eventlet"
    data: str = "var"
    trusted_proxies: int = 0
    database: str = ""
    database_looks: int = 8
    database_dump: bool = True
    metrics_from: tuple[str, ...] = ()
    log: Literal["text", "json"] = "text"
    queue: str = ""
    polling: bool = False


@dataclass(frozen=True)
class Area:
    """A part of the building with its own board and announcer; no voices of its own are the hall's."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    voices: tuple[Tongue, ...] = ()
    recorded: bool = True
    where: Text | None = None
    walk_minutes: float = 0.0
    get_ready: int = 0


@dataclass(frozen=True)
class Stretch:
    """One stretch of opening hours: on these weekdays, from then to then.

    With `rotation`, only the group of windows whose turn it is keeps it; the turn passes on
    each day or each week.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    opens: str
    closes: str
    rotation: tuple[tuple[str, ...], ...] = ()
    every: Literal["day", "week"] = "day"


@dataclass(frozen=True)
class Hours:
    """A named timetable that windows refer to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    open: tuple[Stretch, ...]
    on_holidays: bool = False


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked in exchange; `public_holidays` is a country code."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    public_holidays: str = ""
    closed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()


@dataclass(frozen=True)
class Department:
    """A bureau: the first thing a citizen chooses."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    icon: str = ""
    promises: tuple[Text, ...] = ()
    phone: str = ""


@dataclass(frozen=True)
class Service:
    """One business type (业务类型): what a ticket is for."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    department: str
    name: Text
    prefix: str
    case: CaseKind = "instant"
    limit_days: int = 0
    fee: Text = field(default_factory=lambda: Text(zh="不收费", en="Free"))
    materials: tuple[Text, ...] = ()
    minutes: float = 8.0
    common: bool = False
    band: tuple[int, int] = (1, 999)
    daily_limit: int = 0
    real_name: bool = False
    guide: Guide = field(default_factory=Guide)
    promised_wait_minutes: float = 0.0
    city_code: str = ""


@dataclass(frozen=True)
class Help:
    """A service that a window takes only when its own line leaves it time."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    service: str
    reluctance: float


@dataclass(frozen=True)
class Window:
    """A window (窗口), the server of queueing theory; its id is the plain number on the sign."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    area: str
    hours: str
    departments: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()


@dataclass(frozen=True)
class PauseReason:
    """Why a clerk may leave and for how many minutes at most (0: no limit), and the sign that is put up."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    minutes: float = 0.0


@dataclass(frozen=True)
class StaffMember:
    """A person who works here; passwords live in the database, never in the file."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    post: Text
    role: Literal["clerk", "guide", "supervisor", "inspector", "administrator"] = "clerk"
    promise: Text | None = None
    windows: tuple[str, ...] = ()
    number: str = ""
    photo: str = ""
    badges: tuple[Text, ...] = ()
    since: date | None = None


@dataclass(frozen=True)
class House:
    """One hall, whole."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    hall: HallInfo
    areas: tuple[Area, ...]
    hours: tuple[Hours, ...]
    departments: tuple[Department, ...]
    services: tuple[Service, ...]
    windows: tuple[Window, ...]
    classes: dict[str, TicketClass]
    rules: tuple[RuleLine, ...] = ()
    server: Server = field(default_factory=Server)
    calendar: Calendar = field(default_factory=Calendar)
    limits: Limits = field(default_factory=Limits)
    doors: DoorRules = field(default_factory=DoorRules)
    phone: PhoneRules = field(default_factory=PhoneRules)
    closing: ClosingRules = field(default_factory=ClosingRules)
    rating: RatingRules = field(default_factory=RatingRules)
    identity: IdentityRules = field(default_factory=IdentityRules)
    fallback: Fallback = field(default_factory=Fallback)
    voice: VoiceRules = field(default_factory=VoiceRules)
    cases: Cases = field(default_factory=Cases)
    printers: tuple[Printer, ...] = ()
    signals: Signals = field(default_factory=Signals)
    led: tuple[LedController, ...] = ()
    slip: SlipRules = field(default_factory=SlipRules)
    scoring: ScoringRules = field(default_factory=ScoringRules)
    reports: ReportRules = field(default_factory=ReportRules)
    duty: DutyRules = field(default_factory=DutyRules)
    remedy: RemedyRules = field(default_factory=RemedyRules)
    pauses: tuple[PauseReason, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    backup: BackupRules = field(default_factory=BackupRules)
    log: LogRules = field(default_factory=LogRules)
    keep: KeepRules = field(default_factory=KeepRules)
    complaints: ComplaintRules = field(default_factory=ComplaintRules)
    callbacks: CallbackRules = field(default_factory=CallbackRules)
    bookings: BookingRules = field(default_factory=BookingRules)
    waits: WaitRules = field(default_factory=WaitRules)

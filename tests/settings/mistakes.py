"""Mistakes to make in the small hall, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from settings import Finding

Findings = Callable[[str], tuple[Finding, ...]]
"""What the loader says about a text."""

WEEK = 'days = ["mon", "tue", "wed", "thu", "fri"]'

PRINTER = """[[printers]]
id = "door"
name = { zh = "入口打印机", en = "Printer at the door" }
kind = "network\""""

HOOK = '[[signals.hooks]]\nid = "a"\nsecret_file = "x"\n'


@dataclass(frozen=True)
class Spoilt:
    """One change to the small hall and what must be said; `at` is a piece of the line, if another one."""

    old: str
    new: str
    key: str
    says: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.key}: {self.says}"[:60]

    def apply(self, text: str) -> str:
        assert self.old in text
        return text.replace(self.old, self.new, 1)

    def line(self, text: str) -> int:
        """Where the finding must point: the line that holds `at`, or else the first changed one."""
        after = self.apply(text).splitlines()
        if self.at:
            return 1 + next(n for n, line in enumerate(after) if self.at in line)
        pairs = enumerate(zip(text.splitlines(), after, strict=False))
        return 1 + next(n for n, (was, now) in pairs if was != now)


def booked(rules: str, key: str, says: str) -> Spoilt:
    """A mistake in the rules for appointments; told where the key stands, or at the section without it."""
    written = key.partition("[")[0]
    at = next((line for line in rules.splitlines() if line.startswith(written)), "[bookings]")
    return Spoilt("[calendar]", f"[bookings]\n{rules}\n\n[calendar]", f"bookings.{key}", says, at=at)


SHAPES = [
    Spoilt(
        "[calendar]",
        f'{PRINTER}\nhost = "p"\npaper = 70\n\n[calendar]',
        "printers[0].paper",
        "Write one of 58, 80.",
        "70",
    ),
    Spoilt('prefix = "B"', 'prefx = "B"', "services[1].prefx", "no such key. Did you mean 'prefix'?"),
    Spoilt("[[staff]]", "[[stuff]]", "stuff", "no such key. Did you mean 'staff'?"),
    Spoilt("[limits]", "[colour]", "colour", "Known keys here: hall, areas"),
    Spoilt('en = "Pregnant"', 'eng = "Pregnant"', "classes.priority.grounds[2].eng", "Did you mean 'en'?"),
    Spoilt(
        'prefix = "A"\n',
        "",
        "services[0].prefix",
        "is missing. Add prefix = text in quotes",
        at="[[services]]",
    ),
    Spoilt('id = "3"', "id = 3", "windows[2].id", 'can\'t be 3. Write it in quotes: "3".'),
    Spoilt("minutes = 6.0", 'minutes = "6"', "services[0].minutes", 'can\'t be "6". Write a number.'),
    Spoilt("band = [1, 99]", "band = [1]", "services[3].band[1]", "is missing"),
    Spoilt("band = [1, 99]", "band = [1, 2, 3]", "services[3].band", "Write a list [2 × a whole number]"),
    Spoilt("common = true", 'common = "yes"', "services[0].common", "Write true or false."),
    Spoilt('case = "promised"', 'case = "promise"', "services[2].case", "Did you mean 'promised'?"),
    Spoilt(WEEK, 'days = ["monday"]', "hours[0].open[0].days[0]", "Did you mean 'mon'?"),
    Spoilt(
        'name = { zh = "一楼大厅", en = "Ground floor" }',
        'name = "Ground floor"',
        "areas[0].name",
        "Write { zh =",
    ),
    Spoilt("closed = [2026-10-20]", 'closed = ["20 October"]', "calendar.closed[0]", "Write a date such as"),
    Spoilt('opens = "08:30"', "opens = 830", "hours[0].open[0].opens", "Write it in quotes"),
]

CONTRADICTIONS = [
    Spoilt(
        "[classes.appointment]",
        "[bookings]\nshare = 0.3\n\n[classes.booked]",
        "bookings",
        "the class appointment is missing",
        at="[bookings]",
    ),
    booked("share = 1.5", "share", "more than all of the time"),
    booked(
        'services = [{ service = "id-cart", share = 0.3 }]', "services[0].service", "Did you mean 'id-card'?"
    ),
    booked(
        'services = [{ service = "id-card", share = 0.3 }, { service = "id-card", share = 0.2 }]',
        "services[1].service",
        "has a share already",
    ),
    booked('share = 0.3\nprefix = "A"', "prefix", "also the prefix of services[0]"),
    booked('prefix = "yy"', "prefix", "can't be a number prefix"),
    booked("slot_minutes = 50", "slot_minutes", "don't fill a day"),
    booked("days_ahead = 90", "days_ahead", "further than a hall's plans"),
    booked("keep_days = 60", "keep_days", "missed_days + blocked_days = 120"),
    booked("grace_minutes = 45", "late_minutes", "less than grace_minutes"),
    booked("reminders = [{ days_before = 1 }]", "reminders[0]", "doesn't say when"),
    booked(
        "reminders = [{ minutes_before = 60 }, { minutes_before = 60 }]", "reminders[1]", "stands there twice"
    ),
    Spoilt('id = "household"', 'id = "id-card"', "services[1].id", "'id-card' is also the id of services[0]"),
    Spoilt('code = "202"', 'code = "201"', "rating.reasons[1].code", "also the code of reasons[0]"),
    Spoilt('prefix = "D"', 'prefix = "A"', "services[3].prefix", "'A' is also the prefix of services[0]"),
    Spoilt('id = "main"', 'id = "main hall"', "areas[0].id", "can't be an id"),
    Spoilt(
        "[scoring]",
        "[identity]\nkeep_days = 20\n\n[scoring]",
        "identity.keep_days",
        "no_show_days + blocked_days = 21 or more",
        at="keep_days",
    ),
    Spoilt('prefix = "D"', 'prefix = "d"', "services[3].prefix", "capital letters"),
    Spoilt('prefix = "D"', 'prefix = "ABCD"', "services[3].prefix", "one to three"),
    Spoilt('en = "Meeting"', 'en = " "', "pauses[1].name.en", "is empty"),
    Spoilt(
        'department = "social"', 'department = "sociall"', "services[3].department", "Did you mean 'social'?"
    ),
    Spoilt(
        "[[departments]]",
        '[[departments]]\nid = "idle"\nname = { zh = "空", en = "Idle" }\n\n[[departments]]',
        "departments[0].id",
        "'idle' has no service",
        at='id = "idle"',
    ),
    Spoilt(
        'departments = ["police"]',
        'departments = ["police", "palace"]',
        "windows[0].departments[1]",
        "unknown department 'palace'. Did you mean 'police'?",
    ),
    Spoilt(
        'serves = ["id-card", "household"]',
        'serves = ["id-card", "xyz"]',
        "windows[1].serves[1]",
        "unknown service 'xyz'. Add the service, or correct it.",
    ),
    Spoilt(
        'service = "pension"', 'service = "pention"', "windows[1].helps[0].service", "Did you mean 'pension'?"
    ),
    Spoilt('area = "upstairs"', 'area = "attic"', "windows[2].area", "unknown area 'attic'"),
    Spoilt('hours = "office"', 'hours = "offices"', "windows[0].hours", "Did you mean 'office'?"),
    Spoilt('departments = ["social"]', "", "windows[2].id", "window '3' serves nothing", at='id = "3"'),
    Spoilt(
        'service = "pension"',
        'service = "household"',
        "windows[1].helps[0].service",
        "takes 'household' already",
    ),
    Spoilt(
        "reluctance = 10.0 }",
        'reluctance = 10.0 }, { service = "pension", reluctance = 5.0 }',
        "windows[1].helps[1].service",
        "takes 'pension' already",
    ),
    Spoilt(
        'departments = ["social"]',
        'serves = ["pension"]',
        "services[4].id",
        "no window serves 'job-seeker'",
        at='id = "job-seeker"',
    ),
    Spoilt('windows = ["2", "3"]', 'windows = ["2", "33"]', "staff[1].windows[1]", "Did you mean '3'?"),
    Spoilt(
        'role = "administrator"', 'role = "inspector"', "staff", "nobody is an administrator", at="[[staff]]"
    ),
    Spoilt(
        'serves = ["id-card", "household"]',
        'serves = ["id-card", "household", "id-card"]',
        "windows[1].serves[2]",
        "'id-card' stands twice",
    ),
    Spoilt('opens = "14:00"', 'opens = "2 pm"', "hours[0].open[1].opens", "'2 pm' isn't a time of day"),
    Spoilt('closes = "17:30"', 'closes = "24:00"', "hours[0].open[1].closes", "isn't a time of day"),
    Spoilt('opens = "14:00"', 'opens = "18:00"', "hours[0].open[1].opens", "not before it closes at 17:30"),
    Spoilt(WEEK, "days = []", "hours[0].open[0].days", "is empty"),
    Spoilt(
        '[[hours]]\nid = "office"',
        '[[hours]]\nid = "never"\nopen = []\n\n[[hours]]\nid = "office"',
        "hours[0].open",
        "'never' never opens",
        at="open = []",
    ),
    Spoilt(
        'opens = "14:00"',
        'opens = "11:59"',
        "hours[0].open[1].opens",
        "overlaps 08:30-12:00 on the same weekday",
    ),
    Spoilt(
        'closes = "17:30"',
        'closes = "17:30", rotation = [["1"], ["9"]]',
        "hours[0].open[1].rotation[1][0]",
        "unknown window '9'",
    ),
    Spoilt(
        'closes = "17:30"',
        'closes = "17:30", rotation = [["1"], []]',
        "hours[0].open[1].rotation[1]",
        "is a turn without windows",
    ),
    Spoilt(
        '[[hours]]\nid = "office"',
        '[[hours]]\nid = "late"\nopen = [{ days = ["sat"], opens = "09:00", closes = "10:00", '
        'rotation = [["1"]] }]\n\n[[hours]]\nid = "office"',
        "hours[0].open[0].rotation[0][0]",
        "window '1' keeps the hours 'office', not 'late'",
        at="rotation",
    ),
    Spoilt(
        "worked = [2026-10-10]", "worked = [2026-10-20]", "calendar.worked[0]", "2026-10-20 is also closed"
    ),
    Spoilt(
        "minutes = 10.0", "minutes = -1", "services[1].minutes", "less than makes sense. Use 0.1 or more."
    ),
    Spoilt("minutes = 10.0", "minutes = nan", "services[1].minutes", "isn't a figure"),
    Spoilt("reluctance = 10.0", "reluctance = -0.5", "windows[1].helps[0].reluctance", "Use 0 or more"),
    Spoilt("phone_days = 7.0", "phone_days = 1e9", "rating.phone_days", "more than makes sense. Use 100,000"),
    Spoilt("rate = 3.0", "rate = -3.0", "classes.priority.rate", "less than makes sense"),
    Spoilt("head_start = 0.0", "head_start = inf", "classes.walk_in.head_start", "isn't a figure"),
    Spoilt("clerk_batch = 5", "clerk_batch = 0", "rating.clerk_batch", "Use 1 or more"),
    Spoilt(
        "[calendar]",
        "[server]\nport = 70000\n\n[calendar]",
        "server.port",
        "there is no port 70000",
        at="port = 70000",
    ),
    Spoilt("band = [1, 99]", "band = [99, 1]", "services[3].band", "no number lies in 99 to 1"),
    Spoilt(
        'timezone = "Asia/Shanghai"',
        'timezone = "Asia/Shangai"',
        "hall.timezone",
        "Did you mean 'Asia/Shanghai'?",
    ),
    Spoilt(
        'timezone = "Asia/Shanghai"',
        'timezone = "Asia/Beijing"',
        "hall.timezone",
        "unknown time zone 'Asia/Beijing'. All of China uses \"Asia/Shanghai\"",
    ),
    Spoilt('timezone = "Asia/Shanghai"', 'timezone = ""', "hall.timezone", "unknown time zone ''"),
    Spoilt('timezone = "Asia/Shanghai"', 'timezone = "Asia"', "hall.timezone", "unknown time zone 'Asia'"),
    Spoilt('timezone = "Asia/Shanghai"', "languages = []", "hall.languages", "is empty"),
    Spoilt("[classes.walk_in]", "[classes.walkin]", "classes", "Did you mean 'walkin'?"),
    Spoilt(
        'public_holidays = "CN"', 'public_holidays = "Cathay"', "calendar.public_holidays", "country code"
    ),
    Spoilt(
        "[calendar]",
        '[server]\npublic_url = "hall.example.org"\n\n[calendar]',
        "server.public_url",
        "isn't an address",
        at="public_url",
    ),
    Spoilt(
        "[calendar]",
        '[server]\nqueue = "10.0.0.5:6379"\n\n[calendar]',
        "server.queue",
        "isn't a Redis's address",
        at="queue",
    ),
    *(
        Spoilt(
            "[calendar]",
            f'[server]\nqueue = "{queue}"\n\n[calendar]',
            "server.queue",
            "isn't a Redis's address",
            at="queue",
        )
        for queue in ("redis://127.0.0.1:94l1/0", "redis://10.0.0.5:99999/0", "redis://10.0.0.5:/0", "unix://")
    ),
    Spoilt(
        "[calendar]",
        '[server]\nqueue = "redis://10.0.0.5:6379/0"\n\n[calendar]',
        "server.queue",
        "a queue is for several processes",
        at="queue",
    ),
    Spoilt(
        "[calendar]",
        '[fallback]\nprefix = "B"\n\n[calendar]',
        "fallback.prefix",
        "'B' is also the prefix of services[1]. Choose letters that no service uses, such as ZZ.",
        at='prefix = "B"',
    ),
    Spoilt(
        "[calendar]",
        '[fallback]\npaper_prefix = "ZY"\n\n[calendar]',
        "fallback.paper_prefix",
        "'ZY' is also the prefix of fallback.prefix",
        at="paper_prefix",
    ),
    Spoilt(
        "[calendar]",
        '[fallback]\nprefix = "w1"\n\n[calendar]',
        "fallback.prefix",
        "Use one to three capital letters",
        at="w1",
    ),
    Spoilt(
        "[calendar]",
        "[fallback]\nnumbers = 500\n\n[calendar]",
        "fallback.numbers",
        "Use 200 or fewer",
        at="numbers = 500",
    ),
    *(
        Spoilt("[calendar]", f"{PRINTER}{more}\n\n[calendar]", f"printers[0].{key}", says, at=at)
        for more, key, says, at in (
            ("", "kind", "needs its host. Add host.", 'kind = "network"'),
            ('\nhost = "p"\nkiosks = ["k", "k"]', "kiosks[1]", "'k' prints on 'door' already", '"k", "k"'),
            ('\nhost = "p"\nwindows = ["99"]', "windows[0]", "unknown window '99'", '"99"'),
            ('\nhost = "a\\nb"', "host", "isn't a host", "host = "),
            ('\nhost = "p"\ndevice = "zz:yy"', "device", "isn't a device", "zz:yy"),
            ('\nhost = "p"\nport = 0', "port", "there is no port 0.", "port = 0"),
            ('\nhost = "p"\nareas = ["upstars"]', "areas[0]", "Did you mean 'upstairs'?", "upstars"),
            ('\nhost = "p"\nkiosks = ["a b"]', "kiosks[0]", "'a b' can't be a kiosk.", "a b"),
            ('\nhost = "p"\nfallback = "door"', "fallback", "can't stand in for itself", "fallback"),
            ('\nhost = "p"\nfallback = "dor"', "fallback", "Did you mean 'door'?", "fallback"),
        )
    ),
    Spoilt(
        "[calendar]",
        '[voice]\nlanguages = ["en", "en"]\n\n[calendar]',
        "voice.languages[1]",
        "'en' stands there twice",
        at='languages = ["en"',
    ),
    Spoilt(
        "[calendar]",
        "[voice]\nlanguages = []\n\n[calendar]",
        "voice.languages",
        "is empty",
        at="languages = []",
    ),
    Spoilt(
        "[calendar]", "[voice]\nrate = 900\n\n[calendar]", "voice.rate", "Use 300 or less", at="rate = 900"
    ),
    Spoilt(
        "[calendar]",
        "[voice]\ndrop_languages_over = 0\n\n[calendar]",
        "voice.drop_languages_over",
        "Use drop_repeats_over = 1 or more",
        at="drop_languages_over",
    ),
    Spoilt("percent = 60", "percent = 160", "voice.volume[0].percent", "Use 0 to 100"),
    Spoilt(
        'starts = "12:00"\nends = "14:00"\npercent',
        'starts = "9:00"\nends = "14:00"\npercent',
        "voice.volume[0].starts",
        "is no stretch of a day",
    ),
    Spoilt(
        'starts = "14:00"\nends = "17:30"\npercent',
        'starts = "13:00"\nends = "17:30"\npercent',
        "voice.volume[1].starts",
        "overlaps 12:00 to 14:00",
    ),
    Spoilt(
        "minutes = 6.0",
        'guide = { materials = [{ name = { zh = "甲", en = "A" } }] }\nminutes = 6.0',
        "services[0].materials",
        "'id-card' lists its materials twice. Keep the list in services.guide.",
        at="materials = [",
    ),
    Spoilt(
        "limit_days = 15",
        "limit_days = 15\nguide = { legal_days = 10 }",
        "services[2].guide.legal_days",
        "the law gives 10 days and the hall promises 15",
        at="legal_days",
    ),
    Spoilt(
        "[calendar]",
        '[cases]\nurl = "cases.example.org"\nsecret_file = "x"\n\n[calendar]',
        "cases.url",
        "isn't an address to ask",
        at="cases.example.org",
    ),
    Spoilt(
        "[calendar]",
        '[cases]\nurl = "http://cases.example.org/"\n\n[calendar]',
        "cases.url",
        "requests couldn't be signed",
        at="cases.example.org",
    ),
    Spoilt(
        "[calendar]",
        '[[signals.hooks]]\nid = "a"\nurl = "10.0.0.9"\nsecret_file = "x"\n\n[calendar]',
        "signals.hooks[0].url",
        "isn't an address to send to",
        at='url = "10.0.0.9"',
    ),
    Spoilt(
        "[calendar]",
        '[[signals.hooks]]\nid = "../a"\nurl = "http://10.0.0.9/"\nsecret_file = "x"\n\n[calendar]',
        "signals.hooks[0].id",
        "can't be a hook's id",
        at='id = "../a"',
    ),
    *(
        Spoilt("[calendar]", f"{HOOK}url = {url}\n\n[calendar]", "signals.hooks[0].url", "to send", at="url")
        for url in ('"http://h:99999/x"', '"http://[::1/x"', '"http:///x"', '"http://h:0/"', '"http://h/厅"')
    ),
    Spoilt(
        "[calendar]",
        f'{HOOK}url = "http://h/"\n{HOOK}url = "http://h/"\n\n[calendar]'.replace('"a"', '"A"', 1),
        "signals.hooks[1].id",
        "can't be a hook's id",
        at='id = "a"',
    ),
    Spoilt(
        "[calendar]",
        '[cases]\nurl = "http://h:99999/x"\nsecret_file = "x"\n\n[calendar]',
        "cases.url",
        "isn't an address to ask",
        at="99999",
    ),
    Spoilt(
        "[calendar]",
        '[[led]]\nid = "a"\nhost = "10.0.0.9\\n"\nwindows = ["1"]\n\n[calendar]',
        "led[0].host",
        "isn't a host",
        at="10.0.0.9",
    ),
    Spoilt(
        "[calendar]",
        '[signals]\npush = true\npush_contact = "the hall"\n\n[calendar]',
        "signals.push_contact",
        "can't be written to",
        at='push_contact = "the hall"',
    ),
    Spoilt(
        "[calendar]",
        '[signals]\npush_services = ["https://fcm.googleapis.com"]\n\n[calendar]',
        "signals.push_services[0]",
        "isn't a host",
        at='push_services = ["https://fcm.googleapis.com"]',
    ),
    Spoilt(
        "[calendar]",
        '[[led]]\nid = "a"\nhost = "10.0.0.9"\nwindows = ["99"]\n\n[calendar]',
        "led[0].windows[0]",
        "unknown window '99'",
        at='windows = ["99"]',
    ),
    Spoilt(
        "[calendar]",
        '[server]\nhost_names = ["https://hall.example.org"]\n\n[calendar]',
        "server.host_names[0]",
        "isn't a host name",
        at="host_names =",
    ),
    Spoilt(
        "[hall]",
        "[hall]\nlatitude = 91.0\nlongitude = 115.0",
        "hall.latitude",
        "Use degrees from -90 to 90",
        at="latitude =",
    ),
    Spoilt("[hall]", "[hall]\nlatitude = 28.0", "hall.latitude", "Give both", at="latitude ="),
    Spoilt("minutes = 6.0", 'city_code = "a b"\nminutes = 6.0', "services[0].city_code", "can't be a code"),
    Spoilt(
        "[calendar]",
        '[server]\nmetrics_from = ["everybody"]\n\n[calendar]',
        "server.metrics_from",
        "'everybody'",
        at="metrics_from =",
    ),
    Spoilt(
        "[calendar]",
        '[server]\ndatabase = "hall.example.org/hall"\n\n[calendar]',
        "server.database",
        "isn't a PostgreSQL's address",
        at="database =",
    ),
    Spoilt(
        "[calendar]",
        '[server]\nqueue = "hall.example.org:6379"\n\n[calendar]',
        "server.queue",
        "isn't a Redis's address",
        at="queue =",
    ),
    Spoilt(
        "[calendar]",
        '[server]\nqueue = "redis://10.0.0.6/0"\n\n[calendar]',
        "server.queue",
        "Name a PostgreSQL",
        at="queue =",
    ),
    Spoilt(
        "[calendar]",
        '[server]\nqueue = "redis.example.org"\n\n[calendar]',
        "server.queue",
        "isn't a Redis's address",
        at="queue =",
    ),
]
OUTSIDE = [
    Spoilt(
        "[calendar]",
        f'{PRINTER}\nhost = "p"\nfile = "README.md"\n\n[calendar]',
        "printers[0].file",
        "holds something else than slips",
        at="README.md",
    ),
    Spoilt(
        "[calendar]",
        '[slip]\nlogo = "halls/logo.png"\n\n[calendar]',
        "slip.logo",
        "there is no file",
        at="logo",
    ),
    Spoilt("[calendar]", '[slip]\nlogo = "README.md"\n\n[calendar]', "slip.logo", "isn't a PNG", at="logo"),
    Spoilt(
        "minutes = 6.0",
        'guide = { forms = [{ name = { zh = "表", en = "Form" }, file = "halls/none.png" }] }\nminutes = 6.0',
        "services[0].guide.forms[0].file",
        "there is no file 'halls/none.png'",
    ),
    Spoilt(
        "minutes = 6.0",
        'guide = { forms = [{ name = { zh = "表", en = "Form" }, file = "../secret" }] }\nminutes = 6.0',
        "services[0].guide.forms[0].file",
        "can't be a file here",
    ),
    Spoilt(
        "minutes = 6.0",
        'guide = { forms = [{ name = { zh = "表", en = "Form" }, file = "README.md" }] }\nminutes = 6.0',
        "services[0].guide.forms[0].file",
        "is neither a picture nor a PDF",
    ),
    Spoilt(
        'scheme = "schemes/county-window.toml"',
        'scheme = "schemes/county-windw.toml"',
        "scoring.scheme",
        "Did you mean 'schemes/county-window.toml'?",
    ),
    Spoilt(
        'scheme = "schemes/county-window.toml"',
        'clerk_scheme = "schemes/county-clrk.toml"',
        "scoring.clerk_scheme",
        "Did you mean 'schemes/county-clerk.toml'?",
    ),
]

"""A hall for a crowd: eight windows side by side that all serve the same two lines."""

from __future__ import annotations

from pathlib import Path

WINDOWS = tuple(str(number) for number in range(1, 9))

HEAD = """
[hall]
id = "crowd"
name = { zh = "大厅", en = "Crowded hall" }

[[areas]]
id = "main"
name = { zh = "大厅", en = "Hall" }

[[hours]]
id = "office"
open = [{ days = ["mon", "tue", "wed", "thu", "fri"], opens = "08:30", closes = "17:30" }]

[[departments]]
id = "police"
name = { zh = "公安局", en = "Police Bureau" }

[[services]]
id = "id-card"
department = "police"
name = { zh = "居民身份证办理", en = "Resident ID card" }
prefix = "A"

[[services]]
id = "household"
department = "police"
name = { zh = "户口登记", en = "Household registration" }
prefix = "B"

[classes.walk_in]
rate = 1.0

[[staff]]
id = "admin"
name = { zh = "赵刚", en = "Zhao Gang" }
post = { zh = "系统管理员", en = "System administrator" }
role = "administrator"
"""

WINDOW = """
[[windows]]
id = "{window}"
name = {{ zh = "{window}号窗口", en = "Window {window}" }}
area = "main"
hours = "office"
departments = ["police"]

[[staff]]
id = "clerk{window}"
name = {{ zh = "{window}号工作人员", en = "Clerk {window}" }}
post = {{ zh = "工作人员", en = "Clerk" }}
windows = ["{window}"]
"""


def crowded_hall(folder: Path) -> Path:
    """Writes the hall's file."""
    file = folder / "crowd.toml"
    file.write_text(HEAD + "".join(WINDOW.format(window=window) for window in WINDOWS), "utf-8")
    return file

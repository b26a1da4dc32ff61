"""The small hall with a guide, people who show themselves, and a case system."""

from __future__ import annotations

from pathlib import Path

from tests.running import SMALL

FORM = "halls/yihuang/forms/deed-tax-return.png"
PDF = "halls/yihuang/forms/power-of-attorney.pdf"
GUIDE = f"""
[services.guide]
legal_days = 30
conditions = [{{ zh = "在本镇居住", en = "Living in this town" }}]
steps = [{{ zh = "窗口受理", en = "Handed in" }}, {{ zh = "领证", en = "Collected" }}]
basis = [{{ zh = "《居住证暂行条例》", en = "Regulations on Residence Permits" }}]
forms = [{{ name = {{ zh = "申请表样表", en = "Sample form" }}, file = "{FORM}" }}]

[[services.guide.materials]]
name = {{ zh = "身份证", en = "Identity card" }}
original = true
copies = 2

[[services.guide.materials]]
name = {{ zh = "申请表", en = "Application form" }}
original = true
sample = "{FORM}"

[[services.guide.materials]]
name = {{ zh = "委托书", en = "Power of attorney" }}
copies = 1
only_if = {{ zh = "委托办理时", en = "if another comes" }}
note = {{ zh = "须签名", en = "Signed" }}
sample = "{PDF}"
"""
OFFICE = """promises = [{ zh = "当场受理。", en = "Taken at once." }]
phone = "0794-110"
"""
FACE = f"""number = "P-017"
photo = "{FORM}"
badges = [{{ zh = "共产党员", en = "Party member" }}]
"""


def hall_file(folder: Path, lookups: int = 50, cases: str = "") -> Path:
    """Written anew, since it names the port of a case system that was just started."""
    text = SMALL.read_text("utf-8")
    text = text.replace("limit_days = 15\nminutes = 8.0\n", f"limit_days = 15\nminutes = 8.0\n{GUIDE}")
    text = text.replace('icon = "shield"\n', f'icon = "shield"\n{OFFICE}')
    text = text.replace('[[staff]]\nid = "li"\n', f'[[staff]]\nid = "li"\n{FACE}')
    text += f"\n[doors]\nlookups = {lookups}\n"
    if cases:
        text += f'\n[cases]\nurl = "{cases}"\nsecret_file = "cases.key"\ntimeout_seconds = 2.0\n'
    file = folder / "hall.toml"
    file.write_text(text, "utf-8")
    return file

"""Asks axe-core what on a page breaks WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.running import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ASK = """async (tags) => {
    const wish = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false};
    const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" / ");
    const { violations } = await axe.run(document, wish);
    const where = (node) => node.target.flat().join(" ");
    return violations.map(({id, nodes}) => [id, nodes.map((node) => [where(node), why(node)])]);
}"""


@dataclass(frozen=True)
class Violation:
    """One element that one rule found fault with."""

    page: str
    rule: str
    selector: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}: {self.rule}: {self.selector}\n    {self.why}"


@cache
def script() -> str:
    """Evaluated in the page by the debugger, which the page's own security policy doesn't concern."""
    return SCRIPT.read_text("utf-8")


def load(page: Page) -> None:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script())


def violations(page: Page, name: str) -> list[Violation]:
    load(page)
    found: list[Any] = page.evaluate(ASK, RULES)
    return [Violation(name, rule, selector, why) for rule, nodes in found for selector, why in nodes]

"""How a page is judged and kept: rules of accessibility, overflow, screenshots of both sizes and both themes."""

import json
import os
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("SCREENSHOTS") or ROOT / "var" / "screenshots")
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 800}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@cache
def _axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def axe(page: Page) -> None:
    """Fail with one line an element when the page breaks a rule of WCAG 2.1 AA or of good practice."""
    page.evaluate(_axe_source())
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    broken = page.evaluate(f"axe.run(document, {json.dumps(options)}).then((found) => found.violations)")
    lines = [
        f"{rule['id']}: {node['html'][:160]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in broken
        for node in rule["nodes"]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    width, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= seen, f"{page.url}: {width} px wide in a window of {seen}"


def review(page: Page, name: str) -> None:
    """At 390 and 1280 px, light and dark: the rules, no overflow, and a screenshot kept under `var/screenshots`."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            fits(page)
            axe(page)
            page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png", full_page=True)

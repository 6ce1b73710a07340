"""What the front end promises: icons that exist, colours that can be read, an entry page that is light."""

import json
import re
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "maillage"
BUILD = PACKAGE / "core" / "static" / "build"
PALETTE = json.loads((PACKAGE / "core" / "palette.json").read_text())
GROUNDS = ("paper", "surface", "sunken")
INKS = ("ink", "ink-soft", "primary", "primary-strong", "accent", "danger", "success", "warning")


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2.1 defines it."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read(mode: str) -> None:
    colours = PALETTE[mode]
    for ink in INKS:
        for ground in GROUNDS:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (mode, ink, ground)
    for name in ("success", "warning", "danger", "info"):
        assert contrast(colours[name], colours[f"{name}-soft"]) >= 4.5, (mode, name)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_field_form_can_be_read_outdoors(mode: str) -> None:
    colours = PALETTE[mode]
    for ink, ground in [("ink", "paper"), ("ink", "surface"), ("ink-soft", "paper"), ("ink-soft", "surface")]:
        assert contrast(colours[ink], colours[ground]) >= 7, (mode, ink, ground)
    assert contrast(colours["on-primary"], colours["primary"]) >= 7
    assert contrast(colours["danger"], colours["paper"]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_edges_and_categories_can_be_told_from_the_ground(mode: str) -> None:
    colours = PALETTE[mode]
    for name in ("edge", *(f"cat-{number}" for number in range(1, 9))):
        assert contrast(colours[name], colours["paper"]) >= 3, (mode, name)


def test_both_themes_have_the_same_names() -> None:
    assert PALETTE["light"].keys() == PALETTE["dark"].keys()


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    known = set((ROOT / "front" / "icons" / "names.txt").read_text().split())
    named = re.compile(r"""{%\s*icon\s+"([\w-]+)"|\bicon=["']([\w-]+)["']""")
    for path in PACKAGE.rglob("*.html"):
        for match in named.finditer(path.read_text()):
            name = match.group(1) or match.group(2)
            assert name in known, f"{path.name}: icon « {name} » is not in front/icons/names.txt"


def test_menu_icons_are_in_the_sprite() -> None:
    from maillage.core import navigation

    known = set((ROOT / "front" / "icons" / "names.txt").read_text().split())
    assert {item.icon for item in navigation._items} <= known


def test_what_the_entry_page_loads_is_light() -> None:
    """Scripts, styles, icons and typeface of the entry page, compressed as they are served; its HTML adds about 14 kB."""
    texts = [BUILD / name for name in ("app.css", "app.js", "entry.js", "icons.svg")]
    total = sum(len(brotli.compress(path.read_bytes())) for path in texts)
    total += (BUILD / "fonts" / "atkinson-hyperlegible-next-latin-wght-normal.woff2").stat().st_size
    assert total <= 120_000, total

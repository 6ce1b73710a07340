"""Draws the icons of the home screen from `maillage/core/static/core/icon.svg`: `python front/icons/render.py`.

Run by hand when the icon changes; what it writes is committed, since a build without Python's drawing library must have it.
"""

import json
import re
from pathlib import Path

import vl_convert

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "maillage" / "core" / "static" / "core"
PAPER = json.loads((ROOT / "maillage" / "core" / "palette.json").read_text())["light"]["paper"]
# Name, side in pixels, part of the side that the drawing takes, and the corner of the ground as a part of the side. A
# maskable icon may be cut to a circle of four fifths of its side; Apple rounds the corners itself.
ICONS = (
    ("icon-192", 192, 0.78, 0.18),
    ("icon-512", 512, 0.78, 0.18),
    ("icon-maskable-512", 512, 0.56, 0),
    ("apple-touch-icon", 180, 0.70, 0),
)


def main() -> None:
    drawing = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", (FOLDER / "icon.svg").read_text().strip())
    for name, side, part, corner in ICONS:
        inside = 100 * part
        at = (100 - inside) / 2
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="{side}" height="{side}">'
            f'<rect width="100" height="100" rx="{100 * corner}" fill="{PAPER}"/>'
            f'<g transform="translate({at} {at}) scale({inside / 16})">{drawing}</g></svg>'
        )
        (FOLDER / f"{name}.png").write_bytes(vl_convert.svg_to_png(svg, ppi=72))


if __name__ == "__main__":
    main()

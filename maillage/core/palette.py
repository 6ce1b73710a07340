"""Every colour of the product, by mode and name: for pages, for files, and for the frame that a telephone draws."""

import json
from pathlib import Path

PALETTE: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("palette.json").read_text())

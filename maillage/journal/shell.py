"""What a device keeps to open the journal without network: a page that names nobody, and the files it loads."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

import maillage
from maillage import core

# Files of the shell and of the form, in the order in which they matter.
FILES = (
    "build/app.css",
    "build/app.js",
    "build/entry.js",
    "build/field.js",
    "build/icons.svg",
    "build/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "core/icon.svg",
)
SCRIPT = "build/sw.js"


def worker_script() -> str:
    """The service worker, with what it keeps said before it."""
    if settings.DEBUG:
        return _script()
    return _script_once()


def assets() -> dict[str, Path]:
    """Addresses of the files that the device keeps, and where each is; one that is not built is left out."""
    found = ((name, finders.find(name)) for name in FILES)
    return {static(name): Path(path) for name, path in found if path}


@lru_cache(maxsize=1)
def _script_once() -> str:
    return _script()


def _script() -> str:
    files = assets()
    path = finders.find(SCRIPT)
    if path is None:
        raise FileNotFoundError(SCRIPT)
    script = Path(path).read_text()
    told: dict[str, Any] = {
        "version": _version(files, script),
        "shell": reverse("journal:offline"),
        "form": reverse("journal:new"),
        "assets": list(files),
        "hashed": all(Path(address).name != path.name for address, path in files.items()),
    }
    return f"self.FIELD = {json.dumps(told)};\n{script}"


def _version(files: dict[str, Path], script: str) -> str:
    """Another one whenever a file, an address, the script or what the page is made of changes."""
    total = sha256(f"{maillage.__version__}\n{script}".encode())
    for address, path in files.items():
        total.update(address.encode() + sha256(path.read_bytes()).digest())
    for path in _sources():
        total.update(path.name.encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def _sources() -> list[Path]:
    """What the page itself is written from: templates of the frame and of the journal, sentences in both languages."""
    ground, journal = Path(core.__file__).parent, Path(__file__).parent
    folders = (ground / "templates", journal / "templates")
    pages = [path for folder in folders for path in folder.rglob("*.html")]
    return sorted([*pages, *ground.rglob("*.mo")])

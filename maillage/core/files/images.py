"""Images are drawn again from their points: nothing else of the file that was given is kept (camera, place, comments, thumbnails)."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from maillage.core.errors import Refused

LONGEST = 2400  # points of the longest side
SMALL = 640  # the same, of the small one
MOST_POINTS = 60_000_000  # of an image that is opened: a small file may hold an immense one
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image as it is kept, and a small one for lists and phones when it is larger than that."""

    content: bytes
    small: bytes | None


def redrawn(path: Path, kind: str) -> Drawn:
    """The image of `path`, of the kind (`JPEG`, `PNG`, `WEBP`) that its content has, upright, at most `LONGEST` points long.

    Of an animation, the first picture. Raises `Refused` for a damaged or an immense one.
    """
    content = path.read_bytes()
    try:
        # Only this decoder may try: a file is never taken for something else than what it was found to be.
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            immense = opened.width * opened.height > MOST_POINTS
            drawn = None if immense else _drawn(opened, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        immense, drawn = True, None
    except Exception as trouble:  # a decoder may raise anything at all when bytes are hostile
        raise Refused(_("Cette image est endommagée. Enregistrez-la de nouveau, puis joignez-la.")) from trouble
    if immense or drawn is None:
        raise Refused(_("Cette image est immense. Réduisez-la à moins de 60 millions de points, puis joignez-la."))
    return drawn


def _drawn(opened: Image.Image, kind: str) -> Drawn:
    if kind == "JPEG":
        opened.draft("RGB", (LONGEST, LONGEST))  # decodes a large photo at a smaller scale, when the file allows it
    upright = ImageOps.exif_transpose(opened)
    alpha = kind != "JPEG" and upright.has_transparency_data
    plain = _in_srgb(upright).convert("RGBA" if alpha else "RGB")
    plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)  # a new image carries nothing of the old one's notes
    content = _written(bare, kind)
    if max(bare.size) <= SMALL:
        return Drawn(content, None)
    bare.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Drawn(content, _written(bare, kind))


def _written(image: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **_OPTIONS[kind])
    return written.getvalue()


def size_in(path: Path) -> tuple[int, int]:
    """Width and height of an image that we drew, in points; its points are not read."""
    with Image.open(path) as opened:
        return opened.size


def _in_srgb(image: Image.Image) -> Image.Image:
    """The image in the colours of screens: its own profile goes with the rest of what it says of itself."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return changed or image

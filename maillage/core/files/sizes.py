"""How large a kept image is, so that a page keeps its place and asks for the size that it needs."""

from dataclasses import dataclass
from functools import lru_cache

from .images import size_in
from .storing import path_of, small_path_of


@dataclass(frozen=True, slots=True)
class ImageSizes:
    """Points of a kept image, and the width of the small one (0 when there is none)."""

    width: int
    height: int
    small_width: int


def image_sizes(digest: str) -> ImageSizes | None:
    """The sizes of the image of this digest; None when its file is missing."""
    try:
        return _sizes(digest)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _sizes(digest: str) -> ImageSizes:
    """What a digest names never changes: its header is read once."""
    width, height = size_in(path_of(digest))
    small = small_path_of(digest)
    return ImageSizes(width, height, size_in(small)[0] if small.is_file() else 0)

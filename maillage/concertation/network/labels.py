"""Names beside what they name, the most important first, none over another nor over a circle; those without room are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from .layout import HEIGHT, WIDTH, Spot

SIZE = 19  # of the letters, in units of the picture
LETTER = 0.56  # mean width of a letter, as a part of its size
LONGEST = 26
NEAR = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle to be named."""

    key: int
    spot: Spot
    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share a point."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def is_inside(self) -> bool:
        """Whether it stands whole in the picture."""
        return self.left >= 2 and self.top >= 2 and self.right <= WIDTH - 2 and self.bottom <= HEIGHT - 2


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is written: the baseline at (x, y), `anchor` as SVG says it."""

    key: int
    text: str
    x: float
    y: float
    anchor: str
    box: Box

    @property
    def at(self) -> tuple[int, int]:
        """Its baseline in whole units."""
        return round(self.x), round(self.y)


def shortened(text: str) -> str:
    """`text`, cut with « … » when it is long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def place(dots: Sequence[Dot], most: int) -> list[Label]:
    """At most `most` names, of the first of `dots` for which there is room."""
    taken = {dot.key: _around(dot) for dot in dots}
    labels: list[Label] = []
    for dot in dots:
        if len(labels) == most:
            break
        for label in _tried(dot):
            others = [box for key, box in taken.items() if key != dot.key]
            if label.box.is_inside and not any(label.box.meets(box) for box in others):
                labels.append(label)
                taken[-dot.key - 1] = label.box
                break
    return labels


def _around(dot: Dot) -> Box:
    (x, y), radius = dot.spot, dot.radius
    return Box(x - radius, y - radius, x + radius, y + radius)


def _tried(dot: Dot) -> list[Label]:
    """Where the name may stand: right, left, under, above, then at the corners."""
    (x, y), text = dot.spot, shortened(dot.text)
    away, width, up, down = dot.radius + NEAR, len(text) * SIZE * LETTER, SIZE * 0.78, SIZE * 0.24
    slant = away * 0.75
    found = []
    for dx, dy, anchor in (
        (away, SIZE * 0.35, "start"),
        (-away, SIZE * 0.35, "end"),
        (0, away + up, "middle"),
        (0, -away - down, "middle"),
        (slant, slant + up * 0.7, "start"),
        (slant, -slant, "start"),
        (-slant, slant + up * 0.7, "end"),
        (-slant, -slant, "end"),
    ):
        left = x + dx - (0 if anchor == "start" else width if anchor == "end" else width / 2)
        box = Box(left, y + dy - up, left + width, y + dy + down)
        found.append(Label(dot.key, text, x + dx, y + dy, anchor, box))
    return found

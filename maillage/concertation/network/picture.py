"""The web as a picture: the organizations that do most together, their strongest ties, names that do not cover each other."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from maillage.core.glyphs import FONTS, drawable
from maillage.core.palette import PALETTE
from maillage.directory.enums import OrganizationKind

from .labels import Dot, Label, place
from .layout import HEIGHT, WIDTH, Spot, positions
from .measures import Measured, Standing
from .ties import Pair, Tie
from .web import Web

MOST, MOST_TIES, MOST_LABELS = 60, 180, 32
POSTER, POSTER_TIES, POSTER_LABELS = 150, 500, 60
SMALL, LARGE = 7, 22
COLOURS = 7  # a sector has a colour and a shape: round for the first seven, square after
ROW = 30  # of the legend
LINES = ("thin", "mid", "thick", "new", "first")  # a first one joins two sectors that had no tie
LONGEST = 60  # of a name that a pointer shows
KINDS = list(OrganizationKind.values)


@dataclass(frozen=True, slots=True)
class Node:
    """An organization as it is drawn."""

    x: int
    y: int
    radius: int
    colour: int
    is_square: bool
    title: str

    @property
    def fill(self) -> str:
        """Its colour on paper."""
        return PALETTE["light"][f"cat-{self.colour}"]

    @property
    def corner(self) -> tuple[int, int, int]:
        """Left, top and side of its square."""
        return self.x - self.radius, self.y - self.radius, 2 * self.radius


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend; `rank` is its place under the picture of a file, in two columns."""

    rank: int
    colour: int
    is_square: bool
    label: str

    @property
    def fill(self) -> str:
        """Its colour on paper."""
        return PALETTE["light"][f"cat-{self.colour}"]

    @property
    def centre(self) -> tuple[int, int]:
        """Where its mark stands."""
        return 34 + self.rank % 2 * WIDTH // 2, HEIGHT + 20 + self.rank // 2 * ROW

    @property
    def corner(self) -> tuple[int, int]:
        """Where its mark begins when it is square."""
        return self.centre[0] - 8, self.centre[1] - 8

    @property
    def text_at(self) -> tuple[int, int]:
        """Where its words begin."""
        return self.centre[0] + 18, self.centre[1] + 7


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: lines by class (`LINES`), nodes, names, legend, and what was left out."""

    title: str
    lines: Mapping[str, str]
    nodes: Sequence[Node]
    keys: Sequence[int]  # the organizations of `nodes`
    labels: Sequence[Label]
    legend: Sequence[Key]
    left_out: int
    ties_left_out: int
    width: int = field(default=WIDTH)
    height: int = field(default=HEIGHT)

    @property
    def has_first(self) -> bool:
        """Whether a tie joins two sectors that had none."""
        return "first" in self.lines

    @property
    def has_new(self) -> bool:
        """Whether a tie is new."""
        return self.has_first or "new" in self.lines

    @property
    def foot(self) -> int:
        """Where the title stands under the legend of a file."""
        return HEIGHT + 32 + ((len(self.legend) + 1) // 2 + self.has_new) * ROW

    @property
    def full_height(self) -> int:
        """The height with its legend and title."""
        return self.foot + 16

    @property
    def line_keys(self) -> tuple[int, int, int]:
        """Height of the keys of new ties in a file: of their words, of their lines, and where the second begins."""
        return self.foot - ROW + 1, self.foot - ROW - 6, WIDTH // 2


def mark_of(sector: str) -> tuple[int, bool]:
    """The colour (1 to 7; 8 for what is of no sector) and the shape of a sector: always the same."""
    if sector not in KINDS or sector == OrganizationKind.OTHER:
        return 8, True
    rank = KINDS.index(sector)
    return rank % COLOURS + 1, rank >= COLOURS


def pictures(web: Web, *, poster: bool = False) -> tuple[Picture, Picture]:
    """Before and after, each organization at the same spot in both."""
    most = POSTER if poster else MOST
    total: defaultdict[int, float] = defaultdict(float)
    for measured, part in ((web.after, 1.0), (web.before, 0.5)):
        for standing in measured.standings:
            total[standing.organization] += standing.strength * part
    chosen = sorted(total, key=lambda pk: (-total[pk], pk))[:most]
    sectors = {pk: named.sector for pk, named in web.organizations.items()}
    ties = _strongest([*web.after.ties, *web.before.ties], set(chosen), 4 * most)
    spots = positions(chosen, _joined(ties), sectors, gap=34 if poster else 52)
    new = {came.tie.pair: "first" if came.opens else "new" for came in web.change.came} if web.before.ties else {}
    return _drawn(web, web.before, spots, {}, poster), _drawn(web, web.after, spots, new, poster)


def svg(picture: Picture, *, standalone: bool = False) -> str:
    """The picture as SVG: for a page, which colours it; or for a file, with its own colours, title and legend."""
    shown = {"picture": picture, "colours": PALETTE["light"] if standalone else None}
    return render_to_string("concertation/web/picture.svg", shown)


def png(text: str) -> bytes:
    """The picture of a file as PNG, twice as large, in the letters of documents; nothing is fetched from anywhere."""
    drawn: bytes = _drawer().svg_to_png(drawable(text), scale=2.0)
    return drawn


@lru_cache(maxsize=1)
def _drawer() -> Any:
    """vl-convert with the fonts of documents; loaded by the first picture of a process only."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _strongest(ties: Sequence[Tie], chosen: set[int], most: int) -> list[Tie]:
    inside = [tie for tie in ties if tie.first in chosen and tie.second in chosen]
    return sorted(inside, key=lambda tie: (-tie.weight, tie.pair))[:most]


def _joined(ties: Sequence[Tie]) -> list[Tie]:
    """Each pair once, as strong as it was at best."""
    found: dict[tuple[int, int], Tie] = {}
    for tie in ties:
        found.setdefault(tie.pair, tie)
    return list(found.values())


def _drawn(web: Web, measured: Measured, spots: Mapping[int, Spot], new: Mapping[Pair, str], poster: bool) -> Picture:
    standings = [standing for standing in measured.standings if standing.organization in spots]
    best = max((standing.strength for standing in standings), default=1.0)
    scale = 0.7 if poster else 1.0
    sizes = {
        standing.organization: (SMALL + (LARGE - SMALL) * math.sqrt(standing.strength / best)) * scale
        for standing in standings
    }
    kept = _strongest(measured.ties, set(sizes), POSTER_TIES if poster else MOST_TIES)
    names = web.organizations
    dots = [Dot(pk, spots[pk], sizes[pk], names[pk].short) for pk in sizes]
    sectors = sorted({standing.sector for standing in standings}, key=lambda code: (mark_of(code)[::-1], code))
    return Picture(
        title=_("Toile des organisations, de %(start)s à %(end)s") % _months(web, measured),
        lines=_lines(kept, spots, new),
        nodes=[_node(standing, spots[standing.organization], sizes, web) for standing in standings],
        keys=[standing.organization for standing in standings],
        labels=place(dots, POSTER_LABELS if poster else MOST_LABELS),
        legend=[Key(rank, *mark_of(code), sector_label(code)) for rank, code in enumerate(sectors)],
        left_out=len(measured.standings) - len(standings),
        ties_left_out=len(measured.ties) - len(kept),
    )


def sector_label(code: str) -> str:
    """The name of a sector."""
    return str(OrganizationKind(code).label) if code in KINDS else str(OrganizationKind.OTHER.label)


def _months(web: Web, measured: Measured) -> dict[str, str]:
    period = web.asked.after if measured is web.after else web.asked.before
    return {"start": f"{period.start:%Y-%m}", "end": f"{period.end:%Y-%m}"}


def _node(standing: Standing, spot: Spot, sizes: Mapping[int, float], web: Web) -> Node:
    colour, is_square = mark_of(standing.sector)
    named = web.organizations[standing.organization]
    name = named.name if len(named.name) <= LONGEST else f"{named.name[: LONGEST - 1]}…"
    title = _("%(name)s, liens : %(count)d") % {"name": name, "count": standing.degree}
    return Node(round(spot[0]), round(spot[1]), round(sizes[standing.organization]), colour, is_square, title)


def _lines(ties: Sequence[Tie], spots: Mapping[int, Spot], new: Mapping[Pair, str]) -> dict[str, str]:
    """The ties as paths, one a class: those of a class are as strong, or new."""
    parts: dict[str, list[str]] = {name: [] for name in LINES}
    for tie in ties:
        (ax, ay), (bx, by) = spots[tie.first], spots[tie.second]
        strong = "thick" if tie.weight >= 3 else "mid" if tie.weight >= 1 else "thin"
        parts[new.get(tie.pair, strong)].append(f"M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}")
    return {name: "".join(paths) for name, paths in parts.items() if paths}

"""`maillage bench web`: ties of an invented network of 2,000 organizations and 50,000 ties, measured, compared and drawn.

Organizations stand in territories and sectors; most meet near home, some across. Nothing is read from the database:
what the page adds is one query a source.
"""

import random
from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from maillage.concertation.network.asked import read
from maillage.concertation.network.comparison import compare
from maillage.concertation.network.deeds import Deed
from maillage.concertation.network.labels import Box
from maillage.concertation.network.measures import measure
from maillage.concertation.network.picture import Picture, pictures, svg
from maillage.concertation.network.scope import Reach, Territories
from maillage.concertation.network.ties import Pair, weave
from maillage.concertation.network.web import Named, Web
from maillage.core.benchmarks import Measure, timed
from maillage.directory.enums import OrganizationKind

ENTRIES = 50_000  # ties
ORGANIZATIONS, NEIGHBOURHOODS = 2000, 40
RUNS = 5
BAR = 2000.0  # milliseconds, for reading and measuring both periods
SECTORS = list(OrganizationKind.values)


def invented(ties: int, seed: int = 7) -> tuple[list[Deed], dict[int, str]]:
    """Meetings of two to sixteen organizations until there are so many ties, with referrals between some; and sectors."""
    chance = random.Random(seed)  # noqa: S311 (an invented network)
    organizations = max(4, min(ORGANIZATIONS, ties // 2))
    sectors = {pk: chance.choice(SECTORS) for pk in range(1, organizations + 1)}
    homes: list[list[int]] = [[] for _ in range(NEIGHBOURHOODS)]
    for pk in sectors:
        homes[pk % NEIGHBOURHOODS].append(pk)
    everybody, deeds, pairs = list(sectors), list[Deed](), set[Pair]()
    while len(pairs) < ties:
        home = homes[chance.randrange(NEIGHBOURHOODS)] if chance.random() < 0.3 else everybody
        present = sorted(chance.sample(home or everybody, min(chance.randint(2, 16), len(home or everybody))))
        deeds.append(Deed("meeting", len(deeds), tuple(present)))
        pairs |= set(combinations(present, 2))
        if len(deeds) % 5 == 0 and len(present) > 1:
            one, other = chance.sample(present, 2)
            deeds.append(Deed("referral", (one, other), (one, other), chance.randint(1, 80)))
        if len(pairs) == organizations * (organizations - 1) // 2:
            break
    return deeds, sectors


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """The rows: weaving, measuring, both beside the bar, drawing, and what the picture shows."""
    deeds, sectors = invented(entries)
    ties = weave(deeds)
    many = len({end for tie in ties for end in tie.pair})
    said = {"organizations": many, "ties": len(ties), "deeds": len(deeds)}
    say(_("%(organizations)d organisations, %(ties)d liens, %(deeds)d choses faites ensemble") % said)
    web = _web(ties, sectors, deeds)
    weaving, _work = timed(lambda: weave(deeds), runs=RUNS)
    measuring, _work = timed(lambda: measure(ties, sectors), runs=RUNS)
    both, work = timed(lambda: measure(weave(deeds), sectors), runs=RUNS)
    drawing, _work = timed(lambda: svg(pictures(web)[1]), runs=RUNS)
    poster, _work = timed(lambda: svg(pictures(web, poster=True)[1], standalone=True), runs=RUNS)
    shown, large = pictures(web)[1], pictures(web, poster=True)[1]
    return [
        Measure(_("relier"), weaving, "ms"),
        Measure(_("mesurer"), measuring, "ms"),
        Measure(_("relier et mesurer"), both, "ms", _("au plus"), BAR),
        Measure(_("relier et mesurer, processeur"), work, "ms", _("au plus"), BAR),
        Measure(_("dessiner la page"), drawing, "ms"),
        Measure(_("dessiner l'affiche"), poster, "ms"),
        Measure(_("organisations dans l'image"), len(shown.nodes), ""),
        Measure(_("noms dans l'image"), len(shown.labels), ""),
        Measure(_("noms qui se couvrent"), covered(shown) + covered(large), ""),
        Measure(_("poids de l'image"), len(svg(shown)) / 1000, "ko"),
    ]


def covered(picture: Picture) -> int:
    """How many pairs of names, or of a name and the mark of another, cover each other."""
    boxes = [label.box for label in picture.labels]
    found = sum(one.meets(other) for one, other in combinations(boxes, 2))
    for label in picture.labels:
        for node, key in zip(picture.nodes, picture.keys, strict=True):
            mark = Box(node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius)
            found += key != label.key and label.box.meets(_shrunk(mark))
    return found


def _shrunk(box: Box) -> Box:
    """Without the unit lost by rounding."""
    return Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)


def _web(ties: Any, sectors: dict[int, str], deeds: list[Deed]) -> Web:
    earlier = weave(deeds[: len(deeds) // 2])
    reach = Reach({}, {}, frozenset(), Territories(rows=()))
    names = {pk: Named(pk, f"Organisme inventé {pk}", f"Organisme {pk}", sector) for pk, sector in sectors.items()}
    asked = read({}, reach, date(2027, 3, 31))
    return Web(asked, names, measure(ties, sectors), measure(earlier, sectors), compare(earlier, ties, sectors))

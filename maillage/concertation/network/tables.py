"""The web as tables: organizations, ties, sectors, new ties; for the page and for a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.typography import number, percent

from .comparison import NewTie
from .measures import Standing
from .picture import sector_label
from .sources import known
from .ties import Tie
from .web import Web

FILES = ("organisations", "liens", "secteurs", "nouveaux")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is about, then its cells beside their columns."""

    head: str
    cells: Sequence[tuple[str, str]]
    mark: str = ""


class Lazy(Sequence[Any]):
    """Things told one by one when they are asked: a page of fifty thousand ties makes twenty-five lines."""

    def __init__(self, things: Sequence[Any], tell: Callable[[Any], Any]) -> None:
        self._things, self._tell = things, tell

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._tell(thing) for thing in self._things[at]]
        return self._tell(self._things[at])


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a page shows it and as a file holds it."""

    title: str
    explained: str
    columns: Sequence[str]
    rows: Sequence[Line]
    file_columns: Sequence[str]
    file_rows: Sequence[Sequence[Any]] = field(default_factory=list)


def table_of(web: Web, name: str) -> Table:
    """The table that bears this name."""
    made = {"organisations": _organizations, "liens": _ties, "secteurs": _sectors, "nouveaux": _new}
    return made[name](web)


def _organizations(web: Web) -> Table:
    columns = [
        _("Organisation"),
        _("Secteur"),
        _("Liens"),
        _("Force"),
        _("Fait le pont"),
        _("Secteurs joints"),
        _("Hors de son secteur"),
    ]

    def line(standing: Standing) -> Line:
        told = [
            sector_label(standing.sector),
            number(standing.degree),
            number(standing.strength, 1),
            percent(standing.bridging, 1),
            number(len(standing.sectors)),
            percent(standing.outside),
        ]
        return Line(web.organizations[standing.organization].name, list(zip(columns[1:], told, strict=True)))

    def row(standing: Standing) -> list[Any]:
        name, sector = web.organizations[standing.organization].name, sector_label(standing.sector)
        measures = [standing.degree, round(standing.strength, 2), round(standing.bridging, 4)]
        joined = "; ".join(sector_label(code) for code in standing.sectors)
        return [name, sector, *measures, len(standing.sectors), joined, round(standing.outside, 4)]

    standings = _sorted(web)
    explained = _(
        "Liens : avec combien d'organisations. Force : ce qu'elles ont fait ensemble. Fait le pont : part des plus courts "
        "chemins entre les autres qui passent par elle. Hors de son secteur : part de sa force."
    )
    titles = [*columns[:6], _("Lesquels"), _("Part hors de son secteur")]
    return Table(_("Organisations"), explained, columns, Lazy(standings, line), titles, Lazy(standings, row))


def _sorted(web: Web) -> list[Standing]:
    keys = {
        "force": lambda standing: -standing.strength,
        "ponts": lambda standing: -standing.bridging,
        "secteurs": lambda standing: -len(standing.sectors),
    }
    first = keys[web.asked.sort]
    return sorted(
        web.after.standings, key=lambda standing: (first(standing), -standing.strength, standing.organization)
    )


def _ties(web: Web) -> Table:
    columns = [_("Lien"), _("Secteurs"), _("Ce qui les lie"), _("Force")]

    def line(tie: Tie) -> Line:
        told = [_sectors_of(web, tie), what(web, tie), number(tie.weight, 2)]
        return Line(_between(web, tie), list(zip(columns[1:], told, strict=True)))

    explained = _("Ce que deux organisations ont fait ensemble dans la période, du plus fort au plus faible.")
    ties = web.after.ties
    rows = Lazy(ties, lambda tie: _file_row(web, tie))
    return Table(_("Liens"), explained, columns, Lazy(ties, line), _file_columns(), rows)


def _new(web: Web) -> Table:
    columns = [_("Nouveau lien"), _("Secteurs"), _("Ce qui les lie")]

    def line(new: NewTie) -> Line:
        told = [_sectors_of(web, new.tie), what(web, new.tie)]
        return Line(_between(web, new.tie), list(zip(columns[1:], told, strict=True)), _novelty(new))

    explained = _(
        "Des organisations liées dans la période, et qui ne l'étaient pas dans la période d'avant, de même durée."
    )
    came = web.change.came
    rows = Lazy(came, lambda new: [*_file_row(web, new.tie), _novelty(new)])
    titles = [*_file_columns(), _("Ce qu'il ouvre")]
    return Table(_("Nouveaux liens"), explained, columns, Lazy(came, line), titles, rows)


def _novelty(new: NewTie) -> str:
    if new.opens:
        return _("Premier lien entre ces secteurs")
    return _("Entre deux secteurs") if new.crosses else ""


def _sectors(web: Web) -> Table:
    columns = [_("Secteurs"), _("Liens"), _("Force"), _("Liens avant")]
    before, after = web.before.mixing, web.after.mixing
    rows, file_rows = [], []
    pairs = sorted({*before, *after}, key=lambda pair: (-(after[pair].weight if pair in after else 0), pair))
    opened = set(web.change.opened)
    for pair in pairs:
        label = _joined(pair)
        ties, weight = (after[pair].ties, after[pair].weight) if pair in after else (0, 0.0)
        then = before[pair].ties if pair in before else 0
        told = [number(ties), number(weight, 1), number(then)]
        mark = _("Premier lien entre ces secteurs") if pair in opened else ""
        rows.append(Line(label, list(zip(columns[1:], told, strict=True)), mark))
        file_rows.append([*(sector_label(code) for code in pair), ties, round(weight, 2), then])
    return Table(
        _("Secteurs"),
        _("Combien de liens unissent les organisations de deux secteurs, ou d'un même secteur."),
        columns,
        rows,
        [_("Secteur"), _("Autre secteur"), *columns[1:]],
        file_rows,
    )


def what(web: Web, tie: Tie) -> str:
    """What ties two organizations, in words: « rencontres : 3, références : au moins 5 personnes »."""
    said = []
    for source in known():
        if count := tie.counts.get(source.kind):
            said.append(f"{source.label} : {_counted(web, source.kind, count)}")
    return ", ".join(said)


def _counted(web: Web, kind: str, count: int) -> str:
    if kind != "referral":
        return number(count)
    if web.asked.scope.is_exact:
        return _("%(count)s personnes") % {"count": number(count)} if count > 1 else _("1 personne")
    return _("au moins %(count)s personnes") % {"count": number(count)}


def _between(web: Web, tie: Tie) -> str:
    return f"{web.organizations[tie.first].name} – {web.organizations[tie.second].name}"


def _sectors_of(web: Web, tie: Tie) -> str:
    one, other = sorted(web.organizations[end].sector for end in tie.pair)
    return _joined((one, other))


def _joined(pair: tuple[str, str]) -> str:
    one, other = pair
    return sector_label(one) if one == other else f"{sector_label(one)} – {sector_label(other)}"


def _file_columns() -> list[str]:
    labels = [str(source.label) for source in known()]
    return [_("Organisation"), _("Secteur"), _("Autre organisation"), _("Son secteur"), *labels, _("Force")]


def _file_row(web: Web, tie: Tie) -> list[Any]:
    ends = [web.organizations[end] for end in tie.pair]
    named = [part for end in ends for part in (end.name, sector_label(end.sector))]
    counts: list[Any] = [tie.counts.get(source.kind, 0) for source in known()]
    return [*named, *counts, round(tie.weight, 3)]

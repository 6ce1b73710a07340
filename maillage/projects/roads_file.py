"""What a file of travel between sites says: a line a way, « départ, arrivée, trajet »."""

import math
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.tabular import Row, Table, read_table
from maillage.core.tabular.cells import BadCell, to_number, to_text
from maillage.core.tabular.heading import key
from maillage.programs.models import Program

TITLES = {"start": ("depart", "de", "origine", "start", "from"), "end": ("arrivee", "a", "vers", "destination", "end", "to"),
          "travel": ("trajet", "km", "minutes", "distance", "duree", "travel")}  # fmt: skip
FARTHEST = 5000.0
TOLD = 8  # lines that are told at most


def read_roads(path: Path, program: Program) -> dict[tuple[int, int], float]:
    """(start, end) → travel, of the sites of `program` by their number in the register or their name.

    Raises `Refused` with the first lines that do not read, and how many others.
    """
    table = read_table(path, known=[title for titles in TITLES.values() for title in titles])
    places = _columns(table)
    sites = _sites(program)
    roads: dict[tuple[int, int], float] = {}
    wrong: list[str] = []
    for row in table.rows():
        try:
            pair, travel = _way(row, places, sites)
        except ValueError as problem:
            wrong.append(_("ligne %(line)d : %(problem)s") % {"line": row.number, "problem": problem})
            continue
        if roads.get(pair, travel) != travel:
            wrong.append(_("ligne %d : ce trajet est déjà écrit avec une autre valeur") % row.number)
        roads[pair] = travel
    if wrong:
        raise Refused(" ".join(_told(wrong)))
    if not roads:
        raise Refused(_("Le fichier n'a aucun trajet : une ligne par trajet, avec départ, arrivée et trajet."))
    return roads


def _columns(table: Table) -> dict[str, int]:
    heads = [key(title) for title in table.headers]
    found = {
        name: next((place for place, head in enumerate(heads) if head in titles), -1) for name, titles in TITLES.items()
    }
    if -1 in found.values():
        raise Refused(
            _("Le fichier doit avoir trois colonnes, nommées « départ », « arrivée » et « trajet ». Il a : %s.")
            % ", ".join(f"« {title} »" for title in table.headers[:10])
        )
    return found


def _sites(program: Program) -> dict[str, int | None]:
    """The sites by number and by name; None for a name that several bear."""
    found: dict[str, int | None] = {}
    rows = list(program.program_sites.order_by("id").values_list("site__reference", "site__name", "site_id"))
    for _reference, name, site in rows:
        found[key(name)] = None if key(name) in found else site
    return found | {key(reference): site for reference, _name, site in rows}


def _way(row: Row, places: dict[str, int], sites: dict[str, int | None]) -> tuple[tuple[int, int], float]:
    ends = []
    for name in ("start", "end"):
        said = to_text(row.cells[places[name]]) if places[name] < len(row.cells) else ""
        if key(said) not in sites:
            raise ValueError(_("« %s » n'est pas un milieu de ce programme") % said)
        site = sites[key(said)]
        if site is None:
            raise ValueError(_("plusieurs milieux se nomment « %s » : écrivez leur numéro au registre") % said)
        ends.append(site)
    try:
        travel = to_number(row.cells[places["travel"]] if places["travel"] < len(row.cells) else "")
    except BadCell as problem:
        raise ValueError(str(problem).rstrip(".")) from problem
    if travel is None or not math.isfinite(travel) or not 0 <= travel <= FARTHEST:
        raise ValueError(_("le trajet est un nombre de 0 à %d") % FARTHEST)
    if ends[0] == ends[1] and travel:
        raise ValueError(_("d'un milieu à lui-même, le trajet est 0"))
    return (ends[0], ends[1]), float(travel)


def _told(wrong: list[str]) -> Iterator[str]:
    yield _("Rien n'a été chargé.")
    yield "; ".join(wrong[:TOLD]) + "."
    if len(wrong) > TOLD:
        yield _("Et %d autres lignes.") % (len(wrong) - TOLD)

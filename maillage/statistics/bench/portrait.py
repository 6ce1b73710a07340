"""`maillage bench portrait`: runs the parts in homes and databases made for the occasion, and puts the rows together."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.core.benchmarks import Measure
from maillage.core.errors import Refused

from . import rows
from .parts import PARTS

__all__ = ["PARTS", "compare", "run"]

SQLITE_MOST = 1_000_000
LEAST = 10_000


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows; `say` is told what is being done. `Refused` when two answers differ.

    Past `SQLITE_MOST` entries everything runs on one PostgreSQL database: SQLite would take minutes a portrait.
    """
    home = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    try:
        smaller = [_smaller(home, size, say) for size in _decades(entries)]
        with postgresql_database() as address:
            on_postgresql = Parts("portrait", home / "pg", address, entries)
            large = entries > SQLITE_MOST
            served = on_postgresql if large else Parts("portrait", home / "sqlite", "", entries)
            found = _product(served, say)
            if not large:
                say(_("Mêmes tableaux en SQL dans SQLite"))
                found["sqlite"] = served("reference")
                say(_("Journal inventé dans PostgreSQL"))
                on_postgresql("fill")
            say(_("Mêmes tableaux en SQL dans PostgreSQL"))
            found["postgresql"] = on_postgresql("reference")
            say(_("Mêmes tableaux par DuckDB à la main et par pandas"))
            found |= {"duckdb": served("duckdb"), "pandas": served("pandas")}
            say(_("Mise à jour après une intervention"))
            found["refresh"] = served("refresh")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    duckdb = found["duckdb"]
    for other in (found.get("sqlite"), found["postgresql"], duckdb["files"], duckdb["memory"], found["pandas"]):
        if other:
            compare(found["product"]["answers"], other["answers"])
    return rows.of(found, [*smaller, found])


def _decades(entries: int) -> list[int]:
    """Ten, a hundred times fewer… down to `LEAST`: growth is seen over them."""
    sizes = []
    while entries >= 10 * LEAST:
        entries //= 10
        sizes.append(entries)
    return sizes[::-1]


def _smaller(home: Path, entries: int, say: Callable[[str], object]) -> Any:
    try:
        served = Parts("portrait", home / str(entries), "", entries)
        return _product(served, say) | {"refresh": served("refresh")}
    finally:
        shutil.rmtree(home / str(entries), ignore_errors=True)


def _product(served: Parts, say: Callable[[str], object]) -> dict[str, Any]:
    """The product over one journal invented for the occasion."""
    size = {"entries": served.entries}
    say(_("%(entries)d interventions : journal inventé") % size)
    filled = served("fill")
    say(_("%(entries)d interventions : premier portrait, construction puis chargement") % size)
    built, loaded = served("first"), served("first")
    say(_("%(entries)d interventions : portraits du produit et noyau compilé") % size)
    return size | {"filled": filled, "built": built, "loaded": loaded, "product": served("product")}


def compare(ours: Any, theirs: Any) -> None:
    """Every figure of the reference must be the product's; codes that the reference does not list count 0."""
    for question, answers in theirs.items():
        for table, counts in answers.items():
            found = {code: count for code, count in ours[question][table].items() if count}
            if found != {code: count for code, count in counts.items() if count}:
                raise Refused(_("Le tableau « %(table)s » diffère de celui du SQL.") % {"table": table})

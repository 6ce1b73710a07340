"""The rows of `maillage bench portrait`, from what its parts found."""

from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.benchmarks import Measure


def of(found: dict[str, Any], sizes: list[dict[str, Any]]) -> list[Measure]:
    """All the rows: `found` at the size asked, `sizes` at each size down to the smallest, in growing order."""
    return [*_portraits(found), *_counts(found), *_refresh(found), *_growth(sizes), *_memory(found)]


def _portraits(found: dict[str, Any]) -> list[Measure]:
    product, rows = found["product"], []
    references = [(_("SQL normalisé, SQLite"), "sqlite"), (_("SQL normalisé, PostgreSQL"), "postgresql")]
    for question, name in (("whole", _("portrait entier")), ("part", _("un an, une MRC"))):
        for label, key in references:
            if key in found:
                rows.append(Measure(name, product[question], "ms", label, found[key][question]))
    return rows


def _counts(found: dict[str, Any]) -> list[Measure]:
    product, kernel, duckdb = found["product"], found["product"]["kernel"], found["duckdb"]
    facts = _("comptes du portrait, faits")
    compiled = _("noyau compilé, 2 fils")
    return [
        Measure(_("comptes du portrait, cube"), product["cube"], "ms", _("barre"), 10.0),
        Measure(_("comptes d'un mois, une MRC, cube"), product["cube_month"], "ms", _("barre"), 10.0),
        Measure(_("comptes du portrait, cube"), product["cube"], "ms", compiled, kernel["whole"]),
        Measure(facts, product["facts"], "ms", compiled, kernel["whole"]),
        Measure(_("… temps de processeur"), product["facts_cpu"], "ms", compiled, kernel["cpu"]),
        Measure(facts, product["facts"], "ms", _("DuckDB à la main, en mémoire"), duckdb["memory"]["whole"]),
        Measure(facts, product["facts"], "ms", _("DuckDB à la main, Parquet"), duckdb["files"]["whole"]),
        Measure(facts, product["facts"], "ms", _("pandas, en mémoire"), found["pandas"]["whole"]),
        Measure(facts, product["facts"], "ms", _("SQL normalisé, PostgreSQL"), found["postgresql"]["whole"]),
        Measure(_("comptes d'un an, une MRC, faits"), product["facts_part"], "ms"),
        Measure(_("comptes d'un an, une MRC, un thème"), product["facts_theme"], "ms"),
    ]


def _refresh(found: dict[str, Any]) -> list[Measure]:
    refresh = found["refresh"]
    return [
        Measure(_("mise à jour après une intervention"), refresh["refresh"], "ms", _("barre"), 20.0),
        Measure(_("portrait après une intervention"), refresh["portrait"], "ms"),
        Measure(_("premier portrait d'un processus"), found["loaded"]["seconds"] * 1000, "ms"),
    ]


def _growth(sizes: list[dict[str, Any]]) -> list[Measure]:
    """Each figure at each size, beside that of ten times fewer entries, and the power of N as which it grows."""
    rows = []
    for before, after in pairwise(sizes):
        label = _("à %(entries)d") % before
        for name, unit, figure in _growing():
            told = _("%(name)s, à %(entries)d") % {"name": name, "entries": after["entries"]}
            rows.append(Measure(told, figure(after), unit, label, figure(before)))
            power = exponent(figure(before), figure(after), after["entries"] / before["entries"])
            rows.append(Measure(_("… exposant de croissance"), power, ""))
    return rows


def _growing() -> list[tuple[str, str, Callable[[dict[str, Any]], float]]]:
    return [
        (_("portrait entier"), "ms", lambda found: found["product"]["whole"]),
        (_("comptes, cube"), "ms", lambda found: found["product"]["cube"]),
        (_("comptes, faits"), "ms", lambda found: found["product"]["facts"]),
        (_("mise à jour"), "ms", lambda found: found["refresh"]["refresh"]),
        (_("construction"), "s", lambda found: found["built"]["seconds"]),
        (_("mémoire qui sert"), "Mo", lambda found: found["loaded"]["peak"]),
        (_("mémoire qui construit"), "Mo", lambda found: found["built"]["peak"]),
    ]


def exponent(before: float, after: float, times: float) -> float:
    """The power of N as which a figure grows, from its values at N and `times` N."""
    return log(after / before) / log(times)


def _memory(found: dict[str, Any]) -> list[Measure]:
    bar = 500.0
    return [
        Measure(_("inscription du journal"), found["entries"] / found["filled"]["fill"], "/s"),
        Measure(_("construction du magasin"), found["built"]["seconds"], "s"),
        Measure(_("mémoire d'un processus qui inscrit"), found["filled"]["peak"], "Mo", _("barre"), bar),
        Measure(_("mémoire d'un processus qui construit"), found["built"]["peak"], "Mo", _("barre"), bar),
        Measure(_("mémoire d'un processus qui sert"), found["loaded"]["peak"], "Mo", _("barre"), bar),
    ]

"""`maillage import KIND FILE`: the same importers as the pages, from the command line."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from maillage.core.actor import PRODUCT
from maillage.core.command import ProductCommand
from maillage.core.errors import Refused
from maillage.core.imports import Importer, find, mapping_file, registry, run
from maillage.core.services.imports import saved_columns

LATER = ("indicators",)


class Command(ProductCommand):
    """Import a file."""

    help = "Importe un fichier : territoires, sites, organisations, services ou journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Arguments as the contract says."""
        parser.add_argument("kind", choices=[*registry.names(), *LATER], help="ce qui est importé")
        parser.add_argument("file", type=Path, help="fichier CSV, XLSX, XLS, ODS, GeoJSON, Shapefile ou GeoPackage")
        parser.add_argument("--mapping", type=Path, help="fichier JSON : quelle colonne donne quel champ")
        parser.add_argument("--layer", default="", help="feuille ou couche à lire")
        parser.add_argument("--set", action="append", default=[], metavar="OPTION=VALEUR", help="option de l'import")
        parser.add_argument("--program", action="append", default=[], metavar="SLUG", help="programme visé")
        parser.add_argument("--source", default="", metavar="SLUG", help="partenaire dont vient le fichier")
        parser.add_argument(
            "--format", default="", help="format que le fichier doit avoir (hsds-json, hsds-csv, data-inclusion)"
        )
        parser.add_argument("--dry-run", action="store_true", help="examine sans rien écrire")
        parser.add_argument("--accept-partial", action="store_true", help="importe les bonnes lignes malgré les autres")
        parser.add_argument("--json", action="store_true", help="répond en JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        """Examine the file, say what is wrong, write unless it is refused."""
        if given["kind"] in LATER:
            raise Refused(_("L'import « {kind} » n'est pas encore offert.").format(kind=given["kind"]))
        importer = find(given["kind"])
        if importer is None or not given["file"].is_file():
            raise Refused(_("Le fichier « {path} » n'existe pas.").format(path=given["file"]))
        asked = mapping_file.read(given["mapping"]) if given["mapping"] else mapping_file.MappingFile()
        options = {**asked.options, **_options(importer, given)}
        prepared = run.prepare(
            importer,
            given["file"],
            layer=given["layer"] or given["format"] or asked.layer,
            asked=asked.columns,
            saved=lambda signature: saved_columns(importer=importer.name, signature=signature),
        )
        with _Bar(given["json"]) as tick:
            analysis = run.analyse(importer, PRODUCT, prepared, options, tick)
            report = run.report(importer, prepared, analysis) | {"dry_run": given["dry_run"]}
            refusal = self._write(analysis, given, tick)
        report["written"] = not given["dry_run"] and not refusal
        self._say(report, given["json"])
        if refusal:
            raise Refused(refusal)

    def _write(self, analysis: run.Analysis, given: dict[str, Any], tick: run.Tick) -> str:
        """Write unless it is a dry run; the sentence of a refusal, or ""."""
        try:
            if given["dry_run"]:
                if analysis.refused() and not given["accept_partial"]:
                    return run.refusal(analysis)
                return ""
            run.write(analysis, accept_partial=given["accept_partial"], tick=tick)
        except Refused as refused:
            return str(refused)
        return ""

    def _say(self, report: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2, default=str))
            return
        for note in report["notes"]:
            self.stdout.write(f"  {note}")
        self.stdout.write(_total(report))
        for label, number in report["also"].items():
            self.stdout.write(f"  {label} : {number}")
        for kind in ("remarks", "problems"):
            stream = self.stdout if kind == "remarks" else self.stderr
            for group in run.grouped(report[kind]):
                column = _(", colonne « {name} »").format(name=group["column"]) if group["column"] else ""
                stream.write(f"{_lines(group)}{column} : {group['message']}")
            hidden = report[f"{kind}_total"] - len(report[kind])
            if hidden:
                stream.write(ngettext("… et {n} autre.", "… et {n} autres.", hidden).format(n=hidden))


def _total(report: dict[str, Any]) -> str:
    """How many lines were read, and how many of each outcome, each number with its own plural."""
    counts = report["counts"]
    parts = (
        ngettext("{n} nouvelle", "{n} nouvelles", counts["new"]).format(n=counts["new"]),
        ngettext("{n} modifiée", "{n} modifiées", counts["changed"]).format(n=counts["changed"]),
        ngettext("{n} inchangée", "{n} inchangées", counts["unchanged"]).format(n=counts["unchanged"]),
        ngettext("{n} refusée", "{n} refusées", counts["refused"]).format(n=counts["refused"]),
    )
    read = ngettext("{n} ligne lue : {parts}.", "{n} lignes lues : {parts}.", report["rows"])
    return read.format(n=report["rows"], parts=", ".join(parts))


def _lines(group: dict[str, Any]) -> str:
    if group["count"] == 1:
        return _("Ligne {n}").format(n=group["lines"][0])
    more = "…" if group["count"] > len(group["lines"]) else ""
    return _("{count} lignes ({lines}{more})").format(
        count=group["count"], lines=", ".join(map(str, group["lines"])), more=more
    )


def _options(importer: Importer, given: dict[str, Any]) -> dict[str, Any]:
    known = {option.name: option for option in importer.options}
    found: dict[str, Any] = {}
    for pair in given["set"]:
        name, equals, value = pair.partition("=")
        if name not in known or not equals:
            raise Refused(
                _("« {pair} » n'est pas une option de cet import. Options : {names}.").format(
                    pair=pair, names=", ".join(known) or _("aucune")
                )
            )
        found[name] = value
    if given["program"]:
        if "program" not in known:
            raise Refused(_("Cet import ne se rattache pas à un programme."))
        several = known["program"].several
        if len(given["program"]) > 1 and not several:
            raise Refused(_("Cet import vise un seul programme."))
        found["program"] = given["program"] if several else given["program"][0]
    if given["source"]:
        if "source" not in known:
            raise Refused(_("Cet import ne vient pas d'une source."))
        found["source"] = given["source"]
    for name, value in found.items():
        _check_choice(importer, known[name], value)
    return found


def _check_choice(importer: Importer, option: Any, value: Any) -> None:
    choices = [code for code, _label in option.choices(PRODUCT)]
    for one in value if isinstance(value, list) else [value]:
        if choices and one not in choices:
            raise Refused(
                _("« {value} » n'est pas un choix de « {option} ». Choix : {choices}.").format(
                    value=one, option=option.name, choices=", ".join(filter(None, choices)) or _("aucun")
                )
            )


class _Bar:
    """A progress bar on a terminal, for what lasts more than two seconds."""

    def __init__(self, is_quiet: bool) -> None:
        quiet = is_quiet or not sys.stderr.isatty()
        self.bar = tqdm(disable=quiet, delay=2, unit=" lignes", file=sys.stderr, leave=False)

    def __enter__(self) -> run.Tick:
        return self._tick

    def _tick(self, done: int, total: int) -> None:
        self.bar.total = total or None
        self.bar.n = done
        self.bar.refresh()

    def __exit__(self, *trouble: object) -> None:
        self.bar.close()

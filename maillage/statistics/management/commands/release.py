"""`maillage release`: publish protected figures, list what is published, and attack it again from what is public."""

import json
import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from maillage.core.actor import PRODUCT
from maillage.core.command import ProductCommand
from maillage.core.text import as_uid
from maillage.programs.models import Program
from maillage.statistics.enums import AreaLevel, PeriodKind
from maillage.statistics.models import Release
from maillage.statistics.release.attack import attack
from maillage.statistics.services import releases

Period = tuple[str, date | None]


def period(text: str) -> Period:
    """« 2014 », « 2014-T2 », « 2014-05 » or « tout »."""
    if text == "tout":
        return PeriodKind.WHOLE, None
    found = re.fullmatch(r"(\d{4})(?:-(?:[Tt]([1-4])|(0[1-9]|1[0-2])))?", text)
    if not found or not 1900 <= int(found[1]) <= 2200:
        raise ArgumentTypeError(_("« %(text)s » n'est pas AAAA, AAAA-Tn, AAAA-MM ou tout.") % {"text": text})
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        return PeriodKind.QUARTER, date(year, 3 * int(quarter) - 2, 1)
    return (PeriodKind.MONTH, date(year, int(month), 1)) if month else (PeriodKind.YEAR, date(year, 1, 1))


def listed(text: str) -> list[str]:
    """Words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


class Command(ProductCommand):
    """Exit status 0, 1 (refused, or a figure is exposed: the reason on stderr) or 2 (usage)."""

    help = "Publie des chiffres protégés, les liste, et vérifie ce qu'on pourrait en déduire."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="create|audit|list")
        create = actions.add_parser("create", help="prépare et publie les chiffres d'une période terminée")
        create.add_argument("--program", required=True, help="adresse du programme (entente-2013-2016)")
        create.add_argument("--period", required=True, type=period, help="AAAA, AAAA-Tn, AAAA-MM ou tout")
        create.add_argument("--levels", type=listed, default=["whole", "mrc"], help="whole,mrc,municipality")
        create.add_argument("--tables", type=listed, default=[], help="tableaux, tous par défaut")
        create.add_argument("--title", default="", help="titre de la publication")
        create.add_argument("--draft", action="store_true", help="prépare un brouillon, sans publier")
        audit = actions.add_parser("audit", help="attaque de nouveau une publication, d'après ce qui est public")
        audit.add_argument("release", help="numéro unique, ou PROGRAMME/NUMÉRO pour la version en vigueur")
        every = actions.add_parser("list", help="liste les publications et les brouillons")
        every.add_argument("--program", default="", help="adresse d'un programme")
        for one in (create, audit, every):
            one.add_argument("--json", action="store_true", help="répond en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["action"]:
            case "create":
                self._create(options)
            case "audit":
                self._audit(options)
            case _:
                self._list(options)

    def _create(self, options: dict[str, Any]) -> None:
        program = _program(options["program"])
        kind, start = options["period"]
        if AreaLevel.WHOLE not in options["levels"]:
            options["levels"] = [AreaLevel.WHOLE, *options["levels"]]
        made = releases.prepare(
            actor=PRODUCT,
            program=program,
            period=kind,
            start=start,
            title=options["title"],
            levels=options["levels"],
            tables=options["tables"],
        )
        if not options["draft"]:
            made = releases.publish(actor=PRODUCT, release=made)
        self._say(made, options["json"])

    def _audit(self, options: dict[str, Any]) -> None:
        release = _release(options["release"])
        found = attack(release)
        plain = {
            "uid": str(release.uid),
            "hidden": found.hidden,
            "shown": found.shown,
            "exposed": [str(figure) for figure in found.exposed],
            "seconds": round(found.seconds, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(plain, ensure_ascii=False))
        else:
            self.stdout.write(
                _("%(title)s : %(shown)s chiffres montrés, %(hidden)s cachés, %(exposed)s que l'on peut déduire.")
                % {
                    "title": release.title,
                    "shown": found.shown,
                    "hidden": found.hidden,
                    "exposed": len(found.exposed),
                }
            )
        if found.exposed:
            raise CommandError(_("Des chiffres cachés peuvent être déduits de ce qui est publié."))

    def _list(self, options: dict[str, Any]) -> None:
        found = Release.objects.select_related("program").order_by("program__slug", "number", "version")
        if options["program"]:
            found = found.filter(program=_program(options["program"]))
        if options["json"]:
            self.stdout.write(json.dumps([_plain(release) for release in found], ensure_ascii=False))
            return
        for release in found:
            self._say(release, False)

    def _say(self, release: Release, plain: bool) -> None:
        if plain:
            self.stdout.write(json.dumps(_plain(release), ensure_ascii=False))
            return
        self.stdout.write(
            f"{release.program.slug}/{release.number} v{release.version}  {release.title}  "
            f"[{release.get_state_display()}]  "
            + _("%(shown)s chiffres montrés, %(hidden)s cachés") % _counts(release)
            + f"  {release.uid}"
        )


def _counts(release: Release) -> dict[str, Any]:
    return {"shown": release.attack.get("shown", 0), "hidden": release.attack.get("hidden", 0)}


def _plain(release: Release) -> dict[str, Any]:
    return {
        "uid": str(release.uid),
        "program": release.program.slug,
        "number": release.number,
        "version": release.version,
        "title": release.title,
        "state": release.state,
        "from": release.start.isoformat(),
        "to": release.end.isoformat(),
        "levels": release.levels,
        "digest": release.digest,
        **_counts(release),
    }


def _program(slug: str) -> Program:
    program = Program.objects.filter(slug=slug).first()
    if program is None:
        raise CommandError(_("Aucun programme n'a l'adresse « %(slug)s ».") % {"slug": slug})
    return program


def _release(name: str) -> Release:
    """The release that a number or an address names: of several versions, the one in force, else the last."""
    slug, _slash, number = name.partition("/")
    found = Release.objects.select_related("program")
    if number:
        versions = found.filter(program=_program(slug), number=int(number)) if number.isdigit() else found.none()
        release = versions.filter(state="published").first() or versions.order_by("-version").first()
    else:
        release = found.filter(uid=name).first() if as_uid(name) else None
    if release is None:
        raise CommandError(_("Aucune publication ne porte le nom « %(name)s ».") % {"name": name})
    return release

"""Imports services from the files in which directories travel: HSDS 3, data·inclusion, a partner's table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.functional import lazy
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.decision import Decision
from maillage.core.errors import Refused
from maillage.core.imports import Field, Importer, Option
from maillage.core.tabular import Row, Table
from maillage.directory.exchange.loading import FORMATS, load
from maillage.directory.models import Source
from maillage.directory.permissions import can_keep_directory

from .service_lines import ServiceExaminer

PART = "part"


def _sources() -> str:
    known = list(Source.objects.order_by("slug").values_list("slug", flat=True)[:20])
    said = _("Code de qui tient ces fiches, en minuscules sans accent : ce qu'il n'envoie plus devient inactif.")
    return f"{said} {_('Sources connues : {names}.').format(names=', '.join(known))}" if known else said


class ServiceImporter(Importer):
    """Services with their organizations, places and terms."""

    name = "services"
    section = "directory"
    title = gettext_lazy("Services et ressources")
    lead = gettext_lazy(
        "HSDS 3 (JSON, ou tableaux CSV en ZIP), gabarit data·inclusion (XLSX, CSV, JSON), ou un tableau de services avec "
        "le nom de l'organisme."
    )
    subject = gettext_lazy("un répertoire de services")
    fields = (Field("record", gettext_lazy("Fiche"), parse=lambda cell: cell),)
    has_columns = False
    options = (
        Option("source", gettext_lazy("Source"), lambda actor: [], help=lazy(_sources, str)()),
        Option(
            "extent",
            gettext_lazy("Étendue"),
            lambda actor: [
                ("", _("Tout ce que la source offre")),
                (PART, _("Une partie seulement : rien ne devient inactif")),
            ],
        ),
    )

    def may(self, actor: Any) -> Decision:
        """Those who keep the directory."""
        return can_keep_directory(actor)

    def layers(self, path: Path) -> list[str]:
        """None: a file is read whole."""
        return []

    def read(self, path: Path, layer: str = "") -> Table:
        """The services and organizations of the file, one a row. `layer` may name the format that it must have."""
        loaded = load(path)
        if layer and layer in FORMATS and loaded.format != layer:
            raise Refused(
                _("Ce fichier n'est pas au format « {asked} » : il est au format « {found} ».").format(
                    asked=layer, found=loaded.format
                )
            )
        remarks: dict[int, list[str]] = {}
        for number, sentence in loaded.remarks:
            remarks.setdefault(number, []).append(sentence)
        rows = [
            Row(number, [piece], remark=" ".join(remarks.pop(number, [])) if piece.table == "service" else "")
            for number, piece in loaded.pieces
        ]
        return Table(loaded.format, [str(self.fields[0].label)], 0, lambda: iter(rows), loaded.notes)

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> "ServiceExaminer":
        """The examiner of one file."""
        slug = str(options.get("source") or "").strip()
        if slug and slugify(slug) != slug:
            raise Refused(
                _(
                    "« {slug} » n'est pas un code de source : lettres minuscules sans accent, chiffres et tirets."
                ).format(slug=slug[:60])
            )
        return ServiceExaminer(actor, slug, options.get("extent") != PART, table)

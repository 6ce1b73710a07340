"""Imports the programmes of funders from a table: all or nothing, and the same file twice changes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.decision import Decision
from maillage.core.imports import Examiner, Field, Importer, Line
from maillage.core.services import Outcome, differences
from maillage.core.tabular import Table
from maillage.core.tabular.cells import BadCell, to_day, to_flag, to_note, to_text
from maillage.core.text import fold
from maillage.projects.amounts import amount_of
from maillage.projects.enums import FunderKind
from maillage.projects.forms.funding import TerritoriesField, ThemesField
from maillage.projects.models import FundingSource
from maillage.projects.permissions import can_keep_sources
from maillage.projects.services.funding import save_source
from maillage.territories.models import Division


def _amount(cell: Any) -> Any:
    if not (text := to_text(cell)):
        return None
    try:
        return amount_of(text)
    except ValidationError as error:
        raise BadCell(error.messages[0]) from error


def _kind(cell: Any) -> str:
    if not (text := fold(to_text(cell))):
        return ""
    for code, label in FunderKind.choices:
        if text in (fold(code), fold(str(label))) or text in fold(str(label)).split(" ou "):
            return str(code)
    offered = ", ".join(f"« {label} »" for label in FunderKind.labels)
    raise BadCell(
        _("« {text} » n'est pas un type de bailleur. Écrivez l'un de ceux-ci : {offered}.").format(
            text=to_text(cell)[:60], offered=offered
        )
    )


def _listed(field: Any) -> Any:
    def parse(cell: Any) -> list[Any]:
        try:
            return list(field.clean(to_note(cell).replace(";", "\n").replace(",", "\n")))
        except ValidationError as error:
            raise BadCell(error.messages[0]) from error

    return parse


class SourceImporter(Importer):
    """Programmes of funders, by name and funder."""

    name = "funding"
    section = "funding"
    title = gettext_lazy("Sources de financement")
    lead = gettext_lazy(
        "Un tableau (CSV, XLSX) : programme, bailleur, ce qu'il soutient, conditions, thèmes, territoires, montants, dates."
    )
    subject = gettext_lazy("une liste de sources de financement")
    fields = (
        Field("name", gettext_lazy("Programme"), ("nom", "nom du programme", "fonds", "titre", "name", "program"), required=True),
        Field("funder", gettext_lazy("Bailleur"), ("bailleur de fonds", "organisme", "funder", "offert par"), required=True),
        Field("kind", gettext_lazy("Type"), ("type de bailleur", "sorte", "type"), parse=_kind),
        Field("url", gettext_lazy("Adresse"), ("url", "lien", "site web", "adresse web", "site")),
        Field("supports", gettext_lazy("Ce qu'il soutient"), ("description", "objet", "soutient", "supports"), parse=to_note),
        Field("conditions", gettext_lazy("Conditions"), ("admissibilité", "critères", "conditions d'admissibilité"), parse=to_note),
        Field("themes", gettext_lazy("Thèmes"), ("thème", "mots-clés", "domaines", "themes"), parse=_listed(ThemesField(required=False))),
        Field("territories", gettext_lazy("Territoires"), ("territoire", "régions", "région", "où", "territories"), parse=_listed(TerritoriesField(required=False))),
        Field("least", gettext_lazy("Montant minimal"), ("minimum", "montant minimum", "min"), parse=_amount),
        Field("most", gettext_lazy("Montant maximal"), ("maximum", "montant maximum", "max", "montant", "plafond"), parse=_amount),
        Field("opens_on", gettext_lazy("Ouvre le"), ("ouverture", "date d'ouverture", "début"), parse=to_day),
        Field("closes_on", gettext_lazy("Date limite"), ("échéance", "fermeture", "date de clôture", "fin", "deadline"), parse=to_day),
        Field("is_yearly", gettext_lazy("Revient chaque année"), ("annuel", "récurrent", "chaque année"), parse=to_flag),
        Field("checked_on", gettext_lazy("Vérifié le"), ("vérification", "date de vérification", "mis à jour le"), parse=to_day),
    )  # fmt: skip

    def may(self, actor: Any) -> Decision:
        """Those who keep the list of sources."""
        return can_keep_sources(actor)

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> "SourceExaminer":
        """The examiner of one file."""
        return SourceExaminer(actor, columns)


class SourceExaminer(Examiner):
    """Reads the known sources once, then looks at each line: only the columns of the file are changed."""

    def __init__(self, actor: Any, columns: Mapping[str, str]) -> None:
        super().__init__()
        self.actor, self.columns = actor, columns
        known = FundingSource.objects.prefetch_related("territories").order_by("pk")
        self.known = {_key(source.name, source.funder): source for source in known}
        self.seen: dict[tuple[str, str], int] = {}

    def examine(self, line: Line) -> None:
        """A programme by its name and its funder."""
        values = {name: line.values.get(name) for name in self.columns}
        line.title = str(values.get("name") or "")
        for name in ("name", "funder"):
            if not values.get(name):
                self.refuse(line, name, _("Donnez le nom du programme et celui du bailleur."))
        if line.problems:
            return
        key = _key(str(values["name"]), str(values["funder"]))
        if (first := self.seen.setdefault(key, line.number)) and first != line.number:
            self.refuse(line, "name", _("Ce programme est déjà à la ligne {n}.").format(n=first))
            return
        territories: list[Division] = values.pop("territories", None) or []
        source = self.known.get(key) or FundingSource()
        values = {name: _plain(name, value) for name, value in values.items()}
        if not values.get("kind") and "kind" in values:
            values["kind"] = source.kind
        self._check(line, source, values)
        if not line.problems:
            line.draft = (source, values, territories if "territories" in self.columns else None)
            line.outcome = self._outcome(*line.draft)

    def _check(self, line: Line, source: FundingSource, values: Mapping[str, Any]) -> None:
        """What the service would refuse, said on its line."""
        tried = FundingSource(**{field: getattr(source, field) for field in self._kept()} | dict(values))
        try:
            tried.clean_fields()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                self.refuse(line, name, " ".join(sentences))
        if tried.least is not None and tried.most is not None and tried.most < tried.least:
            self.refuse(line, "most", _("Le montant maximal est plus petit que le minimal."))
        if tried.opens_on and tried.closes_on and tried.closes_on < tried.opens_on:
            self.refuse(line, "closes_on", _("La date limite précède l'ouverture : vérifiez les deux dates."))

    def _kept(self) -> Sequence[str]:
        return [one.name for one in SourceImporter.fields if one.name != "territories"]

    def _outcome(self, source: FundingSource, values: Mapping[str, Any], territories: list[Division] | None) -> Outcome:
        if source.pk is None:
            return Outcome.NEW
        moved = bool(differences({name: getattr(source, name) for name in values}, values))
        if territories is not None:
            moved |= {one.pk for one in source.territories.all()} != {one.pk for one in territories}
        return Outcome.CHANGED if moved else Outcome.UNCHANGED

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Write the sources."""
        for rank, line in enumerate(lines, start=1):
            source, values, territories = line.draft
            kept = territories if territories is not None else (list(source.territories.all()) if source.pk else [])
            save_source(actor=self.actor, source=source, values=values, territories=kept)
            tick(rank, len(lines))


def _key(name: str, funder: str) -> tuple[str, str]:
    return fold(name), fold(funder)


def _plain(name: str, value: Any) -> Any:
    """A blank cell as the model keeps it."""
    if value is None:
        return {"themes": [], "is_yearly": False}.get(name, None if name in _NULLED else "")
    return value


_NULLED = ("least", "most", "opens_on", "closes_on", "checked_on")

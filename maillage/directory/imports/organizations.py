"""Imports organizations, with the offices that they replaced."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.decision import Decision
from maillage.core.errors import Refused
from maillage.core.imports import Column, Examiner, Field, Importer, Line
from maillage.core.services import Outcome, differences
from maillage.core.tabular import Table
from maillage.core.tabular.cells import BadCell, shown, to_day, to_text
from maillage.core.tabular.heading import key
from maillage.directory.models import Organization, OrganizationSuccession
from maillage.directory.permissions import can_keep_directory
from maillage.directory.queries import OrganizationBook
from maillage.directory.services import OrganizationDraft, save_organizations, succeed
from maillage.territories.queries import DivisionBook

from .kinds import kind_of

# Titles that only lists of persons have.
PERSONAL = frozenset(
    (
        "prenom",
        "first name",
        "date de naissance",
        "birth date",
        "date of birth",
        "lieu de naissance",
        "nir",
        "nas",
        "nam",
        "ramq",
        "numero d assurance maladie",
        "numero d assurance sociale",
    )
)


def email(cell: Any) -> str:
    """A general e-mail; the first of several."""
    text = re.split(r"[;, ]+", to_text(cell))[0].lower()
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise BadCell(_("« {value} » n'est pas un courriel.").format(value=shown(cell))) from None
    return text


def website(cell: Any) -> str:
    """A web address; `https://` is added where it is missing."""
    text = to_text(cell).replace(" ", "")
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise BadCell(_("« {value} » n'est pas une adresse web.").format(value=shown(cell))) from None
    return address[:200]


def phone(cell: Any) -> str:
    """A telephone number as it is written; ten digits are set apart; zeros only are nothing."""
    text = to_text(cell)
    digits = re.sub(r"\D", "", text)
    if not digits.strip("0"):
        return ""
    if len(digits) == 10 and digits == text:
        return f"{digits[:3]} {digits[3:6]}-{digits[6:]}"
    return text[:40]


class OrganizationImporter(Importer):
    """Organizations by external number, else by name."""

    name = "organizations"
    section = "directory"
    title = gettext_lazy("Organisations")
    lead = gettext_lazy("Offices, organismes, établissements : un tableau CSV ou XLSX.")
    subject = gettext_lazy("une liste d'organisations")
    fields = (
        Field(
            "name",
            gettext_lazy("Nom"),
            ("nom de l'organisation", "organisation", "organisme", "nom de l'organisme", "office", "nom de l'office",
             "name", "organization", "munnom", "nom officiel", "structure", "raison sociale", "dénomination"),
            required=True,
        ),
        Field("short_name", gettext_lazy("Sigle"), ("acronyme", "abréviation", "alternate name", "nom court", "sigle ou nom court")),
        Field("kind", gettext_lazy("Type"), ("type d'organisation", "catégorie", "kind", "mdes", "statut", "type d'organisme"), parse=kind_of),
        Field(
            "external_id",
            gettext_lazy("Numéro externe"),
            ("numéro", "no", "id", "identifiant", "neq", "siret", "mcode", "code", "numéro d'entreprise", "no office"),
        ),
        Field("phone", gettext_lazy("Téléphone"), ("téléphones", "tél", "tel", "mtel", "phone", "telephone"), parse=phone),
        Field("email", gettext_lazy("Courriel"), ("courriel général", "email", "e-mail", "mcourriel", "adresse courriel"), parse=email),
        Field("website", gettext_lazy("Site web"), ("site", "mweb", "url", "website", "site internet", "web"), parse=website),
        Field(
            "division",
            gettext_lazy("Municipalité ou MRC"),
            ("municipalité", "ville", "mrc", "city", "commune", "territoire", "localité"),
        ),
        Field("closed_on", gettext_lazy("Fermée le"), ("date de fermeture", "closed on", "fin"), parse=to_day),
        Field(
            "predecessors",
            gettext_lazy("Organisations remplacées"),
            ("fusion de", "prédécesseurs", "remplace", "offices fusionnés", "issu de la fusion de", "anciens offices"),
        ),
        Field("merged_on", gettext_lazy("Date de la fusion"), ("fusion", "date de fusion", "merged on", "fusionné le"), parse=to_day),
    )  # fmt: skip
    any_of = (
        (
            ("kind", "external_id", "phone", "email", "website", "predecessors", "division"),
            gettext_lazy("Type, numéro, téléphone, courriel, site web ou municipalité"),
        ),
    )

    def may(self, actor: Any) -> Decision:
        """Those who keep the directory."""
        return can_keep_directory(actor)

    def check(self, table: Table, columns: Mapping[str, str], more: Iterable[Column] | None = None) -> None:
        """Never a list of persons, whatever else it holds."""
        personal = [title for title in table.headers if key(title) in PERSONAL]
        if personal:
            raise Refused(
                _(
                    "Ce fichier décrit des personnes ({columns}), pas des organisations. Aucun renseignement sur une "
                    "personne ne s'importe au répertoire : retirez le fichier."
                ).format(columns=", ".join(f"« {title} »" for title in personal))
            )
        super().check(table, columns, more)

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> "OrganizationExaminer":
        """The examiner of one file."""
        return OrganizationExaminer(actor, columns)


class OrganizationExaminer(Examiner):
    """Reads the directory once, then looks at each line."""

    def __init__(self, actor: Any, columns: Mapping[str, str]) -> None:
        super().__init__()
        self.actor, self.columns = actor, columns
        self.book = OrganizationBook()
        self.divisions = DivisionBook()
        self.links = set(OrganizationSuccession.objects.values_list("predecessor_id", "successor_id"))
        self.seen: dict[str, Line] = {}

    def examine(self, line: Line) -> None:
        """Name, number, kind, places and mergers of one line."""
        values = line.values
        name, number = values.get("name") or "", (values.get("external_id") or "")[:80]
        line.title = name[:100]
        if not name or len(name) > 250:
            self.refuse(line, "name", _("Le nom manque.") if not name else _("Le nom dépasse 250 caractères."))
            return
        known = self.book.find(name, number)
        fields: dict[str, Any] = {"name": name}
        if number:
            fields["external_id"] = number
        for field in ("kind", "phone", "email", "website", "closed_on"):
            if values.get(field):
                fields[field] = values[field]
        if values.get("short_name"):
            fields["short_name"] = values["short_name"][:60]
        if place := values.get("division"):
            division = self.divisions.municipality(place) or self.divisions.mrc(place)
            if division is None:
                line.remarks.append(_("Municipalité ou MRC inconnue : « {name} ».").format(name=place[:60]))
            else:
                fields["division"] = division
        if not self._once(line, number or key(name), fields):
            return
        before = self._predecessors(line, name)
        line.draft = (OrganizationDraft(known, fields), before)
        line.outcome = self._outcome(known, fields, before)

    def _once(self, line: Line, told: str, fields: dict[str, Any]) -> bool:
        first = self.seen.setdefault(told, line)
        if first is line:
            return True
        if first.draft is not None and first.draft[0].values == fields:
            line.remarks.append(_("Répète la ligne {n}.").format(n=first.number))
        else:
            line.remarks.append(
                _("La même organisation est à la ligne {n} : seule la première est prise.").format(n=first.number)
            )
        line.outcome = Outcome.UNCHANGED
        return False

    def _predecessors(self, line: Line, name: str) -> list[str]:
        texts = re.split(r"[;|\n]", line.values.get("predecessors") or "")
        return [text.strip()[:250] for text in texts if text.strip() and key(text) != key(name)]

    def _outcome(self, known: Organization | None, fields: dict[str, Any], before: list[str]) -> Outcome:
        if known is None:
            return Outcome.NEW
        moved = bool(differences({n: getattr(known, n) for n in fields}, fields))
        for name in before:
            old = self.book.find(name)
            moved |= old is None or (old.pk, known.pk) not in self.links
        return Outcome.CHANGED if moved else Outcome.UNCHANGED

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Write the organizations, then those they replaced and the mergers."""
        written = save_organizations(actor=self.actor, drafts=[line.draft[0] for line in lines])
        tick(len(lines) // 2, len(lines))
        fresh = {key(done.obj.name): done.obj for done in written}
        for line, done in zip(lines, written, strict=True):
            for name in line.draft[1]:
                old = fresh.get(key(name)) or self.book.find(name)
                if old is None:
                    draft = OrganizationDraft(None, {"name": name, "kind": done.obj.kind})
                    old = save_organizations(actor=self.actor, drafts=[draft])[0].obj
                    fresh[key(name)] = old
                if (old.pk, done.obj.pk) not in self.links:
                    succeed(actor=self.actor, predecessor=old, successor=done.obj, on=line.values.get("merged_on"))
        tick(len(lines), len(lines))

"""Examines lines that are housing sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.imports import Examiner, Line
from maillage.core.services import Outcome, differences
from maillage.core.tabular.heading import key
from maillage.directory.models import Organization, SiteOwnership
from maillage.directory.queries import OrganizationBook
from maillage.directory.services import OrganizationDraft, save_organizations, set_owners
from maillage.programs.models import ProgramSite
from maillage.programs.services import cover_sites
from maillage.territories.enums import Clientele, Level
from maillage.territories.models import Division, HousingSite
from maillage.territories.queries import DivisionBook, mrc_of
from maillage.territories.services import SiteDraft, save_sites

from . import words
from .site_scope import asked_programs, divisions_inside, foreign_sites, name_from, reference_from

_PLAIN = ("housing_program", "accessible_units", "address", "occupied_since", "has_common_room")
_COUNTED = {
    "for_families": Clientele.FAMILIES,
    "for_seniors": Clientele.SENIORS,
    "for_single": Clientele.SINGLE,
    "for_special": Clientele.SPECIAL,
}
Flags = tuple[bool | None, bool | None, date | None]


@dataclass(slots=True)
class Draft:
    """A site to write, its owner (an organization, or the key of one to create) and how programmes cover it."""

    site: SiteDraft
    owner: Organization | str | None
    owned_since: date | None
    flags: Flags


class SiteExaminer(Examiner):
    """Reads the register, the directory and the divisions once, then looks at each line."""

    def __init__(self, actor: Any, options: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        super().__init__()
        self.actor, self.columns = actor, columns
        self.programs = asked_programs(actor, options.get("program"))
        self.served = {"oui": True, "non": False}.get(str(options.get("served") or ""))
        self.divisions = DivisionBook()
        self.organizations = OrganizationBook()
        self.known = {site.reference: site for site in HousingSite.objects.order_by("pk")}
        self.foreign = foreign_sites(actor)
        owners = SiteOwnership.objects.filter(end=None).values_list("site_id", "organization_id")
        self.owner_of = dict(owners)
        self.coverage = {
            (line.program_id, line.site_id): (line.is_served, line.is_targeted, line.served_from)
            for line in ProgramSite.objects.filter(program__in=self.programs)
        }
        self.allowed = {p.pk: divisions_inside(p) for p in self.programs}
        self.seen: dict[str, Line] = {}
        self.made: dict[str, OrganizationDraft] = {}

    def examine(self, line: Line) -> None:
        """Name, number, place, owner and coverage of one line."""
        values = line.values
        address = (values.get("address") or "")[:300]
        name = values.get("name") or name_from(address)
        line.title = name
        if not name:
            self.refuse(line, "name", _("Ni nom ni adresse : ce milieu ne peut pas être reconnu."))
            return
        if len(name) > 200:
            self.refuse(line, "name", _("Le nom dépasse 200 caractères."))
        reference = values.get("reference") or reference_from(name, address, values)
        if len(reference) > 60:
            self.refuse(line, "reference", _("Le numéro dépasse 60 caractères."))
        fields: dict[str, Any] = {"name": name}
        fields |= {field: values[field] for field in _PLAIN if values.get(field) not in (None, "")}
        if address:
            fields["address"] = address
        self._dwellings(line, fields)
        self._place(line, fields)
        owner = self._owner(line, fields)
        if line.problems:
            return
        reference = self._once(line, reference, fields, bool(values.get("reference")))
        if not reference:
            return
        flags = (values.get("is_served", self.served), values.get("is_targeted"), values.get("served_from"))
        if flags[0] is None:
            flags = (self.served, flags[1], flags[2])
        line.draft = Draft(SiteDraft(reference, fields), owner, values.get("owned_since"), flags)
        self._allowed(line, reference)
        line.outcome = self._outcome(line.draft)

    def _dwellings(self, line: Line, fields: dict[str, Any]) -> None:
        values = line.values
        counted = {code: values[name] for name, code in _COUNTED.items() if values.get(name)}
        found = values.get("clienteles") or sorted(str(code) for code in counted)
        if found:
            fields["clienteles"] = found
        units = values.get("units")
        if units is None and counted and all(number > 0 for number in counted.values()):
            units = sum(counted.values())
        if units is not None:
            if units > 5000:
                self.refuse(line, "units", _("Un milieu compte au plus 5 000 logements."))
            fields["units"] = units
        accessible = values.get("accessible_units")
        if units is not None and accessible is not None and accessible > units:
            self.refuse(line, "accessible_units", _("Plus de logements accessibles que de logements."))

    def _place(self, line: Line, fields: dict[str, Any]) -> None:
        values = line.values
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if line.geometry is not None:
            point = line.geometry.representative_point()
            latitude, longitude = point.y, point.x
        if (latitude is None) != (longitude is None):
            line.remarks.append(_("Une seule coordonnée est donnée : elle est laissée de côté."))
            latitude = longitude = None
        if latitude == longitude == 0:
            line.remarks.append(_("Les coordonnées 0, 0 sont laissées de côté."))
            latitude = longitude = None
        if latitude is not None and longitude is not None:
            if -142 < latitude < -52 and 40 < longitude < 84:
                latitude, longitude = longitude, latitude
                line.remarks.append(_("La latitude et la longitude étaient inversées."))
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                self.refuse(line, "latitude", _("La latitude va de −90 à 90 et la longitude de −180 à 180, en degrés."))
                return
            fields |= {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}
        self._divisions(line, fields)

    def _divisions(self, line: Line, fields: dict[str, Any]) -> None:
        town, area = line.values.get("municipality") or "", line.values.get("mrc") or ""
        mrc = self.divisions.mrc(area) if area else None
        if area and mrc is None:
            line.remarks.append(_("MRC inconnue : « {name} ».").format(name=area[:60]))
        municipality = self.divisions.municipality(town, mrc) if town else None
        if municipality is None and "latitude" in fields:
            municipality = self.divisions.at(Level.MUNICIPALITY, fields["latitude"], fields["longitude"])
            if mrc is None and municipality is None:
                mrc = self.divisions.at(Level.MRC, fields["latitude"], fields["longitude"])
        if town and municipality is None:
            line.remarks.append(_("Municipalité inconnue : « {name} ».").format(name=town[:60]))
        inside = mrc_of(municipality)
        if mrc is not None and inside is not None and mrc != inside:
            self.refuse(
                line, "mrc", _("« {town} » est dans la MRC {right}, pas dans « {given} ».").format(
                    town=municipality, right=inside, given=mrc
                )
            )  # fmt: skip
        if municipality is not None:
            fields["municipality"] = municipality
        if mrc or inside:
            fields["mrc"] = mrc or inside

    def _owner(self, line: Line, fields: dict[str, Any]) -> Organization | str | None:
        name, number = line.values.get("owner") or "", line.values.get("owner_number") or ""
        tenure = line.values.get("tenure") or words.tenure_of_owner(name)
        reference = line.values.get("reference") or ""
        if tenure or reference not in self.known:
            fields["tenure"] = str(tenure or "other")
        if key(name) in words.NOBODY or not (name or number):
            return None
        found = self.organizations.find(name, number)
        if found is not None:
            heir = self.organizations.heir(found)
            if heir != found:
                line.remarks.append(_("« {old} » a été repris par « {new} ».").format(old=found, new=heir))
            return heir
        if len(name) > 250 or not name:
            self.refuse(line, "owner", _("Le nom du propriétaire manque ou dépasse 250 caractères."))
            return None
        kind = words.KIND_OF_OWNER[words.tenure_of_owner(name) or fields.get("tenure", "other")]
        draft = OrganizationDraft(None, {"name": name, "kind": kind, "external_id": number[:80]})
        self.made.setdefault(number or key(name), draft)
        return number or key(name)

    def _once(self, line: Line, reference: str, fields: dict[str, Any], is_given: bool) -> str:
        """The number of the site, unless an earlier line has it: the same content is passed over, another refused."""
        candidate, times = reference, 1
        while (first := self.seen.setdefault(candidate, line)) is not line:
            if first.draft is None or first.draft.site.values == fields:
                line.outcome = Outcome.UNCHANGED
                line.remarks.append(_("Répète la ligne {n}.").format(n=first.number))
                return ""
            if is_given:
                self.refuse(
                    line, "reference", _("Le numéro {ref} est déjà à la ligne {n}, avec un autre contenu.").format(
                        ref=reference, n=first.number
                    )
                )  # fmt: skip
                return ""
            times += 1
            candidate = f"{reference}-{times}"
        return candidate

    def _allowed(self, line: Line, reference: str) -> None:
        site = self.known.get(reference)
        if site is not None and site.pk in self.foreign:
            self.refuse(
                line, "reference", _("Le numéro {ref} est celui d'un milieu d'un programme que vous ne coordonnez pas.").format(
                    ref=reference
                )
            )  # fmt: skip
        mrc: Division | None = line.draft.site.values.get("mrc") or (site.mrc if site else None)
        for program in self.programs:
            allowed = self.allowed[program.pk]
            if allowed is not None and (mrc is None or mrc.pk not in allowed):
                said = _("Ce milieu est hors du territoire du programme « {program} » ({place}).")
                place = mrc.name if mrc else _("MRC inconnue")
                self.refuse(line, "mrc", said.format(program=program, place=place))

    def _outcome(self, draft: Draft) -> Outcome:
        site = self.known.get(draft.site.reference)
        if site is None:
            return Outcome.NEW
        moved = bool(differences({n: getattr(site, n) for n in draft.site.values}, draft.site.values))
        owner = draft.owner.pk if isinstance(draft.owner, Organization) else draft.owner
        moved |= owner is not None and self.owner_of.get(site.pk) != owner
        for program in self.programs:
            now = self.coverage.get((program.pk, site.pk))
            moved |= now is None or any(
                asked is not None and asked != is_now for asked, is_now in zip(draft.flags, now, strict=True)
            )
        return Outcome.CHANGED if moved else Outcome.UNCHANGED

    def finish(self, lines: Sequence[Line]) -> None:
        """Count what would be created around the sites."""
        wanted = {line.draft.owner for line in lines if line.draft and not line.problems}
        self.made = {name: draft for name, draft in self.made.items() if name in wanted}
        if self.made:
            self.also[_("Organisations créées")] = len(self.made)
        without = sum(bool(line.draft) and "latitude" not in line.draft.site.values for line in lines)
        if without:
            self.also[_("Milieux sans coordonnées")] = without

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Write owners to create, sites, ownerships, then what the programmes cover."""
        drafts: list[Draft] = [line.draft for line in lines]
        needed = {draft.owner for draft in drafts}
        names = [name for name in self.made if name in needed]
        created = save_organizations(actor=self.actor, drafts=[self.made[name] for name in names])
        organizations = {name: written.obj for name, written in zip(names, created, strict=True)}
        total = len(drafts)
        tick(total // 4, total)
        sites = [written.obj for written in save_sites(actor=self.actor, drafts=[draft.site for draft in drafts])]
        tick(total // 2, total)
        owners = []
        for draft, site in zip(drafts, sites, strict=True):
            owner = organizations.get(draft.owner) if isinstance(draft.owner, str) else draft.owner
            if owner is not None:
                owners.append((site, owner, draft.owned_since))
        set_owners(actor=self.actor, owners=owners)
        self._cover(drafts, sites)
        tick(total, total)

    def _cover(self, drafts: Sequence[Draft], sites: Sequence[HousingSite]) -> None:
        groups: dict[Flags, list[HousingSite]] = {}
        for draft, site in zip(drafts, sites, strict=True):
            groups.setdefault(draft.flags, []).append(site)
        for program in self.programs:
            for (served, targeted, since), members in groups.items():
                dated = {"served_from": since} if since else {}
                cover_sites(actor=self.actor, program=program, sites=members, served=served, targeted=targeted, **dated)

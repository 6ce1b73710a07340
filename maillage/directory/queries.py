"""Reads of this context."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from maillage.core.tabular.heading import key
from maillage.core.text import stems
from maillage.territories.permissions import sites_visible_to

from .enums import AffiliationRole, PairState, TroubleKind
from .models import (
    Affiliation,
    Organization,
    OrganizationSuccession,
    Person,
    Service,
    ServicePair,
    SheetTrouble,
    TenantBody,
)
from .permissions import can_edit_service, can_keep_directory, organizations_edited_by
from .quality import PARTIAL, said_in_short
from .shapes import SERVICE_FIELDS, SERVICE_LISTS, nameless
from .sheets import ServiceSheet


def organization_search(name: str, short_name: str = "") -> str:
    """The text by which an organization is searched."""
    return stems(f"{name} {short_name}")[:600]


class OrganizationBook:
    """All organizations, found by external number or folded name, a merged one by its successor; read once."""

    def __init__(self) -> None:
        self.by_id: dict[int, Organization] = {o.pk: o for o in Organization.objects.order_by("pk")}
        self._by_number = {o.external_id: o for o in self.by_id.values() if o.external_id}
        self._by_name: dict[str, Organization] = {}
        for organization in self.by_id.values():
            for name in (organization.name, organization.short_name):
                if name:
                    self._by_name.setdefault(key(name), organization)
        links = OrganizationSuccession.objects.order_by("on", "pk").values_list("predecessor_id", "successor_id")
        self._next = dict(links)

    def find(self, name: str = "", number: str = "") -> Organization | None:
        """The organization that bears this number, else this name."""
        return (self._by_number.get(number) if number else None) or (self._by_name.get(key(name)) if name else None)

    def heir(self, organization: Organization) -> Organization:
        """The organization that took it up, at any distance; itself when nobody did."""
        seen = {organization.pk}
        while (following := self._next.get(organization.pk)) and following not in seen:
            organization = self.by_id[following]
            seen.add(following)
        return organization


def search_organizations(words: str, kind: str = "", with_closed: bool = True) -> QuerySet[Organization]:
    """Organizations whose name holds all the words, folded and stemmed, the names in order."""
    found = Organization.objects.all() if with_closed else Organization.objects.active()
    for stem in stems(words).split():
        found = found.filter(search__contains=stem)
    return (found.filter(kind=kind) if kind else found).order_by("name", "id")


def organizations_named(name: str) -> list[Organization]:
    """The organizations that bear this name, else those whose name holds its words; two at most: one is sure."""
    found = list(Organization.objects.filter(name__iexact=name.strip()).order_by("id")[:2])
    return found or list(search_organizations(name).order_by("id")[:2])


def bodies_visible_to(actor: Any, keeps: bool | None = None) -> QuerySet[TenantBody]:
    """Bodies of tenants of the sites that `actor` sees; those without a site, for those who keep the directory
    (`keeps`: whether they do, for who has asked already)."""
    mine = Q(sites__in=sites_visible_to(actor))
    if keeps if keeps is not None else can_keep_directory(actor):
        mine |= Q(sites=None)
    return TenantBody.objects.filter(pk__in=TenantBody.objects.filter(mine).values("pk"))


# What the lists of a sheet are called where they are compared.
LISTS = {
    "terms": gettext_lazy("Besoins et clientèles"),
    "areas": gettext_lazy("Territoires desservis"),
    "costs": gettext_lazy("Tarifs"),
    "documents": gettext_lazy("Documents à apporter"),
    "languages": gettext_lazy("Langues parlées"),
    "phones": gettext_lazy("Téléphones"),
    "contacts": gettext_lazy("Qui demander"),
    "schedules": gettext_lazy("Heures d'ouverture"),
    "at": gettext_lazy("Lieux"),
}
OFFERED = 300


def organizations_editable_by(actor: Any) -> QuerySet[Organization]:
    """The organizations whose services `actor` may write, by name; a few hundred at most."""
    found = Organization.objects.active().order_by("name", "pk")
    if not can_keep_directory(actor):
        found = found.filter(pk__in=organizations_edited_by(actor))
    return Organization.objects.filter(pk__in=list(found.values_list("pk", flat=True)[:OFFERED])).order_by("name", "pk")


def differences_of(one: ServiceSheet | None, other: ServiceSheet) -> list[dict[str, str]]:
    """What two sheets say differently: `label`, what the first says (`now`), what the second does (`yours`)."""
    found = []
    for name in SERVICE_FIELDS:
        now, yours = getattr(one, name), getattr(other, name)
        if now != yours and name not in ("checked_on", "checked_by_label"):
            field = Service._meta.get_field(name)
            words = dict(field.flatchoices)  # type: ignore[union-attr]
            label = capfirst(str(field.verbose_name))  # type: ignore[union-attr]
            found.append(
                {"label": label, "now": str(words.get(now, now) or ""), "yours": str(words.get(yours, yours) or "")}
            )
    for name in SERVICE_LISTS:
        now, yours = getattr(one, name), getattr(other, name)
        if [nameless(line) for line in now] != [nameless(line) for line in yours]:
            told = ["; ".join(said_in_short(line) for line in lines) for lines in (now, yours)]
            found.append({"label": str(LISTS[name]), "now": told[0], "yours": told[1]})
    return found


def upkeep_of(service: Service, actor: Any) -> dict[str, Any]:
    """What the page of a service offers to those who may write it."""
    return {"can_edit": bool(actor.is_authenticated and can_edit_service(actor, service))}


KINDS_TO_CHECK = {
    "perimees": gettext_lazy("Plus confirmées"),
    "adresses": gettext_lazy("Une adresse ne répond pas"),
    "signalees": gettext_lazy("L'organisation dit ce qui a changé"),
    "incompletes": gettext_lazy("Peu remplies"),
}


def to_check(actor: Any, kind: str) -> QuerySet[Service]:
    """Sheets to verify that `actor` may write, those that most need it first; `kind` is one of `KINDS_TO_CHECK`."""
    limit = timezone.localdate() - timedelta(days=settings.DIRECTORY_STALE_DAYS)
    found = Service.objects.offered()
    if not can_keep_directory(actor):
        found = found.filter(organization__in=organizations_edited_by(actor))
    reported = SheetTrouble.objects.filter(service=OuterRef("pk"), kind=TroubleKind.REPORTED)
    broken = SheetTrouble.objects.filter(service=OuterRef("pk")).exclude(kind=TroubleKind.REPORTED)
    found = found.filter(
        {
            "perimees": Q(checked_on=None) | Q(checked_on__lt=limit),
            "adresses": Exists(broken),
            "signalees": Exists(reported),
            "incompletes": Q(quality__lt=PARTIAL),
        }[kind]
    )
    oldest = F("checked_on").asc(nulls_first=True)
    return found.select_related("organization").prefetch_related("troubles").order_by(oldest, "quality", "pk")


REASONS = {
    "name": gettext_lazy("presque le même nom"),
    "organization": gettext_lazy("la même organisation ou presque"),
    "phone": gettext_lazy("le même téléphone"),
    "address": gettext_lazy("la même adresse"),
    "web": gettext_lazy("la même page ou le même courriel"),
}


def pairs_to_decide() -> QuerySet[ServicePair]:
    """Services that look alike and of which nobody said whether they are one, the most alike first."""
    found = ServicePair.objects.filter(state=PairState.PROPOSED, low__merged_into=None, high__merged_into=None)
    beside: Any = found.select_related(
        "low__organization", "high__organization"
    )  # related names of "+" confuse checkers
    for side in ("low", "high"):
        beside = beside.prefetch_related(f"{side}__service_locations__location", f"{side}__phones")
    return beside.order_by("-likeness", "pk")


def search_people(words: str) -> QuerySet[Person]:
    """People whose name, or one of whose organizations, holds these words, by name."""
    found = Person.objects.all()
    if words.strip():
        found = found.filter(
            Q(name__icontains=words.strip())
            | Q(affiliations__organization__in=search_organizations(words).order_by().values("pk"))
        )
    return found.distinct().prefetch_related("affiliations__organization").order_by("name", "pk")


def team_of(organization: Organization, actor: Any, can_keep: bool) -> tuple[list[Affiliation], bool]:
    """Who belongs to an organization today, as far as `actor` may know, and whether they may write its services."""
    if not actor.is_authenticated:
        return [], False
    numbers = [number for number in (organization.pk, organization.parent_id) if number]
    rows = list(
        Affiliation.objects.current()
        .filter(organization__in=numbers)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    is_editor = any(row.role == AffiliationRole.EDITOR and row.person.user_id == actor.pk for row in rows)
    team = [row for row in rows if row.organization_id == organization.pk and (can_keep or row.person.is_listed)]
    return team, can_keep or is_editor

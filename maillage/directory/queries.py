"""Reads of this context."""

from typing import Any

from django.db.models import Q, QuerySet

from maillage.core.tabular.heading import key
from maillage.core.text import stems
from maillage.territories.permissions import sites_visible_to

from .models import Organization, OrganizationSuccession, TenantBody
from .permissions import can_keep_directory


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


def bodies_visible_to(actor: Any) -> QuerySet[TenantBody]:
    """Bodies of tenants of the sites that `actor` sees; those without a site, for those who keep the directory."""
    mine = Q(sites__in=sites_visible_to(actor))
    if can_keep_directory(actor):
        mine |= Q(sites=None)
    return TenantBody.objects.filter(pk__in=TenantBody.objects.filter(mine).values("pk"))
